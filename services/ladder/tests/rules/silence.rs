//! What the clock does when nobody answers: reminder, expiry, nothing more.

use jiff::Timestamp;
use ladder::event::{AftercareReminded, HandoffReminded};
use ladder::{Command, Decider, Due, Event, HandoffStatus, Refusal, StateName, deadlines};

use super::harness::{START, at, ends, given, rules};
use super::samples::{
    ANSWER_BY, CLIMB_AT, REMIND_AT, TWENTY_DAYS, accept, accepted, aftercare, blocked, decided,
    escalated, escalation, escalation_expired, ground, handoff, handoff_expired, offer, offered,
    offered_to, reported, requested, svb, utrecht,
};

const CHECK_AT: &str = "2026-05-20T09:00:00Z";

fn remind() -> Command {
    Command::Lapse(Due::HandoffReminder(handoff("h1")))
}

fn expire() -> Command {
    Command::Lapse(Due::HandoffAnswer(handoff("h1")))
}

fn reminded() -> Event {
    Event::HandoffReminded(HandoffReminded {
        handoff: handoff("h1"),
    })
}

fn waiting() -> Vec<Event> {
    let request = Event::EscalationRequested(requested("workshop"));
    vec![reported(), blocked(ladder::BlockType::Rule), request]
}

fn escalation_lapses() -> Command {
    Command::Lapse(Due::EscalationAnswer(escalation("e1")))
}

#[test]
fn an_open_offer_has_a_reminder_and_an_end() {
    let case = given([reported()])
        .when(offer("h1", svb()), START)
        .then([ground(utrecht(), svb()), offered()]);
    let expected: Vec<(Due, Timestamp)> = vec![
        (Due::HandoffReminder(handoff("h1")), at(REMIND_AT)),
        (Due::HandoffAnswer(handoff("h1")), at(ANSWER_BY)),
        (Due::Review, at(TWENTY_DAYS)),
    ];
    assert_eq!(deadlines(&case), expected);
}

#[test]
fn silence_leads_to_one_reminder_then_expiry_then_nothing() {
    let case = given([reported(), offered()])
        .when(remind(), REMIND_AT)
        .then([reminded()]);
    assert_eq!(
        deadlines(&case),
        [
            (Due::HandoffAnswer(handoff("h1")), at(ANSWER_BY)),
            (Due::Review, at(TWENTY_DAYS)),
        ]
    );
    let silent = || given([reported(), offered()]).and_at(REMIND_AT, [reminded()]);
    silent().when(remind(), REMIND_AT).then_nothing();

    let case = silent().when(expire(), ANSWER_BY).then([handoff_expired()]);
    assert_eq!(
        deadlines(&case),
        [(Due::Climb, at(CLIMB_AT)), (Due::Review, at(TWENTY_DAYS)),]
    );
    let over = || silent().and_at(ANSWER_BY, [handoff_expired()]);
    over().when(remind(), ANSWER_BY).then_nothing();
    over().when(expire(), ANSWER_BY).then_nothing();
}

#[test]
fn an_expired_offer_leaves_the_owner_and_can_be_made_again() {
    let mut again = offered_to("h2", svb());
    again.remind_at = at("2026-03-14T00:00:00Z");
    again.answer_by = at("2026-03-17T12:00:00Z");
    let case = given([reported(), ground(utrecht(), svb()), offered()])
        .and_at(ANSWER_BY, [handoff_expired()])
        .when(offer("h2", svb()), "2026-03-10T12:00:00Z")
        .then([Event::HandoffOffered(again)]);
    assert_eq!(case.file().unwrap().owner, utrecht());
}

#[test]
fn an_answer_after_the_expiry_hears_when_the_offer_expired() {
    given([reported(), offered()])
        .and_at(ANSWER_BY, [handoff_expired()])
        .when(accept(), "2026-03-10T09:00:00Z")
        .then_refused(Refusal::HandoffExpired { at: at(ANSWER_BY) });
}

#[test]
fn a_deadline_that_has_not_come_yet_leads_to_nothing() {
    given([reported(), offered()])
        .when(remind(), "2026-03-05T20:59:59Z")
        .then_nothing();
    given([reported(), offered()])
        .when(expire(), "2026-03-09T08:59:59Z")
        .then_nothing();
    given(waiting())
        .when(escalation_lapses(), "2026-03-09T08:59:59Z")
        .then_nothing();
    given([reported(), decided(), aftercare(&[CHECK_AT])])
        .when(Command::Lapse(Due::AftercareCheck), "2026-05-20T08:59:59Z")
        .then_nothing();
}

#[test]
fn deadlines_overtaken_by_an_answer_lead_to_nothing() {
    for lapse in [remind(), expire()] {
        given([reported(), offered(), accepted()])
            .when(lapse, ANSWER_BY)
            .then_nothing();
    }
}

#[test]
fn a_timer_that_never_fires() {
    // The clock was away for three weeks: whichever deadline it looks at first, the offer expires,
    // once, and nobody is reminded of a term that is over.
    let late = "2026-03-23T09:00:00Z";
    for first in [remind(), expire()] {
        let case = given([reported(), offered()]).after(first, late).case();
        let expired = HandoffStatus::Expired { at: at(late) };
        assert_eq!(
            case.file().unwrap().handoffs[&handoff("h1")].status,
            expired
        );
        for second in [remind(), expire()] {
            let again = rules().decide(&case, second, at(late));
            assert_eq!(again, Ok(vec![]));
        }
    }
}

#[test]
fn a_timer_that_fires_twice_after_downtime() {
    // Both checks of aftercare came while the clock was away.
    let late = "2026-09-01T09:00:00Z";
    let checks = [CHECK_AT, "2026-07-19T09:00:00Z"];
    let check = || Command::Lapse(Due::AftercareCheck);
    let in_aftercare = || given([reported(), decided(), aftercare(&checks)]);
    let case = in_aftercare().after(check(), late).case();
    assert_eq!(case.state_name(), Some(StateName::Aftercare));
    assert_eq!(ends(&case, &Due::AftercareCheck), None);
    in_aftercare()
        .after(check(), late)
        .when(check(), late)
        .then_nothing();
    // And a reminder that two processes send at the same time goes out once.
    given([reported(), offered()])
        .after(remind(), "2026-03-06T09:00:00Z")
        .when(remind(), "2026-03-06T09:00:00Z")
        .then_nothing();
}

#[test]
fn a_deadline_of_a_handoff_that_was_never_offered_leads_to_nothing() {
    given([reported()]).when(remind(), ANSWER_BY).then_nothing();
    given([reported()]).when(expire(), ANSWER_BY).then_nothing();
}

#[test]
fn a_request_for_admission_expires_once_and_keeps_waiting() {
    let case = given(waiting())
        .when(escalation_lapses(), ANSWER_BY)
        .then([escalation_expired()]);
    assert_eq!(deadlines(&case), [(Due::Climb, at(CLIMB_AT))]);
    assert_eq!(case.state_name(), Some(StateName::EscalationRequested));
    given(waiting())
        .and_at(ANSWER_BY, [escalation_expired()])
        .when(escalation_lapses(), ANSWER_BY)
        .then_nothing();
}

#[test]
fn the_deadline_of_an_answered_request_for_admission_leads_to_nothing() {
    given(waiting())
        .and_at(START, [escalated("workshop")])
        .when(escalation_lapses(), ANSWER_BY)
        .then_nothing();
}

#[test]
fn the_deadline_of_another_request_for_admission_leads_to_nothing() {
    let other = Command::Lapse(Due::EscalationAnswer(escalation("e9")));
    given(waiting()).when(other, ANSWER_BY).then_nothing();
}

#[test]
fn aftercare_reminds_once_after_its_term() {
    let in_aftercare = || given([reported(), decided(), aftercare(&[CHECK_AT])]);
    let reminded = Event::AftercareReminded(AftercareReminded {
        review_at: at("2026-06-18T09:00:00Z"),
    });
    let case = in_aftercare()
        .when(Command::Lapse(Due::AftercareCheck), CHECK_AT)
        .then([reminded.clone()]);
    assert_eq!(
        deadlines(&case),
        [(Due::Review, at("2026-06-18T09:00:00Z"))]
    );
    in_aftercare()
        .and_at(CHECK_AT, [reminded])
        .when(Command::Lapse(Due::AftercareCheck), CHECK_AT)
        .then_nothing();
}

#[test]
fn a_deadline_reads_back_as_it_was_written() {
    for due in [
        Due::HandoffReminder(handoff("h1")),
        Due::HandoffAnswer(handoff("h1")),
        Due::EscalationAnswer(escalation("e1")),
        Due::AftercareCheck,
    ] {
        assert_eq!(due.to_string().parse(), Ok(due));
    }
    let error = "handoff-answer/".parse::<Due>().unwrap_err();
    assert_eq!(error.to_string(), "'handoff-answer/' names no deadline");
}
