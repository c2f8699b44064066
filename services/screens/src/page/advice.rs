//! Questions for advice that name nobody, and what was answered.

use jiff::Timestamp;

use crate::Left;
use crate::page::Deed;

/// A question of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdviceLine {
    /// Who is asked, when the reader may know it.
    pub of: Option<String>,
    /// `open`, `answered` or `expired`.
    pub status: String,
    /// The question.
    pub question: Option<String>,
    /// The advice.
    pub answer: Option<String>,
    /// Until when it is answered, while it waits.
    pub answer_by: Option<Timestamp>,
}

/// A question that the reader's organisation is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedAdvice {
    /// Its id.
    pub id: String,
    /// Who asks.
    pub from: Option<String>,
    /// The theme of the case, coded: of the case nothing else is told.
    pub theme: String,
    /// `open`, `answered` or `expired`.
    pub status: String,
    /// The question.
    pub question: Option<String>,
    /// What was answered.
    pub answer: Option<String>,
    /// Until when it is answered.
    pub by: Timestamp,
    /// How long that is.
    pub left: Left,
    /// Answering it, while it waits.
    pub deed: Option<Deed>,
}
