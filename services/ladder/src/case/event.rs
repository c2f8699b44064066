//! What happened to a case.

mod citizen;
mod closing;
mod consultation;
mod decision;
mod erasure;
mod escalation;
mod handoff;
mod money;
mod pause;
mod report;
mod sharing;
mod weighing;

use crate::recorded::event_kinds;

pub use citizen::*;
pub use closing::*;
pub use consultation::*;
pub use decision::*;
pub use erasure::*;
pub use escalation::*;
pub use handoff::*;
pub use money::*;
pub use pause::*;
pub use report::*;
pub use sharing::*;
pub use weighing::*;

event_kinds! {
    /// A thing that happened to a case; never changed, never deleted.
    DraftSaved = "draft.saved",
    DraftReminded = "draft.reminded",
    DraftDiscarded = "draft.discarded",
    Reported = "case.reported",
    LegalBasisRecorded = "legal-basis.recorded" version 2,
    ConsentGiven = "consent.given",
    ConsentWithdrawn = "consent.withdrawn",
    ObjectionRaised = "objection.raised",
    ObjectionExtended = "objection.extended",
    ObjectionSettled = "objection.settled",
    ObjectionOverdue = "objection.overdue",
    ObjectionLifted = "objection.lifted",
    FactReported = "fact.reported",
    BlockRecorded = "block.recorded",
    PerspectiveRecorded = "perspective.recorded",
    OwnershipModeChosen = "ownership-mode.chosen",
    OwnerChanged = "owner.changed",
    AdviceAsked = "advice.asked",
    AdviceGiven = "advice.given",
    AdviceExpired = "advice.expired",
    HandoffOffered = "handoff.offered",
    HandoffReminded = "handoff.reminded",
    HandoffAccepted = "handoff.accepted",
    HandoffDeclined = "handoff.declined",
    HandoffCountered = "handoff.countered",
    CounterAccepted = "counter.accepted",
    CounterRefused = "counter.refused",
    CounterExpired = "counter.expired",
    HandoffWithdrawn = "handoff.withdrawn",
    HandoffExpired = "handoff.expired",
    HandoffReturned = "handoff.returned",
    IdentityShared = "identity.shared",
    RungSkipped = "rung.skipped",
    EscalationRequested = "escalation.requested",
    EscalationAcknowledged = "escalation.acknowledged",
    AcknowledgementOverdue = "acknowledgement.overdue",
    EscalationReturned = "escalation.returned",
    CompletionExpired = "completion.expired",
    EscalationRefused = "escalation.refused",
    EscalationExpired = "escalation.expired",
    EvidenceProvided = "evidence.provided",
    ExplanationOverdue = "explanation.overdue",
    SilencePersisted = "silence.persisted",
    UrgencyClaimed = "urgency.claimed",
    UrgencyConfirmed = "urgency.confirmed",
    UrgencyLapsed = "urgency.lapsed",
    Escalated = "case.escalated",
    ReviewPassed = "review.passed",
    StayWarned = "stay.warned",
    CommitmentRequested = "commitment.requested",
    CommitmentMade = "commitment.made",
    CommitmentRefused = "commitment.refused",
    CommitmentFulfilled = "commitment.fulfilled",
    CommitmentLate = "commitment.late",
    AssessmentRecorded = "assessment.recorded",
    AssessmentCompleted = "assessment.completed",
    DecisionProposed = "decision.proposed",
    DecisionRejected = "decision.rejected",
    DecisionExpired = "decision.expired",
    DecisionTaken = "decision.taken",
    FundOpened = "fund.opened",
    FundContributed = "fund.contributed",
    FundCompleted = "fund.completed",
    BudgetSpent = "budget.spent",
    MeasureStarted = "measure.started",
    MeasureDue = "measure.due",
    MeasureEnded = "measure.ended",
    CaseSuspended = "case.suspended",
    CaseResumed = "case.resumed",
    TermExtended = "term.extended",
    ErasureOrdered = "erasure.ordered",
    ErasureCompleted = "erasure.completed",
    HoldPlaced = "hold.placed",
    HoldLifted = "hold.lifted",
    RedactionRecorded = "redaction.recorded",
    FeedbackSent = "feedback.sent",
    CitizenInformed = "citizen.informed",
    CitizenLinked = "citizen.linked",
    CitizenUnlinked = "citizen.unlinked",
    InformingPostponed = "informing.postponed",
    DeescalationProposed = "deescalation.proposed",
    DeescalationDeclined = "deescalation.declined",
    Deescalated = "case.deescalated",
    AftercareStarted = "aftercare.started",
    AftercareReminded = "aftercare.reminded",
    LessonRecorded = "lesson.recorded",
    CaseClosed = "case.closed",
    CaseWithdrawn = "case.withdrawn",
    CaseReopened = "case.reopened",
}
