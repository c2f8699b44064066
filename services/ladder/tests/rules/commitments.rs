//! Asking organisations to commit themselves, and what they then do.

use ladder::{BlockType, Event, Refusal, StateName};

use super::harness::{START, at, given};
use super::samples::{
    aftercare, blocked, climbed, commit, commitment_made, commitment_refused, commitment_requested,
    decided, fulfil, fulfilled, refuse_commitment, reported, request_commitment, svb, tax_office,
};

const LATER: &str = "2026-04-20T09:00:00Z";
/// Thirty and ninety days later.
const CHECKS: [&str; 2] = ["2026-05-20T09:00:00Z", "2026-07-19T09:00:00Z"];

fn at_table(more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    let mut events = climbed(&["workshop"]);
    events.extend(more);
    events
}

#[test]
fn a_case_above_the_first_rung_asks_for_commitments() {
    let case = given(at_table([]))
        .when(request_commitment("r1", svb()), START)
        .then([commitment_requested("r1", svb())]);
    assert_eq!(case.file().unwrap().asked(), [&svb()].into());
}

#[test]
fn a_case_that_is_blocked_at_the_table_still_asks() {
    given(at_table([blocked(BlockType::Financial)]))
        .when(request_commitment("r1", svb()), START)
        .then([commitment_requested("r1", svb())]);
}

#[test]
fn a_blocked_case_on_the_first_rung_asks_nobody() {
    given([reported(), blocked(BlockType::Rule)])
        .when(request_commitment("r1", svb()), START)
        .then_refused(Refusal::NotAtTable);
}

#[test]
fn no_commitment_is_asked_for_after_the_decision() {
    given(at_table([decided()]))
        .when(request_commitment("r1", svb()), START)
        .then_refused(Refusal::AlreadyDecided);
}

#[test]
fn a_commitment_is_made_in_a_mandate_and_with_a_date() {
    given(at_table([commitment_requested("r1", svb())]))
        .when(commit("r1", svb()), START)
        .then([commitment_made("r1", svb())]);
}

#[test]
fn a_commitment_can_be_refused_with_a_reason() {
    given(at_table([commitment_requested("r1", svb())]))
        .when(refuse_commitment("r1", svb()), START)
        .then([commitment_refused("r1", svb())]);
}

#[test]
fn an_organisation_answers_a_request_once_and_hears_when_it_did() {
    for answered in [
        commitment_made("r1", svb()),
        commitment_refused("r1", svb()),
    ] {
        given(at_table([commitment_requested("r1", svb()), answered]))
            .when(commit("r1", svb()), LATER)
            .then_refused(Refusal::CommitmentAnswered {
                by: svb(),
                at: at(START),
            });
    }
}

#[test]
fn the_first_report_after_the_decision_starts_the_execution() {
    let case = given(at_table([
        commitment_requested("r1", svb()),
        commitment_requested("r2", tax_office()),
        commitment_made("r1", svb()),
        commitment_made("r2", tax_office()),
        decided(),
    ]))
    .when(fulfil("r1", svb()), LATER)
    .then([fulfilled("r1", svb())]);
    assert_eq!(case.state_name(), Some(StateName::Executing));
}

#[test]
fn the_last_report_starts_aftercare_with_checks_after_thirty_and_ninety_days() {
    let case = given(at_table([
        commitment_requested("r1", svb()),
        commitment_requested("r2", tax_office()),
        commitment_made("r1", svb()),
        commitment_made("r2", tax_office()),
        decided(),
        fulfilled("r1", svb()),
    ]))
    .when(fulfil("r2", tax_office()), LATER)
    .then([fulfilled("r2", tax_office()), aftercare(&CHECKS)]);
    assert_eq!(case.state_name(), Some(StateName::Aftercare));
}

#[test]
fn a_refused_commitment_is_not_waited_for() {
    given(at_table([
        commitment_requested("r1", svb()),
        commitment_requested("r2", tax_office()),
        commitment_made("r1", svb()),
        commitment_refused("r2", tax_office()),
        decided(),
    ]))
    .when(fulfil("r1", svb()), LATER)
    .then([fulfilled("r1", svb()), aftercare(&CHECKS)]);
}

#[test]
fn aftercare_waits_for_the_decision() {
    given(at_table([
        commitment_requested("r1", svb()),
        commitment_made("r1", svb()),
    ]))
    .when(fulfil("r1", svb()), LATER)
    .then([fulfilled("r1", svb())]);
}

#[test]
fn a_commitment_is_fulfilled_once() {
    given(at_table([
        commitment_requested("r1", svb()),
        commitment_made("r1", svb()),
        fulfilled("r1", svb()),
    ]))
    .when(fulfil("r1", svb()), LATER)
    .then_refused(Refusal::CommitmentAnswered {
        by: svb(),
        at: at(START),
    });
}

#[test]
fn only_a_commitment_that_was_made_is_fulfilled() {
    for history in [vec![], vec![commitment_refused("r1", svb())]] {
        let history = [commitment_requested("r1", svb())]
            .into_iter()
            .chain(history);
        given(at_table(history))
            .when(fulfil("r1", svb()), LATER)
            .then_refused(Refusal::CommitmentNotMade);
    }
}

#[test]
fn an_organisation_reports_its_own_commitments_only() {
    given(at_table([
        commitment_requested("r1", svb()),
        commitment_made("r1", svb()),
    ]))
    .when(fulfil("r1", tax_office()), LATER)
    .then_refused(Refusal::CommitmentNotYours(tax_office()));
}
