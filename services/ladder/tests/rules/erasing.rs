//! Erasing, holding that up, and what is due when a term of keeping has ended.

use ladder::event::{ErasureCompleted, ErasureOrdered, HoldLifted, HoldPlaced};
use ladder::{
    Case, Command, CompleteErasure, ErasureGround, ErasureId, ErasureScope, Event, HoldId,
    LiftHold, OrderErasure, Person, PlaceHold, RecordRedaction, Refusal, ReportFact, Retention,
};

use super::harness::{START, at, given, rules};
use super::samples::{self, closed, decided, feedback_sent, sealed, svb, utrecht};

/// A report that names a person.
fn reported() -> Event {
    let Event::Reported(mut report) = samples::reported() else {
        panic!("a report");
    };
    report.persons.push(Person {
        person_key: "p1".into(),
        called: None,
        role: "data_subject".into(),
        age_band: "18-20".into(),
        name: Some(sealed("name")),
        birth_date: None,
        address: None,
    });
    Event::Reported(report)
}

/// A day after the start.
const LATER: &str = "2026-03-03T09:00:00Z";

const TERMS: &str = r#"
[case]
after_closing = "2y"
provisional = true

[[category]]
category = "health"
after_closing = "6mo"
own_files = "20 years"
provisional = true

[[category]]
category = "health"
law = "youth_act"
after_closing = "1y"
own_files = "20 years"
provisional = true
"#;

fn erasure(id: &str) -> ErasureId {
    ErasureId::parse(id).unwrap()
}

fn person(key: &str) -> ErasureScope {
    ErasureScope::Person { person: key.into() }
}

fn health(law: &str) -> ErasureScope {
    ErasureScope::Category {
        category: "health".into(),
        law: law.into(),
    }
}

fn order(id: &str, scope: ErasureScope) -> Command {
    Command::OrderErasure(OrderErasure {
        erasure: erasure(id),
        scope,
        ground: ErasureGround::Request,
        by: Some(utrecht()),
    })
}

fn expire(id: &str, scope: ErasureScope) -> Command {
    Command::OrderErasure(OrderErasure {
        erasure: erasure(id),
        scope,
        ground: ErasureGround::TermEnded,
        by: None,
    })
}

fn ordered(id: &str, scope: ErasureScope) -> Event {
    Event::ErasureOrdered(ErasureOrdered {
        erasure: erasure(id),
        scope,
        ground: ErasureGround::Request,
        by: Some(utrecht()),
    })
}

fn complete(id: &str, keys: u64) -> Command {
    Command::CompleteErasure(CompleteErasure {
        erasure: erasure(id),
        keys,
    })
}

fn completed(id: &str, scope: ErasureScope, keys: u64) -> Event {
    Event::ErasureCompleted(ErasureCompleted {
        erasure: erasure(id),
        scope,
        ground: ErasureGround::Request,
        keys,
    })
}

fn hold(until: &str) -> Command {
    Command::PlaceHold(PlaceHold {
        hold: HoldId::parse("hold-1").unwrap(),
        by: utrecht(),
        reason: sealed("a complaint"),
        until: at(until),
    })
}

fn held(until: &str) -> Event {
    Event::HoldPlaced(HoldPlaced {
        hold: HoldId::parse("hold-1").unwrap(),
        by: utrecht(),
        reason: sealed("a complaint"),
        until: at(until),
    })
}

fn lift() -> Command {
    Command::LiftHold(LiftHold {
        hold: HoldId::parse("hold-1").unwrap(),
        by: utrecht(),
    })
}

fn fact(law: &str) -> Command {
    Command::ReportFact(ReportFact {
        source: svb(),
        category: "health".into(),
        law: law.into(),
        rule: None,
        summary: sealed("fact"),
        since: "2026-01-01".into(),
        legal_basis: "youth_act".into(),
    })
}

/// The key of somebody in the report of these samples.
fn somebody() -> String {
    let case = given([reported()]).case();
    let persons = &case.file().unwrap().kept.persons;
    persons.first().expect("the report names a person").clone()
}

fn ended() -> Vec<Event> {
    vec![reported(), decided(), feedback_sent(), closed()]
}

fn redact(without: &[&str]) -> Command {
    Command::RecordRedaction(RecordRedaction {
        event: "event-1".into(),
        field: "/story".into(),
        without: without.iter().map(|key| (*key).to_owned()).collect(),
        by: utrecht(),
    })
}

#[test]
fn one_person_is_erased_at_any_time_and_a_case_once_it_has_ended() {
    let key = somebody();
    for events in [vec![reported()], ended()] {
        given(events)
            .when(order("e1", person(&key)), START)
            .then([ordered("e1", person(&key))]);
    }
    given([reported()])
        .when(order("e1", ErasureScope::Case), START)
        .then_refused(Refusal::NotEnded);
    given(ended())
        .when(order("e1", ErasureScope::Case), START)
        .then([ordered("e1", ErasureScope::Case)]);
}

#[test]
fn what_a_term_ended_for_is_erased_after_the_end_only() {
    let key = somebody();
    given([reported()])
        .when(expire("e1", person(&key)), START)
        .then_refused(Refusal::NotEnded);
    assert_eq!(
        given(ended())
            .when(expire("e1", person(&key)), START)
            .decided()
            .len(),
        1
    );
}

#[test]
fn nobody_is_erased_twice_and_nobody_who_is_not_there() {
    let key = somebody();
    given([reported()])
        .when(order("e1", person("a-stranger")), START)
        .then_refused(Refusal::NothingToErase);
    for before in [person(&key), ErasureScope::Case] {
        let mut events = ended();
        events.push(ordered("e1", before));
        given(events)
            .when(order("e2", person(&key)), START)
            .then_refused(Refusal::NothingToErase);
    }
}

#[test]
fn an_erasure_is_completed_once() {
    let mut events = ended();
    events.push(ordered("e1", ErasureScope::Case));
    let done = completed("e1", ErasureScope::Case, 7);
    given(events.clone())
        .when(complete("e1", 7), START)
        .then([done.clone()]);
    events.push(done);
    given(events).when(complete("e1", 7), START).then_nothing();
    given(ended()).when(complete("e1", 7), START).then_nothing();
}

#[test]
fn nothing_is_erased_while_a_hold_stands() {
    let key = somebody();
    let until = "2026-03-09T09:00:00Z";
    for events in [vec![reported()], ended()] {
        let case = given(events).after(hold(until), START);
        case.when(order("e1", person(&key)), LATER)
            .then_refused(Refusal::OnHold { until: at(until) });
    }
    given(ended())
        .after(hold(until), START)
        .when(order("e1", person(&key)), until)
        .then([ordered("e1", person(&key))]);
    given(ended())
        .after(hold(until), START)
        .after(lift(), START)
        .when(order("e1", person(&key)), LATER)
        .then([ordered("e1", person(&key))]);
}

#[test]
fn a_hold_has_an_end_that_lies_ahead_and_is_lifted_once() {
    given(ended())
        .when(hold(START), START)
        .then_refused(Refusal::HoldIsOver);
    let until = "2026-03-09T09:00:00Z";
    let events = [ended(), vec![held(until)]].concat();
    given(events.clone())
        .when(lift(), LATER)
        .then([Event::HoldLifted(HoldLifted {
            hold: HoldId::parse("hold-1").unwrap(),
            by: utrecht(),
        })]);
    given(events)
        .when(lift(), until)
        .then_refused(Refusal::HoldIsOver);
    given(ended())
        .when(lift(), LATER)
        .then_refused(Refusal::HoldIsOver);
}

#[test]
fn a_redaction_leaves_out_somebody_whom_the_case_is_about() {
    let key = somebody();
    assert_eq!(
        given([reported()])
            .when(redact(&[&key]), START)
            .decided()
            .len(),
        1
    );
    for nobody in [&[][..], &["a-stranger"][..]] {
        given([reported()])
            .when(redact(nobody), START)
            .then_refused(Refusal::NothingToErase);
    }
}

#[test]
fn what_is_due_follows_from_category_law_and_end() {
    let terms = Retention::from_toml(TERMS, "retention.toml", &["health"]).unwrap();
    let calendar = rules().calendar;
    let due = |case: &Case, moment: &str| match case {
        Case::Closed(closed) => terms.due(&calendar, closed, at(moment)),
        _ => panic!("the case has ended"),
    };
    let story = || {
        given([reported()])
            .after(fact("youth_act"), START)
            .after(fact("social_support_act"), START)
            .and_at(START, [decided(), feedback_sent(), closed()])
    };
    let case = story().case();
    // Half a year later it is summer time: the same moment of the day is an hour earlier in UTC.
    assert_eq!(due(&case, "2026-09-02T07:59:59Z"), []);
    assert_eq!(
        due(&case, "2026-09-02T08:00:00Z"),
        [health("social_support_act")]
    );
    let both = [health("social_support_act"), health("youth_act")];
    assert_eq!(due(&case, "2027-03-02T09:00:00Z"), both);
    assert_eq!(due(&case, "2028-03-02T09:00:00Z"), [ErasureScope::Case]);

    let ahead = |case: &Case| match case {
        Case::Closed(closed) => terms.ahead(&calendar, closed),
        _ => panic!("the case has ended"),
    };
    let whole = (ErasureScope::Case, at("2028-03-02T09:00:00Z"));
    let youth = (health("youth_act"), at("2027-03-02T09:00:00Z"));
    let support = (health("social_support_act"), at("2026-09-02T08:00:00Z"));
    assert_eq!(ahead(&case), [support, youth.clone(), whole.clone()]);

    let one_done = story()
        .after(expire("e1", health("social_support_act")), START)
        .case();
    assert_eq!(ahead(&one_done), [youth, whole]);
    assert_eq!(
        due(&one_done, "2027-03-02T09:00:00Z"),
        [health("youth_act")]
    );
    let all_done = story()
        .after(expire("e1", ErasureScope::Case), START)
        .case();
    assert_eq!(due(&all_done, "2030-03-02T09:00:00Z"), []);
    assert_eq!(ahead(&all_done), []);
    let held = story().after(hold("2029-01-01T09:00:00Z"), START).case();
    assert_eq!(due(&held, "2028-03-02T09:00:00Z"), []);
    assert_eq!(due(&held, "2029-01-01T09:00:00Z"), [ErasureScope::Case]);
}
