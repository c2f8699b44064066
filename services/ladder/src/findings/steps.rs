//! What can be done: never something that the rules would refuse now.

use super::{NextStep, Seen};
use crate::{Rung, RungId, Stage};

/// Ways to get a case moving: insisting when a body said no, climbing when what blocks is
/// recorded, else recording it; then those that are always open. A shortage is raised as a
/// signal instead.
pub(super) fn upwards(seen: Seen<'_>) -> Vec<NextStep> {
    let case = seen.case;
    let file = &case.file;
    if file.is_scarcity() {
        return vec![NextStep::RaiseSignal];
    }
    let mut next = Vec::new();
    match &case.stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted => {
            if file.blocks.is_empty() {
                next.push(NextStep::RecordBlock);
            } else if can_insist(seen) {
                next.push(NextStep::Insist);
            } else if somebody_stands_above(seen, &file.rung) {
                next.push(NextStep::Escalate);
            }
        }
        Stage::Returned(_) if can_insist(seen) => next.push(NextStep::Insist),
        Stage::Returned(_)
        | Stage::EscalationRequested(_)
        | Stage::DecisionProposed { .. }
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. } => {}
    }
    next.push(NextStep::AskAdvice);
    next.extend(meeting(seen));
    next
}

/// The table of the rung, when it has one.
pub(super) fn meeting(seen: Seen<'_>) -> Option<NextStep> {
    let rung = seen.rules.ladder.rung(&seen.case.file.rung)?;
    rung.quorum.map(|_| NextStep::HoldMeeting)
}

fn can_insist(seen: Seen<'_>) -> bool {
    let file = &seen.case.file;
    let said_no = match &seen.case.stage {
        Stage::Returned(returned) => Some(&returned.to),
        _ => file.refused_at.as_ref(),
    };
    said_no.is_some_and(|rung| !file.insisted.contains(rung) && somebody_stands_above(seen, rung))
}

/// Whether a case that is not on its way down could climb above that rung.
fn somebody_stands_above(seen: Seen<'_>, rung: &RungId) -> bool {
    let file = &seen.case.file;
    let mut above = seen.rules.ladder.above(rung).iter();
    let is_there = |rung: &Rung| {
        rung.body_for(&file.owner, &file.theme, &file.region)
            .is_some()
    };
    file.proposal.is_none() && above.any(is_there)
}
