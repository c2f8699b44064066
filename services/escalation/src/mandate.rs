//! In which mandate an organisation commits itself: the one of its own register that it names.
//! Both doors ask it before a commitment becomes a command.

use journal::JournalError;
use ladder::{CaseId, Mandate, Organisation, PersonRef};
use proto::{FromParty, Oin};

use crate::execute::Ground;
use crate::views;

/// A registered mandate that a commitment names.
#[derive(Debug, Clone)]
pub struct Named {
    /// The mandate, in the hands of who uses it today.
    pub mandate: Mandate,
    /// Who commits the organisation, when its reference to them is one.
    pub person: Option<PersonRef>,
    /// The law or theme that it is used for.
    pub subject: String,
}

/// The mandate in the sender's register that the words of a commitment name by its id, in the
/// hands of who uses it today; nothing for other words, nor for any other event. Whether it goes
/// so far is for the rules to say.
///
/// # Errors
/// [`JournalError`].
pub async fn named(
    ground: &Ground,
    case: &CaseId,
    sender: &Oin,
    event: &FromParty,
) -> Result<Option<Named>, JournalError> {
    let FromParty::CommitmentMade(made) = event else {
        return Ok(None);
    };
    let Ok(organisation) = Organisation::parse(sender.as_str()) else {
        return Ok(None);
    };
    let register = views::whole_register(&ground.db, sender.as_str()).await?;
    let today = ground.rules.calendar.date_of(ground.clock.now());
    let person = PersonRef::parse(&made.acted_by.person_ref).ok();
    let id = made.mandate.trim();
    let Some(mandate) = register.mandate(&organisation, id, person.as_ref(), today) else {
        return Ok(None);
    };
    let subject = match &made.subject {
        Some(named) => Some(named.clone()),
        None => views::find_case(&ground.db, case.as_str())
            .await?
            .map(|row| row.theme),
    };
    Ok(Some(Named {
        mandate,
        person,
        subject: subject.unwrap_or_default(),
    }))
}
