use jiff::Timestamp;

use crate::{Due, HandoffId, MandateError, Organisation, RungId};

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
    #[error("a hold stands until {until}: nothing is erased before then")]
    OnHold { until: Timestamp },
    #[error("this is erased once the case has ended")]
    NotEnded,
    #[error("this hold is over, or its end lies in the past")]
    HoldIsOver,
    #[error("there is nothing of that here to erase, or it was erased before")]
    NothingToErase,
    #[error("the case is about nobody of the household by that key, or no longer")]
    NotADataSubject,
    #[error("nobody looks at the own case by that link")]
    NotLinked,
    #[error("handoff {0} is not known in this case")]
    UnknownHandoff(HandoffId),
    #[error("handoff {0} was already offered")]
    HandoffExists(HandoffId),
    #[error("an organisation cannot offer a handoff to itself")]
    HandoffToSelf,
    #[error("this handoff was offered to another organisation than {0}")]
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
    #[error("'{id}' is no legal basis; these would fit: {}", .fitting.join(", "))]
    LegalBasisUnknown { id: String, fitting: Vec<String> },
    #[error("legal basis '{0}' is a bill: it permits nothing yet")]
    LegalBasisNotInForce(String),
    #[error("legal basis '{id}' does not do: {}", .missing.join(", "))]
    LegalBasisUnfit { id: String, missing: Vec<String> },
    #[error(
        "consent ('{id}') does not repair that {receiver} has no task of its own: share on a task of \
         your own that opens this, or have {receiver} name the law that it carries out, by mandate or \
         joint arrangement too, under 'laws' in its party file"
    )]
    ConsentWithoutTask { id: String, receiver: Organisation },
    #[error("sharing needs an answer to: {}", .0.join(", "))]
    AnswersRequired(Vec<&'static str>),
    #[error("a person of this case objects to sharing: settle that first")]
    SharingPaused,
    #[error("this consent was recorded already")]
    ConsentExists,
    #[error("this consent is not known in this case")]
    UnknownConsent,
    #[error("consent never opens {0}")]
    ClosedToConsent(&'static str),
    #[error("nobody objects to {0}: it is about no person")]
    ClosedToObjection(&'static str),
    #[error("only an objection that was right can be lifted")]
    ObjectionNotUpheld,
    #[error("this objection was recorded already")]
    ObjectionExists,
    #[error("this objection is not known in this case")]
    UnknownObjection,
    #[error("this objection was settled already")]
    ObjectionSettled,
    #[error("sharing names what is shared")]
    CategoriesRequired,
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
    #[error("this case is a draft: report it first")]
    NotShared,
    #[error("only a draft can be saved or thrown away; this case was reported")]
    NotADraft,
    #[error("{0} does not own this case")]
    NotOwner(Organisation),
    #[error("this question was already asked")]
    ConsultationExists,
    #[error("this question was not asked in this case")]
    UnknownConsultation,
    #[error("this question was not put to {0}")]
    ConsultationNotYours(Organisation),
    #[error("this question was answered, or its term has ended")]
    ConsultationOver,
    #[error("there is no counter-offer that waits for an answer")]
    CounterNotOpen,
    #[error("this handoff was not offered by {0}")]
    HandoffOfAnother(Organisation),
    #[error("a shortage is not solved higher up: raise a signal, which goes to policy")]
    ScarcityGoesToSignal,
    #[error("insisting follows on a request that was returned or refused")]
    NothingToInsistOn,
    #[error("somebody already insisted above rung {0}; that can be done once")]
    AlreadyInsisted(RungId),
    #[error("urgency is claimed by a person, so that a second one can confirm it")]
    UrgencyNeedsPerson,
    #[error("nobody claims that this case is urgent")]
    UrgencyNotClaimed,
    #[error("urgency is confirmed by somebody else than who claimed it")]
    SamePerson,
    #[error("'{0}' is not asked for, or was given already")]
    EvidenceNotAsked(String),
    #[error("this request was acknowledged already")]
    AlreadyAcknowledged,
    #[error("the moment to look again must lie ahead, and no further than the term of the rung")]
    ReviewNotAhead,
    #[error("this part does not belong to this method")]
    PartOfAnotherMethod,
    #[error("'{0}' comes first")]
    PartOutOfOrder(&'static str),
    #[error("this part needs a score from 1 to 5")]
    ScoreRequired,
    #[error("this part needs to say whether the solution suffices")]
    VerdictRequired,
    #[error("this part needs a number")]
    CountRequired,
    #[error("a heavy method comes after a light one, or with a reason")]
    LighterMethodFirst,
    #[error("this weighing is complete; start another")]
    AssessmentComplete,
    #[error("a weighing that is not complete cannot carry a decision")]
    AssessmentIncomplete,
    #[error("this weighing is not known in this case")]
    UnknownAssessment,
    #[error("this decision was already proposed")]
    DecisionExists,
    #[error("this decision was not proposed, or is not on the table any more")]
    UnknownDecision,
    #[error("a proposed decision waits: take it or turn it down first")]
    DecisionPending,
    #[error(
        "a decision says which room it uses: within the law, deviating from a policy rule, or beyond the law"
    )]
    RoomRequired,
    #[error("a decision says what it is for")]
    GroundsRequired,
    #[error("what it costs or saves cannot be the only ground")]
    CostAlone,
    #[error("who promises or decides says in which mandate")]
    MandateRequired,
    #[error("{0}")]
    OutsideMandate(MandateError),
    #[error("an amount is more than nothing")]
    AmountRequired,
    #[error("this fund was already opened")]
    FundExists,
    #[error("this fund is not known in this case")]
    UnknownFund,
    #[error("the fund misses {missing_cents} euro cents, not more")]
    FundExceeded { missing_cents: i64 },
    #[error("this measure was already started")]
    MeasureExists,
    #[error("this measure is not known in this case")]
    UnknownMeasure,
    #[error("this measure was already ended")]
    MeasureEnded,
    #[error("the end must lie ahead")]
    EndNotAhead,
    #[error("the deadlines of this case are on hold already")]
    AlreadySuspended,
    #[error("the deadlines of this case are not on hold")]
    NotSuspended,
    #[error("deadlines are on hold for at most {days} days")]
    SuspensionTooLong { days: u32 },
    #[error("there is no open deadline '{0}'")]
    UnknownDeadline(Due),
    #[error("{0} is not the one who has to meet this deadline")]
    DeadlineNotYours(Organisation),
    #[error("more time is asked for before the deadline, not after it")]
    ExtensionTooLate,
    #[error("an extension ends later than the deadline, and by its own term at most")]
    ExtensionNotLater,
    #[error("this deadline was extended already; that can be done once")]
    AlreadyExtended,
    #[error("only a case that has ended can be opened again")]
    NotClosed,
    #[error("{0} neither owned this case nor committed itself in it")]
    MayNotReopen(Organisation),
}

impl Refusal {
    /// The stable code, in snake case, of events, API and screens.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownCase => "unknown_case",
            Self::CaseExists => "case_exists",
            Self::OnHold { .. } => "on_hold",
            Self::NotEnded => "not_ended",
            Self::HoldIsOver => "hold_is_over",
            Self::NothingToErase => "nothing_to_erase",
            Self::NotADataSubject => "not_a_data_subject",
            Self::NotLinked => "not_linked",
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
            Self::LegalBasisUnknown { .. } => "legal_basis_unknown",
            Self::LegalBasisNotInForce(_) => "legal_basis_not_in_force",
            Self::LegalBasisUnfit { .. } | Self::ConsentWithoutTask { .. } => "legal_basis_unfit",
            Self::AnswersRequired(_) => "answers_required",
            Self::SharingPaused => "sharing_paused",
            Self::ConsentExists => "consent_exists",
            Self::UnknownConsent => "unknown_consent",
            Self::ClosedToConsent(_) => "closed_to_consent",
            Self::ClosedToObjection(_) => "closed_to_objection",
            Self::ObjectionNotUpheld => "objection_not_upheld",
            Self::ObjectionExists => "objection_exists",
            Self::UnknownObjection => "unknown_objection",
            Self::ObjectionSettled => "objection_settled",
            Self::CategoriesRequired => "categories_required",
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
            Self::NotShared => "not_shared",
            Self::NotADraft => "not_a_draft",
            Self::NotOwner(_) => "not_owner",
            Self::ConsultationExists => "consultation_exists",
            Self::UnknownConsultation => "unknown_consultation",
            Self::ConsultationNotYours(_) => "consultation_not_yours",
            Self::ConsultationOver => "consultation_over",
            Self::CounterNotOpen => "counter_not_open",
            Self::HandoffOfAnother(_) => "handoff_of_another",
            Self::ScarcityGoesToSignal => "scarcity_goes_to_signal",
            Self::NothingToInsistOn => "nothing_to_insist_on",
            Self::AlreadyInsisted(_) => "already_insisted",
            Self::UrgencyNeedsPerson => "urgency_needs_person",
            Self::UrgencyNotClaimed => "urgency_not_claimed",
            Self::SamePerson => "same_person",
            Self::EvidenceNotAsked(_) => "evidence_not_asked",
            Self::AlreadyAcknowledged => "already_acknowledged",
            Self::ReviewNotAhead => "review_not_ahead",
            Self::PartOfAnotherMethod => "part_of_another_method",
            Self::PartOutOfOrder(_) => "part_out_of_order",
            Self::ScoreRequired => "score_required",
            Self::VerdictRequired => "verdict_required",
            Self::CountRequired => "count_required",
            Self::LighterMethodFirst => "lighter_method_first",
            Self::AssessmentComplete => "assessment_complete",
            Self::AssessmentIncomplete => "assessment_incomplete",
            Self::UnknownAssessment => "unknown_assessment",
            Self::DecisionExists => "decision_exists",
            Self::UnknownDecision => "unknown_decision",
            Self::DecisionPending => "decision_pending",
            Self::RoomRequired => "room_required",
            Self::GroundsRequired => "grounds_required",
            Self::CostAlone => "cost_alone",
            Self::MandateRequired => "mandate_required",
            Self::OutsideMandate(_) => "outside_mandate",
            Self::AmountRequired => "amount_required",
            Self::FundExists => "fund_exists",
            Self::UnknownFund => "unknown_fund",
            Self::FundExceeded { .. } => "fund_exceeded",
            Self::MeasureExists => "measure_exists",
            Self::UnknownMeasure => "unknown_measure",
            Self::MeasureEnded => "measure_ended",
            Self::EndNotAhead => "end_not_ahead",
            Self::AlreadySuspended => "already_suspended",
            Self::NotSuspended => "not_suspended",
            Self::SuspensionTooLong { .. } => "suspension_too_long",
            Self::UnknownDeadline(_) => "unknown_deadline",
            Self::DeadlineNotYours(_) => "deadline_not_yours",
            Self::ExtensionTooLate => "extension_too_late",
            Self::ExtensionNotLater => "extension_not_later",
            Self::AlreadyExtended => "already_extended",
            Self::NotClosed => "not_closed",
            Self::MayNotReopen(_) => "may_not_reopen",
        }
    }
}
