//! The first word on a request for admission has a term of its own: it is asked for once, and moves
//! nothing by itself.

use ladder::event::{AcknowledgementOverdue, UrgencyLapsed};
use ladder::{
    AcknowledgeEscalation, BlockType, Case, Command, Due, Event, Moved, Refusal, RequestEscalation,
    RequestStatus, TriageAnswer,
};

use super::harness::{Given, START, at, ends, given, underway};
use super::pauses::{extend, resume, suspend};
use super::samples::{
    ACKNOWLEDGE_BY, ANSWER_BY, CLIMB_AT, blocked, climb, escalation, escalation_expired, person,
    reported, requested, svb, triage_with, utrecht,
};

const WORKSHOP: [&str; 3] = ["question", "tried_provisions", "citizens_wish"];

fn first_word() -> Due {
    Due::EscalationAcknowledgement(escalation("e1"))
}

fn answer() -> Due {
    Due::EscalationAnswer(escalation("e1"))
}

fn overdue() -> Event {
    Event::AcknowledgementOverdue(AcknowledgementOverdue {
        escalation: escalation("e1"),
    })
}

fn waiting() -> Given {
    given([
        reported(),
        blocked(BlockType::Mandate),
        Event::EscalationRequested(requested("workshop")),
    ])
}

fn urgent() -> Given {
    let request = RequestEscalation {
        urgent: true,
        person: Some(person("p-1")),
        ..climb(&WORKSHOP)
    };
    given([reported(), blocked(BlockType::Mandate)])
        .after(Command::RequestEscalation(request), START)
}

fn acknowledge() -> Command {
    Command::AcknowledgeEscalation(AcknowledgeEscalation {
        escalation: escalation("e1"),
        review_at: None,
    })
}

#[track_caller]
fn waits(case: &Case, first_word_by: Option<&str>, answer_by: &str) {
    assert_eq!(ends(case, &first_word()), first_word_by.map(at));
    assert_eq!(ends(case, &answer()), Some(at(answer_by)));
}

#[test]
fn a_request_without_a_first_word_is_said_aloud_once_and_waits_on_for_its_answer() {
    let before = underway(waiting().case());
    let case = waiting()
        .when(Command::Lapse(first_word()), ACKNOWLEDGE_BY)
        .then([overdue()]);
    waits(&case, None, ANSWER_BY);
    let after = underway(case);
    assert_eq!(after.file, before.file, "no more than that was said");
    waiting()
        .and_at(ACKNOWLEDGE_BY, [overdue()])
        .when(Command::Lapse(first_word()), ACKNOWLEDGE_BY)
        .then_nothing();
    // The silence that follows is the one that was always there.
    let case = waiting().silence_until(ANSWER_BY).case();
    let case = underway(case);
    assert_eq!(case.pending().unwrap().status, RequestStatus::Expired);
    assert_eq!(case.file.silence.unwrap().0, at(CLIMB_AT));
}

#[test]
fn it_is_not_overdue_before_its_term() {
    waiting()
        .when(Command::Lapse(first_word()), "2026-03-04T08:59:59Z")
        .then_nothing();
}

#[test]
fn any_answer_is_a_first_word() {
    let acknowledged = waiting().after(acknowledge(), START).case();
    assert_eq!(ends(&acknowledged, &first_word()), None);
    let admitted = Command::Triage(triage_with(TriageAnswer::Admitted));
    let admitted = waiting().after(admitted, START).case();
    assert_eq!(ends(&admitted, &first_word()), None);
}

#[test]
fn a_first_word_that_comes_late_still_counts() {
    let case = waiting()
        .and_at(ACKNOWLEDGE_BY, [overdue()])
        .after(acknowledge(), "2026-03-05T09:00:00Z")
        .case();
    let request = underway(case).pending().cloned().unwrap();
    assert!(matches!(request.status, RequestStatus::Acknowledged { .. }));
}

#[test]
fn a_clock_that_comes_after_the_answer_was_due_tells_of_that_only() {
    let case = waiting()
        .when(Command::Lapse(first_word()), ANSWER_BY)
        .then([escalation_expired()]);
    assert_eq!(ends(&case, &first_word()), None);
}

#[test]
fn an_urgent_request_owes_its_first_word_with_its_answer() {
    waits(&urgent().case(), None, "2026-03-03T09:00:00Z");
}

/// It then has the ordinary terms, counted from when it was asked.
#[test]
fn a_request_that_is_not_urgent_any_more_owes_a_first_word_first() {
    let moved = [(answer(), ANSWER_BY), (first_word(), ACKNOWLEDGE_BY)];
    let lapsed = Event::UrgencyLapsed(UrgencyLapsed {
        moved: moved.map(|(due, to)| Moved { due, to: at(to) }).to_vec(),
    });
    let case = urgent()
        .when(
            Command::Lapse(Due::UrgencyConfirmation),
            "2026-03-03T09:00:00Z",
        )
        .then([lapsed]);
    waits(&case, Some(ACKNOWLEDGE_BY), ANSWER_BY);
}

#[test]
fn a_suspension_moves_the_term_for_the_first_word() {
    let case = waiting()
        .after(suspend("2026-03-20T09:00:00Z"), "2026-03-03T09:00:00Z")
        .after(resume(), "2026-03-05T09:00:00Z")
        .case();
    waits(&case, Some("2026-03-06T09:00:00Z"), "2026-03-11T09:00:00Z");
}

#[test]
fn who_owes_the_first_word_can_ask_for_more_time() {
    let to = "2026-03-05T09:00:00Z";
    let case = waiting()
        .after(extend(first_word(), utrecht(), to), START)
        .case();
    waits(&case, Some(to), ANSWER_BY);
    waiting()
        .when(extend(first_word(), svb(), to), START)
        .then_refused(Refusal::DeadlineNotYours(svb()));
}

/// A request from before this term was counted has none.
#[test]
fn a_request_that_was_recorded_without_the_term_owes_its_answer_only() {
    let mut data = Event::EscalationRequested(requested("workshop")).data();
    data.as_object_mut().unwrap().remove("acknowledgeBy");
    let older = Event::from_stored("escalation.requested", 1, data).unwrap();
    let case = given([reported(), blocked(BlockType::Mandate), older]).case();
    waits(&case, None, ANSWER_BY);
}
