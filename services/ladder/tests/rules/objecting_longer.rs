//! An objection for which a month is too short (AVG 12(3)).

use ladder::event::ObjectionExtended;
use ladder::{Command, Due, Event, ExtendObjection, ObjectionId, Refusal, deadlines, tasks};

use super::harness::{START, at, given};
use super::invariants::{Recorded, objections_take_more_time_once};
use super::objecting::{overdue, raised, settled};
use super::samples::{reported, sealed};

const FIRST_END: &str = "2026-04-01T09:00:00Z";

fn extend() -> Command {
    Command::ExtendObjection(ExtendObjection {
        objection: ObjectionId::parse("o1").unwrap(),
        reason: sealed("many"),
    })
}

pub(crate) fn extended(settle_by: &str) -> Event {
    Event::ObjectionExtended(ObjectionExtended {
        objection: ObjectionId::parse("o1").unwrap(),
        reason: sealed("many"),
        settle_by: at(settle_by),
    })
}

/// Three months from the objection on: the second of June, to the end of the day.
const SECOND_END: &str = "2026-06-02T22:00:00Z";

#[test]
fn the_owner_takes_two_months_more_once_and_before_the_first_one_ends() {
    let case = given([reported(), raised()])
        .when(extend(), "2026-04-01T08:59:59Z")
        .then([extended(SECOND_END)]);
    let due = Due::Objection(ObjectionId::parse("o1").unwrap());
    assert!(deadlines(&case).contains(&(due.clone(), at(SECOND_END))));
    assert_eq!(tasks(&case)[0].by, Some(at(SECOND_END)));
    assert!(case.file().unwrap().is_paused(), "it goes on standing");
    given([reported(), raised()])
        .when(extend(), FIRST_END)
        .then_refused(Refusal::ExtensionTooLate);
    given([reported(), raised(), overdue()])
        .when(extend(), "2026-04-02T09:00:00Z")
        .then_refused(Refusal::ExtensionTooLate);
    given([reported(), raised(), extended(SECOND_END)])
        .when(extend(), START)
        .then_refused(Refusal::AlreadyExtended);
    for over in [settled(true), settled(false)] {
        given([reported(), raised(), over])
            .when(extend(), START)
            .then_refused(Refusal::ObjectionSettled);
    }
    given([reported()])
        .when(extend(), START)
        .then_refused(Refusal::UnknownObjection);
    // Its own end rings, not the one before.
    let more = || given([reported(), raised(), extended(SECOND_END)]);
    more()
        .when(Command::Lapse(due.clone()), FIRST_END)
        .then_nothing();
    more()
        .when(Command::Lapse(due), SECOND_END)
        .then([overdue()]);
}

#[test]
fn an_extension_that_is_wrong_is_found() {
    let log = |events: Vec<(Event, &str)>| -> Vec<Recorded> {
        let moments = events.into_iter();
        moments.map(|(event, when)| (event, at(when))).collect()
    };
    let found = |events| objections_take_more_time_once(&log(events));
    let right = vec![
        (raised(), START),
        (extended(SECOND_END), START),
        (overdue(), SECOND_END),
    ];
    assert_eq!(found(right), Ok(()));
    let wrong = [
        (vec![(extended(SECOND_END), START)], "is not open and"),
        (
            vec![
                (raised(), START),
                (settled(false), START),
                (extended(SECOND_END), START),
            ],
            "is not open and",
        ),
        (
            vec![(raised(), START), (extended(SECOND_END), FIRST_END)],
            "too late",
        ),
        (
            vec![(raised(), START), (extended(FIRST_END), START)],
            "by nothing",
        ),
        (
            vec![
                (raised(), START),
                (extended(SECOND_END), START),
                (extended("2026-07-02T21:59:59Z"), START),
            ],
            "twice",
        ),
        (
            vec![
                (raised(), START),
                (extended(SECOND_END), START),
                (overdue(), FIRST_END),
            ],
            "before its term",
        ),
    ];
    for (events, what) in wrong {
        let told = found(events).unwrap_err();
        assert!(told.contains(what), "{told}");
    }
}
