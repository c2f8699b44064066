use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{
    BlockType, CaseId, EscalationId, HandoffId, HandoffKind, Organisation, Outcome, ProposalId,
    Receiver, RequestId, RungId, Tier,
};

/// Everything the past of one case amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Case {
    /// There is no such case.
    #[default]
    Absent,
    /// Somebody is working on it.
    Underway(Box<Underway>),
    /// It has ended.
    Closed(Box<Closed>),
}

/// A case that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Underway {
    /// What holds at every stage.
    pub file: File,
    /// Where it is in its course.
    pub stage: Stage,
}

/// A case that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// As it was at the end.
    pub file: File,
    /// How it ended.
    pub outcome: Outcome,
}

/// What holds of a case at every stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: CaseId,
    /// The one organisation that owns it.
    pub owner: Organisation,
    /// The organisation that raised it.
    pub raiser: Organisation,
    /// Its theme.
    pub theme: String,
    /// Its region.
    pub region: String,
    /// The rung it stands on.
    pub rung: RungId,
    /// That rung's tier.
    pub tier: Tier,
    /// The organisation that handles it on that rung.
    pub handler: Organisation,
    /// Every handoff ever offered.
    pub handoffs: BTreeMap<HandoffId, Handoff>,
    /// Pairs (source, receiver) with a recorded ground for sharing.
    pub legal_bases: BTreeSet<(Organisation, Organisation)>,
    /// Every block recorded, oldest first.
    pub blocks: Vec<BlockType>,
    /// Items of evidence given or explained so far.
    pub evidence: BTreeSet<String>,
    /// Every commitment asked for.
    pub commitments: BTreeMap<RequestId, Commitment>,
    /// Whether the raiser has been told of the decision or the course.
    pub feedback_sent: bool,
    /// Whether the citizen has been told.
    pub citizen_informed: bool,
    /// Whether a decision was taken.
    pub decided: bool,
    /// An open proposal to go down.
    pub proposal: Option<Proposal>,
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
    /// Taken up on a rung above the first.
    Admitted,
    /// All asked have answered and the decision is taken.
    Decided,
    /// Commitments are being fulfilled.
    Executing,
    /// Checks with the citizen.
    Aftercare {
        /// When.
        check_at: Timestamp,
        /// Whether that moment has come.
        reminded: bool,
    },
}

/// A request to be admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub escalation: EscalationId,
    /// The rung asked for.
    pub to: RungId,
    /// That rung's tier.
    pub tier: Tier,
    /// The body there.
    pub body: Organisation,
    /// The organisation that answers.
    pub admitting: Organisation,
    /// The role in which it is answered.
    pub admitting_role: String,
    /// Until when.
    pub answer_by: Timestamp,
    /// Whether that moment has passed in silence.
    pub expired: bool,
    /// What to go back to when it is not admitted.
    pub before: Box<Stage>,
}

/// A proposal to send the case down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// The rung it would go to.
    pub to: RungId,
    /// That rung's tier.
    pub tier: Tier,
    /// Who would take it.
    pub receiver: Receiver,
    /// Why.
    pub reason: String,
}

/// A handoff and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// Who offered.
    pub from: Organisation,
    /// Who is asked.
    pub to: Organisation,
    /// What for.
    pub kind: HandoffKind,
    /// How far.
    pub status: HandoffStatus,
}

/// How far a handoff is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandoffStatus {
    /// Waiting for an answer.
    Offered {
        /// When a reminder goes out.
        remind_at: Timestamp,
        /// Until when it can be answered.
        answer_by: Timestamp,
        /// Whether the reminder went out.
        reminded: bool,
    },
    /// Taken.
    Accepted {
        /// When.
        at: Timestamp,
    },
    /// Not taken.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// Something else was offered.
    Countered {
        /// When.
        at: Timestamp,
    },
    /// Taken back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Never answered.
    Expired {
        /// When the term ended.
        at: Timestamp,
    },
}

/// A commitment asked of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Who is asked.
    pub of: Organisation,
    /// How far.
    pub status: CommitmentStatus,
}

/// How far a commitment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitmentStatus {
    /// Asked, not answered.
    Requested,
    /// Made.
    Made {
        /// When it was made.
        at: Timestamp,
        /// The last day it will be done.
        due: Date,
    },
    /// Refused.
    Refused {
        /// When.
        at: Timestamp,
    },
    /// Done.
    Fulfilled {
        /// When.
        at: Timestamp,
    },
}

/// The name of a state, for views and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateName {
    /// The owner works.
    Active,
    /// No progress.
    Blocked,
    /// Waiting for admission.
    EscalationRequested,
    /// Taken up on a higher rung.
    Admitted,
    /// Decided.
    Decided,
    /// Commitments running.
    Executing,
    /// Checks with the citizen.
    Aftercare,
    /// Ended.
    Closed,
}

impl StateName {
    /// The word in views and reports (domain, section d2).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::EscalationRequested => "escalation_requested",
            Self::Admitted => "admitted",
            Self::Decided => "decided",
            Self::Executing => "executing",
            Self::Aftercare => "aftercare",
            Self::Closed => "closed",
        }
    }
}

impl Case {
    /// What holds of the case at every stage; nothing of a case that is not there.
    pub fn file(&self) -> Option<&File> {
        match self {
            Self::Absent => None,
            Self::Underway(underway) => Some(&underway.file),
            Self::Closed(closed) => Some(&closed.file),
        }
    }

    /// The name of its state; nothing of a case that is not there.
    pub fn state_name(&self) -> Option<StateName> {
        match self {
            Self::Absent => None,
            Self::Closed(_) => Some(StateName::Closed),
            Self::Underway(underway) => Some(underway.stage.name()),
        }
    }

    /// How it ended, when it has.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Absent | Self::Underway(_) => None,
            Self::Closed(closed) => Some(closed.outcome),
        }
    }
}

impl Stage {
    /// Its name.
    pub fn name(&self) -> StateName {
        match self {
            Self::Active => StateName::Active,
            Self::Blocked(_) => StateName::Blocked,
            Self::EscalationRequested(_) => StateName::EscalationRequested,
            Self::Admitted => StateName::Admitted,
            Self::Decided => StateName::Decided,
            Self::Executing => StateName::Executing,
            Self::Aftercare { .. } => StateName::Aftercare,
        }
    }
}

impl File {
    /// Organisations whose acceptance of a handoff gives them a part in the case.
    pub fn participants(&self) -> BTreeSet<&Organisation> {
        self.handoffs
            .values()
            .filter(|handoff| matches!(handoff.status, HandoffStatus::Accepted { .. }))
            .map(|handoff| &handoff.to)
            .collect()
    }

    /// Organisations with an offer that waits for their answer.
    pub fn offered(&self) -> BTreeSet<&Organisation> {
        self.handoffs
            .values()
            .filter(|handoff| matches!(handoff.status, HandoffStatus::Offered { .. }))
            .map(|handoff| &handoff.to)
            .collect()
    }

    /// Organisations that were asked for a commitment.
    pub fn asked(&self) -> BTreeSet<&Organisation> {
        self.commitments
            .values()
            .map(|commitment| &commitment.of)
            .collect()
    }
}
