//! A commitment that is late, kept after all, and what comes after.

use ladder::event::{AftercareReminded, CommitmentLate};
use ladder::{BlockType, Command, Due, Event, MandateError, Refusal, Stage, StateName};

use super::harness::{START, at, ends, given, underway};
use super::samples::{
    LATE_AT, aftercare, climbed, commit, commitment_made, commitment_requested, decide, decided,
    fulfil, inside as mandated, reported, request, svb, tax_office,
};

fn promised() -> Vec<Event> {
    let mut events = climbed(&["workshop"]);
    events.extend([
        commitment_requested("r1", svb()),
        commitment_made("r1", svb()),
    ]);
    events
}

fn lapse() -> Command {
    Command::Lapse(Due::CommitmentDay(request("r1")))
}

fn decided_on() -> Vec<Event> {
    let mut events = promised();
    events.push(decided());
    events
}

#[test]
fn a_promise_that_is_late_blocks_the_case_again() {
    let review_at = at("2026-05-17T22:00:00Z");
    let late = Event::CommitmentLate(CommitmentLate {
        request: request("r1"),
        by: svb(),
        review_at,
    });
    let case = given(decided_on()).when(lapse(), LATE_AT).then([late]);
    assert_eq!(ends(&case, &Due::Review), Some(review_at));
    assert_eq!(underway(case).stage, Stage::Blocked(BlockType::Cooperation));
}

#[test]
fn a_late_promise_that_is_kept_after_all_starts_aftercare() {
    let case = given(decided_on())
        .after(lapse(), LATE_AT)
        .after(fulfil("r1", svb()), "2026-05-06T09:00:00Z")
        .case();
    assert_eq!(case.state_name(), Some(StateName::Aftercare));
    assert_eq!(
        ends(&case, &Due::AftercareCheck),
        Some(at("2026-06-05T09:00:00Z"))
    );
}

/// The day had passed before anybody decided: nothing else would ring again.
#[test]
fn a_decision_on_a_late_promise_keeps_a_deadline() {
    let mut events = promised();
    events.push(commitment_requested("r2", tax_office()));
    let case = given(promised())
        .after(lapse(), LATE_AT)
        .after(decide(), LATE_AT)
        .case();
    assert_eq!(case.state_name(), Some(StateName::Decided));
    assert!(ends(&case, &Due::Review).is_some());
    given(events)
        .when(decide(), LATE_AT)
        .then_refused(Refusal::CommitmentsUnanswered);
}

#[test]
fn a_decision_with_nothing_left_to_do_starts_aftercare() {
    let case = given([reported()]).after(decide(), START).case();
    assert_eq!(case.state_name(), Some(StateName::Aftercare));
}

#[test]
fn aftercare_checks_after_thirty_and_ninety_days_and_is_then_reviewed() {
    let checks = ["2026-04-01T08:00:00Z", "2026-05-31T08:00:00Z"];
    let check = || Command::Lapse(Due::AftercareCheck);
    let in_care = || given([reported(), decided(), aftercare(&checks)]);
    let case = in_care()
        .when(check(), checks[0])
        .then([Event::AftercareReminded(AftercareReminded {
            review_at: at("2026-05-01T08:00:00Z"),
        })]);
    assert_eq!(ends(&case, &Due::AftercareCheck), Some(at(checks[1])));
    assert_eq!(ends(&case, &Due::Review), None);
    let case = in_care()
        .after(check(), checks[0])
        .after(check(), checks[1])
        .case();
    assert_eq!(ends(&case, &Due::AftercareCheck), None);
    assert_eq!(ends(&case, &Due::Review), Some(at("2026-06-26T08:00:00Z")));
}

#[test]
fn a_commitment_is_made_inside_the_mandate_and_costs_more_than_nothing() {
    let answer = |amount, limit| match commit("r1", svb()) {
        Command::AnswerCommitment(mut answer) => {
            if let ladder::CommitmentAnswer::Made {
                inside,
                amount_cents,
                ..
            } = &mut answer.answer
            {
                *inside = mandated(svb(), Some(limit));
                *amount_cents = Some(amount);
            }
            Command::AnswerCommitment(answer)
        }
        other => other,
    };
    let mut asked = climbed(&["workshop"]);
    asked.push(commitment_requested("r1", svb()));
    let made = given(asked.clone()).when(answer(500, 500), START).decided();
    assert_eq!(made[0].data()["mandateId"], "mandate-12");
    given(asked.clone())
        .when(answer(501, 500), START)
        .then_refused(Refusal::OutsideMandate(MandateError::OverLimit {
            limit_cents: 500,
        }));
    given(asked)
        .when(answer(-1, 500), START)
        .then_refused(Refusal::AmountRequired);
}
