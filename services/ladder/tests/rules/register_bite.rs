//! The checks of the property tests of registers, tried on rules and logs that are wrong on
//! purpose.

use jiff::{SignedDuration, Span};
use ladder::register::{Event, Found, HeartbeatReceived, Register, RegisterRules};

use super::harness::{START, at};
use super::register_invariants::{
    Query, find, finds_who_is_there, heartbeats_are_apart, mandates_are_one, no_deputy_cycle,
};
use super::register_samples::{
    absent, contact, day, entry, mandate, recorded, register_given, register_rules, with_deputy,
    with_mandates,
};
use super::signals_harness::{Recorded, replay_gives};

fn register(events: impl IntoIterator<Item = Event>) -> Register {
    register_given(events).state
}

#[track_caller]
fn found(verdict: Result<(), String>, expected: &str) {
    let wrong = verdict.unwrap_err();
    assert!(wrong.contains(expected), "{wrong}");
}

#[test]
fn deputies_in_a_circle_are_found() {
    let circle = register([
        recorded("c1", with_deputy(entry(&[], &[]), "c2")),
        recorded("c2", with_deputy(entry(&[], &[]), "c1")),
    ]);
    found(no_deputy_cycle(&circle), "deputies from c1 come back to c1");
}

#[test]
fn a_deputy_who_was_removed_is_found() {
    let gone = register([recorded("c1", with_deputy(entry(&[], &[]), "c2"))]);
    found(no_deputy_cycle(&gone), "deputy c2 of c1 is not there");
}

/// `c1` fits and is away, `c2` stands in, `c3` has nothing to do with it.
fn holiday() -> (Register, Query) {
    let away = absent("c1", "2026-07-20", "2026-08-07");
    let register = register([
        recorded("c2", entry(&["state_pension_act"], &[])),
        recorded("c1", with_deputy(entry(&["youth_act"], &[]), "c2")),
        recorded("c3", entry(&["state_pension_act"], &[])),
        away,
    ]);
    let query = Query {
        law: Some("youth_act"),
        theme: None,
        region: None,
        rung: None,
        on: day("2026-07-27"),
    };
    (register, query)
}

fn answer(id: &str, instead_of: Option<&str>, absent: bool) -> Option<Found> {
    Some(Found {
        contact: contact(id),
        instead_of: instead_of.map(contact),
        absent,
    })
}

#[test]
fn a_search_that_does_not_look_at_the_calendar_is_found() {
    let (register, query) = holiday();
    assert_eq!(finds_who_is_there(&register, &query, find), Ok(()));
    found(
        finds_who_is_there(&register, &query, |_, _| answer("c1", None, false)),
        "c1 is said to be absent: false",
    );
}

#[test]
fn a_search_that_does_not_ask_the_deputy_is_found() {
    let (register, query) = holiday();
    found(
        finds_who_is_there(&register, &query, |_, _| answer("c1", None, true)),
        "c1 is away, {ContactId(\"c2\")} are there",
    );
}

#[test]
fn a_search_that_finds_anybody_is_found() {
    let (register, query) = holiday();
    found(
        finds_who_is_there(&register, &query, |_, _| answer("c3", Some("c1"), false)),
        "c3 neither fits nor stands in",
    );
}

#[test]
fn a_search_that_does_not_say_for_whom_somebody_stands_in_is_found() {
    let (register, query) = holiday();
    found(
        finds_who_is_there(&register, &query, |_, _| answer("c2", None, false)),
        "c2 stands in for nobody",
    );
}

#[test]
fn a_search_that_sends_a_deputy_for_somebody_who_is_there_is_found() {
    let (register, mut query) = holiday();
    query.on = day("2026-08-08");
    found(
        finds_who_is_there(&register, &query, |_, _| answer("c1", Some("c1"), false)),
        "c1 stands in for c1, who is there",
    );
}

#[test]
fn a_search_that_gives_up_is_found() {
    let (register, query) = holiday();
    found(
        finds_who_is_there(&register, &query, |_, _| None),
        "nobody found of [ContactId(\"c1\")]",
    );
}

#[test]
fn a_mandate_in_two_hands_is_found() {
    let held = || with_mandates(entry(&[], &[]), vec![mandate("m1", None)]);
    let twice = register([recorded("c1", held()), recorded("c2", held())]);
    found(mandates_are_one(&twice), "mandate m1 is there twice");
}

#[test]
fn signs_of_life_too_close_together_are_found() {
    let log: Vec<Recorded<RegisterRules>> = [0, 299]
        .map(|seconds| {
            let beat = Event::HeartbeatReceived(HeartbeatReceived {});
            (beat, at(START) + Span::new().seconds(seconds))
        })
        .into();
    found(heartbeats_are_apart(&register_rules(), &log), "apart");
    let lenient = RegisterRules {
        heartbeat_minimum: SignedDuration::from_secs(299),
    };
    assert_eq!(heartbeats_are_apart(&lenient, &log), Ok(()));
}

#[test]
fn a_register_that_the_log_does_not_give_is_found() {
    let log = [(recorded("c1", entry(&[], &[])), at(START))];
    assert!(replay_gives::<RegisterRules>(&log, &Register::default()).is_err());
}
