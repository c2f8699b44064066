use super::commitment::takes_part;
use super::{case_quorum, said, unconcluded};
use crate::Ground;
use crate::meeting::event::{
    CaseAdjourned, CollisionRecorded, DecisionRecorded, ObstacleRecorded, ObstacleRuledOut,
};
use crate::meeting::{
    Adjourn, Event, NoObstacle, Obstacles, Open, RecordCollision, RecordDecision, RecordObstacle,
    Refusal,
};

pub(super) fn collision(open: &Open, collision: RecordCollision) -> Result<Vec<Event>, Refusal> {
    let RecordCollision { case, collision } = collision;
    unconcluded(open, &case)?;
    case_quorum(open, &case)?;
    Ok(vec![Event::CollisionRecorded(CollisionRecorded {
        case,
        collision,
    })])
}

/// A decision is a set of commitments, so it waits for every answer. Cost is never its only
/// ground (domain, row H11).
pub(super) fn decision(open: &Open, decision: RecordDecision) -> Result<Vec<Event>, Refusal> {
    let RecordDecision {
        case,
        by,
        text,
        room,
        grounds,
    } = decision;
    let said = unconcluded(open, &case)?;
    takes_part(open, &case, &by)?;
    case_quorum(open, &case)?;
    let waiting: Vec<_> = said.waiting().cloned().collect();
    if !waiting.is_empty() {
        return Err(Refusal::RequestsUnanswered(waiting));
    }
    if grounds.is_empty() {
        return Err(Refusal::GroundsRequired);
    }
    if grounds.iter().all(|ground| *ground == Ground::Cost) {
        return Err(Refusal::CostAlone);
    }
    Ok(vec![Event::DecisionRecorded(DecisionRecorded {
        case,
        by,
        text,
        room,
        grounds,
    })])
}

/// Needs no quorum: it is what is left for a table that lost it by a recusal.
pub(super) fn adjourn(open: &Open, adjournment: Adjourn) -> Result<Vec<Event>, Refusal> {
    let Adjourn { case, reason } = adjournment;
    unconcluded(open, &case)?;
    Ok(vec![Event::CaseAdjourned(CaseAdjourned { case, reason })])
}

/// An obstacle that is found after all goes before "there is none".
pub(super) fn obstacle(open: &Open, obstacle: RecordObstacle) -> Result<Vec<Event>, Refusal> {
    let RecordObstacle {
        case,
        text,
        target,
        owner,
    } = obstacle;
    said(open, &case)?;
    case_quorum(open, &case)?;
    Ok(vec![Event::ObstacleRecorded(ObstacleRecorded {
        case,
        text,
        target,
        owner,
    })])
}

pub(super) fn no_obstacle(open: &Open, none: NoObstacle) -> Result<Vec<Event>, Refusal> {
    let NoObstacle { case } = none;
    let said = said(open, &case)?;
    case_quorum(open, &case)?;
    match said.obstacles {
        Obstacles::Unspoken => Ok(vec![Event::ObstacleRuledOut(ObstacleRuledOut { case })]),
        Obstacles::RuledOut => Ok(Vec::new()),
        Obstacles::Found(_) => Err(Refusal::ObstacleKnown(case)),
    }
}
