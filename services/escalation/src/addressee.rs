//! A handoff finds a person: whom an offer reaches in the receiver's register (domain, rows K4 and
//! K5). Both doors ask it before the offer becomes a command.

use chassis::parties::Parties;
use journal::JournalError;
use ladder::CaseId;
use proto::{FromParty, event};

use crate::execute::Ground;
use crate::translate::{Addressee, receiver};
use crate::views;

/// Whom an offered handoff reaches today; nothing for any other event. The person is looked for
/// by the law or the theme that the offer names, else by the theme of the case, in its region;
/// the deputy is found for who is away. A register that knows nobody is no obstacle:
/// the organisation is addressed then.
///
/// # Errors
/// [`JournalError`].
pub async fn of(
    ground: &Ground,
    parties: &Parties,
    case: &CaseId,
    event: &FromParty,
) -> Result<Option<Addressee>, JournalError> {
    let FromParty::HandoffOffered(offer) = event else {
        return Ok(None);
    };
    let row = views::find_case(&ground.db, case.as_str()).await?;
    let region = row.as_ref().map(|row| row.region.clone());
    // A receiver that is not there, or not the only one, is refused where the offer is translated.
    let Ok(party) = receiver(offer, parties, region.as_deref()) else {
        let contact = None;
        return Ok(Some(Addressee { region, contact }));
    };
    let register = views::whole_register(&ground.db, party.oin.as_str()).await?;
    let today = ground.rules.calendar.date_of(ground.clock.now());
    let (law, theme) = subject(offer, row.as_ref().map(|row| row.theme.as_str()));
    let found = register.find(law, theme, region.as_deref(), None, today);
    Ok(Some(Addressee {
        contact: found.map(|found| found.contact),
        region,
    }))
}

fn subject<'a>(
    offer: &'a event::HandoffOffered,
    theme_of_case: Option<&'a str>,
) -> (Option<&'a str>, Option<&'a str>) {
    (
        offer.law.as_deref(),
        offer.theme.as_deref().or(theme_of_case),
    )
}
