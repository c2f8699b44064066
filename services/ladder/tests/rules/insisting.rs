//! Going one rung above a body that returned or refused.

use ladder::{BlockType, Command, Event, Insist, Origin, Refusal, TriageReason};

use super::harness::{START, given, underway};
use super::samples::{
    blocked, climbed, escalation, escalation_refused, escalation_returned, propose, reported,
    requested, rung, sealed, utrecht,
};

pub(crate) fn insistence(id: &str) -> Insist {
    Insist {
        escalation: escalation(id),
        by: utrecht(),
        explanation: sealed("the answer does not fit"),
        legal_basis: None,
    }
}

pub(crate) fn insist(id: &str) -> Command {
    Command::Insist(insistence(id))
}

fn asked_the_workshop(answer: Event) -> Vec<Event> {
    vec![
        reported(),
        blocked(BlockType::Rule),
        Event::EscalationRequested(requested("workshop")),
        answer,
    ]
}

/// What insisting on the workshop leads to: the local table, with everything explained.
fn insisted() -> Event {
    let mut up = requested("local_table");
    up.escalation = escalation("e2");
    up.origin = Origin::Insisted;
    up.insistence = Some(sealed("the answer does not fit"));
    up.evidence.sort_by(|a, b| a.item.cmp(&b.item));
    for given in &mut up.evidence {
        given.explained = true;
        given.text = sealed("the answer does not fit");
    }
    Event::EscalationRequested(up)
}

#[test]
fn after_a_refusal_or_a_return_the_raiser_goes_one_rung_above() {
    for answer in [
        escalation_refused(TriageReason::OtherRoute),
        escalation_returned(&["question"]),
    ] {
        let case = given(asked_the_workshop(answer))
            .when(insist("e2"), START)
            .then([insisted()]);
        assert_eq!(underway(case).file.insisted, [rung("workshop")].into());
    }
}

#[test]
fn nobody_insists_before_there_is_an_answer() {
    let mut waiting = asked_the_workshop(escalation_refused(TriageReason::OtherRoute));
    waiting.pop();
    given(waiting)
        .when(insist("e2"), START)
        .then_refused(Refusal::EscalationPending);
}

#[test]
fn nobody_insists_on_a_shortage() {
    let mut events = asked_the_workshop(escalation_refused(TriageReason::Scarcity));
    events.push(blocked(BlockType::Scarcity));
    given(events)
        .when(insist("e2"), START)
        .then_refused(Refusal::ScarcityGoesToSignal);
}

#[test]
fn from_the_top_rung_there_is_nobody_to_insist_with() {
    let mut events = climbed(&["workshop", "local_table", "national_desk"]);
    events.push(Event::EscalationRequested(requested("national_table")));
    events.push(escalation_refused(TriageReason::OtherRoute));
    given(events)
        .when(insist("e2"), START)
        .then_refused(Refusal::NoHigherRung);
}

/// Otherwise admission above the rung that refused would lift it over all between.
#[test]
fn a_case_that_went_down_does_not_insist_above_what_refused_it_higher_up() {
    let mut events = climbed(&["workshop"]);
    events.push(Event::EscalationRequested(requested("local_table")));
    events.push(escalation_refused(TriageReason::OtherRoute));
    given(events)
        .after(propose("own_work"), START)
        .after(super::samples::answer_proposal(true, None), START)
        .when(insist("e2"), START)
        .then_refused(Refusal::NothingToInsistOn);
}
