use std::collections::BTreeSet;

use jiff::Timestamp;

use super::commitment::{is_reported, start_aftercare};
use super::{mandate, terms};
use crate::event::{DecisionProposed, DecisionRejected, DecisionTaken, Weighed};
use crate::{
    CommitmentStatus, Event, File, Ground, ProposeDecision, Refusal, RejectDecision, RequestStatus,
    Rules, Stage, TakeDecision, Underway, Weighing,
};

pub(super) fn propose(
    rules: &Rules,
    case: &Underway,
    proposal: ProposeDecision,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match &case.stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted => {}
        Stage::DecisionProposed { proposals, .. } => {
            if proposals.contains_key(&proposal.decision) {
                return Err(Refusal::DecisionExists);
            }
        }
        Stage::EscalationRequested(_) | Stage::Returned(_) => {
            return Err(Refusal::EscalationPending);
        }
        Stage::Decided | Stage::Executing | Stage::Aftercare { .. } => {
            return Err(Refusal::AlreadyDecided);
        }
    }
    Ok(vec![Event::DecisionProposed(DecisionProposed {
        decision: proposal.decision,
        by: proposal.by,
        text: proposal.text,
        weighing: weighed(&case.file, proposal.weighing)?,
        decide_by: rules.calendar.after(at, rules.ladder.terms.decision),
    })])
}

pub(super) fn reject(
    rules: &Rules,
    case: &Underway,
    rejection: RejectDecision,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let Stage::DecisionProposed { proposals, .. } = &case.stage else {
        return Err(Refusal::UnknownDecision);
    };
    if !proposals.contains_key(&rejection.decision) {
        return Err(Refusal::UnknownDecision);
    }
    Ok(vec![Event::DecisionRejected(DecisionRejected {
        decision: rejection.decision,
        reason: rejection.reason,
        review_at: terms::review(rules, &case.file.rung, at),
    })])
}

/// A decision where nothing is left to report starts aftercare at once.
pub(super) fn take(
    rules: &Rules,
    case: &Underway,
    decision: TakeDecision,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    match case.stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted | Stage::DecisionProposed { .. } => {}
        // Nobody answered: whoever has the mandate need not wait for a rung that stays silent.
        Stage::EscalationRequested(ref request) if request.status == RequestStatus::Expired => {}
        Stage::EscalationRequested(_) | Stage::Returned(_) => {
            return Err(Refusal::EscalationPending);
        }
        Stage::Decided | Stage::Executing | Stage::Aftercare { .. } => {
            return Err(Refusal::AlreadyDecided);
        }
    }
    let unanswered = file
        .commitments
        .values()
        .any(|commitment| commitment.status == CommitmentStatus::Requested);
    if unanswered {
        return Err(Refusal::CommitmentsUnanswered);
    }
    let weighing = match (&decision.proposal, decision.weighing) {
        (Some(proposal), None) => on_paper(case, proposal)?,
        (Some(proposal), Some(weighing)) => {
            on_paper(case, proposal)?;
            weighed(file, weighing)?
        }
        (None, Some(weighing)) => weighed(file, weighing)?,
        (None, None) => return Err(Refusal::RoomRequired),
    };
    let by = decision.mandate.organisation().clone();
    let recorded = mandate::recorded(rules, &by, decision.mandate, None, at)?;
    let taken = Event::DecisionTaken(DecisionTaken {
        proposal: decision.proposal,
        text: decision.text,
        weighing,
        mandate: recorded.id,
        stated: recorded.stated,
        system_obstacle: decision.system_obstacle,
    });
    let nothing_left = file.commitments.values().all(is_reported);
    let aftercare = nothing_left.then(|| start_aftercare(rules, at));
    Ok([taken].into_iter().chain(aftercare).collect())
}

fn on_paper(case: &Underway, proposal: &crate::DecisionId) -> Result<Weighed, Refusal> {
    match &case.stage {
        Stage::DecisionProposed { proposals, .. } => proposals
            .get(proposal)
            .map(|proposed| proposed.weighing.clone())
            .ok_or(Refusal::UnknownDecision),
        Stage::Active
        | Stage::Blocked(_)
        | Stage::EscalationRequested(_)
        | Stage::Returned(_)
        | Stage::Admitted
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. } => Err(Refusal::UnknownDecision),
    }
}

/// Names the room used and rests on more than cost (domain, rows H11 and H13); the weighings it
/// names are complete.
fn weighed(file: &File, weighing: Weighing) -> Result<Weighed, Refusal> {
    let room = weighing.room.ok_or(Refusal::RoomRequired)?;
    if weighing.grounds.is_empty() {
        return Err(Refusal::GroundsRequired);
    }
    if weighing.grounds == BTreeSet::from([Ground::Cost]) {
        return Err(Refusal::CostAlone);
    }
    for id in &weighing.assessments {
        let assessment = file.assessments.get(id).ok_or(Refusal::UnknownAssessment)?;
        if assessment.passed.is_none() {
            return Err(Refusal::AssessmentIncomplete);
        }
    }
    Ok(Weighed {
        room,
        grounds: weighing.grounds,
        assessments: weighing.assessments,
        compared: weighing.compared,
        difference: weighing.difference,
    })
}
