//! Deciding, telling people, closing.

use ladder::event::{DecisionTaken, LessonRecorded};
use ladder::{
    BlockType, Close, Command, Event, InformCitizen, LessonKind, Outcome, Refusal, StateName,
    TakeDecision,
};

use super::harness::{START, given};
use super::samples::{
    aftercare, blocked, citizen_informed, climbed, close, closed, commitment_made,
    commitment_requested, decide, decided, decision, feedback_sent, fulfilled, offered, reported,
    requested, sealed, send_feedback, stated_of, svb, utrecht, weighed,
};

/// Thirty and ninety days after the start, at the same hour in Utrecht.
const CHECKS: [&str; 2] = ["2026-04-01T08:00:00Z", "2026-05-31T08:00:00Z"];

fn no_lesson() -> Event {
    Event::LessonRecorded(LessonRecorded {
        lesson: None,
        text: None,
    })
}

#[test]
fn a_professional_decides_on_the_first_rung() {
    let case = given([reported()])
        .when(decide(), START)
        .then([decided(), aftercare(&CHECKS)]);
    assert_eq!(case.state_name(), Some(StateName::Aftercare));
}

#[test]
fn a_decision_names_the_obstacle_in_the_system() {
    let obstacle = || Some(sealed("benefit follows guardianship"));
    let command = Command::TakeDecision(TakeDecision {
        system_obstacle: obstacle(),
        ..decision()
    });
    given([reported(), blocked(BlockType::Rule)])
        .when(command, START)
        .then([
            Event::DecisionTaken(DecisionTaken {
                proposal: None,
                text: sealed("decision"),
                weighing: weighed(),
                mandate: None,
                stated: Some(stated_of(utrecht())),
                system_obstacle: obstacle(),
            }),
            aftercare(&CHECKS),
        ]);
}

#[test]
fn nothing_is_decided_while_admission_is_waiting() {
    let waiting = Event::EscalationRequested(requested("workshop"));
    given([reported(), blocked(BlockType::Rule), waiting])
        .when(decide(), START)
        .then_refused(Refusal::EscalationPending);
}

#[test]
fn the_raiser_and_the_citizen_are_told() {
    let case = given([reported()])
        .when(send_feedback(), START)
        .then([feedback_sent()]);
    assert!(case.file().unwrap().feedback_sent);
    let inform = Command::InformCitizen(InformCitizen {
        text: sealed("news"),
    });
    let case = given([reported()])
        .when(inform, START)
        .then([citizen_informed()]);
    assert!(case.file().unwrap().citizen_informed);
}

/// One guard after another: each history lacks what the next one has.
#[test]
fn closing_asks_for_what_is_missing_in_this_order() {
    let mut events = climbed(&["workshop"]);
    events.push(commitment_requested("r1", svb()));
    events.push(commitment_made("r1", svb()));
    let steps = [
        (decided(), Refusal::NotDecided),
        (feedback_sent(), Refusal::FeedbackRequired),
        (citizen_informed(), Refusal::CitizenNotInformed),
        (fulfilled("r1", svb()), Refusal::CommitmentsUnreported),
    ];
    for (what_was_missing, refusal) in steps {
        given(events.clone())
            .when(close(), START)
            .then_refused(refusal);
        events.push(what_was_missing);
    }
    let case = given(events)
        .when(close(), START)
        .then([no_lesson(), closed()]);
    assert_eq!(case.state_name(), Some(StateName::Closed));
    assert_eq!(case.outcome(), Some(Outcome::SolvedByDeviation));
    assert_eq!(case.file().unwrap().rung.as_str(), "workshop");
}

#[test]
fn a_lesson_is_recorded_before_the_case_closes() {
    let command = Command::Close(Box::new(Close {
        outcome: Outcome::SolvedByDeviation,
        evaluation: sealed("evaluation"),
        lesson: Some((LessonKind::ChangeRule, sealed("a sibling may be the carer"))),
    }));
    let lesson = Event::LessonRecorded(LessonRecorded {
        lesson: Some(LessonKind::ChangeRule),
        text: Some(sealed("a sibling may be the carer")),
    });
    given([reported(), decided(), feedback_sent(), citizen_informed()])
        .when(command, START)
        .then([lesson, closed()]);
}

#[test]
fn a_closed_case_has_no_deadlines() {
    let events = [
        reported(),
        offered(),
        decided(),
        feedback_sent(),
        citizen_informed(),
    ];
    let case = given(events)
        .when(close(), START)
        .then([no_lesson(), closed()]);
    assert_eq!(ladder::deadlines(&case), []);
}
