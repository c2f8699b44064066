//! Admitting, returning and refusing a request to climb.

use ladder::{
    BlockType, Command, Event, Refusal, Stage, StateName, Triage, TriageAnswer, TriageReason,
};

use super::harness::{START, given, underway};
use super::samples::{
    blocked, climbed, desk, escalated, escalation, escalation_expired, escalation_refused,
    escalation_returned, reported, requested, rung, sealed, triage_with,
};

fn answer(triage: Triage) -> Command {
    Command::Triage(triage)
}

/// Blocked on the first rung, and waiting for the workshop.
fn waiting() -> Vec<Event> {
    vec![
        reported(),
        blocked(BlockType::Mandate),
        Event::EscalationRequested(requested("workshop")),
    ]
}

/// Admitted to the local table, and waiting for the national desk.
fn waiting_higher() -> Vec<Event> {
    let mut events = climbed(&["workshop", "local_table"]);
    events.push(Event::EscalationRequested(requested("national_desk")));
    events
}

fn returning() -> Triage {
    Triage {
        missing: ["citizens_wish".to_owned(), "question".to_owned()].into(),
        text: Some(sealed("please add")),
        ..triage_with(TriageAnswer::Returned)
    }
}

fn refusing() -> Triage {
    Triage {
        reason: Some(TriageReason::StandardAvailable),
        text: Some(sealed("try this first")),
        ..triage_with(TriageAnswer::Refused)
    }
}

#[test]
fn an_admitted_case_stands_on_the_rung_and_with_the_body_that_was_asked() {
    let case = given(waiting_higher())
        .when(answer(triage_with(TriageAnswer::Admitted)), START)
        .then([escalated("national_desk")]);
    let case = underway(case);
    assert_eq!(case.stage, Stage::Admitted);
    assert_eq!(case.file.rung, rung("national_desk"));
    assert_eq!(case.file.tier, ladder::Tier::National);
    assert_eq!(case.file.handler, desk());
}

#[test]
fn a_returned_request_names_what_is_missing_and_waits_for_it() {
    let missing = ["citizens_wish", "question"];
    for waiting in [waiting(), waiting_higher()] {
        let case = given(waiting)
            .when(answer(returning()), START)
            .then([escalation_returned(&missing)]);
        assert_eq!(case.state_name(), Some(StateName::Returned));
    }
}

#[test]
fn a_refused_request_gives_its_reason_and_goes_back_to_where_it_was() {
    let refused = escalation_refused(TriageReason::StandardAvailable);
    let case = given(waiting())
        .when(answer(refusing()), START)
        .then([refused.clone()]);
    assert_eq!(underway(case).stage, Stage::Blocked(BlockType::Mandate));

    let case = given(waiting_higher())
        .when(answer(refusing()), START)
        .then([refused]);
    assert_eq!(underway(case).stage, Stage::Admitted);
}

#[test]
fn a_request_can_be_answered_once() {
    let mut events = waiting();
    events.push(escalated("workshop"));
    given(events)
        .when(answer(triage_with(TriageAnswer::Admitted)), START)
        .then_refused(Refusal::EscalationNotPending);
}

#[test]
fn an_answer_to_another_request_is_refused() {
    let other = Triage {
        escalation: escalation("e9"),
        ..triage_with(TriageAnswer::Admitted)
    };
    given(waiting())
        .when(answer(other), START)
        .then_refused(Refusal::EscalationNotPending);
}

#[test]
fn a_refusal_of_admission_gives_a_coded_reason() {
    given(waiting())
        .when(answer(triage_with(TriageAnswer::Refused)), START)
        .then_refused(Refusal::ReasonRequired);
}

#[test]
fn a_late_admission_still_counts() {
    let mut events = waiting();
    events.push(escalation_expired());
    let case = given(events)
        .after(
            answer(triage_with(TriageAnswer::Admitted)),
            "2026-03-20T09:00:00Z",
        )
        .case();
    let case = underway(case);
    assert_eq!(case.stage, Stage::Admitted);
    assert_eq!(case.file.silence, None);
}
