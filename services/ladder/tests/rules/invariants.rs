//! What must hold of every log, whatever was asked. Each check names what it found.

mod clock;
mod course;
mod mandates;
mod objections;
mod owner;
mod shares;

use jiff::Timestamp;
use ladder::{Case, Decider, Event, Rules};

pub(crate) use clock::{deadlines_fire_once, lapse, never_left_alone, one_lapse_moves_once};
pub(crate) use course::{no_rung_without_reason, scarcity_stays_below, silence_discloses_nothing};
pub(crate) use mandates::in_a_mandate;
pub(crate) use objections::objections_take_more_time_once;
pub(crate) use owner::one_owner;
pub(crate) use shares::shares_make_the_sum;

/// An event and when it was recorded.
pub(crate) type Recorded = (Event, Timestamp);
pub(crate) type Evolve = fn(Case, &Event, Timestamp) -> Case;
pub(crate) type Verdict = Result<(), String>;

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
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
        let read = Event::from_stored(event.kind(), i64::from(event.version()), event.data())
            .map_err(|error| error.to_string())?;
        ensure(&read == event, || {
            format!("{event:?} reads back as {read:?}")
        })?;
    }
    Ok(())
}

/// Nothing follows the end but opening the case again, and what happens to its data.
pub(crate) fn nothing_after_the_end(log: &[Recorded]) -> Verdict {
    let mut end = None;
    for (event, _) in log {
        match (end, event) {
            (Some("case.closed" | "case.withdrawn"), Event::CaseReopened(_)) => {
                end = None;
            }
            (
                Some("case.closed" | "case.withdrawn"),
                Event::ErasureOrdered(_)
                | Event::ErasureCompleted(_)
                | Event::HoldPlaced(_)
                | Event::HoldLifted(_)
                | Event::CitizenLinked(_)
                | Event::CitizenUnlinked(_)
                | Event::RedactionRecorded(_),
            ) => {}
            (Some(end), _) => return Err(format!("{} after {end}", event.kind())),
            (None, Event::CaseClosed(_) | Event::CaseWithdrawn(_) | Event::DraftDiscarded(_)) => {
                end = Some(event.kind());
            }
            (None, _) => {}
        }
    }
    Ok(())
}
