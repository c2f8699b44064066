//! The register of an organisation: a question about a law or a theme finds a person who is there.

use ladder::RungId;
use ladder::register::{Command, Event, Found, HeartbeatReceived, Refusal, Register};

use super::harness::{START, at};
use super::register_samples::{
    absent, clear_absence, confirm, confirmed, contact, cover, covered, day, entry, in_regions,
    mandate, person, present, record, recorded, register_given, remove, removed, set_absence,
    with_deputy, with_mandates,
};

const HOLIDAY: (&str, &str) = ("2026-07-20", "2026-08-07");
const DURING: &str = "2026-07-27";

fn away(id: &str) -> Event {
    absent(id, HOLIDAY.0, HOLIDAY.1)
}

fn register(events: impl IntoIterator<Item = Event>) -> Register {
    register_given(events).state
}

fn found(id: &str, instead_of: Option<&str>) -> Option<Found> {
    Some(Found {
        contact: contact(id),
        instead_of: instead_of.map(contact),
        absent: false,
    })
}

/// Who is found for a law, on a day in the holiday.
fn for_law(register: &Register, law: &str) -> Option<Found> {
    register.find(Some(law), None, None, None, day(DURING))
}

#[test]
fn an_entry_is_added_changed_and_read_in_again_without_effect() {
    let first = entry(&["child_benefit_act"], &[]);
    let changed = entry(&["child_benefit_act", "state_pension_act"], &[]);
    let story = register_given([])
        .when(record("c1", first.clone()), START)
        .then([recorded("c1", first.clone())])
        .when(record("c1", first), START)
        .then_nothing()
        .when(record("c1", changed.clone()), START)
        .then([recorded("c1", changed.clone())]);
    assert_eq!(story.state.contacts[&contact("c1")].entry, changed);
}

#[test]
fn a_changed_entry_keeps_the_absence() {
    let register = register([
        recorded("c1", entry(&["child_benefit_act"], &[])),
        away("c1"),
        recorded("c1", entry(&["state_pension_act"], &[])),
    ]);
    assert!(register.contacts[&contact("c1")].is_absent(day(DURING)));
}

#[test]
fn a_question_about_a_law_finds_who_does_it_without_knowing_anyone() {
    let register = register([
        recorded("c1", entry(&["child_benefit_act"], &[])),
        recorded("c2", entry(&["state_pension_act"], &[])),
    ]);
    assert_eq!(for_law(&register, "state_pension_act"), found("c2", None));
    assert_eq!(for_law(&register, "youth_act"), None);
}

#[test]
fn the_law_counts_for_more_than_the_theme_and_that_for_more_than_the_region() {
    let find = |register: &Register, region| {
        register.find(
            Some("youth_act"),
            Some("housing"),
            region,
            None,
            day(DURING),
        )
    };
    let utrecht = Some("midden-nederland");
    let by_region = recorded("c1", in_regions(entry(&[], &[]), &["midden-nederland"]));
    let by_theme = recorded("c2", entry(&[], &["housing"]));
    let by_law = recorded("c3", entry(&["youth_act"], &[]));
    let by_both = recorded("c4", entry(&["youth_act"], &["housing"]));
    let mut events = vec![recorded("c0", entry(&[], &[]))];
    assert_eq!(find(&register(events.clone()), utrecht), found("c0", None));
    for (more, expected) in [
        (by_region, "c1"),
        (by_theme, "c2"),
        (by_law, "c3"),
        (by_both, "c4"),
    ] {
        events.push(more);
        assert_eq!(
            find(&register(events.clone()), utrecht),
            found(expected, None)
        );
    }
}

#[test]
fn what_fits_equally_goes_by_id() {
    let register = register([
        recorded("b", entry(&["youth_act"], &[])),
        recorded("a", entry(&["youth_act"], &[])),
    ]);
    assert_eq!(for_law(&register, "youth_act"), found("a", None));
}

#[test]
fn who_works_in_other_regions_or_on_another_rung_is_not_found() {
    let workshop = RungId::parse("workshop").unwrap();
    let table = RungId::parse("local_table").unwrap();
    let mut elsewhere = entry(&["youth_act"], &[]);
    elsewhere.rung = Some(workshop.clone());
    elsewhere.regions = ["midden-nederland".to_owned()].into();
    let register = register([recorded("c1", elsewhere)]);
    let find = |region, rung| register.find(Some("youth_act"), None, region, rung, day(DURING));
    assert_eq!(find(Some("friesland"), None), None);
    assert_eq!(find(None, Some(&table)), None);
    assert_eq!(
        find(Some("midden-nederland"), Some(&workshop)),
        found("c1", None)
    );
    assert_eq!(find(None, None), found("c1", None));
}

#[test]
fn who_is_named_for_the_rung_goes_before_who_is_there_for_any() {
    let workshop = RungId::parse("workshop").unwrap();
    let mut named = entry(&["youth_act"], &[]);
    named.rung = Some(workshop.clone());
    let register = register([
        recorded("a", entry(&["youth_act"], &[])),
        recorded("b", named),
    ]);
    assert_eq!(
        register.find(Some("youth_act"), None, None, Some(&workshop), day(DURING)),
        found("b", None)
    );
}

#[test]
fn on_absence_the_deputy_is_found_and_after_it_the_person_again() {
    let register = register([
        recorded("c2", entry(&[], &["pensions"])),
        recorded("c1", with_deputy(entry(&["youth_act"], &[]), "c2")),
        away("c1"),
    ]);
    let on = |date| register.find(Some("youth_act"), None, None, None, day(date));
    assert_eq!(on("2026-07-19"), found("c1", None));
    assert_eq!(on(HOLIDAY.0), found("c2", Some("c1")));
    assert_eq!(on(HOLIDAY.1), found("c2", Some("c1")));
    assert_eq!(on("2026-08-08"), found("c1", None));
}

#[test]
fn whoever_covers_an_absence_is_found_instead_of_the_deputy_and_on_those_days_only() {
    let register = register([
        recorded("c2", entry(&[], &["pensions"])),
        recorded("c3", entry(&[], &["pensions"])),
        recorded("c1", with_deputy(entry(&["youth_act"], &[]), "c2")),
        covered("c1", HOLIDAY, "c3"),
    ]);
    let on = |date| register.find(Some("youth_act"), None, None, None, day(date));
    assert_eq!(on(HOLIDAY.0), found("c3", Some("c1")));
    assert_eq!(on("2026-08-08"), found("c1", None));
}

#[test]
fn an_absence_is_covered_by_somebody_else_who_is_there() {
    let story = || {
        register_given([
            recorded("c1", entry(&[], &[])),
            recorded("c2", entry(&[], &[])),
        ])
    };
    story()
        .when(cover("c1", HOLIDAY, "c1"), START)
        .then_refused(Refusal::DeputyOfSelf);
    story()
        .when(cover("c1", HOLIDAY, "c9"), START)
        .then_refused(Refusal::UnknownDeputy(contact("c9")));
    story()
        .when(cover("c1", HOLIDAY, "c2"), START)
        .then([covered("c1", HOLIDAY, "c2")])
        .when(cover("c1", HOLIDAY, "c2"), START)
        .then_nothing();
}

#[test]
fn the_deputys_deputy_is_found_when_both_are_away() {
    let register = register([
        recorded("c3", entry(&[], &["pensions"])),
        recorded("c2", with_deputy(entry(&[], &["pensions"]), "c3")),
        recorded("c1", with_deputy(entry(&["youth_act"], &[]), "c2")),
        away("c1"),
        away("c2"),
    ]);
    assert_eq!(for_law(&register, "youth_act"), found("c3", Some("c1")));
}

#[test]
fn the_next_who_fits_is_found_when_the_best_has_nobody_to_stand_in() {
    let register = register([
        recorded("a", entry(&["youth_act"], &[])),
        recorded("b", entry(&["youth_act"], &[])),
        away("a"),
    ]);
    assert_eq!(for_law(&register, "youth_act"), found("b", Some("a")));
}

#[test]
fn when_nobody_is_there_the_best_is_found_and_said_to_be_away() {
    let register = register([
        recorded("c2", entry(&[], &["pensions"])),
        recorded("c1", with_deputy(entry(&["youth_act"], &[]), "c2")),
        away("c1"),
        away("c2"),
    ]);
    let nobody_else = Some(Found {
        contact: contact("c1"),
        instead_of: None,
        absent: true,
    });
    assert_eq!(for_law(&register, "youth_act"), nobody_else);
}

#[test]
fn an_absence_is_replaced_and_cleared() {
    let story = register_given([recorded("c1", entry(&[], &[]))])
        .when(clear_absence("c1"), START)
        .then_nothing()
        .when(set_absence("c1", HOLIDAY.0, HOLIDAY.1), START)
        .then([away("c1")])
        .when(set_absence("c1", HOLIDAY.0, HOLIDAY.1), START)
        .then_nothing()
        .when(set_absence("c1", "2026-07-20", "2026-07-20"), START)
        .then([absent("c1", "2026-07-20", "2026-07-20")]);
    assert!(!story.state.contacts[&contact("c1")].is_absent(day(DURING)));
    let story = story.when(clear_absence("c1"), START).then([present("c1")]);
    assert_eq!(story.state.contacts[&contact("c1")].absence, None);
}

#[test]
fn an_entry_that_nobody_confirms_goes_stale() {
    let story = register_given([recorded("c1", entry(&[], &[]))]);
    let stale = |register: &Register, now| register.is_stale(&contact("c1"), at(now), 90);
    assert!(!stale(&story.state, "2026-05-31T09:00:00Z"));
    assert!(stale(&story.state, "2026-05-31T09:00:01Z"));
    let story = story
        .when(confirm("c1"), "2026-06-01T09:00:00Z")
        .then([confirmed("c1")]);
    assert!(!stale(&story.state, "2026-08-30T09:00:00Z"));
    assert!(stale(&story.state, "2026-08-30T09:00:01Z"));
    assert!(
        !story
            .state
            .is_stale(&contact("c9"), at("2030-01-01T00:00:00Z"), 90)
    );
}

#[test]
fn a_file_read_in_again_confirms_nothing() {
    let story = register_given([recorded("c1", entry(&[], &[]))])
        .when(record("c1", entry(&[], &[])), "2026-06-01T09:00:00Z")
        .then_nothing();
    assert_eq!(story.state.contacts[&contact("c1")].confirmed_at, at(START));
}

#[test]
fn all_mandates_of_a_person_are_known_whatever_the_function() {
    let of = |id| with_mandates(entry(&[], &[]), vec![mandate(id, Some(50_000))]);
    let mut other = of("m3");
    other.person = person("bas");
    let register = register([
        recorded("c1", of("m1")),
        recorded("c2", of("m2")),
        recorded("c3", other),
    ]);
    assert_eq!(
        register.mandates_of(&person("ine")),
        [&mandate("m1", Some(50_000)), &mandate("m2", Some(50_000))]
    );
}

#[test]
fn a_mandate_can_move_to_another_entry_once_it_is_free() {
    let held = || with_mandates(entry(&[], &[]), vec![mandate("m1", None)]);
    register_given([recorded("c1", held()), recorded("c1", entry(&[], &[]))])
        .when(record("c2", held()), START)
        .then([recorded("c2", held())]);
}

#[test]
fn an_entry_with_a_mandate_can_be_changed_and_keeps_it() {
    let held = || with_mandates(entry(&[], &[]), vec![mandate("m1", None)]);
    let mut moved = held();
    moved.function = "teamleider".into();
    register_given([recorded("c1", held())])
        .when(record("c1", moved.clone()), START)
        .then([recorded("c1", moved)]);
}

#[test]
fn an_entry_that_nobody_relies_on_is_removed() {
    let story = register_given([recorded("c1", entry(&[], &[]))])
        .when(remove("c1"), START)
        .then([removed("c1")]);
    assert!(story.state.contacts.is_empty());
}

#[test]
fn a_sign_of_life_is_recorded_only_when_the_last_one_is_old_enough() {
    let beat = || [Event::HeartbeatReceived(HeartbeatReceived {})];
    let story = register_given([])
        .when(Command::BeatHeart, START)
        .then(beat())
        .when(Command::BeatHeart, "2026-03-02T09:04:59Z")
        .then_nothing();
    assert_eq!(story.state.last_heartbeat, Some(at(START)));
    let story = story
        .when(Command::BeatHeart, "2026-03-02T09:05:00Z")
        .then(beat());
    let expected = Some(at("2026-03-02T09:05:00Z"));
    assert_eq!(story.state.last_heartbeat, expected);
}

/// A log that should not be: whoever wrote it, a search in it must end.
#[test]
fn deputies_in_a_circle_or_gone_do_not_hold_up_a_search() {
    let register = register([
        recorded("c1", with_deputy(entry(&["youth_act"], &[]), "c2")),
        recorded("c2", with_deputy(entry(&["youth_act"], &[]), "c1")),
        recorded("c3", with_deputy(entry(&["state_pension_act"], &[]), "c9")),
        away("c1"),
        away("c2"),
        away("c3"),
    ]);
    assert!(for_law(&register, "youth_act").unwrap().absent);
    assert!(for_law(&register, "state_pension_act").unwrap().absent);
}
