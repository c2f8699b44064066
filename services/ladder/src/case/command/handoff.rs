use crate::{ContactId, HandoffId, HandoffKind, Organisation, PersonRef, Sealed};

/// See [`Command::OfferHandoff`](crate::Command::OfferHandoff).
#[derive(Debug, Clone)]
pub struct OfferHandoff {
    /// Chosen by the sender.
    pub handoff: HandoffId,
    /// Who offers.
    pub from: Organisation,
    /// Who is asked.
    pub to: Organisation,
    /// What for.
    pub kind: HandoffKind,
    /// The coded outcome asked for.
    pub requested_outcome: String,
    /// Rules in collision.
    pub rules: Vec<String>,
    /// Whether the short term holds.
    pub urgent: bool,
    /// Opened only after acceptance.
    pub summary: Sealed,
    /// The ground for sharing with the receiver.
    pub legal_basis: String,
    /// The role in which it is offered, for the card's contact line.
    pub contact_role: String,
    /// Who claims the urgency, when it is urgent.
    pub person: Option<PersonRef>,
    /// The person there who is addressed, when the register knows one.
    pub addressee: Option<ContactId>,
    /// The earlier handoff that this one takes the place of, if any.
    pub instead_of: Option<HandoffId>,
}

/// See [`Command::AnswerHandoff`](crate::Command::AnswerHandoff).
#[derive(Debug, Clone)]
pub struct AnswerHandoff {
    /// Which handoff.
    pub handoff: HandoffId,
    /// Whose answer.
    pub by: Organisation,
    /// What it is.
    pub answer: HandoffAnswer,
    /// Free text with it.
    pub text: Option<Sealed>,
}

/// The three answers, each with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandoffAnswer {
    /// Taken.
    Accepted,
    /// Not taken.
    Declined {
        /// The coded reason; without one there is no declining.
        reason: Option<String>,
        /// Who or what might help instead.
        alternative: Option<Sealed>,
    },
    /// Something else is offered instead.
    Countered {
        /// The coded reason.
        reason: Option<String>,
        /// What is offered instead.
        alternative: Option<Sealed>,
    },
}

/// See [`Command::WithdrawHandoff`](crate::Command::WithdrawHandoff).
#[derive(Debug, Clone)]
pub struct WithdrawHandoff {
    /// Which handoff.
    pub handoff: HandoffId,
    /// Who takes it back.
    pub by: Organisation,
    /// Why.
    pub reason: Sealed,
}

/// See [`Command::ShareIdentity`](crate::Command::ShareIdentity).
#[derive(Debug, Clone)]
pub struct ShareIdentity {
    /// Which handoff.
    pub handoff: HandoffId,
    /// Who shares.
    pub from: Organisation,
    /// For whom.
    pub to: Organisation,
    /// Sealed for the receiver's public key; nobody here can read it.
    pub sealed: String,
}

/// See [`Command::AnswerCounter`](crate::Command::AnswerCounter).
#[derive(Debug, Clone)]
pub struct AnswerCounter {
    /// Which handoff was countered.
    pub handoff: HandoffId,
    /// Whose answer: the organisation that had offered it.
    pub by: Organisation,
    /// Whether the alternative is taken.
    pub accepted: bool,
    /// Why not, coded.
    pub reason: Option<String>,
}

/// See [`Command::ReturnHandoff`](crate::Command::ReturnHandoff).
#[derive(Debug, Clone)]
pub struct ReturnHandoff {
    /// Which handoff.
    pub handoff: HandoffId,
    /// The new handoff with which it goes back.
    pub back: HandoffId,
    /// Who gives it back.
    pub by: Organisation,
    /// Why; the sender reads it after accepting.
    pub reason: Sealed,
    /// The role in which it is offered back.
    pub contact_role: String,
}
