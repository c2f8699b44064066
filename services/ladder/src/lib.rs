//! The pure domain of Doorbraak: how a stuck case climbs the ladder.
//!
//! Nothing here does I/O, reads a clock or draws a random number. [`Rules`] decides (`decide`)
//! and [`Case`] remembers (`evolve`); the service around it stores what was decided.

mod calendar;
mod case;
mod coded;
mod decider;
mod identifiers;
mod mandate;
pub mod meeting;
mod policy;
mod recorded;
pub mod register;
mod sealed;
pub mod signal;

pub use calendar::{Calendar, CalendarError};
pub use case::command::{
    AnswerCommitment, AnswerDeescalation, AnswerHandoff, Close, Command, CommitmentAnswer,
    Evidence, FulfilCommitment, HandoffAnswer, InformCitizen, OfferHandoff, ProposeDeescalation,
    RecordBlock, Report, ReportFact, RequestCommitment, RequestEscalation, SendFeedback,
    ShareIdentity, TakeDecision, Triage, WithdrawHandoff,
};
pub use case::due::{Due, DueParseError, deadlines};
pub use case::event::{self, Event, LessonKind};
pub use case::refusal::Refusal;
pub use case::state::{
    Case, Closed, Commitment, CommitmentStatus, File, Handoff, HandoffStatus, Proposal, Request,
    Stage, StateName, Underway,
};
pub use case::vocabulary::{
    AnswerKind, BlockType, HandoffKind, Outcome, Person, Receiver, TriageAnswer, TriageReason,
};
pub use coded::UnknownWord;
pub use decider::Decider;
pub use identifiers::{
    AssessmentId, CaseId, ConsultationId, ContactId, DecisionId, EscalationId, FundId, HandoffId,
    IdentifierError, MeasureId, MeetingId, Organisation, PersonRef, ProposalId, RequestId, RungId,
    SignalId, TaskId,
};
pub use mandate::{Mandate, MandateError};
pub use policy::{Admission, Body, Ladder, LadderError, Rung, Term, Terms, Tier};
pub use recorded::EventError;
pub use sealed::Sealed;

/// The rules of the case: today's ladder and calendar, consulted when a decision is made.
///
/// Replay never sees them: what was decided stands in the events.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Rungs, bodies, evidence and terms (`deploy/ladder.toml`).
    pub ladder: Ladder,
    /// Working days (`deploy/calendar.toml`).
    pub calendar: Calendar,
}
