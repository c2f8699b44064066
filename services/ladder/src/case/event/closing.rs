//! What follows on a decision, until the case is closed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::recorded::payloads;
use crate::{Initiative, Organisation, Outcome, RungId, Sealed, Tier};

payloads! {
    /// The raiser was told.
    FeedbackSent {
        /// What.
        text: Sealed,
    }
    /// The citizen was told.
    CitizenInformed {
        /// What.
        text: Sealed,
    }
    /// It was said why the citizen is not told yet.
    InformingPostponed {
        /// Why.
        reason: Sealed,
    }
    /// Aftercare began.
    AftercareStarted {
        /// When to check with the citizen, in order.
        checks: Vec<Timestamp>,
    }
    /// It is time to check with the citizen.
    AftercareReminded {
        /// When the owner is asked again to close the case, once the last check has come.
        review_at: Timestamp,
    }
    /// A lesson was recorded, or that there is none.
    LessonRecorded {
        /// The kind of change it asks for; absent when there is no lesson.
        lesson: Option<LessonKind>,
        /// What others can learn.
        text: Option<Sealed>,
    }
    /// The case was closed.
    CaseClosed {
        /// How it ended.
        outcome: Outcome,
        /// Looking back.
        evaluation: Sealed,
    }
    /// The citizen or the raiser stopped.
    CaseWithdrawn {
        /// Whose wish it was.
        initiative: Initiative,
        /// Why.
        reason: Sealed,
    }
    /// A case that had ended was opened again, on the rung where it was.
    CaseReopened {
        /// Who asked.
        by: Organisation,
        /// Why.
        reason: Sealed,
        /// The rung.
        rung: RungId,
        /// That rung's tier.
        tier: Tier,
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
    }
}

/// What a lesson asks for (*RMO Leren innoveren*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LessonKind {
    /// Deviate from the rule in such cases.
    Deviate,
    /// Scrap the rule.
    ScrapRule,
    /// Change the rule.
    ChangeRule,
}
