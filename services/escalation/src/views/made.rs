//! What a command made: from the ids of its events back to the ids that a caller goes on with.

use std::collections::BTreeMap;

use journal::{Db, JournalError, StoredEvent};
use ladder::{Event, EventError, meeting};
use uuid::Uuid;

use crate::aggregate::{self, Subject};

/// What one command made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it was about.
    pub subject: Subject,
    /// Its version after it.
    pub version: i64,
    /// Ids of what came into being: `escalation`, `handoff`, `request`, `proposal`,
    /// `assessment`, `decision`, `fund`, `measure`, `disclosure`,
    /// `consent`, `objection`.
    pub ids: BTreeMap<&'static str, String>,
}

/// What these events made; nothing when there are none. The same whenever it is asked, so that a
/// repeated command gets the same answer.
///
/// # Errors
/// [`JournalError`].
pub async fn made(db: &Db, events: &[Uuid]) -> Result<Option<Made>, JournalError> {
    let unreadable = || JournalError::Unreadable {
        what: "event of a stream",
    };
    let mut made: Option<Made> = None;
    for id in events {
        let stored = db.read_event(*id).await?.ok_or_else(unreadable)?;
        let subject = Subject::parse(&stored.stream).ok_or_else(unreadable)?;
        let id = id_of(&subject, &stored).map_err(|_| unreadable())?;
        let made = made.get_or_insert_with(|| Made {
            subject,
            version: 0,
            ids: BTreeMap::new(),
        });
        made.version = made.version.max(stored.version);
        made.ids.extend(id);
    }
    Ok(made)
}

type Id = Option<(&'static str, String)>;

fn id_of(subject: &Subject, stored: &StoredEvent) -> Result<Id, EventError> {
    match subject {
        Subject::Case(_) => aggregate::event(stored).map(|event| in_case(&event)),
        Subject::Meeting(_) => aggregate::event(stored).map(|event| at_meeting(&event)),
        // These have no parts with ids of the platform's making.
        Subject::Signal(_) | Subject::Pass(_) | Subject::Register(_) => Ok(None),
    }
}

fn at_meeting(event: &meeting::Event) -> Id {
    match event {
        meeting::Event::CommitmentRequested(request) => {
            Some(("request", request.request.to_string()))
        }
        _ => None,
    }
}

fn in_case(event: &Event) -> Id {
    match event {
        Event::HandoffOffered(offer) => Some(("handoff", offer.handoff.to_string())),
        Event::EscalationRequested(request) => Some(("escalation", request.escalation.to_string())),
        Event::CommitmentRequested(request) => Some(("request", request.request.to_string())),
        Event::AdviceAsked(asked) => Some(("consultation", asked.consultation.to_string())),
        Event::DeescalationProposed(proposal) => Some(("proposal", proposal.proposal.to_string())),
        Event::MeasureStarted(measure) => Some(("measure", measure.measure.to_string())),
        Event::FundOpened(fund) => Some(("fund", fund.fund.to_string())),
        Event::DecisionProposed(proposal) => Some(("decision", proposal.decision.to_string())),
        Event::LegalBasisRecorded(ground) => {
            let id = ground.disclosure.as_ref()?;
            Some(("disclosure", id.to_string()))
        }
        Event::ConsentGiven(given) => Some(("consent", given.consent.to_string())),
        Event::ObjectionRaised(raised) => Some(("objection", raised.objection.to_string())),
        Event::AssessmentRecorded(part) => Some(("assessment", part.assessment.to_string())),
        _ => None,
    }
}
