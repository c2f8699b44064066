// A test may stop at once: the panic names the line.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::{Task, TaskKind, tasks};
use crate::{Case, Decider, Event, Rules};

const OWNER: &str = "00000099000000001000";
const OTHER: &str = "00000099000000002000";
const BY: &str = "2026-03-16T09:00:00Z";
const LATER: &str = "2026-05-04T09:00:00Z";

/// A reported case to which these things happened.
fn case(events: &[(&str, Value)]) -> Case {
    let reported = json!({"case": "case_1", "owner": OWNER, "ownReference": "r", "rung": "own_work",
        "tier": "local", "story": "s", "desiredOutcome": "d", "citizensWords": null,
        "lifeDomains": [], "persons": [], "partiesInvolved": [], "noWordsReason": null,
        "perspective": null, "triedProvisions": [], "provisions": [], "noProvisionReason": null,
        "theme": "income", "region": "r", "reviewAt": LATER});
    let at = BY.parse().unwrap();
    let told = [("case.reported", reported)];
    told.iter()
        .chain(events)
        .fold(Case::Absent, |case, (kind, data)| {
            let event = Event::from_stored(kind, 1, data.clone()).unwrap();
            Rules::evolve(case, &event, at)
        })
}

fn task(kind: TaskKind, by: Option<&str>, what: &str) -> Task {
    Task::new(kind, by.map(|by| by.parse().unwrap()), what)
}

fn requested(unexplained: &[&str]) -> (&'static str, Value) {
    let data = json!({"escalation": "e1", "by": OWNER, "to": "workshop", "tier": "local",
        "body": OWNER, "admitting": OWNER, "admittingRole": "process_director",
        "origin": "handoff_silence", "evidence": [], "unexplained": unexplained,
        "explainBy": BY, "insistence": null, "urgent": false, "answerBy": LATER});
    ("escalation.requested", data)
}

fn countered(from: &str, to: &str) -> [(&'static str, Value); 2] {
    let offered = json!({"handoff": "h1", "from": from, "to": to, "handoffKind": "advice",
        "requestedOutcome": "o", "rules": [], "urgent": false, "summary": "s", "legalBasis": "b",
        "contactRole": "raiser", "addressee": null, "insteadOf": null, "returns": null,
        "remindAt": BY, "answerBy": BY});
    let countered = json!({"handoff": "h1", "by": to, "reason": null, "text": null,
        "alternative": "a", "followUpBy": BY});
    [
        ("handoff.offered", offered),
        ("handoff.countered", countered),
    ]
}

#[test]
fn a_case_on_which_nothing_waits_asks_nothing() {
    assert_eq!(tasks(&case(&[])), []);
    assert_eq!(tasks(&Case::Absent), []);
}

#[test]
fn every_item_that_silence_left_unexplained_is_a_task_with_its_term() {
    let asked = [
        task(TaskKind::ExplainEvidence, Some(BY), "plan"),
        task(TaskKind::ExplainEvidence, Some(BY), "question"),
    ];
    assert_eq!(tasks(&case(&[requested(&["question", "plan"])])), asked);
}

#[test]
fn every_item_of_a_returned_request_is_a_task_with_its_term() {
    let returned = json!({"escalation": "e1", "missing": ["plan"], "text": null,
        "completeBy": BY});
    let case = case(&[requested(&[]), ("escalation.returned", returned)]);
    let asked = [task(TaskKind::CompleteRequest, Some(BY), "plan")];
    assert_eq!(tasks(&case), asked);
}

#[test]
fn the_owner_answers_a_counter_to_its_own_offer_and_no_other() {
    let asked = [task(TaskKind::AnswerCounter, Some(BY), "h1")];
    assert_eq!(tasks(&case(&countered(OWNER, OTHER))), asked);
    assert_eq!(tasks(&case(&countered(OTHER, OWNER))), []);
}

#[test]
fn a_promise_is_pursued_once_it_is_late() {
    let requested = json!({"request": "q1", "of": OTHER, "by": OWNER, "text": "t"});
    let made = json!({"request": "q1", "by": OTHER, "text": "t", "mandate": "m",
        "mandateId": null, "amountCents": null, "due": "2026-03-16", "lateAt": BY});
    let late = json!({"request": "q1", "by": OTHER, "reviewAt": LATER});
    let events = [
        ("commitment.requested", requested),
        ("commitment.made", made),
        ("commitment.late", late),
    ];
    assert_eq!(tasks(&case(&events[..2])), []);
    let asked = [task(TaskKind::PursueCommitment, None, "q1")];
    assert_eq!(tasks(&case(&events)), asked);
}

#[test]
fn a_measure_is_ended_once_its_last_day_has_passed() {
    let started = json!({"measure": "m1", "by": OWNER, "text": "t", "until": "2026-03-16",
        "endsAt": BY, "watcher": OWNER});
    let events = [
        ("measure.started", started),
        ("measure.due", json!({"measure": "m1"})),
        ("measure.ended", json!({"measure": "m1", "result": "r"})),
    ];
    assert_eq!(tasks(&case(&events[..1])), []);
    let asked = [task(TaskKind::EndMeasure, None, "m1")];
    assert_eq!(tasks(&case(&events[..2])), asked);
    assert_eq!(tasks(&case(&events)), []);
}

#[test]
fn aftercare_asks_for_its_checks_and_then_to_close() {
    let events = [
        ("aftercare.started", json!({"checks": [BY]})),
        ("aftercare.reminded", json!({"reviewAt": LATER})),
    ];
    let asked = [task(TaskKind::CheckAftercare, Some(BY), "case_1")];
    assert_eq!(tasks(&case(&events[..1])), asked);
    let asked = [task(TaskKind::CloseCase, Some(LATER), "case_1")];
    assert_eq!(tasks(&case(&events)), asked);
}

#[test]
fn while_deadlines_are_on_hold_a_task_has_none() {
    let suspended = json!({"by": OWNER, "reason": "procedure", "text": null, "until": LATER});
    let case = case(&[requested(&["plan"]), ("case.suspended", suspended)]);
    let asked = [task(TaskKind::ExplainEvidence, None, "plan")];
    assert_eq!(tasks(&case), asked);
}
