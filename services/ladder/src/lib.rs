//! The pure domain of Doorbraak: how a stuck case climbs the ladder.
//!
//! Nothing here does I/O, reads a clock or draws a random number. [`Rules`] decides (`decide`)
//! and [`Case`] remembers (`evolve`); the service around it stores what was decided.

mod calendar;
mod case;
pub mod catalogue;
mod coded;
mod decider;
mod file_error;
pub mod findings;
mod identifiers;
mod mandate;
pub mod meeting;
pub mod pass;
mod place;
mod policy;
pub mod policy_change;
mod recorded;
pub mod register;
mod retention;
mod sealed;
pub mod sharing;
pub mod signal;
mod term;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use calendar::{Calendar, CalendarError, CalendarFault, Closures, Holiday, LiberationDay};
pub use case::command::{
    AcknowledgeEscalation, AnswerCommitment, AnswerCounter, AnswerDeescalation, AnswerHandoff,
    AskAdvice, ChooseOwnershipMode, Close, Command, CommitmentAnswer, CompleteErasure,
    ConfirmUrgency, Contribute, Disclose, EndMeasure, Evidence, ExtendObjection, ExtendTerm,
    FulfilCommitment, GiveAdvice, GiveConsent, GiveEvidence, HandoffAnswer, InformCitizen, Insist,
    LiftHold, LiftObjection, LinkCitizen, OfferHandoff, OpenFund, OrderErasure, PlaceHold,
    PostponeInforming, ProposeDecision, ProposeDeescalation, RaiseObjection, RecordAssessment,
    RecordBlock, RecordLegalBasis, RecordPerspective, RecordRedaction, RejectDecision, Reopen,
    Report, ReportFact, RequestCommitment, RequestEscalation, Resume, ReturnHandoff, SaveDraft,
    SendFeedback, SettleObjection, ShareIdentity, SpendBudget, StartMeasure, Suspend, TakeDecision,
    Triage, UnlinkCitizen, Weighing, Withdraw, WithdrawConsent, WithdrawHandoff,
};
pub use case::due::{Due, DueParseError};
pub use case::event::{self, Event, LessonKind};
pub use case::refusal::Refusal;
pub use case::state::{
    Assessment, Case, CitizenLink, Closed, Commitment, CommitmentStatus, Consultation, Disclosed,
    Draft, Erasure, ErasureScope, File, Fund, Handoff, HandoffStatus, Kept, Measure, Objection,
    ObjectionStatus, Proposal, ProposedDecision, Request, RequestStatus, Returned, Review, Stage,
    StateName, Suspension, Underway, Urgency, deadlines,
};
pub use case::tasks::{Task, TaskKind, tasks};
pub use case::vocabulary::{
    AnswerKind, BlockType, ConsentHow, ErasureGround, Ground, HandoffKind, InMandate, Initiative,
    Method, Moved, Origin, Outcome, OwnershipMode, Part, Person, Receiver, Room, SuspensionReason,
    TriageAnswer, TriageReason, TriedProvision, TriedResult, UsedMandate,
};
pub use coded::UnknownWord;
pub use decider::Decider;
pub use file_error::FileError;
pub use identifiers::{
    AssessmentId, CaseId, CitizenRef, ConsentId, ConsultationId, ContactId, DecisionId,
    DisclosureId, ErasureId, EscalationId, FundId, HandoffId, HoldId, IdentifierError, LinkId,
    MeasureId, MeetingId, ObjectionId, Organisation, PassId, PersonRef, ProposalId, RequestId,
    RungId, SignalId,
};
pub use mandate::{Mandate, MandateError, StatedMandate};
pub use policy::{
    Admission, Body, CompetentBody, Ladder, LadderError, LadderFault, Rung, TermKey, Terms,
    Thresholds, Tier,
};
pub use recorded::EventError;
pub use retention::Retention;
pub use sealed::Sealed;
pub use term::{Term, TermError, TermKind, TermUnit};

/// The rules of the case: today's ladder and calendar, consulted when a decision is made.
///
/// Replay never sees them: what was decided stands in the events.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Rungs, bodies, evidence and terms (`deploy/ladder.toml`).
    pub ladder: Ladder,
    /// Working days (`deploy/calendar.toml`).
    pub calendar: Calendar,
    /// The days on which an organisation is closed (`deploy/parties/*.toml`).
    pub closures: BTreeMap<Organisation, Closures>,
    /// On what ground something may be shared (`deploy/legal-bases.toml`).
    pub legal_bases: catalogue::LegalBasisCatalogue,
    /// What the organisations are (`deploy/parties/*.toml`). One that is not among them shares and
    /// receives only on a basis for everybody.
    pub organisations: BTreeMap<Organisation, sharing::Profile>,
}

impl Rules {
    /// When a term that starts at `start` ends for the organisation that has to meet it.
    pub(crate) fn until(&self, start: Timestamp, term: Term, debtor: &Organisation) -> Timestamp {
        match self.closures.get(debtor) {
            Some(closures) => self.calendar.after_at(start, term, closures),
            None => self.calendar.after(start, term),
        }
    }
}
