use crate::{AssessmentId, Method, Part, Sealed};

/// See [`Command::RecordAssessment`](crate::Command::RecordAssessment).
#[derive(Debug, Clone)]
pub struct RecordAssessment {
    /// Which weighing; the first part starts it.
    pub assessment: AssessmentId,
    /// By which method.
    pub method: Method,
    /// Which part of it.
    pub part: Part,
    /// What was found.
    pub text: Sealed,
    /// From 1 (poor) to 5 (good), where the method asks for a score.
    pub score: Option<u8>,
    /// Whether the solution suffices in this view, where the method asks for it.
    pub sufficient: Option<bool>,
    /// Estimated euro cents a year, where the part is about money.
    pub amount_cents: Option<i64>,
    /// A number, where the part counts something (helpers involved).
    pub count: Option<u32>,
    /// Why a heavy method comes before a light one.
    pub reason: Option<Sealed>,
}
