//! Who looks at the own case: who may, once, until it is ended or nothing is kept of the person.

use ladder::event::{CitizenLinked, CitizenUnlinked, ErasureOrdered};
use ladder::{
    Case, CitizenRef, Command, Decider, ErasureGround, ErasureId, ErasureScope, Event, LinkCitizen,
    LinkId, Person, Refusal, Rules, UnlinkCitizen,
};

use super::harness::{START, at, given};
use super::samples::{self, closed, decided, feedback_sent, sealed, utrecht};

const LATER: &str = "2026-03-03T09:00:00Z";

/// A report about two people of the household and one outside it.
fn reported() -> Event {
    let Event::Reported(mut report) = samples::reported() else {
        panic!("a report");
    };
    for (key, role) in [
        ("p1", "data_subject"),
        ("p2", "data_subject"),
        ("p3", "third_party"),
    ] {
        report.persons.push(Person {
            person_key: key.into(),
            called: None,
            role: role.into(),
            age_band: "18-20".into(),
            name: None,
            birth_date: None,
            address: None,
        });
    }
    Event::Reported(report)
}

fn link(id: &str, person: &str) -> Command {
    Command::LinkCitizen(LinkCitizen {
        link: LinkId::parse(id).unwrap(),
        person: person.into(),
        citizen: CitizenRef::parse("cz_1").unwrap(),
        by: utrecht(),
    })
}

fn linked(id: &str, person: &str) -> Event {
    Event::CitizenLinked(CitizenLinked {
        link: LinkId::parse(id).unwrap(),
        person: person.into(),
        citizen: CitizenRef::parse("cz_1").unwrap(),
        by: utrecht(),
    })
}

fn unlink(id: &str) -> Command {
    Command::UnlinkCitizen(UnlinkCitizen {
        link: LinkId::parse(id).unwrap(),
        reason: sealed("a mistake"),
        by: utrecht(),
    })
}

fn unlinked(id: &str) -> Event {
    Event::CitizenUnlinked(CitizenUnlinked {
        link: LinkId::parse(id).unwrap(),
        reason: sealed("a mistake"),
        by: utrecht(),
    })
}

fn erased(scope: ErasureScope) -> Event {
    Event::ErasureOrdered(ErasureOrdered {
        erasure: ErasureId::parse("x1").unwrap(),
        scope,
        ground: ErasureGround::Request,
        by: Some(utrecht()),
    })
}

/// Who looks, by the keys of the persons, after this history.
fn looking(history: impl IntoIterator<Item = Event>) -> Vec<String> {
    let case = history.into_iter().fold(Case::Absent, |case, event| {
        Rules::evolve(case, &event, at(START))
    });
    let citizens = &case.file().unwrap().kept.citizens;
    citizens.values().map(|link| link.person.clone()).collect()
}

#[test]
fn a_person_of_the_household_looks_at_the_own_case_and_nobody_outside_it() {
    given([reported()])
        .when(link("l1", "p1"), LATER)
        .then([linked("l1", "p1")]);
    given([reported()])
        .when(link("l1", "p3"), LATER)
        .then_refused(Refusal::NotADataSubject);
}

#[test]
fn a_link_that_is_there_is_not_made_again_and_one_for_another_person_is() {
    given([reported(), linked("l1", "p1")])
        .when(link("l2", "p1"), LATER)
        .then([]);
    given([reported(), linked("l1", "p1")])
        .when(link("l2", "p2"), LATER)
        .then([linked("l2", "p2")]);
}

#[test]
fn a_link_ends_once() {
    given([reported(), linked("l1", "p1")])
        .when(unlink("l1"), LATER)
        .then([unlinked("l1")]);
    given([reported(), linked("l1", "p1"), unlinked("l1")])
        .when(unlink("l1"), LATER)
        .then_refused(Refusal::NotLinked);
}

#[test]
fn a_citizen_may_look_after_the_end_too() {
    let ended = || [reported(), decided(), feedback_sent(), closed()];
    given(ended())
        .when(link("l1", "p1"), LATER)
        .then([linked("l1", "p1")]);
    given(ended().into_iter().chain([linked("l1", "p1")]))
        .when(unlink("l1"), LATER)
        .then([unlinked("l1")]);
    let open = ended().into_iter().chain([linked("l1", "p1")]);
    assert_eq!(looking(open), ["p1"]);
}

#[test]
fn of_whom_nothing_is_kept_nobody_looks() {
    let person = |key: &str| ErasureScope::Person { person: key.into() };
    let both = || [reported(), linked("l1", "p1"), linked("l2", "p2")];
    let after = |scope| both().into_iter().chain([erased(scope)]);
    assert_eq!(looking(after(person("p1"))), ["p2"]);
    assert!(looking(after(ErasureScope::Case)).is_empty());
    given(after(person("p1")))
        .when(link("l3", "p1"), LATER)
        .then_refused(Refusal::NotADataSubject);
}
