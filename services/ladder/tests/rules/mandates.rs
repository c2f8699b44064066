//! In which mandate somebody promises or decides, and in whose hands a mandate is.

use jiff::civil::date;
use ladder::register::Register;
use ladder::{
    Command, CommitmentAnswer, Event, InMandate, Mandate, MandateError, Refusal, StatedMandate,
};

use super::harness::{START, given};
use super::register_samples::{
    absent, day, entry, mandate, person, recorded, register_given, with_deputy, with_mandates,
    words,
};
use super::samples::{climbed, commit, commitment_requested, stated_of, svb, tax_office};

const HOLIDAY: (&str, &str) = ("2026-07-20", "2026-08-07");
const DURING: &str = "2026-07-27";
const BEFORE: &str = "2026-07-19";

fn asked() -> Vec<Event> {
    let mut events = climbed(&["workshop"]);
    events.push(commitment_requested("r1", svb()));
    events
}

fn promise(stated: StatedMandate, cents: i64) -> Command {
    let Command::AnswerCommitment(mut answer) = commit("r1", svb()) else {
        unreachable!("it is an answer");
    };
    if let CommitmentAnswer::Made {
        inside,
        amount_cents,
        ..
    } = &mut answer.answer
    {
        *inside = InMandate::Stated {
            mandate: Box::new(stated),
            subject: "income".into(),
        };
        *amount_cents = Some(cents);
    }
    Command::AnswerCommitment(answer)
}

#[test]
fn what_an_organisation_states_of_a_mandate_is_recorded_and_holds() {
    let stated = StatedMandate {
        scope: ["income".to_owned()].into(),
        amount_cents: Some(500),
        until: Some(date(2026, 3, 2)),
        ..stated_of(svb())
    };
    let events = given(asked())
        .when(promise(stated.clone(), 500), START)
        .decided();
    let Event::CommitmentMade(made) = &events[0] else {
        panic!("{events:?}");
    };
    assert_eq!(
        (&made.mandate_id, &made.stated),
        (&None, &Some(stated.clone()))
    );
    let elsewhere = StatedMandate {
        scope: ["housing".to_owned()].into(),
        ..stated.clone()
    };
    let on = date(2026, 3, 1);
    let ended = StatedMandate {
        until: Some(on),
        ..stated.clone()
    };
    let theirs = StatedMandate {
        organisation: tax_office(),
        ..stated.clone()
    };
    for (stated, cents, error) in [
        (stated, 501, MandateError::OverLimit { limit_cents: 500 }),
        (elsewhere, 1, MandateError::OutsideScope),
        (ended, 1, MandateError::Ended { on }),
        (theirs, 1, MandateError::NotYours),
    ] {
        given(asked())
            .when(promise(stated, cents), START)
            .then_refused(Refusal::OutsideMandate(error));
    }
}

/// What was recorded before mandates were: it reads back, with nothing stated.
#[test]
fn a_promise_and_a_decision_of_before_still_read() {
    for (event, own) in [
        (super::samples::commitment_made("r1", svb()), "mandateId"),
        (super::samples::decided(), "mandate"),
    ] {
        let mut data = event.data();
        data.as_object_mut().unwrap().remove("stated");
        data.as_object_mut().unwrap().remove(own);
        let read = Event::from_stored(event.kind(), 1, data.clone()).unwrap();
        assert_eq!(read.data()["stated"], serde_json::Value::Null);
        assert_eq!(read.data()["text"], data["text"]);
    }
}

/// The director holds `m1` up to 500 euro, for debts and housing, and `m2` for housing; the deputy holds nothing.
fn register(events: impl IntoIterator<Item = ladder::register::Event>) -> Register {
    let mut director = with_deputy(entry(&[], &[]), "deputy");
    director = with_mandates(director, vec![both("m1"), housing("m2")]);
    let mut deputy = entry(&[], &[]);
    deputy.person = person("bas");
    let start = [recorded("deputy", deputy), recorded("director", director)];
    register_given(start.into_iter().chain(events)).state
}

fn housing(id: &str) -> ladder::register::MandateEntry {
    ladder::register::MandateEntry {
        scope: words(&["housing"]),
        ..mandate(id, None)
    }
}

fn both(id: &str) -> ladder::register::MandateEntry {
    ladder::register::MandateEntry {
        scope: words(&["debts", "housing"]),
        ..mandate(id, Some(50_000))
    }
}

fn in_hands(register: &Register, who: &str, on: &str) -> Option<String> {
    let found: Option<Mandate> = register.mandate(&svb(), "m1", Some(&person(who)), day(on));
    found.map(|found| found.holder.to_string())
}

#[test]
fn the_deputy_uses_a_mandate_while_its_holder_is_away() {
    let away = register([absent("director", HOLIDAY.0, HOLIDAY.1)]);
    assert_eq!(in_hands(&away, "bas", BEFORE).as_deref(), Some("ine"));
    assert_eq!(in_hands(&away, "bas", DURING).as_deref(), Some("bas"));
    assert_eq!(in_hands(&away, "ine", DURING).as_deref(), Some("ine"));
    assert_eq!(in_hands(&away, "somebody", DURING).as_deref(), Some("ine"));
    let both = register([
        absent("director", HOLIDAY.0, HOLIDAY.1),
        absent("deputy", HOLIDAY.0, HOLIDAY.1),
    ]);
    assert_eq!(in_hands(&both, "bas", DURING).as_deref(), Some("ine"));
    assert_eq!(away.mandate(&svb(), "m9", None, day(DURING)), None);
}

#[test]
fn who_names_no_mandate_acts_in_the_one_that_is_about_it() {
    let register = register([]);
    let id = |who: &str, subject: &str, cents, on: &str| {
        let found = register.standing(&svb(), &person(who), subject, cents, day(on));
        found.map(|found| found.id)
    };
    assert_eq!(id("ine", "housing", None, BEFORE).as_deref(), Some("m1"));
    // The first that goes so far; when none does, the one that will refuse.
    let over = Some(50_001);
    assert_eq!(id("ine", "housing", over, BEFORE).as_deref(), Some("m2"));
    assert_eq!(id("ine", "debts", over, BEFORE).as_deref(), Some("m1"));
    assert_eq!(
        id("ine", "debts", None, "2027-01-01").as_deref(),
        Some("m1")
    );
    assert_eq!(id("ine", "income", None, BEFORE), None);
    assert_eq!(id("bas", "debts", None, BEFORE), None);
}
