//! On what occasions somebody gets a mail.

use journal::{Db, JournalError, StoredEvent};
use ladder::Event;

use super::MailError;
use crate::aggregate::{self, Subject};
use crate::awaited;
use crate::views::{self, CaseRow, DeadlineRow};

/// Why a mail is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The organisation is asked something.
    Question,
    /// A term in which it has to do something ends within a day.
    Term,
    /// What it asked was answered.
    Answer,
}

impl Occasion {
    pub(super) const ALL: [Self; 3] = [Self::Question, Self::Term, Self::Answer];

    /// Its word in the table.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Term => "term",
            Self::Answer => "answer",
        }
    }
}

/// By what the person is found in the register.
pub(super) struct Scene {
    /// The entry that was addressed already.
    pub(super) contact: Option<String>,
    pub(super) theme: Option<String>,
    pub(super) region: Option<String>,
}

impl Scene {
    fn of(row: &CaseRow) -> Self {
        Self {
            contact: None,
            theme: Some(row.theme.clone()),
            region: Some(row.region.clone()),
        }
    }
}

/// Who gets a mail because of an event, by OIN.
pub(super) async fn of(
    db: &Db,
    stored: &StoredEvent,
) -> Result<Vec<(String, Occasion, Scene)>, MailError> {
    let Some(Subject::Case(case)) = Subject::parse(&stored.stream) else {
        return Ok(Vec::new());
    };
    let Some(row) = views::find_case(db, case.as_str()).await? else {
        return Ok(Vec::new());
    };
    let scene = || Scene::of(&row);
    let event: Event = aggregate::event(stored)?;
    let sender = |id: &str| sender(db, &row.case_id, id.to_owned());
    let told = match event {
        Event::HandoffOffered(offer) => {
            let contact = offer.addressee.as_ref().map(ToString::to_string);
            let scene = Scene { contact, ..scene() };
            Some((offer.to.to_string(), Occasion::Question, scene))
        }
        Event::AdviceAsked(asked) => Some((asked.of.to_string(), Occasion::Question, scene())),
        Event::CommitmentRequested(asked) => {
            Some((asked.of.to_string(), Occasion::Question, scene()))
        }
        Event::EscalationRequested(asked) => {
            Some((asked.admitting.to_string(), Occasion::Question, scene()))
        }
        Event::DeescalationProposed(asked) => {
            let to = asked.receiver.organisation.to_string();
            Some((to, Occasion::Question, scene()))
        }
        Event::HandoffAccepted(answer) => sender(answer.handoff.as_str())
            .await?
            .map(|to| (to, Occasion::Answer, scene())),
        Event::HandoffDeclined(answer) => sender(answer.handoff.as_str())
            .await?
            .map(|to| (to, Occasion::Answer, scene())),
        Event::HandoffCountered(answer) => sender(answer.handoff.as_str())
            .await?
            .map(|to| (to, Occasion::Answer, scene())),
        Event::AdviceGiven(_)
        | Event::EscalationReturned(_)
        | Event::EscalationRefused(_)
        | Event::Escalated(_) => Some((row.owner.clone(), Occasion::Answer, scene())),
        Event::CommitmentMade(_) | Event::CommitmentRefused(_) => {
            Some((row.handler.clone(), Occasion::Answer, scene()))
        }
        // Nobody waits for it, or it is a question or an answer to nobody in particular.
        _ => None,
    };
    // Nobody gets a mail about what their own people did.
    let by = stored.actor["organisation"].as_str();
    Ok(told
        .into_iter()
        .filter(|(to, ..)| Some(to.as_str()) != by)
        .collect())
}

/// Who offered a handoff.
async fn sender(db: &Db, case: &str, handoff: String) -> Result<Option<String>, JournalError> {
    let rows = views::handoffs(db, case).await?;
    let mut rows = rows.into_iter();
    Ok(rows
        .find(|row| row.handoff == handoff)
        .map(|row| row.sender))
}

/// Who gets a mail because a term ends; nobody for a clock's own doings, which ask nothing of anybody.
pub(super) async fn of_term(
    db: &Db,
    deadline: &DeadlineRow,
) -> Result<Option<(String, Scene)>, MailError> {
    let (Subject::Case(case), true) = (&deadline.subject, awaited::asks(&deadline.due)) else {
        return Ok(None);
    };
    let Some(row) = views::find_case(db, case.as_str()).await? else {
        return Ok(None);
    };
    let organisation = awaited::of(db, &row, &deadline.due).await?;
    Ok(Some((organisation, Scene::of(&row))))
}
