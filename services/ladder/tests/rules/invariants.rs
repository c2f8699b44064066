//! What must hold of every log, whatever was asked. Each check names what it found.

use std::collections::BTreeSet;

use jiff::{Span, Timestamp};
use ladder::{Case, Command, Decider, EscalationId, Event, Ladder, Rules, RungId, deadlines};

use super::harness::fold;

/// An event and when it was recorded.
pub(crate) type Recorded = (Event, Timestamp);
pub(crate) type Evolve = fn(Case, &Event, Timestamp) -> Case;
pub(crate) type Verdict = Result<(), String>;

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// Exactly one owner at every position, and always the same one.
pub(crate) fn one_owner(log: &[Recorded], evolve: Evolve) -> Verdict {
    let Some((Event::Reported(first), _)) = log.first() else {
        return ensure(log.is_empty(), || {
            "the log does not begin with a report".into()
        });
    };
    let mut case = Case::Absent;
    for (position, (event, at)) in log.iter().enumerate() {
        if let Event::Reported(again) = event {
            ensure(again.owner == first.owner, || {
                format!("position {position}: a second owner, {}", again.owner)
            })?;
        }
        case = evolve(case, event, *at);
        let owner = case.file().map(|file| &file.owner);
        ensure(owner == Some(&first.owner), || {
            format!(
                "position {position}: owned by {owner:?} after {}",
                event.kind()
            )
        })?;
    }
    Ok(())
}

/// The rung rises by one, or by more when every rung between was skipped by the same request,
/// each with a reason.
pub(crate) fn no_rung_without_reason(log: &[Recorded], ladder: &Ladder) -> Verdict {
    let height = |rung: &RungId| {
        ladder
            .height(rung)
            .ok_or_else(|| format!("rung {rung} is not on the ladder"))
    };
    let mut now = 0;
    let mut skipped: BTreeSet<usize> = BTreeSet::new();
    let mut asked: Option<(EscalationId, BTreeSet<usize>)> = None;
    for (event, _) in log {
        match event {
            Event::RungSkipped(skip) => {
                ensure(!skip.reason.trim().is_empty(), || {
                    format!("rung {} was skipped without a reason", skip.rung)
                })?;
                skipped.insert(height(&skip.rung)?);
            }
            Event::EscalationRequested(request) => {
                asked = Some((request.escalation.clone(), std::mem::take(&mut skipped)));
            }
            Event::Escalated(up) => {
                let to = height(&up.rung)?;
                ensure(to > now, || {
                    format!("{} is not up from rung {now}", up.rung)
                })?;
                let passed = match asked.take() {
                    Some((request, passed)) if request == up.escalation => passed,
                    _ => return Err(format!("nobody asked for {}", up.rung)),
                };
                let jumped = (now + 1..to).find(|between| !passed.contains(between));
                ensure(jumped.is_none(), || {
                    format!("from rung {now} to {to} without skipping rung {jumped:?}")
                })?;
                now = to;
            }
            Event::Deescalated(down) => {
                let to = height(&down.rung)?;
                ensure(to < now, || {
                    format!("{} is not down from rung {now}", down.rung)
                })?;
                now = to;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The log alone gives the state that was kept while it grew.
pub(crate) fn replay_gives(log: &[Recorded], kept: &Case) -> Verdict {
    let replayed = log.iter().fold(Case::Absent, |case, (event, at)| {
        Rules::evolve(case, event, *at)
    });
    ensure(&replayed == kept, || {
        format!("replay gives {replayed:?}, kept was {kept:?}")
    })
}

/// Every event reads back from what is stored.
pub(crate) fn reads_back(log: &[Recorded]) -> Verdict {
    for (event, _) in log {
        let read = Event::from_stored(event.kind(), Event::VERSION, event.data())
            .map_err(|error| error.to_string())?;
        ensure(&read == event, || {
            format!("{event:?} reads back as {read:?}")
        })?;
    }
    Ok(())
}

/// Nothing follows the end.
pub(crate) fn nothing_after_the_end(log: &[Recorded]) -> Verdict {
    let end = log
        .iter()
        .position(|(event, _)| matches!(event, Event::CaseClosed(_)));
    match end.and_then(|end| log.get(end + 1)) {
        Some((event, _)) => Err(format!("{} after case.closed", event.kind())),
        None => Ok(()),
    }
}

/// Each open deadline leads to an event at its time, not a second before, and never twice; and a
/// clock that wakes up late leaves none behind.
pub(crate) fn deadlines_fire_once(rules: &Rules, case: &Case) -> Verdict {
    let lapse = |case: &Case, due, at| {
        rules
            .decide(case, Command::Lapse(due), at)
            .map_err(|refusal| format!("a deadline was refused: {refusal}"))
    };
    let mut open = deadlines(case);
    open.sort_by_key(|(_, when)| *when);
    for (due, when) in &open {
        let early = lapse(case, due.clone(), *when - Span::new().seconds(1))?;
        ensure(early.is_empty(), || format!("{due} fired too early"))?;
        let events = lapse(case, due.clone(), *when)?;
        ensure(!events.is_empty(), || {
            format!("{due} passed and nothing followed")
        })?;
        let after = fold(case.clone(), &events, *when);
        let left = deadlines(&after);
        ensure(left.iter().all(|(other, _)| other != due), || {
            format!("{due} stays open after it fired")
        })?;
        let again = lapse(&after, due.clone(), *when)?;
        ensure(again.is_empty(), || format!("{due} fired twice"))?;
    }
    let Some((_, last)) = open.last() else {
        return Ok(());
    };
    let late = *last + Span::new().hours(24 * 400);
    let mut caught_up = case.clone();
    for (due, _) in open {
        let events = lapse(&caught_up, due, late)?;
        caught_up = fold(caught_up, &events, late);
    }
    let left = deadlines(&caught_up);
    ensure(left.is_empty(), || format!("a late clock leaves {left:?}"))
}
