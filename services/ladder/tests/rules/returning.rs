//! A request that came back with named items missing.

use ladder::event::CompletionExpired;
use ladder::{BlockType, Command, Due, Event, Refusal, RequestEscalation, Stage, StateName};

use super::harness::{START, at, ends, given, underway};
use super::samples::{
    TEN_DAYS, blocked, climb, escalation, escalation_returned, reported, requested, rung,
};

fn came_back() -> Vec<Event> {
    vec![
        reported(),
        blocked(BlockType::Rule),
        Event::EscalationRequested(requested("workshop")),
        escalation_returned(&["question", "plan"]),
    ]
}

fn completion() -> Due {
    Due::Completion(escalation("e1"))
}

fn complete(items: &[&str], to: Option<&str>) -> Command {
    Command::RequestEscalation(RequestEscalation {
        to: to.map(rung),
        ..climb(items)
    })
}

#[test]
fn a_returned_request_can_be_completed_for_ten_working_days() {
    let case = given(came_back()).case();
    assert_eq!(case.state_name(), Some(StateName::Returned));
    assert_eq!(ends(&case, &completion()), Some(at(TEN_DAYS)));
    assert_eq!(ends(&case, &Due::Review), None);
}

#[test]
fn completing_gives_every_item_that_was_missing_also_when_the_rung_is_named() {
    for to in [None, Some("workshop")] {
        given(came_back())
            .when(complete(&["question"], to), START)
            .then_refused(Refusal::EvidenceMissing(vec!["plan".into()]));
    }
    let case = given(came_back())
        .after(complete(&["question", "plan"], None), START)
        .case();
    assert_eq!(case.state_name(), Some(StateName::EscalationRequested));
    // What it goes back to is what it was before the first request.
    let stage = underway(case).stage;
    let Stage::EscalationRequested(request) = stage else {
        panic!("it waits for admission");
    };
    assert_eq!(*request.before, Stage::Blocked(BlockType::Rule));
}

#[test]
fn a_request_that_nobody_completes_leaves_the_case_where_it_was() {
    let case = given(came_back())
        .when(Command::Lapse(completion()), TEN_DAYS)
        .then([Event::CompletionExpired(CompletionExpired {
            escalation: escalation("e1"),
            review_at: at("2026-04-14T08:00:00Z"),
        })]);
    let case = underway(case);
    assert_eq!(case.stage, Stage::Blocked(BlockType::Rule));
    assert_eq!(case.file.review.at, at("2026-04-14T08:00:00Z"));
}
