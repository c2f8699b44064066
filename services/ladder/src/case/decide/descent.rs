use jiff::Timestamp;

use super::{given, terms};
use crate::event::{Deescalated, DeescalationDeclined, DeescalationProposed};
use crate::{
    AnswerDeescalation, Event, File, Ladder, ProposeDeescalation, Refusal, Rules, Stage, Underway,
};

pub(super) fn propose(
    ladder: &Ladder,
    case: &Underway,
    proposal: ProposeDeescalation,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    if file.proposal.is_some() {
        return Err(Refusal::DeescalationPending);
    }
    match case.stage {
        Stage::EscalationRequested(_) | Stage::Returned(_) => {
            return Err(Refusal::EscalationPending);
        }
        Stage::DecisionProposed { .. } => return Err(Refusal::DecisionPending),
        Stage::Active
        | Stage::Blocked(_)
        | Stage::Admitted
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. } => {}
    }
    let target = ladder
        .rung(&proposal.to)
        .ok_or_else(|| Refusal::UnknownRung(proposal.to.clone()))?;
    if ladder.height(&target.id) >= ladder.height(&file.rung) {
        return Err(Refusal::RungNotLower(proposal.to));
    }
    Ok(vec![Event::DeescalationProposed(DeescalationProposed {
        proposal: proposal.proposal,
        to: proposal.to,
        tier: target.tier,
        receiver: proposal.receiver,
        reason: proposal.reason,
    })])
}

pub(super) fn answer(
    rules: &Rules,
    file: &File,
    answer: AnswerDeescalation,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let open = file
        .proposal
        .as_ref()
        .filter(|open| open.id == answer.proposal);
    let proposal = open.ok_or(Refusal::UnknownProposal)?;
    if answer.accepted {
        return Ok(vec![Event::Deescalated(Deescalated {
            rung: proposal.to.clone(),
            tier: proposal.tier,
            receiver: proposal.receiver.clone(),
            reason: proposal.reason.clone(),
            review_at: terms::review(rules, &proposal.to, at),
        })]);
    }
    let reason = given(answer.reason).ok_or(Refusal::ReasonRequired)?;
    Ok(vec![Event::DeescalationDeclined(DeescalationDeclined {
        proposal: answer.proposal,
        reason,
    })])
}
