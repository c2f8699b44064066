//! Reporting a case, a fact, a block.

use ladder::event::FactReported;
use ladder::{BlockType, Command, Due, Event, ReportFact, StateName};

use super::harness::{START, given};
use super::samples::{blocked, closed, decided, record_block, report, reported, sealed, svb};

#[test]
fn a_reported_case_starts_on_the_first_rung_with_its_reporter_as_owner() {
    let case = given([]).when(report(), START).then([reported()]);
    let file = case.file().unwrap();
    assert_eq!(file.rung.as_str(), "own_work");
    assert_eq!(file.owner.as_str(), "00000099000000001000");
    assert_eq!(file.handler, file.owner);
    assert_eq!(case.state_name(), Some(StateName::Active));
}

#[test]
fn a_fact_is_recorded_as_its_source_gave_it() {
    let fact = ReportFact {
        source: svb(),
        category: "finance".into(),
        law: "akw".into(),
        rule: Some("akw-7".into()),
        summary: sealed("stopped"),
        since: "2026-01-01".into(),
        legal_basis: "suwi-62".into(),
    };
    let recorded = Event::FactReported(FactReported {
        source: svb(),
        category: "finance".into(),
        law: "akw".into(),
        rule: Some("akw-7".into()),
        summary: sealed("stopped"),
        since: "2026-01-01".into(),
        legal_basis: "suwi-62".into(),
        unlisted: false,
    });
    given([reported()])
        .when(Command::ReportFact(fact), START)
        .then([recorded]);
}

#[test]
fn a_block_is_recorded_with_its_type_and_shows_in_the_state() {
    let case = given([reported()])
        .when(record_block(BlockType::Mandate), START)
        .then([blocked(BlockType::Mandate)]);
    assert_eq!(case.state_name(), Some(StateName::Blocked));
}

#[test]
fn a_block_found_after_the_decision_does_not_undo_the_decision() {
    let case = given([reported(), decided()])
        .when(record_block(BlockType::Capacity), START)
        .then([blocked(BlockType::Capacity)]);
    assert_eq!(case.state_name(), Some(StateName::Decided));
}

#[test]
fn a_deadline_of_a_closed_or_unknown_case_leads_to_nothing() {
    let lapse = || Command::Lapse(Due::AftercareCheck);
    given([]).when(lapse(), START).then_nothing();
    given([reported(), decided(), closed()])
        .when(lapse(), START)
        .then_nothing();
}
