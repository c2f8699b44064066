use std::collections::BTreeSet;

use crate::{AssessmentId, CaseId, DecisionId, Ground, InMandate, Organisation, Room, Sealed};

/// What a decision rests on.
#[derive(Debug, Clone)]
pub struct Weighing {
    /// The room used: within the law, deviating from a policy rule, or beyond (domain, row H13).
    pub room: Option<Room>,
    /// What it is for. Cost alone is no ground (row H11).
    pub grounds: BTreeSet<Ground>,
    /// The weighings that it follows from.
    pub assessments: BTreeSet<AssessmentId>,
    /// The comparable cases that were shown.
    pub compared: Vec<CaseId>,
    /// What makes this case differ from them.
    pub difference: Option<Sealed>,
}

/// See [`Command::ProposeDecision`](crate::Command::ProposeDecision).
#[derive(Debug, Clone)]
pub struct ProposeDecision {
    /// Its id.
    pub decision: DecisionId,
    /// Who proposes.
    pub by: Organisation,
    /// What is proposed.
    pub text: Sealed,
    /// What it rests on.
    pub weighing: Weighing,
}

/// See [`Command::RejectDecision`](crate::Command::RejectDecision).
#[derive(Debug, Clone)]
pub struct RejectDecision {
    /// Which proposal.
    pub decision: DecisionId,
    /// Why.
    pub reason: Sealed,
}

/// See [`Command::TakeDecision`](crate::Command::TakeDecision).
#[derive(Debug, Clone)]
pub struct TakeDecision {
    /// The proposal that is decided on, if there was one: its weighing then counts.
    pub proposal: Option<DecisionId>,
    /// The decision.
    pub text: Sealed,
    /// What it rests on; the proposal's when absent.
    pub weighing: Option<Weighing>,
    /// The mandate under which it is taken.
    pub mandate: InMandate,
    /// The obstacle in the system that must not stop the next household, if one was found.
    pub system_obstacle: Option<Sealed>,
}
