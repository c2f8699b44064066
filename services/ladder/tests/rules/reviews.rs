//! Something acknowledged or taken up is never forgotten.

use ladder::event::{EscalationAcknowledged, ReviewPassed};
use ladder::{
    AcknowledgeEscalation, BlockType, Command, Due, Event, Origin, RecordPerspective, StateName,
};

use super::harness::{START, at, ends, given, underway};
use super::samples::{
    TEN_DAYS, TWENTY_DAYS, blocked, climbed, escalation, offer, record_block, reported, requested,
    sealed, svb,
};

fn waiting_for(rungs: &[&str], to: &str) -> Vec<Event> {
    let mut events = climbed(rungs);
    events.push(Event::EscalationRequested(requested(to)));
    events
}

fn acknowledge(review_at: Option<&str>) -> Command {
    Command::AcknowledgeEscalation(AcknowledgeEscalation {
        escalation: escalation("e1"),
        review_at: review_at.map(at),
    })
}

fn review() -> Due {
    Due::EscalationReview(escalation("e1"))
}

#[test]
fn acknowledging_pauses_the_ladder_until_the_review_of_the_rung() {
    let case = given(waiting_for(&[], "workshop"))
        .when(acknowledge(None), START)
        .then([Event::EscalationAcknowledged(EscalationAcknowledged {
            escalation: escalation("e1"),
            review_at: at(TEN_DAYS),
        })]);
    assert_eq!(ends(&case, &review()), Some(at(TEN_DAYS)));
    assert_eq!(ends(&case, &Due::EscalationAnswer(escalation("e1"))), None);
}

#[test]
fn an_acknowledgement_that_stops_the_clock_forever() {
    // It does not: without an answer the rung above hears of it.
    let case = given(waiting_for(&[], "workshop"))
        .after(acknowledge(None), START)
        .silence_until(TEN_DAYS)
        .case();
    let case = underway(case);
    let request = case.pending().unwrap();
    assert_eq!(request.origin, Origin::NoProgress);
    assert_eq!(request.to.as_str(), "local_table");
    // At the top there is nobody above: it is said, and said again.
    let rungs = ["workshop", "local_table", "national_desk"];
    let at_top = || given(waiting_for(&rungs, "national_table")).after(acknowledge(None), START);
    let said = at_top()
        .when(Command::Lapse(review()), TWENTY_DAYS)
        .decided();
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].kind(), "silence.persisted");
    let case = at_top().silence_until(TWENTY_DAYS).case();
    assert_eq!(ends(&case, &review()), Some(at("2026-04-07T08:00:00Z")));
}

#[test]
fn a_body_that_took_a_case_up_and_did_nothing_loses_it_to_the_rung_above() {
    let events = given(climbed(&["workshop"]))
        .when(Command::Lapse(Due::Review), TEN_DAYS)
        .decided();
    let kinds: Vec<&str> = events.iter().map(Event::kind).collect();
    assert_eq!(kinds, ["review.passed", "escalation.requested"]);
    let case = given(climbed(&["workshop"])).silence_until(TEN_DAYS).case();
    let case = underway(case);
    assert_eq!(case.pending().unwrap().to.as_str(), "local_table");
    assert_eq!(
        case.file.rung.as_str(),
        "workshop",
        "only the process climbs"
    );
}

#[test]
fn progress_keeps_a_case_where_it_is_for_another_term() {
    let case = given(climbed(&["workshop"]))
        .after(offer("h1", svb()), START)
        .when(Command::Lapse(Due::Review), TEN_DAYS)
        .then([Event::ReviewPassed(ReviewPassed {
            progress: true,
            review_at: at("2026-03-30T08:00:00Z"),
        })]);
    assert_eq!(case.state_name(), Some(StateName::Admitted));
    assert!(!underway(case).file.review.progress, "counted anew");
}

#[test]
fn an_active_or_blocked_case_on_its_own_rung_is_looked_at_and_stays() {
    let case = given([reported()])
        .when(Command::Lapse(Due::Review), TWENTY_DAYS)
        .then([Event::ReviewPassed(ReviewPassed {
            progress: false,
            review_at: at("2026-04-29T08:00:00Z"),
        })]);
    assert_eq!(case.state_name(), Some(StateName::Active));
    let case = given([reported(), blocked(BlockType::Mandate)])
        .when(Command::Lapse(Due::Review), TEN_DAYS)
        .then([Event::ReviewPassed(ReviewPassed {
            progress: false,
            review_at: at("2026-03-30T08:00:00Z"),
        })]);
    assert_eq!(case.state_name(), Some(StateName::Blocked));
}

#[test]
fn an_edit_that_clears_the_escalation_flag() {
    // No edit does. What waits for admission waits on, with the same deadline.
    let edits = || {
        [
            record_block(BlockType::Financial),
            Command::RecordPerspective(RecordPerspective {
                text: sealed("better"),
            }),
        ]
    };
    for edit in edits() {
        let case = given(waiting_for(&[], "workshop")).after(edit, "2026-03-06T09:00:00Z");
        let case = case.case();
        assert_eq!(case.state_name(), Some(StateName::EscalationRequested));
        let answer = Due::EscalationAnswer(escalation("e1"));
        assert_eq!(ends(&case, &answer), Some(at("2026-03-09T09:00:00Z")));
    }
    // And a case that was taken up is neither put off nor kept from climbing.
    for edit in edits() {
        let edited = || given(climbed(&["workshop"])).after(edit.clone(), "2026-03-13T09:00:00Z");
        assert_eq!(ends(&edited().case(), &Due::Review), Some(at(TEN_DAYS)));
        let case = edited().silence_until(TEN_DAYS).case();
        assert_eq!(case.state_name(), Some(StateName::EscalationRequested));
    }
}

#[test]
fn a_case_that_stays_long_at_the_desk_is_said_aloud_once() {
    let warned = || given(climbed(&["workshop", "local_table", "national_desk"])).case();
    let forty = at("2026-04-29T08:00:00Z");
    assert_eq!(ends(&warned(), &Due::StayWarning), Some(forty));
    let case = given(climbed(&["workshop", "local_table", "national_desk"]))
        .after(Command::Lapse(Due::StayWarning), "2026-04-29T08:00:00Z")
        .case();
    assert_eq!(ends(&case, &Due::StayWarning), None);
}
