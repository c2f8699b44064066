use jiff::civil::Date;

use crate::{InMandate, Organisation, RequestId, Sealed};

/// See [`Command::RequestCommitment`](crate::Command::RequestCommitment).
#[derive(Debug, Clone)]
pub struct RequestCommitment {
    /// Its id.
    pub request: RequestId,
    /// Who is asked.
    pub of: Organisation,
    /// Who asks.
    pub by: Organisation,
    /// What is asked.
    pub text: Sealed,
}

/// See [`Command::AnswerCommitment`](crate::Command::AnswerCommitment).
#[derive(Debug, Clone)]
pub struct AnswerCommitment {
    /// Which request.
    pub request: RequestId,
    /// Whose answer.
    pub by: Organisation,
    /// What it is.
    pub answer: CommitmentAnswer,
}

/// An organisation commits itself or does not.
#[derive(Debug, Clone)]
pub enum CommitmentAnswer {
    /// It does.
    Made {
        /// To what.
        text: Sealed,
        /// Under which mandate, in the organisation's own words.
        mandate: Sealed,
        /// What is recorded of that mandate, with who uses it.
        inside: InMandate,
        /// How much it costs at most, in euro cents, when it costs money.
        amount_cents: Option<i64>,
        /// The last day it will be done.
        due: Date,
    },
    /// It does not.
    Refused {
        /// Why not.
        reason: Sealed,
    },
}

/// See [`Command::FulfilCommitment`](crate::Command::FulfilCommitment).
#[derive(Debug, Clone)]
pub struct FulfilCommitment {
    /// Which commitment.
    pub request: RequestId,
    /// Whose.
    pub by: Organisation,
    /// What came of it.
    pub result: Sealed,
}
