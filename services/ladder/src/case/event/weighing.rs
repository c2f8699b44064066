//! Weighings, part by part.

use crate::recorded::payloads;
use crate::{AssessmentId, Method, Part, Sealed};

payloads! {
    /// A part of a weighing was recorded.
    AssessmentRecorded {
        /// Which weighing.
        assessment: AssessmentId,
        /// By which method.
        method: Method,
        /// Which part.
        part: Part,
        /// What was found.
        text: Sealed,
        /// From 1 (poor) to 5 (good).
        score: Option<u8>,
        /// Whether the solution suffices in this view.
        sufficient: Option<bool>,
        /// Estimated euro cents a year.
        amount_cents: Option<i64>,
        /// A number of something.
        count: Option<u32>,
        /// Why a heavy method came before a light one.
        reason: Option<Sealed>,
    }
    /// The last part of a weighing was recorded.
    AssessmentCompleted {
        /// Which weighing.
        assessment: AssessmentId,
        /// By which method.
        method: Method,
        /// Whether the solution passes; a method without a verdict always does.
        passed: bool,
    }
}
