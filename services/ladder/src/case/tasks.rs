//! What the owner of a case is asked to do, and by when.

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use crate::coded::coded;
use crate::{Case, CommitmentStatus, File, HandoffStatus, ObjectionStatus, Stage, Underway};

coded!(
    /// What the owner of a case can be asked to do.
    TaskKind, "task" {
        /// Silence brought the case to a rung; an item that it asks for is to be given or
        /// explained.
        ExplainEvidence = "explain_evidence",
        /// A request for admission came back; an item that was missing is to be given.
        CompleteRequest = "complete_request",
        /// A counter-offer waits for an answer.
        AnswerCounter = "answer_counter",
        /// A person objects to sharing; that is to be settled.
        SettleObjection = "settle_objection",
        /// An organisation did not keep its promise in time.
        PursueCommitment = "pursue_commitment",
        /// A bridging measure came to its end and was not ended.
        EndMeasure = "end_measure",
        /// A check with the citizen is to be done.
        CheckAftercare = "check_aftercare",
        /// The last check was done: it is time to close the case.
        CloseCase = "close_case",
    }
);

/// One thing that the owner of a case is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What kind of thing.
    pub kind: TaskKind,
    /// Until when; absent when it should have been done already, and while the deadlines of the
    /// case are on hold.
    pub by: Option<Timestamp>,
    /// What it is about: the item of evidence, or the id of the handoff, objection, commitment or measure;
    /// the case's own id where it is the case as a whole.
    pub what: String,
}

/// Everything that the owner is asked to do now, in the order of [`TaskKind`]. A case that is not
/// under way asks nothing.
pub fn tasks(case: &Case) -> Vec<Task> {
    let Case::Underway(underway) = case else {
        return Vec::new();
    };
    let mut tasks = Vec::new();
    of_stage(underway, &mut tasks);
    of_file(&underway.file, &mut tasks);
    if underway.suspension.is_some() {
        tasks.iter_mut().for_each(|task| task.by = None);
    }
    tasks.sort_by_key(|task| task.kind);
    tasks
}

fn of_stage(case: &Underway, tasks: &mut Vec<Task>) {
    let mut add = |kind, by, what: &str| tasks.push(Task::new(kind, by, what));
    match &case.stage {
        Stage::EscalationRequested(request) => {
            for item in &request.unexplained {
                add(TaskKind::ExplainEvidence, request.explain_by, item);
            }
        }
        Stage::Returned(returned) => {
            for item in &returned.missing {
                add(TaskKind::CompleteRequest, Some(returned.complete_by), item);
            }
        }
        Stage::Aftercare { checks } => {
            let id = case.file.id.as_str();
            match checks.first() {
                Some(check) => add(TaskKind::CheckAftercare, Some(*check), id),
                None => add(TaskKind::CloseCase, Some(case.file.review.at), id),
            }
        }
        Stage::Active
        | Stage::Blocked(_)
        | Stage::Admitted
        | Stage::DecisionProposed { .. }
        | Stage::Decided
        | Stage::Executing => {}
    }
}

fn of_file(file: &File, tasks: &mut Vec<Task>) {
    for (id, handoff) in &file.handoffs {
        if let HandoffStatus::Countered {
            follow_up_by: Some(by),
            ..
        } = handoff.status
            && handoff.from == file.owner
        {
            tasks.push(Task::new(TaskKind::AnswerCounter, Some(by), id.as_str()));
        }
    }
    for (id, objection) in &file.objections {
        if let ObjectionStatus::Open {
            settle_by, overdue, ..
        } = objection.status
        {
            let by = (!overdue).then_some(settle_by);
            tasks.push(Task::new(TaskKind::SettleObjection, by, id.as_str()));
        }
    }
    for (id, commitment) in &file.commitments {
        if let CommitmentStatus::Made { late: true, .. } = commitment.status {
            tasks.push(Task::new(TaskKind::PursueCommitment, None, id.as_str()));
        }
    }
    for (id, measure) in &file.measures {
        if measure.ends_at.is_none() && !measure.ended {
            tasks.push(Task::new(TaskKind::EndMeasure, None, id.as_str()));
        }
    }
}

impl Task {
    fn new(kind: TaskKind, by: Option<Timestamp>, what: &str) -> Self {
        Self {
            kind,
            by,
            what: what.to_owned(),
        }
    }
}
