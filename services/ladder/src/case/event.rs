//! What happened to a case.

mod closing;
mod decision;
mod escalation;
mod handoff;
mod report;

use crate::recorded::event_kinds;

pub use closing::*;
pub use decision::*;
pub use escalation::*;
pub use handoff::*;
pub use report::*;

event_kinds! {
    /// A thing that happened to a case; never changed, never deleted.
    Reported = "case.reported",
    LegalBasisRecorded = "legal-basis.recorded",
    FactReported = "fact.reported",
    BlockRecorded = "block.recorded",
    HandoffOffered = "handoff.offered",
    HandoffReminded = "handoff.reminded",
    HandoffAccepted = "handoff.accepted",
    HandoffDeclined = "handoff.declined",
    HandoffCountered = "handoff.countered",
    HandoffWithdrawn = "handoff.withdrawn",
    HandoffExpired = "handoff.expired",
    IdentityShared = "identity.shared",
    RungSkipped = "rung.skipped",
    EscalationRequested = "escalation.requested",
    EscalationReturned = "escalation.returned",
    EscalationRefused = "escalation.refused",
    EscalationExpired = "escalation.expired",
    Escalated = "case.escalated",
    CommitmentRequested = "commitment.requested",
    CommitmentMade = "commitment.made",
    CommitmentRefused = "commitment.refused",
    CommitmentFulfilled = "commitment.fulfilled",
    DecisionTaken = "decision.taken",
    FeedbackSent = "feedback.sent",
    CitizenInformed = "citizen.informed",
    DeescalationProposed = "deescalation.proposed",
    DeescalationDeclined = "deescalation.declined",
    Deescalated = "case.deescalated",
    AftercareStarted = "aftercare.started",
    AftercareReminded = "aftercare.reminded",
    LessonRecorded = "lesson.recorded",
    CaseClosed = "case.closed",
}
