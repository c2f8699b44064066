//! Every refusal of a register once, so that none is a dead letter.

use std::collections::BTreeSet;

use ladder::register::{Command, Event, Refusal};

use super::harness::START;
use super::register_samples::{
    clear_absence, confirm, contact, day, entry, mandate, record, recorded, register_given, remove,
    set_absence, with_deputy, with_mandates,
};

type Row = (Vec<Event>, Command, Refusal);

fn every_row() -> Vec<Row> {
    let plain = || entry(&[], &[]);
    let unknown = || Refusal::UnknownContact(contact("c9"));
    let mut nameless = plain();
    nameless.function = " ".into();
    let held = |ids: &[&str]| {
        let mandates = ids.iter().map(|id| mandate(id, None)).collect();
        with_mandates(plain(), mandates)
    };
    let chain = || {
        vec![
            recorded("c3", plain()),
            recorded("c2", with_deputy(plain(), "c3")),
            recorded("c1", with_deputy(plain(), "c2")),
        ]
    };
    let mut relying = chain();
    relying.push(recorded("c4", with_deputy(plain(), "c3")));
    let below = with_mandates(plain(), vec![mandate("m1", Some(-1))]);
    let circle = ["c3", "c1", "c2"].map(contact).to_vec();
    vec![
        (
            chain(),
            set_absence("c9", "2026-07-20", "2026-07-21"),
            unknown(),
        ),
        (chain(), clear_absence("c9"), unknown()),
        (chain(), confirm("c9"), unknown()),
        (chain(), remove("c9"), unknown()),
        (vec![], record("c1", nameless), Refusal::FunctionRequired),
        (
            vec![recorded("c1", plain())],
            record("c1", with_deputy(plain(), "c1")),
            Refusal::DeputyOfSelf,
        ),
        (
            vec![],
            record("c1", with_deputy(plain(), "c9")),
            Refusal::UnknownDeputy(contact("c9")),
        ),
        (
            chain(),
            record("c3", with_deputy(plain(), "c1")),
            Refusal::DeputyCycle(circle),
        ),
        (
            vec![recorded("c1", held(&["m1"]))],
            record("c2", held(&["m1"])),
            Refusal::MandateExists("m1".into()),
        ),
        (
            vec![],
            record("c1", held(&["m1", "m1"])),
            Refusal::MandateExists("m1".into()),
        ),
        (
            vec![],
            record("c1", below),
            Refusal::AmountBelowZero("m1".into()),
        ),
        (
            chain(),
            set_absence("c1", "2026-07-20", "2026-07-19"),
            Refusal::AbsenceEndsBeforeStart {
                from: day("2026-07-20"),
                until: day("2026-07-19"),
            },
        ),
        (
            relying,
            remove("c3"),
            Refusal::StillDeputy(vec![contact("c2"), contact("c4")]),
        ),
    ]
}

#[test]
fn every_refusal_of_a_register_comes_when_its_rule_is_broken() {
    for (history, command, refusal) in every_row() {
        register_given(history)
            .when(command, START)
            .then_refused(refusal);
    }
}

/// Reads the codes from the source, so that a refusal added there must get its row here.
#[test]
fn no_refusal_of_a_register_is_without_a_row() {
    let declared: BTreeSet<&str> = include_str!("../../src/register/refusal.rs")
        .lines()
        .filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\","))
        .collect();
    let rows = every_row();
    let shown: BTreeSet<&str> = rows.iter().map(|(_, _, refusal)| refusal.code()).collect();
    assert_eq!(declared.len(), 9);
    assert_eq!(shown, declared);
}

#[test]
fn a_refusal_names_the_entries_that_stand_in_the_way() {
    let refusal = Refusal::StillDeputy(vec![contact("c2"), contact("c4")]);
    assert_eq!(refusal.to_string(), "still the deputy of: c2, c4");
}
