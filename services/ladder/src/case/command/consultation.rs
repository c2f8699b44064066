use crate::{ConsultationId, Organisation, Sealed};

/// See [`Command::AskAdvice`](crate::Command::AskAdvice).
#[derive(Debug, Clone)]
pub struct AskAdvice {
    /// Its id.
    pub consultation: ConsultationId,
    /// Who asks.
    pub by: Organisation,
    /// Who is asked.
    pub of: Organisation,
    /// The question; the border has checked that it names nobody.
    pub question: Sealed,
}

/// See [`Command::GiveAdvice`](crate::Command::GiveAdvice).
#[derive(Debug, Clone)]
pub struct GiveAdvice {
    /// Which question.
    pub consultation: ConsultationId,
    /// Who answers.
    pub by: Organisation,
    /// The advice.
    pub answer: Sealed,
}
