//! Everything the past of one case amounts to.

mod deadlines;
mod file;
mod kept;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use crate::{BlockType, CaseId, DecisionId, Organisation, Outcome};

pub use deadlines::deadlines;
pub(crate) use deadlines::{put, running};
pub use file::{File, Fund, Measure, Objection, ObjectionStatus, Proposal, Review, Urgency};
pub use kept::{CitizenLink, Erasure, ErasureScope, Kept};
pub use parts::{
    Assessment, Commitment, CommitmentStatus, Consultation, Disclosed, Handoff, HandoffStatus,
    ProposedDecision, Request, RequestStatus, Returned,
};

/// Everything the past of one case amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Case {
    /// There is no such case.
    #[default]
    Absent,
    /// A story that is not shared yet.
    Draft(Draft),
    /// A story that was thrown away before it was shared.
    Discarded,
    /// Somebody is working on it.
    Underway(Box<Underway>),
    /// It has ended.
    Closed(Box<Closed>),
}

/// A story that is not shared yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id, which the case keeps.
    pub id: CaseId,
    /// Whose it is.
    pub owner: Organisation,
    /// When its writer is reminded of it.
    pub remind_at: Timestamp,
}

/// A case that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Underway {
    /// What holds at every stage.
    pub file: File,
    /// Where it is in its course.
    pub stage: Stage,
    /// While its deadlines are on hold: until when at most, and since when.
    pub suspension: Option<Suspension>,
}

/// Deadlines on hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// Since when.
    pub since: Timestamp,
    /// Until when at most.
    pub until: Timestamp,
}

impl Suspension {
    /// How long it has lasted at that moment: until its end at most, however late the clock is.
    pub(crate) fn lasted(&self, at: Timestamp) -> SignedDuration {
        at.min(self.until).duration_since(self.since)
    }
}

/// A case that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// As it was at the end.
    pub file: File,
    /// How it ended.
    pub outcome: Outcome,
    /// Whether the citizen or the raiser stopped.
    pub withdrawn: bool,
    /// When: from then on its terms of keeping run.
    pub ended_at: Timestamp,
}

/// Where a case is in its course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The owner works.
    Active,
    /// No progress, for a typed reason.
    Blocked(BlockType),
    /// Waiting to be admitted to a higher rung.
    EscalationRequested(Request),
    /// The request came back with named items missing.
    Returned(Returned),
    /// Taken up on a rung above the first.
    Admitted,
    /// One or more decisions are on paper.
    DecisionProposed {
        /// Which.
        proposals: BTreeMap<DecisionId, ProposedDecision>,
        /// Until when it is decided on.
        decide_by: Timestamp,
        /// What to go back to when none is taken.
        before: Box<Stage>,
    },
    /// All asked have answered and the decision is taken.
    Decided,
    /// Commitments are being fulfilled.
    Executing,
    /// Checks with the citizen.
    Aftercare {
        /// Those still to come, in order.
        checks: Vec<Timestamp>,
    },
}

/// The name of a state, for views and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateName {
    /// Not shared yet.
    Draft,
    /// The owner works.
    Active,
    /// Advice without personal data is awaited.
    Consulting,
    /// No progress.
    Blocked,
    /// Waiting for admission.
    EscalationRequested,
    /// Something is missing.
    Returned,
    /// Taken up on a higher rung.
    Admitted,
    /// On paper.
    DecisionProposed,
    /// Decided.
    Decided,
    /// Commitments running.
    Executing,
    /// Checks with the citizen.
    Aftercare,
    /// Ended.
    Closed,
    /// Stopped by the citizen or the raiser, or never shared.
    Withdrawn,
}

impl StateName {
    /// The word in views and reports (domain, section d2).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Consulting => "consulting",
            Self::Blocked => "blocked",
            Self::EscalationRequested => "escalation_requested",
            Self::Returned => "returned",
            Self::Admitted => "admitted",
            Self::DecisionProposed => "decision_proposed",
            Self::Decided => "decided",
            Self::Executing => "executing",
            Self::Aftercare => "aftercare",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Case {
    /// What holds of the case at every stage; nothing of a case that is not there or not shared.
    pub fn file(&self) -> Option<&File> {
        match self {
            Self::Absent | Self::Draft(_) | Self::Discarded => None,
            Self::Underway(underway) => Some(&underway.file),
            Self::Closed(closed) => Some(&closed.file),
        }
    }

    /// The name of its state; nothing of a case that is not there.
    pub fn state_name(&self) -> Option<StateName> {
        match self {
            Self::Absent => None,
            Self::Draft(_) => Some(StateName::Draft),
            Self::Discarded => Some(StateName::Withdrawn),
            Self::Closed(closed) if closed.withdrawn => Some(StateName::Withdrawn),
            Self::Closed(_) => Some(StateName::Closed),
            Self::Underway(underway) => Some(underway.state_name()),
        }
    }

    /// How it ended, when it has.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Absent | Self::Draft(_) | Self::Discarded | Self::Underway(_) => None,
            Self::Closed(closed) => Some(closed.outcome),
        }
    }

    /// The organisation that owns the case or the draft.
    pub fn owner(&self) -> Option<&Organisation> {
        match self {
            Self::Draft(draft) => Some(&draft.owner),
            Self::Absent | Self::Discarded | Self::Underway(_) | Self::Closed(_) => {
                self.file().map(|file| &file.owner)
            }
        }
    }
}

impl Underway {
    /// The name of its state. Whoever works on a case and waits for advice is consulting.
    pub fn state_name(&self) -> StateName {
        match &self.stage {
            Stage::Active | Stage::Blocked(_) if self.file.awaits_advice() => StateName::Consulting,
            Stage::Active => StateName::Active,
            Stage::Blocked(_) => StateName::Blocked,
            Stage::EscalationRequested(_) => StateName::EscalationRequested,
            Stage::Returned(_) => StateName::Returned,
            Stage::Admitted => StateName::Admitted,
            Stage::DecisionProposed { .. } => StateName::DecisionProposed,
            Stage::Decided => StateName::Decided,
            Stage::Executing => StateName::Executing,
            Stage::Aftercare { .. } => StateName::Aftercare,
        }
    }

    /// The request for admission that waits for an answer.
    pub fn pending(&self) -> Option<&Request> {
        match &self.stage {
            Stage::EscalationRequested(request) => Some(request),
            Stage::Active
            | Stage::Blocked(_)
            | Stage::Returned(_)
            | Stage::Admitted
            | Stage::DecisionProposed { .. }
            | Stage::Decided
            | Stage::Executing
            | Stage::Aftercare { .. } => None,
        }
    }

    /// Whether somebody works on it who has to show progress: then it has a review. So has a
    /// decision on promises that were late already: no day of theirs is still to come.
    pub fn is_reviewed(&self) -> bool {
        match &self.stage {
            Stage::Active | Stage::Blocked(_) | Stage::Admitted => true,
            Stage::Aftercare { checks } => checks.is_empty(),
            Stage::Decided | Stage::Executing => !self.file.awaits_a_commitment(),
            Stage::EscalationRequested(_) | Stage::Returned(_) | Stage::DecisionProposed { .. } => {
                false
            }
        }
    }

    /// Whether a request for admission was not answered in its term, and still is not.
    pub(crate) fn is_left_unanswered(&self) -> bool {
        self.pending()
            .is_some_and(|request| request.status == RequestStatus::Expired)
    }

    /// Where its deadlines stand at that moment: while it is on hold they wait.
    pub(crate) fn clock(&self, at: Timestamp) -> Timestamp {
        match &self.suspension {
            Some(suspension) => at
                .checked_sub(suspension.lasted(at))
                .unwrap_or(suspension.since),
            None => at,
        }
    }
}

/// Organisations named in a set.
pub(crate) type Organisations<'a> = BTreeSet<&'a Organisation>;
