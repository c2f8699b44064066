//! What must hold of every signal, whatever was asked. Each check names what it found, and takes
//! the rules that it checks, so that it can be tried on wrong ones.

use jiff::{Span, Timestamp};
use ladder::signal::{AnswerKind, Command, Due, Event, Signal, SignalRules, Step};
use ladder::{Decider, Organisation};

use super::signals_harness::Recorded;

pub(crate) type Deadlines = fn(&Signal) -> Vec<(Due, Timestamp)>;
pub(crate) type Verdict = Result<(), String>;

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// A signal that has not ended has a next deadline; one that has ended has none.
pub(crate) fn never_forgotten(states: &[Signal], deadlines: Deadlines) -> Verdict {
    states.iter().try_for_each(|signal| {
        let open = matches!(signal, Signal::Open(_));
        ensure(deadlines(signal).is_empty() != open, || {
            format!("deadlines {:?} of {signal:?}", deadlines(signal))
        })
    })
}

/// A deadline leads to nothing a second before, to one event at its time, never twice, and is
/// followed by a later one.
pub(crate) fn lapses_once_and_sets_the_next<R>(
    rules: &R,
    signal: &Signal,
    deadlines: Deadlines,
) -> Verdict
where
    R: Decider<Command = Command, Event = Event, State = Signal>,
{
    let lapse = |signal: &Signal, due, at| {
        rules
            .decide(signal, Command::Lapse(due), at)
            .map_err(|refusal| format!("a deadline was refused: {refusal}"))
    };
    for (due, when) in deadlines(signal) {
        let early = lapse(signal, due, when - Span::new().seconds(1))?;
        ensure(early.is_empty(), || format!("{due} fired too early"))?;
        let events = lapse(signal, due, when)?;
        ensure(events.len() == 1, || {
            format!("{due} led to {} events", events.len())
        })?;
        let after = events.iter().fold(signal.clone(), |signal, event| {
            R::evolve(signal, event, when)
        });
        let later = deadlines(&after).iter().any(|(_, next)| *next > when);
        ensure(later, || format!("nothing is waited for after {due}"))?;
        let again = lapse(&after, due, when)?;
        ensure(again.is_empty(), || format!("{due} fired twice"))?;
    }
    Ok(())
}

/// Whoever answers or takes a step was assigned the signal and has not passed it on.
pub(crate) fn only_the_owner_acts(log: &[Recorded<SignalRules>]) -> Verdict {
    let mut owner: Option<&Organisation> = None;
    for (event, _) in log {
        let actor = match event {
            Event::SignalAssigned(assigned) => {
                owner = Some(&assigned.to);
                continue;
            }
            Event::SignalAnswered(answer) => &answer.by,
            Event::SignalStepRecorded(step) => &step.by,
            _ => continue,
        };
        ensure(owner == Some(actor), || {
            format!("{} by {actor}, owned by {owner:?}", event.kind())
        })?;
        if let Event::SignalAnswered(answer) = event
            && answer.answer == AnswerKind::NeedsOtherOwner
        {
            owner = None;
        }
    }
    Ok(())
}

/// A signal ends answered or as a case; a promised change ends after four steps in their order;
/// nothing follows the end but the erasure of what was written, once.
pub(crate) fn ends_well(log: &[Recorded<SignalRules>]) -> Verdict {
    let mut standing: Option<AnswerKind> = None;
    let mut steps: Vec<Step> = Vec::new();
    let mut ended = false;
    let mut erased = false;
    for (event, _) in log {
        let erases = matches!(event, Event::SignalErasureOrdered(_));
        ensure(!ended || (erases && !erased), || {
            format!("{} after the end", event.kind())
        })?;
        erased = ended && erases;
        match event {
            Event::SignalAnswered(answer) => {
                standing = Some(answer.answer);
                steps.clear();
            }
            Event::SignalStepRecorded(taken) => steps.push(taken.step),
            Event::SignalBecameCase(_) => ended = true,
            Event::SignalClosed(_) => {
                ended = true;
                match standing {
                    Some(AnswerKind::WillChange) => ensure(steps == Step::ALL, || {
                        format!("a promised change ended after {steps:?}")
                    })?,
                    Some(AnswerKind::WillNotChange | AnswerKind::AlreadyPossible) => {}
                    None | Some(AnswerKind::NeedsOtherOwner) => {
                        return Err(format!("ended while {standing:?}"));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// What was overdue stays known.
pub(crate) fn silence_is_remembered(log: &[Recorded<SignalRules>], kept: &Signal) -> Verdict {
    let silences = log
        .iter()
        .filter(|(event, _)| {
            matches!(
                event,
                Event::SignalLeftUnassigned(_) | Event::SignalOverdue(_) | Event::SignalStalled(_)
            )
        })
        .count();
    let remembered = kept.file().map_or(0, |file| file.overdue);
    ensure(u32::try_from(silences) == Ok(remembered), || {
        format!("{silences} silences, {remembered} remembered")
    })
}

/// Every event reads back from what is stored.
pub(crate) fn reads_back(log: &[Recorded<SignalRules>]) -> Verdict {
    log.iter().try_for_each(|(event, _)| {
        let read = Event::from_stored(event.kind(), i64::from(event.version()), event.data())
            .map_err(|error| error.to_string())?;
        ensure(&read == event, || {
            format!("{event:?} reads back as {read:?}")
        })
    })
}
