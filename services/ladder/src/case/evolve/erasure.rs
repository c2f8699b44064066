use crate::event::{
    CitizenLinked, CitizenUnlinked, ErasureCompleted, ErasureOrdered, Event, HoldLifted, HoldPlaced,
};
use crate::{CitizenLink, Erasure, ErasureScope, File};

pub(super) fn ordered(file: &mut File, e: &ErasureOrdered) {
    let ordered = Erasure {
        scope: e.scope.clone(),
        ground: e.ground,
        completed: false,
    };
    file.kept.erasures.insert(e.erasure.clone(), ordered);
    // Of whom nothing is kept, nobody looks at anything.
    match &e.scope {
        ErasureScope::Case => file.kept.citizens.clear(),
        ErasureScope::Person { person } => {
            file.kept.citizens.retain(|_, link| link.person != *person);
        }
        ErasureScope::Category { .. } => {}
    }
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

pub(super) fn linked(file: &mut File, e: &CitizenLinked) {
    let link = CitizenLink {
        person: e.person.clone(),
        citizen: e.citizen.clone(),
    };
    file.kept.citizens.insert(e.link.clone(), link);
}

pub(super) fn unlinked(file: &mut File, e: &CitizenUnlinked) {
    file.kept.citizens.remove(&e.link);
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
    if let Event::CitizenLinked(e) = event {
        linked(file, e);
    }
    if let Event::CitizenUnlinked(e) = event {
        unlinked(file, e);
    }
}
