//! What became of an offer or of a request for admission, recorded at the start of the tests.

use ladder::event::{
    EscalationExpired, EscalationRefused, EscalationReturned, HandoffDeclined, HandoffExpired,
};
use ladder::{Event, TriageReason};

use super::super::harness::at;
use super::{TEN_DAYS, escalation, handoff, sealed, svb};

/// Five working days after [`ANSWER_BY`]: when silence makes the process climb.
pub(crate) const CLIMB_AT: &str = "2026-03-16T09:00:00Z";

/// Nobody answered handoff `h1`, which had until [`ANSWER_BY`].
pub(crate) fn handoff_expired() -> Event {
    Event::HandoffExpired(HandoffExpired {
        handoff: handoff("h1"),
        climb_at: Some(at(CLIMB_AT)),
    })
}

pub(crate) fn handoff_declined(id: &str) -> Event {
    Event::HandoffDeclined(HandoffDeclined {
        handoff: handoff(id),
        by: svb(),
        reason: "no_power".into(),
        text: None,
        alternative: Some(sealed("ask the table")),
    })
}

/// Nobody answered request `e1`, which had until [`ANSWER_BY`].
pub(crate) fn escalation_expired() -> Event {
    Event::EscalationExpired(EscalationExpired {
        escalation: escalation("e1"),
        climb_at: at(CLIMB_AT),
    })
}

/// Request `e1` came back at the start, with ten working days to complete it.
pub(crate) fn escalation_returned(missing: &[&str]) -> Event {
    Event::EscalationReturned(EscalationReturned {
        escalation: escalation("e1"),
        missing: missing.iter().map(|item| (*item).to_owned()).collect(),
        text: Some(sealed("please add")),
        complete_by: at(TEN_DAYS),
    })
}

/// Request `e1` of a blocked case was refused at the start.
pub(crate) fn escalation_refused(reason: TriageReason) -> Event {
    Event::EscalationRefused(EscalationRefused {
        escalation: escalation("e1"),
        reason,
        text: Some(sealed("try this first")),
        review_at: at(TEN_DAYS),
    })
}
