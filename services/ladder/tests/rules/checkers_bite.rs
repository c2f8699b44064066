//! The checks of the property tests, tried on logs that are wrong on purpose.

use jiff::Timestamp;
use ladder::{BlockType, Case, Decider, Event, Rules};

use super::harness::{START, at, rules};
use super::invariants::{
    Recorded, no_rung_without_reason, nothing_after_the_end, one_owner, reads_back, replay_gives,
};
use super::samples::{
    accepted, blocked, climbed, closed, decided, escalated, offered, proposed, receiver, reported,
    requested, rung, skipped, svb, utrecht,
};

fn log(events: impl IntoIterator<Item = Event>) -> Vec<Recorded> {
    events.into_iter().map(|event| (event, at(START))).collect()
}

fn skip_check(events: impl IntoIterator<Item = Event>) -> Result<(), String> {
    no_rung_without_reason(&log(events), &rules().ladder)
}

/// Two rungs up from the first, after these events.
fn jump_after(events: Vec<Event>) -> Vec<Event> {
    let mut all = vec![reported(), blocked(BlockType::Rule)];
    all.extend(events);
    all.push(Event::EscalationRequested(requested("local_table")));
    all.push(escalated("local_table"));
    all
}

#[test]
fn a_jump_without_a_skip_is_found() {
    let found = skip_check(jump_after(vec![]));
    assert_eq!(
        found,
        Err("from rung 0 to 2 without skipping rung Some(1)".into())
    );
}

#[test]
fn a_jump_with_a_skip_and_a_reason_is_right() {
    let skip = skipped("workshop", "urgent", Some(utrecht()));
    assert_eq!(skip_check(jump_after(vec![skip])), Ok(()));
}

#[test]
fn a_skip_without_a_reason_is_found() {
    let skip = skipped("workshop", " ", Some(utrecht()));
    assert_eq!(
        skip_check(jump_after(vec![skip])),
        Err("rung workshop was skipped without a reason".into())
    );
}

#[test]
fn a_skip_of_another_rung_does_not_count() {
    let skip = skipped("national_desk", "urgent", None);
    assert_eq!(
        skip_check(jump_after(vec![skip])),
        Err("from rung 0 to 2 without skipping rung Some(1)".into())
    );
}

#[test]
fn a_skip_of_an_earlier_request_does_not_count() {
    let earlier = vec![
        skipped("workshop", "urgent", Some(utrecht())),
        Event::EscalationRequested(requested("local_table")),
    ];
    assert_eq!(
        skip_check(jump_after(earlier)),
        Err("from rung 0 to 2 without skipping rung Some(1)".into())
    );
}

#[test]
fn an_admission_that_nobody_asked_for_is_found() {
    assert_eq!(
        skip_check([reported(), escalated("workshop")]),
        Err("nobody asked for workshop".into())
    );
}

#[test]
fn going_down_while_admission_waits_is_found_to_make_a_jump() {
    let mut events = climbed(&["workshop", "local_table"]);
    events.push(proposed("own_work"));
    events.push(skipped("regional_table", "no_competent_body", None));
    events.push(Event::EscalationRequested(requested("national_desk")));
    events.push(Event::Deescalated(ladder::event::Deescalated {
        rung: rung("own_work"),
        tier: ladder::Tier::Local,
        receiver: receiver(),
        reason: "solved_here".into(),
        review_at: at(START),
    }));
    events.push(escalated("national_desk"));
    assert_eq!(
        skip_check(events),
        Err("from rung 0 to 4 without skipping rung Some(1)".into())
    );
}

#[test]
fn a_second_owner_is_found() {
    let mut second = reported();
    if let Event::Reported(report) = &mut second {
        report.owner = svb();
    }
    assert_eq!(
        one_owner(&log([reported(), second]), Rules::evolve),
        Err("position 1: a second owner, 00000099000000002000".into())
    );
}

#[test]
fn a_log_without_an_owner_is_found() {
    assert_eq!(
        one_owner(&log([offered()]), Rules::evolve),
        Err("the log does not begin with a report".into())
    );
}

/// Rules that give the case away with every accepted handoff.
fn giving_away(case: Case, event: &Event, at: Timestamp) -> Case {
    let case = Rules::evolve(case, event, at);
    match (case, event) {
        (Case::Underway(mut underway), Event::HandoffAccepted(accepted)) => {
            underway.file.owner = accepted.by.clone();
            Case::Underway(underway)
        }
        (case, _) => case,
    }
}

#[test]
fn an_owner_that_changes_is_found() {
    let events = log([reported(), offered(), accepted()]);
    assert_eq!(one_owner(&events, Rules::evolve), Ok(()));
    let found = one_owner(&events, giving_away).unwrap_err();
    assert!(found.starts_with("position 2: owned by"), "{found}");
}

#[test]
fn an_event_after_the_end_is_found() {
    assert_eq!(
        nothing_after_the_end(&log([reported(), decided(), closed(), offered()])),
        Err("handoff.offered after case.closed".into())
    );
}

#[test]
fn a_state_that_the_log_does_not_give_is_found() {
    assert!(replay_gives(&log([reported()]), &Case::Absent).is_err());
}

#[test]
fn an_event_that_was_stored_reads_back() {
    assert_eq!(reads_back(&log(climbed(&["workshop"]))), Ok(()));
    let error = Event::from_stored("case.vanished", 1, serde_json::Value::Null).unwrap_err();
    assert_eq!(error.to_string(), "no event 'case.vanished' version 1");
    let error = Event::from_stored("case.closed", 2, serde_json::Value::Null).unwrap_err();
    assert_eq!(error.to_string(), "no event 'case.closed' version 2");
}
