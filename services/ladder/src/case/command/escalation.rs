use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    EscalationId, Organisation, PersonRef, ProposalId, Receiver, RungId, Sealed, TriageAnswer,
    TriageReason,
};

/// One item of evidence: comply or explain.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The item, as the ladder file names it.
    pub item: String,
    /// Whether this is an explanation in place of the evidence.
    pub explained: bool,
    /// The text.
    pub text: Sealed,
}

/// See [`Command::RequestEscalation`](crate::Command::RequestEscalation).
#[derive(Debug, Clone)]
pub struct RequestEscalation {
    /// The id that the platform gives it.
    pub escalation: EscalationId,
    /// Who asks.
    pub by: Organisation,
    /// The rung asked for; the next one with a competent body when absent.
    pub to: Option<RungId>,
    /// Why competent rungs in between are skipped.
    pub skip_reason: Option<String>,
    /// Evidence given with it.
    pub evidence: Vec<Evidence>,
    /// Whether the short term is asked for.
    pub urgent: bool,
    /// Who asks for it, so that a second person can be told apart.
    pub person: Option<PersonRef>,
    /// The ground for sharing with the body of that rung, when it is another organisation.
    pub legal_basis: Option<String>,
}

/// See [`Command::Triage`](crate::Command::Triage).
#[derive(Debug, Clone)]
pub struct Triage {
    /// Which request.
    pub escalation: EscalationId,
    /// The answer.
    pub answer: TriageAnswer,
    /// The coded reason of a refusal.
    pub reason: Option<TriageReason>,
    /// Items that are missing, when returned.
    pub missing: BTreeSet<String>,
    /// Advice or remark.
    pub text: Option<Sealed>,
}

/// See [`Command::ProposeDeescalation`](crate::Command::ProposeDeescalation).
#[derive(Debug, Clone)]
pub struct ProposeDeescalation {
    /// Its id.
    pub proposal: ProposalId,
    /// The rung it goes to.
    pub to: RungId,
    /// Who takes it there.
    pub receiver: Receiver,
    /// Why, coded.
    pub reason: String,
}

/// See [`Command::AnswerDeescalation`](crate::Command::AnswerDeescalation).
#[derive(Debug, Clone)]
pub struct AnswerDeescalation {
    /// Which proposal.
    pub proposal: ProposalId,
    /// Whether the receiver takes it.
    pub accepted: bool,
    /// Why not, coded.
    pub reason: Option<String>,
}

/// See [`Command::Insist`](crate::Command::Insist).
#[derive(Debug, Clone)]
pub struct Insist {
    /// The id that the platform gives the new request.
    pub escalation: EscalationId,
    /// Who insists.
    pub by: Organisation,
    /// Why the answer below cannot stand; it explains every item that is not given.
    pub explanation: Sealed,
    /// The ground for sharing with the body above, when it is another organisation.
    pub legal_basis: Option<String>,
}

/// See [`Command::ConfirmUrgency`](crate::Command::ConfirmUrgency).
#[derive(Debug, Clone)]
pub struct ConfirmUrgency {
    /// The organisation of the second person.
    pub by: Organisation,
    /// That person.
    pub person: PersonRef,
}

/// See [`Command::GiveEvidence`](crate::Command::GiveEvidence).
#[derive(Debug, Clone)]
pub struct GiveEvidence {
    /// The request it belongs to.
    pub escalation: EscalationId,
    /// The items.
    pub evidence: Vec<Evidence>,
}

/// See [`Command::AcknowledgeEscalation`](crate::Command::AcknowledgeEscalation).
#[derive(Debug, Clone)]
pub struct AcknowledgeEscalation {
    /// Which request.
    pub escalation: EscalationId,
    /// When it is looked at again; the rung's review term when absent.
    pub review_at: Option<Timestamp>,
}
