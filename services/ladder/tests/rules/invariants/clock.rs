use jiff::{Span, Timestamp};
use ladder::{Case, Command, Decider, Due, Event, Rules, deadlines};

use super::super::generated::Move;
use super::super::harness::fold;
use super::{Verdict, ensure};

/// The rules' answer to a deadline.
pub(crate) type Lapse = fn(&Rules, &Case, Due, Timestamp) -> Result<Vec<Event>, String>;

/// As the rules have it.
pub(crate) fn lapse(
    rules: &Rules,
    case: &Case,
    due: Due,
    at: Timestamp,
) -> Result<Vec<Event>, String> {
    rules
        .decide(case, Command::Lapse(due), at)
        .map_err(|refusal| format!("a deadline was refused: {refusal}"))
}

/// Short of its end a case always has a next deadline.
pub(crate) fn never_left_alone(case: &Case) -> Verdict {
    let over = match case {
        Case::Absent | Case::Discarded | Case::Closed(_) => true,
        Case::Draft(_) | Case::Underway(_) => false,
    };
    ensure(over || !deadlines(case).is_empty(), || {
        format!("nothing will ever happen to {case:?}")
    })
}

/// Each open deadline leads to an event at its time, not a second before, and never twice; it is
/// gone then, or lies ahead. A clock that wakes up late comes to rest.
pub(crate) fn deadlines_fire_once(rules: &Rules, case: &Case, lapse: Lapse) -> Verdict {
    let mut open = deadlines(case);
    open.sort_by_key(|(_, when)| *when);
    for (due, when) in &open {
        let early = lapse(rules, case, due.clone(), *when - Span::new().seconds(1))?;
        ensure(early.is_empty(), || format!("{due} fired too early"))?;
        rings_once(rules, case, due, *when, lapse)?;
    }
    let Some((_, last)) = open.last() else {
        return Ok(());
    };
    let late = *last + Span::new().hours(24 * 400);
    let mut case = case.clone();
    for _ in 0..100 {
        let Some((due, _)) = deadlines(&case).into_iter().find(|(_, at)| *at <= late) else {
            return Ok(());
        };
        case = rings_once(rules, &case, &due, late, lapse)?;
    }
    Err(format!("a late clock leaves {:?}", deadlines(&case)))
}

fn rings_once(
    rules: &Rules,
    case: &Case,
    due: &Due,
    now: Timestamp,
    lapse: Lapse,
) -> Result<Case, String> {
    let events = lapse(rules, case, due.clone(), now)?;
    ensure(!events.is_empty(), || {
        format!("{due} passed and nothing followed")
    })?;
    let after = fold(case.clone(), &events, now);
    ensure(deadlines(&after) != deadlines(case), || {
        format!("{due} fired and no deadline changed")
    })?;
    let left = deadlines(&after);
    ensure(left.iter().all(|(it, at)| it != due || *at > now), || {
        format!("{due} stays open after it fired")
    })?;
    let again = lapse(rules, &after, due.clone(), now)?;
    ensure(again.is_empty(), || format!("{due} fired twice"))?;
    Ok(after)
}

/// One deadline moves a case at most once: it asks for one rung, and admits, decides, sends down,
/// closes and gives away nothing.
pub(crate) fn one_lapse_moves_once(moves: &[Move]) -> Verdict {
    for done in moves {
        let Command::Lapse(due) = &done.command else {
            continue;
        };
        let count = |wanted: fn(&Event) -> bool| done.events.iter().filter(|e| wanted(e)).count();
        let asked = count(|event| matches!(event, Event::EscalationRequested(_)));
        let moved = count(|event| {
            matches!(
                event,
                Event::Escalated(_)
                    | Event::Deescalated(_)
                    | Event::OwnerChanged(_)
                    | Event::HandoffAccepted(_)
                    | Event::DecisionTaken(_)
                    | Event::CaseClosed(_)
                    | Event::CaseWithdrawn(_)
            )
        });
        ensure(asked <= 1 && moved == 0, || {
            format!(
                "{due} at {} moved the case {asked} and {moved} times",
                done.at
            )
        })?;
    }
    Ok(())
}
