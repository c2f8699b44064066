//! Sending a case down to a receiver who accepts.

use ladder::event::{Deescalated, DeescalationDeclined};
use ladder::{Event, Refusal, StateName, Tier};

use super::harness::{START, at, given};
use super::samples::{
    TEN_DAYS, answer_proposal, climbed, decided, proposal, propose, proposed, receiver, requested,
    rung, table, utrecht,
};

const CLIMB: [&str; 4] = ["workshop", "local_table", "national_desk", "national_table"];

fn at_the_table(more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    let mut events = climbed(&CLIMB);
    events.extend(more);
    events
}

#[test]
fn a_proposal_to_go_down_leaves_the_case_where_it_is() {
    let case = given(at_the_table([]))
        .when(propose("local_table"), START)
        .then([proposed("local_table")]);
    let file = case.file().unwrap();
    assert_eq!(file.rung, rung("national_table"));
    assert_eq!(file.handler, table());
}

#[test]
fn a_case_goes_down_once_the_named_receiver_accepts() {
    let case = given(at_the_table([decided(), proposed("local_table")]))
        .when(answer_proposal(true, None), START)
        .then([Event::Deescalated(Deescalated {
            rung: rung("local_table"),
            tier: Tier::Local,
            receiver: receiver(),
            reason: "solved_here".into(),
            review_at: at(TEN_DAYS),
        })]);
    let file = case.file().unwrap();
    assert_eq!(file.rung, rung("local_table"));
    assert_eq!(file.handler, utrecht());
    assert_eq!(file.proposal, None);
    assert_eq!(case.state_name(), Some(StateName::Decided));
}

#[test]
fn a_receiver_that_declines_says_why_and_the_case_stays() {
    let case = given(at_the_table([proposed("local_table")]))
        .when(answer_proposal(false, Some("no_capacity")), START)
        .then([Event::DeescalationDeclined(DeescalationDeclined {
            proposal: proposal("p1"),
            reason: "no_capacity".into(),
        })]);
    let file = case.file().unwrap();
    assert_eq!(file.rung, rung("national_table"));
    assert_eq!(file.proposal, None);
}

#[test]
fn a_receiver_declines_with_a_reason() {
    for reason in [None, Some(" ")] {
        given(at_the_table([proposed("local_table")]))
            .when(answer_proposal(false, reason), START)
            .then_refused(Refusal::ReasonRequired);
    }
}

#[test]
fn a_case_goes_down_to_a_lower_rung_only() {
    let at_local = || climbed(&["workshop", "local_table"]);
    for to in ["local_table", "national_desk"] {
        given(at_local())
            .when(propose(to), START)
            .then_refused(Refusal::RungNotLower(rung(to)));
    }
    given(at_local())
        .when(propose("cellar"), START)
        .then_refused(Refusal::UnknownRung(rung("cellar")));
}

#[test]
fn a_case_that_waits_for_admission_is_not_sent_down() {
    let mut events = climbed(&["workshop"]);
    events.push(Event::EscalationRequested(requested("local_table")));
    given(events)
        .when(propose("own_work"), START)
        .then_refused(Refusal::EscalationPending);
}
