//! What follows on a decision, until the case is closed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::recorded::payloads;
use crate::{Outcome, Sealed};

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
    /// Aftercare began.
    AftercareStarted {
        /// When to check with the citizen.
        check_at: Timestamp,
    }
    /// It is time to check with the citizen.
    AftercareReminded {
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
