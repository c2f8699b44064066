//! What a command made: from the ids of its events back to the ids that a caller goes on with.

use std::collections::BTreeMap;

use journal::{Db, JournalError};
use ladder::{CaseId, Event};
use uuid::Uuid;

use crate::aggregate::{self, Subject};

/// What one command made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The case that it was about.
    pub case: CaseId,
    /// The case's version after it.
    pub version: i64,
    /// Ids of what came into being: `escalation`, `handoff`, `request`, `proposal`.
    pub ids: BTreeMap<&'static str, String>,
}

/// What these events made; nothing when there are none. The same whenever it is asked, so that a
/// repeated command gets the same answer.
///
/// # Errors
/// [`JournalError`].
pub async fn made(db: &Db, events: &[Uuid]) -> Result<Option<Made>, JournalError> {
    let unreadable = || JournalError::Unreadable {
        what: "event of a case",
    };
    let mut made: Option<Made> = None;
    for id in events {
        let stored = db.read_event(*id).await?.ok_or_else(unreadable)?;
        let Some(Subject::Case(case)) = Subject::parse(&stored.stream) else {
            return Err(unreadable());
        };
        let event = aggregate::event(&stored).map_err(|_| unreadable())?;
        let made = made.get_or_insert_with(|| Made {
            case,
            version: 0,
            ids: BTreeMap::new(),
        });
        made.version = made.version.max(stored.version);
        made.ids.extend(id_of(&event));
    }
    Ok(made)
}

fn id_of(event: &Event) -> Option<(&'static str, String)> {
    match event {
        Event::HandoffOffered(offer) => Some(("handoff", offer.handoff.to_string())),
        Event::EscalationRequested(request) => Some(("escalation", request.escalation.to_string())),
        Event::CommitmentRequested(request) => Some(("request", request.request.to_string())),
        Event::DeescalationProposed(proposal) => Some(("proposal", proposal.proposal.to_string())),
        _ => None,
    }
}
