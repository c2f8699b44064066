//! Erasing personal data, and holding that up (AVG art. 5(1)(e) and 17; domain, section e3).

use jiff::Timestamp;

use crate::event::{ErasureCompleted, ErasureOrdered, HoldLifted, HoldPlaced, RedactionRecorded};
use crate::{
    CompleteErasure, ErasureScope, Event, File, LiftHold, OrderErasure, PlaceHold, RecordRedaction,
    Refusal,
};

/// One person can be erased at any time; a whole case, or what a term of keeping ended for, once
/// the case has ended. Never while a hold stands.
pub(super) fn order(
    file: &File,
    order: OrderErasure,
    ended: bool,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let kept = &file.kept;
    if let Some(until) = kept.held_until(at) {
        return Err(Refusal::OnHold { until });
    }
    let (there, needs_the_end) = match &order.scope {
        ErasureScope::Case => (true, true),
        ErasureScope::Person { person } => (kept.persons.contains(person), order.by.is_none()),
        ErasureScope::Category { category, law } => {
            let known = (category.clone(), law.clone());
            (kept.categories.contains(&known), order.by.is_none())
        }
    };
    if needs_the_end && !ended {
        return Err(Refusal::NotEnded);
    }
    if !there || kept.is_ordered(&order.scope) {
        return Err(Refusal::NothingToErase);
    }
    Ok(vec![Event::ErasureOrdered(ErasureOrdered {
        erasure: order.erasure,
        scope: order.scope,
        ground: order.ground,
        by: order.by,
    })])
}

/// Said once; again, or of an erasure that nobody ordered, changes nothing.
pub(super) fn complete(file: &File, done: &CompleteErasure) -> Vec<Event> {
    let ordered = file.kept.erasures.get(&done.erasure);
    let open = ordered.filter(|ordered| !ordered.completed);
    open.map(|ordered| {
        Event::ErasureCompleted(ErasureCompleted {
            erasure: done.erasure.clone(),
            scope: ordered.scope.clone(),
            ground: ordered.ground,
            keys: done.keys,
        })
    })
    .into_iter()
    .collect()
}

/// A hold has an end: nothing is kept for ever because somebody forgot.
pub(super) fn hold(hold: PlaceHold, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    if hold.until <= at {
        return Err(Refusal::HoldIsOver);
    }
    Ok(vec![Event::HoldPlaced(HoldPlaced {
        hold: hold.hold,
        by: hold.by,
        reason: hold.reason,
        until: hold.until,
    })])
}

pub(super) fn lift(file: &File, lift: LiftHold, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let stands = file.kept.holds.get(&lift.hold);
    if stands.is_none_or(|until| *until <= at) {
        return Err(Refusal::HoldIsOver);
    }
    Ok(vec![Event::HoldLifted(HoldLifted {
        hold: lift.hold,
        by: lift.by,
    })])
}

/// A redaction leaves out people whom the case is about.
pub(super) fn redact(file: &File, it: RecordRedaction) -> Result<Vec<Event>, Refusal> {
    let known = |person: &String| file.kept.persons.contains(person);
    if it.without.is_empty() || !it.without.iter().all(known) {
        return Err(Refusal::NothingToErase);
    }
    Ok(vec![Event::RedactionRecorded(RedactionRecorded {
        event: it.event,
        field: it.field,
        without: it.without,
        by: it.by,
    })])
}
