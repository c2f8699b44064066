//! Weighing, proposing and paying.

use ladder::{
    InMandate, Mandate, Method, Organisation, Part, ProposeDecision, RecordAssessment,
    StatedMandate, UsedMandate,
};

use super::{assessment, decision_id, person, sealed, utrecht, weighing};

/// A part with a text and nothing else.
pub(crate) fn part_of(id: &str, method: Method, part: Part) -> RecordAssessment {
    RecordAssessment {
        assessment: assessment(id),
        method,
        part,
        text: sealed("what was found"),
        score: None,
        sufficient: None,
        amount_cents: None,
        count: None,
        reason: None,
    }
}

/// Proposal `id` by the owner.
pub(crate) fn proposal_of(id: &str) -> ProposeDecision {
    ProposeDecision {
        decision: decision_id(id),
        by: utrecht(),
        text: sealed("proposal"),
        weighing: weighing(),
    }
}

/// Mandate 12 of this organisation, used by its holder `p-1`, for everything and without end.
pub(crate) fn mandate_of(organisation: Organisation, amount_cents: Option<i64>) -> UsedMandate {
    UsedMandate {
        mandate: Mandate {
            id: "mandate-12".into(),
            holder: person("p-1"),
            organisation,
            scope: [].into(),
            amount_cents,
            until: None,
        },
        person: person("p-1"),
        subject: "family_income".into(),
    }
}

/// The same, as a promise or a decision names it.
pub(crate) fn inside(organisation: Organisation, amount_cents: Option<i64>) -> InMandate {
    InMandate::Registered(Box::new(mandate_of(organisation, amount_cents)))
}

/// What this organisation states of the mandate of its administrator `p-1`.
pub(crate) fn stated_of(organisation: Organisation) -> StatedMandate {
    StatedMandate::of(organisation, "administrator", Some(person("p-1")))
}

/// The same, as a promise or a decision names it.
pub(crate) fn stated(organisation: Organisation) -> InMandate {
    InMandate::Stated {
        mandate: Box::new(stated_of(organisation)),
        subject: "family_income".into(),
    }
}
