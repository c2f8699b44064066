//! Minutes are adopted when nothing is left open, and say all that the cases must be told.

use ladder::meeting::{
    Answer, Conclusion, Meeting, MinutedCase, MinutedRequest, Obstacle, Refusal, agenda,
};
use ladder::signal::Artefact;
use ladder::{Ground, Organisation, RequestId, Room};

use super::super::samples::{case_id, request, sealed, svb, table, tax_office};
use super::harness::{START, given};
use super::samples::{
    LAW, added, adjourned, adopt, adopted, asked, at_table, cancel, collided, decided, invited,
    lapse, made, mandate, no, obstacle_found, on_agenda, opened, person, planned, prepared,
    promise, recused, refused, ruled_out,
};

fn minuted(request: RequestId, of: Organisation, answer: Answer) -> MinutedRequest {
    MinutedRequest {
        request,
        of,
        law_or_theme: LAW.into(),
        text: sealed("please"),
        person: person("p-1"),
        answer,
    }
}

fn decision() -> Conclusion {
    Conclusion::Decided {
        by: table(),
        text: sealed("decision"),
        room: Room::DeviationFromPolicyRule,
        grounds: [Ground::Justice, Ground::Cost].into(),
    }
}

fn plain(case: &str, conclusion: Conclusion) -> MinutedCase {
    MinutedCase {
        case: case_id(case),
        collision: None,
        recused: Default::default(),
        requests: Vec::new(),
        conclusion,
        obstacles: Vec::new(),
    }
}

fn postponed() -> Conclusion {
    Conclusion::Adjourned {
        reason: sealed("next time"),
    }
}

#[test]
fn the_minutes_say_everything_about_a_case() {
    let history = at_table([
        collided(),
        asked("r1", svb()),
        asked("r2", tax_office()),
        made("r1", svb()),
        refused("r2", tax_office()),
        decided(),
        obstacle_found(),
        obstacle_found(),
    ]);
    let obstacle = || Obstacle {
        text: sealed("the rule"),
        target: Artefact::PolicyRule,
        owner: tax_office(),
    };
    let minutes = vec![MinutedCase {
        collision: Some(sealed("two laws")),
        requests: vec![
            minuted(request("r1"), svb(), promise(mandate(svb()))),
            minuted(request("r2"), tax_office(), no()),
        ],
        obstacles: vec![obstacle(), obstacle()],
        ..plain("c1", decision())
    }];
    let meeting = given(history)
        .when(adopt(), START)
        .then([adopted(minutes.clone())]);
    let Meeting::Adopted(ended) = meeting else {
        panic!("the minutes were not adopted");
    };
    assert_eq!(ended.minutes, minutes);
}

#[test]
fn the_minutes_leave_out_what_a_recusal_struck_and_name_who_left() {
    let history = at_table([
        asked("r1", svb()),
        made("r1", svb()),
        recused(svb(), &["r1"]),
        decided(),
        ruled_out(),
    ]);
    given(history)
        .when(adopt(), START)
        .then([adopted(vec![MinutedCase {
            recused: [svb()].into(),
            ..plain("c1", decision())
        }])]);
}

#[test]
fn the_minutes_follow_the_agenda() {
    let history = [
        planned(),
        invited(table()),
        invited(svb()),
        on_agenda("c1"),
        added("c2", true, START),
        opened([table(), svb()]),
        adjourned("c1"),
        adjourned("c2"),
    ];
    let meeting = given(history).when(adopt(), START).then([adopted(vec![
        plain("c2", postponed()),
        plain("c1", postponed()),
    ])]);
    assert_eq!(agenda(&meeting), ["c2", "c1"].map(case_id));
}

#[test]
fn minutes_wait_for_an_answer_even_about_an_adjourned_case() {
    given(at_table([asked("r1", svb()), adjourned("c1")]))
        .when(adopt(), START)
        .then_refused(Refusal::RequestsUnanswered(vec![request("r1")]));
}

#[test]
fn minutes_wait_for_every_case_of_the_agenda() {
    let mut events = prepared();
    events.extend([
        on_agenda("c2"),
        opened([table(), svb()]),
        decided(),
        ruled_out(),
    ]);
    given(events)
        .when(adopt(), START)
        .then_refused(Refusal::CasesUnconcluded(vec![case_id("c2")]));
}

#[test]
fn a_decision_without_a_word_on_repetition_holds_the_minutes_up() {
    given(at_table([decided()]))
        .when(adopt(), START)
        .then_refused(Refusal::ObstacleUnspoken(vec![case_id("c1")]));
}

#[test]
fn an_adjourned_case_needs_no_word_on_repetition() {
    given(at_table([adjourned("c1")]))
        .when(adopt(), START)
        .then([adopted(vec![plain("c1", postponed())])]);
}

#[test]
fn after_the_minutes_only_the_clock_may_knock() {
    let history = || at_table([adjourned("c1"), adopted(vec![plain("c1", postponed())])]);
    given(history())
        .when(cancel(), START)
        .then_refused(Refusal::MinutesAdopted);
    given(history()).when(lapse(), START).then_nothing();
}
