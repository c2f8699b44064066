use jiff::Timestamp;

use crate::{HandoffId, Organisation, RungId};

/// Why something cannot happen now. Each has a stable [code](Refusal::code); the sentence is for
/// people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's sentence says what it means")]
pub enum Refusal {
    #[error("this case is not known")]
    UnknownCase,
    #[error("this case was already reported")]
    CaseExists,
    #[error("this case is closed")]
    CaseClosed,
    #[error("handoff {0} is not known in this case")]
    UnknownHandoff(HandoffId),
    #[error("handoff {0} was already offered")]
    HandoffExists(HandoffId),
    #[error("an organisation cannot offer a handoff to itself")]
    HandoffToSelf,
    #[error("this handoff was not offered to {0}")]
    HandoffNotYours(Organisation),
    #[error("already answered by {by} at {at}")]
    AlreadyAnswered { by: Organisation, at: Timestamp },
    #[error("the offer was withdrawn at {at}")]
    HandoffWithdrawn { at: Timestamp },
    #[error("the offer expired at {at}; it can be offered again")]
    HandoffExpired { at: Timestamp },
    #[error("declining needs a coded reason")]
    ReasonRequired,
    #[error("a counter-offer says what is offered instead")]
    AlternativeRequired,
    #[error("sharing needs a recorded legal basis")]
    LegalBasisRequired,
    #[error("identity is shared only after the receiver accepted the handoff")]
    HandoffNotAccepted,
    #[error("a case climbs only when what blocks it is recorded")]
    BlockRequired,
    #[error("rung {0} is not on the ladder")]
    UnknownRung(RungId),
    #[error("rung {0} is not higher than where the case stands")]
    RungNotHigher(RungId),
    #[error("there is no higher rung with a competent body")]
    NoHigherRung,
    #[error("rung {0} has no competent body for this theme and region")]
    NoCompetentBody(RungId),
    #[error("skipping rung {0} needs a reason")]
    SkipNeedsReason(RungId),
    #[error("give or explain: {}", .0.join(", "))]
    EvidenceMissing(Vec<String>),
    #[error("a request for admission is already waiting")]
    EscalationPending,
    #[error("this request for admission is not waiting for an answer")]
    EscalationNotPending,
    #[error("a request that comes back names what is missing")]
    MissingItemsRequired,
    #[error("a case can only climb while it is being worked on")]
    NotClimbing,
    #[error("commitments are asked for once a table has taken up the case")]
    NotAtTable,
    #[error("this commitment was already asked for")]
    CommitmentExists,
    #[error("this commitment was not asked for in this case")]
    UnknownCommitment,
    #[error("this commitment was not asked of {0}")]
    CommitmentNotYours(Organisation),
    #[error("already answered by {by} at {at}")]
    CommitmentAnswered { by: Organisation, at: Timestamp },
    #[error("this commitment was not made, so it cannot be fulfilled")]
    CommitmentNotMade,
    #[error("a decision waits until every organisation asked has answered")]
    CommitmentsUnanswered,
    #[error("the decision was already taken")]
    AlreadyDecided,
    #[error("there is no decision yet")]
    NotDecided,
    #[error("rung {0} is not lower than where the case stands")]
    RungNotLower(RungId),
    #[error("a proposal to go down is already waiting")]
    DeescalationPending,
    #[error("there is no such proposal to go down")]
    UnknownProposal,
    #[error("a case closes only after the raiser got feedback")]
    FeedbackRequired,
    #[error("a case closes only after the citizen was informed")]
    CitizenNotInformed,
    #[error("a case closes only after every commitment was reported")]
    CommitmentsUnreported,
}

impl Refusal {
    /// The stable code, in snake case, of events, API and screens.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownCase => "unknown_case",
            Self::CaseExists => "case_exists",
            Self::CaseClosed => "case_closed",
            Self::UnknownHandoff(_) => "unknown_handoff",
            Self::HandoffExists(_) => "handoff_exists",
            Self::HandoffToSelf => "handoff_to_self",
            Self::HandoffNotYours(_) => "handoff_not_yours",
            Self::AlreadyAnswered { .. } => "already_answered",
            Self::HandoffWithdrawn { .. } => "handoff_withdrawn",
            Self::HandoffExpired { .. } => "handoff_expired",
            Self::ReasonRequired => "reason_required",
            Self::AlternativeRequired => "alternative_required",
            Self::LegalBasisRequired => "legal_basis_required",
            Self::HandoffNotAccepted => "handoff_not_accepted",
            Self::BlockRequired => "block_required",
            Self::UnknownRung(_) => "unknown_rung",
            Self::RungNotHigher(_) => "rung_not_higher",
            Self::NoHigherRung => "no_higher_rung",
            Self::NoCompetentBody(_) => "no_competent_body",
            Self::SkipNeedsReason(_) => "skip_needs_reason",
            Self::EvidenceMissing(_) => "evidence_missing",
            Self::EscalationPending => "escalation_pending",
            Self::EscalationNotPending => "escalation_not_pending",
            Self::MissingItemsRequired => "missing_items_required",
            Self::NotClimbing => "not_climbing",
            Self::NotAtTable => "not_at_table",
            Self::CommitmentExists => "commitment_exists",
            Self::UnknownCommitment => "unknown_commitment",
            Self::CommitmentNotYours(_) => "commitment_not_yours",
            Self::CommitmentAnswered { .. } => "commitment_answered",
            Self::CommitmentNotMade => "commitment_not_made",
            Self::CommitmentsUnanswered => "commitments_unanswered",
            Self::AlreadyDecided => "already_decided",
            Self::NotDecided => "not_decided",
            Self::RungNotLower(_) => "rung_not_lower",
            Self::DeescalationPending => "deescalation_pending",
            Self::UnknownProposal => "unknown_proposal",
            Self::FeedbackRequired => "feedback_required",
            Self::CitizenNotInformed => "citizen_not_informed",
            Self::CommitmentsUnreported => "commitments_unreported",
        }
    }
}
