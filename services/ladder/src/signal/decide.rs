//! Whether a command can be carried out now, and what follows from it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    AddCases, Answer, Assign, BecomeCase, Close, Command, Due, EraseTexts, Event, File, Open,
    Raise, RecordStep, Refusal, Signal, SignalAnswered, SignalAssigned, SignalBecameCase,
    SignalClosed, SignalErasureOrdered, SignalGrown, SignalKind, SignalLeftUnassigned,
    SignalOverdue, SignalRaised, SignalRules, SignalStalled, SignalStepRecorded, Stage, Standing,
    Step,
};
use crate::Organisation;

pub(super) fn decide(
    rules: &SignalRules,
    signal: &Signal,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match (signal, command) {
        (Signal::Absent, Command::Raise(new)) => raise(rules, *new, at),
        (Signal::Open(_) | Signal::Closed(_), Command::Raise(_)) => Err(Refusal::SignalExists),
        (Signal::Absent | Signal::Closed(_), Command::Lapse(_)) => Ok(Vec::new()),
        (Signal::Open(open), Command::Lapse(due)) => Ok(lapse(rules, open, due, at)),
        (Signal::Open(open), Command::AddCases(more)) => Ok(grow(open, &more)),
        (Signal::Open(open), Command::Assign(to)) => assign(rules, open, to, at),
        (Signal::Open(open), Command::Answer(given)) => answer(rules, open, given, at),
        (Signal::Open(open), Command::BecomeCase(became)) => become_case(open, became),
        (Signal::Open(open), Command::RecordStep(taken)) => record_step(rules, open, taken, at),
        (Signal::Open(open), Command::Close(end)) => close(open, end),
        (Signal::Open(open), Command::EraseTexts(order)) => erase(&open.file, order),
        (Signal::Closed(closed), Command::EraseTexts(order)) => erase(&closed.file, order),
        (
            Signal::Absent,
            Command::AddCases(_)
            | Command::Assign(_)
            | Command::Answer(_)
            | Command::BecomeCase(_)
            | Command::RecordStep(_)
            | Command::Close(_)
            | Command::EraseTexts(_),
        ) => Err(Refusal::UnknownSignal),
        (
            Signal::Closed(_),
            Command::AddCases(_)
            | Command::Assign(_)
            | Command::Answer(_)
            | Command::BecomeCase(_)
            | Command::RecordStep(_)
            | Command::Close(_),
        ) => Err(Refusal::SignalEnded),
    }
}

fn raise(rules: &SignalRules, new: Raise, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    if new.theme.trim().is_empty() {
        return Err(Refusal::ThemeRequired);
    }
    if new.kind == SignalKind::Obstacle && new.target.is_none() {
        return Err(Refusal::TargetRequired);
    }
    Ok(vec![Event::SignalRaised(SignalRaised {
        signal: new.signal,
        signal_kind: new.kind,
        theme: new.theme,
        region: new.region,
        rule: new.rule,
        target: new.target,
        often: new.often,
        suggested: new.suggested,
        cases: new.cases,
        by: new.by,
        text: new.text,
        assign_by: rules.wait_from(at),
    })])
}

/// Growth leaves every deadline where it is: a pattern that grows each day would otherwise never
/// have to be answered.
fn grow(open: &Open, more: &AddCases) -> Vec<Event> {
    let known = &open.file.cases;
    let cases: BTreeSet<_> = more.cases.difference(known).cloned().collect();
    if cases.is_empty() {
        return Vec::new();
    }
    let count = u32::try_from(known.len() + cases.len()).unwrap_or(u32::MAX);
    vec![Event::SignalGrown(SignalGrown { cases, count })]
}

fn assign(
    rules: &SignalRules,
    open: &Open,
    to: Assign,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let instead_of = match &open.stage {
        Stage::Unassigned { not_for, .. } => not_for.clone(),
        Stage::Assigned(assigned) => {
            return Err(Refusal::AlreadyAssigned(assigned.owner.clone()));
        }
        Stage::Answered(answered) => {
            return Err(Refusal::AlreadyAssigned(answered.owner.clone()));
        }
    };
    if instead_of.as_ref() == Some(&to.to) {
        return Err(Refusal::NeedsOtherOwner(to.to));
    }
    Ok(vec![Event::SignalAssigned(SignalAssigned {
        to: to.to,
        contact: to.contact,
        instead_of,
        answer_by: rules.wait_from(at),
    })])
}

/// An owner may answer again and otherwise: a promise that cannot be kept is taken back in the
/// open, instead of standing still for ever.
fn answer(
    rules: &SignalRules,
    open: &Open,
    given: Answer,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    owned_by(open, &given.by)?;
    if let Stage::Answered(before) = &open.stage
        && before.standing.answer() == given.answer
    {
        return Err(Refusal::SignalAnswered {
            by: before.owner.clone(),
            at: before.at,
        });
    }
    Ok(vec![Event::SignalAnswered(SignalAnswered {
        by: given.by,
        answer: given.answer,
        text: given.text,
        act_by: rules.wait_from(at),
    })])
}

/// Only an unease: scarcity, patterns and obstacles stay signals, for a case cannot solve them
/// (domain, M8).
fn become_case(open: &Open, became: BecomeCase) -> Result<Vec<Event>, Refusal> {
    match open.file.kind {
        SignalKind::Unease => Ok(vec![Event::SignalBecameCase(SignalBecameCase {
            case: became.case,
        })]),
        SignalKind::Scarcity | SignalKind::Pattern | SignalKind::Obstacle => {
            Err(Refusal::NotUnease)
        }
    }
}

fn record_step(
    rules: &SignalRules,
    open: &Open,
    taken: RecordStep,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    owned_by(open, &taken.by)?;
    let Stage::Answered(answered) = &open.stage else {
        return Err(Refusal::NoChangePromised);
    };
    let Standing::WillChange { done } = answered.standing else {
        return Err(Refusal::NoChangePromised);
    };
    let next = Step::after(done).ok_or(Refusal::StepsDone)?;
    if taken.step != next {
        return Err(Refusal::StepOutOfOrder(next));
    }
    Ok(vec![Event::SignalStepRecorded(SignalStepRecorded {
        by: taken.by,
        step: taken.step,
        text: taken.text,
        act_by: rules.wait_from(at),
    })])
}

fn close(open: &Open, end: Close) -> Result<Vec<Event>, Refusal> {
    let Stage::Answered(answered) = &open.stage else {
        return Err(Refusal::NotAnswered);
    };
    match answered.standing {
        Standing::WillChange {
            done: Some(Step::Checked),
        }
        | Standing::WillNotChange
        | Standing::AlreadyPossible => Ok(vec![Event::SignalClosed(SignalClosed {
            result: end.result,
        })]),
        Standing::WillChange { .. } => Err(Refusal::NotChecked),
    }
}

/// What is written after it is there again, until it is ordered once more.
fn erase(file: &File, order: EraseTexts) -> Result<Vec<Event>, Refusal> {
    if !file.has_texts {
        return Err(Refusal::NothingToErase);
    }
    Ok(vec![Event::SignalErasureOrdered(SignalErasureOrdered {
        by: order.by,
        ground: order.ground,
    })])
}

fn owned_by(open: &Open, by: &Organisation) -> Result<(), Refusal> {
    match open.stage.owner() {
        None => Err(Refusal::NotAssigned),
        Some(owner) if owner == by => Ok(()),
        Some(_) => Err(Refusal::SignalNotYours(by.clone())),
    }
}

/// A deadline that was overtaken, or has not come yet, is a fact of life: nothing follows. One
/// that has come sets the next.
fn lapse(rules: &SignalRules, open: &Open, due: Due, now: Timestamp) -> Vec<Event> {
    let event = match (due, &open.stage) {
        (Due::Assignment, Stage::Unassigned { assign_by, .. }) if *assign_by <= now => {
            Event::SignalLeftUnassigned(SignalLeftUnassigned {
                assign_by: rules.wait_from(now),
            })
        }
        (Due::SignalAnswer, Stage::Assigned(assigned)) if assigned.answer_by <= now => {
            Event::SignalOverdue(SignalOverdue {
                owner: assigned.owner.clone(),
                answer_by: rules.wait_from(now),
            })
        }
        (Due::FollowUp, Stage::Answered(answered)) if answered.act_by <= now => {
            Event::SignalStalled(SignalStalled {
                owner: answered.owner.clone(),
                act_by: rules.wait_from(now),
            })
        }
        (Due::Assignment | Due::SignalAnswer | Due::FollowUp, _) => return Vec::new(),
    };
    vec![event]
}
