use jiff::Timestamp;

use super::report::review;
use crate::event::{AftercareReminded, AftercareStarted, CaseReopened};
use crate::{Closed, File, Stage, Underway, Urgency};

pub(super) fn aftercare(case: &mut Underway, e: &AftercareStarted) {
    case.stage = Stage::Aftercare {
        checks: e.checks.clone(),
    };
}

/// One reminder for every check that has come: a clock that was away does not ring twice.
pub(super) fn checked(case: &mut Underway, e: &AftercareReminded, at: Timestamp) {
    if let Stage::Aftercare { checks } = &mut case.stage {
        checks.retain(|check| *check > at);
        case.file.review = review(e.review_at);
    }
}

/// The history stays; what has to be done again before it can close is not done yet.
pub(super) fn reopened(closed: Closed, e: &CaseReopened) -> Underway {
    Underway {
        file: File {
            rung: e.rung.clone(),
            tier: e.tier,
            decided: false,
            feedback_sent: false,
            citizen_informed: false,
            informing_postponed: false,
            urgency: Urgency::Ordinary,
            refused_at: None,
            stuck_since: None,
            silence: None,
            warn_at: None,
            proposal: None,
            review: review(e.review_at),
            ..closed.file
        },
        stage: Stage::Active,
        suspension: None,
    }
}
