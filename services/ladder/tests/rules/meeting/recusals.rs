//! Who has an interest in a case takes no part in it.

use ladder::Ground;
use ladder::meeting::{Meeting, Refusal, RequestStatus};

use super::super::samples::{case_id, request, spirit, svb, table, tax_office};
use super::harness::{START, given};
use super::samples::{
    adjourned, ask, asked, at_table, decide, decide_on, decided, made, make, on_agenda, opened,
    prepared, recuse, recused, refused, taken_off,
};

fn no_part(organisation: ladder::Organisation) -> Refusal {
    Refusal::Recused {
        organisation,
        case: case_id("c1"),
    }
}

#[test]
fn who_recused_itself_before_the_meeting_is_not_asked_and_does_not_decide() {
    let history = || {
        let mut events = prepared();
        events.push(recused(svb(), &[]));
        events.push(opened([table(), svb(), tax_office()]));
        events
    };
    given(history())
        .when(ask("r1", svb()), START)
        .then_refused(no_part(svb()));
    given(history())
        .when(decide_on(svb(), &[Ground::Justice]), START)
        .then_refused(no_part(svb()));
    given(history())
        .when(ask("r1", tax_office()), START)
        .then([asked("r1", tax_office())]);
}

#[test]
fn a_recusal_holds_in_its_case_only() {
    let mut events = prepared();
    events.push(on_agenda("c2"));
    events.push(recused(svb(), &[]));
    events.push(opened([table(), svb(), tax_office()]));
    given(events)
        .when(super::samples::ask_in("c2", "r1", svb()), START)
        .then([super::samples::asked_in("c2", "r1", svb())]);
}

#[test]
fn a_recusal_at_the_table_strikes_what_was_asked_and_what_was_said() {
    let meeting = given(at_table([
        asked("r1", svb()),
        asked("r2", svb()),
        asked("r3", tax_office()),
        made("r1", svb()),
    ]))
    .when(recuse(svb()), START)
    .then([recused(svb(), &["r1", "r2"])]);
    let Meeting::Open(open) = meeting else {
        panic!("the meeting is not open");
    };
    let status = |id: &str| &open.cases[&case_id("c1")].requests[&request(id)].status;
    assert_eq!(status("r1"), &RequestStatus::Struck);
    assert_eq!(status("r2"), &RequestStatus::Struck);
    assert_eq!(status("r3"), &RequestStatus::Waiting);
}

#[test]
fn who_recused_itself_cannot_answer_any_more() {
    given(at_table([asked("r1", svb()), recused(svb(), &["r1"])]))
        .when(make("r1", svb()), START)
        .then_refused(no_part(svb()));
}

#[test]
fn a_struck_request_is_not_waited_for() {
    given(at_table([asked("r1", svb()), recused(svb(), &["r1"])]))
        .when(decide(), START)
        .then([decided()]);
}

#[test]
fn a_struck_request_keeps_its_id() {
    given(at_table([asked("r1", svb()), recused(svb(), &["r1"])]))
        .when(ask("r1", tax_office()), START)
        .then_refused(Refusal::RequestExists(request("r1")));
}

#[test]
fn nobody_leaves_a_decision_afterwards() {
    given(at_table([decided()]))
        .when(recuse(svb()), START)
        .then_refused(Refusal::CaseConcluded(case_id("c1")));
}

#[test]
fn an_adjourned_case_can_still_be_left() {
    given(at_table([
        asked("r1", svb()),
        refused("r1", svb()),
        adjourned("c1"),
    ]))
    .when(recuse(svb()), START)
    .then([recused(svb(), &["r1"])]);
}

#[test]
fn a_recusal_is_declared_once_by_who_is_invited() {
    let mut twice = prepared();
    twice.push(recused(svb(), &[]));
    given(twice)
        .when(recuse(svb()), START)
        .then_refused(Refusal::AlreadyRecused {
            organisation: svb(),
            case: case_id("c1"),
        });
    given(prepared())
        .when(recuse(spirit()), START)
        .then_refused(Refusal::NotInvited(spirit()));
}

#[test]
fn a_recusal_outlives_a_case_that_leaves_the_agenda_and_comes_back() {
    let mut events = prepared();
    events.extend([
        recused(svb(), &[]),
        taken_off("c1"),
        on_agenda("c1"),
        opened([table(), svb(), tax_office()]),
    ]);
    given(events)
        .when(ask("r1", svb()), START)
        .then_refused(no_part(svb()));
}
