use crate::event::{ErasureCompleted, ErasureOrdered, Event, HoldLifted, HoldPlaced};
use crate::{Erasure, File};

pub(super) fn ordered(file: &mut File, e: &ErasureOrdered) {
    let ordered = Erasure {
        scope: e.scope.clone(),
        ground: e.ground,
        completed: false,
    };
    file.kept.erasures.insert(e.erasure.clone(), ordered);
}

pub(super) fn completed(file: &mut File, e: &ErasureCompleted) {
    if let Some(ordered) = file.kept.erasures.get_mut(&e.erasure) {
        ordered.completed = true;
    }
}

pub(super) fn held(file: &mut File, e: &HoldPlaced) {
    file.kept.holds.insert(e.hold.clone(), e.until);
}

pub(super) fn lifted(file: &mut File, e: &HoldLifted) {
    file.kept.holds.remove(&e.hold);
}

/// What still happens to the data of a case that has ended.
pub(super) fn after_the_end(file: &mut File, event: &Event) {
    if let Event::ErasureOrdered(e) = event {
        ordered(file, e);
    }
    if let Event::ErasureCompleted(e) = event {
        completed(file, e);
    }
    if let Event::HoldPlaced(e) = event {
        held(file, e);
    }
    if let Event::HoldLifted(e) = event {
        lifted(file, e);
    }
}
