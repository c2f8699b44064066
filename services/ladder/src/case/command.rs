use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::case::due::Due;
use crate::case::event::LessonKind;
use crate::{
    BlockType, CaseId, EscalationId, HandoffId, HandoffKind, Organisation, Outcome, Person,
    ProposalId, Receiver, RequestId, RungId, Sealed, TriageAnswer, TriageReason,
};

/// What somebody asks of a case. Who may ask it is the gate's to say; whether it can be now is
/// the rules'.
#[derive(Debug, Clone)]
pub enum Command {
    /// Report a new case.
    Report(Box<Report>),
    /// Report a fact that one's organisation knows.
    ReportFact(ReportFact),
    /// Record what blocks.
    RecordBlock(RecordBlock),
    /// Offer a handoff to another organisation.
    OfferHandoff(OfferHandoff),
    /// Answer an offered handoff.
    AnswerHandoff(AnswerHandoff),
    /// Take an offer back.
    WithdrawHandoff(WithdrawHandoff),
    /// Pass sealed identities on to an organisation that accepted.
    ShareIdentity(ShareIdentity),
    /// Ask to be admitted to a higher rung.
    RequestEscalation(RequestEscalation),
    /// Answer such a request.
    Triage(Triage),
    /// Ask an organisation to commit itself.
    RequestCommitment(RequestCommitment),
    /// Answer such a request.
    AnswerCommitment(AnswerCommitment),
    /// Report that a commitment was fulfilled.
    FulfilCommitment(FulfilCommitment),
    /// Take the decision.
    TakeDecision(TakeDecision),
    /// Tell the raiser what became of it.
    SendFeedback(SendFeedback),
    /// Tell the citizen.
    InformCitizen(InformCitizen),
    /// Propose to send the case down, to a named receiver.
    ProposeDeescalation(ProposeDeescalation),
    /// Answer that proposal.
    AnswerDeescalation(AnswerDeescalation),
    /// Close the case.
    Close(Box<Close>),
    /// A deadline fell due.
    Lapse(Due),
}

/// See [`Command::Report`].
#[derive(Debug, Clone)]
pub struct Report {
    /// The id that the platform gives it.
    pub case: CaseId,
    /// The organisation that reports it, and so owns it.
    pub owner: Organisation,
    /// The owner's own reference.
    pub own_reference: String,
    /// What is going on, in the raiser's words.
    pub story: Sealed,
    /// What the citizen and the raiser want to reach.
    pub desired_outcome: Sealed,
    /// The citizen's own words, when they were asked.
    pub citizens_words: Option<Sealed>,
    /// The life domains it touches.
    pub life_domains: Vec<String>,
    /// The people it is about.
    pub persons: Vec<Person>,
    /// Organisations already involved, as the raiser names them.
    pub parties_involved: Vec<String>,
    /// Provisions already tried.
    pub tried_provisions: Vec<Sealed>,
    /// Its theme.
    pub theme: String,
    /// Its region.
    pub region: String,
}

/// See [`Command::ReportFact`].
#[derive(Debug, Clone)]
pub struct ReportFact {
    /// Who knows it.
    pub source: Organisation,
    /// The data category (a column of the matrix).
    pub category: String,
    /// The law it follows from.
    pub law: String,
    /// The rule, when it is in the catalogue.
    pub rule: Option<String>,
    /// What is the case.
    pub summary: Sealed,
    /// Since when.
    pub since: String,
    /// On what ground it is shared.
    pub legal_basis: String,
}

/// See [`Command::RecordBlock`].
#[derive(Debug, Clone)]
pub struct RecordBlock {
    /// What kind of block.
    pub kind: BlockType,
    /// The rules in collision, if any.
    pub rules: Vec<String>,
    /// Why it blocks.
    pub explanation: Sealed,
}

/// See [`Command::OfferHandoff`].
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
}

/// See [`Command::AnswerHandoff`].
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

/// See [`Command::WithdrawHandoff`].
#[derive(Debug, Clone)]
pub struct WithdrawHandoff {
    /// Which handoff.
    pub handoff: HandoffId,
    /// Who takes it back.
    pub by: Organisation,
    /// Why.
    pub reason: Sealed,
}

/// See [`Command::ShareIdentity`].
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

/// See [`Command::RequestEscalation`].
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
    /// The ground for sharing with the body of that rung, when it is another organisation.
    pub legal_basis: Option<String>,
}

/// See [`Command::Triage`].
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

/// See [`Command::RequestCommitment`].
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

/// See [`Command::AnswerCommitment`].
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
        /// Under which mandate.
        mandate: Sealed,
        /// The last day it will be done.
        due: Date,
    },
    /// It does not.
    Refused {
        /// Why not.
        reason: Sealed,
    },
}

/// See [`Command::FulfilCommitment`].
#[derive(Debug, Clone)]
pub struct FulfilCommitment {
    /// Which commitment.
    pub request: RequestId,
    /// Whose.
    pub by: Organisation,
    /// What came of it.
    pub result: Sealed,
}

/// See [`Command::TakeDecision`].
#[derive(Debug, Clone)]
pub struct TakeDecision {
    /// The decision.
    pub text: Sealed,
    /// The obstacle in the system that must not stop the next household, if one was found.
    pub system_obstacle: Option<Sealed>,
}

/// See [`Command::SendFeedback`].
#[derive(Debug, Clone)]
pub struct SendFeedback {
    /// What the raiser is told.
    pub text: Sealed,
}

/// See [`Command::InformCitizen`].
#[derive(Debug, Clone)]
pub struct InformCitizen {
    /// What the citizen is told.
    pub text: Sealed,
}

/// See [`Command::ProposeDeescalation`].
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

/// See [`Command::AnswerDeescalation`].
#[derive(Debug, Clone)]
pub struct AnswerDeescalation {
    /// Which proposal.
    pub proposal: ProposalId,
    /// Whether the receiver takes it.
    pub accepted: bool,
    /// Why not, coded.
    pub reason: Option<String>,
}

/// See [`Command::Close`].
#[derive(Debug, Clone)]
pub struct Close {
    /// How it ended.
    pub outcome: Outcome,
    /// Looking back: what went well and what did not.
    pub evaluation: Sealed,
    /// What others can learn, or that there is nothing.
    pub lesson: Option<(LessonKind, Sealed)>,
}
