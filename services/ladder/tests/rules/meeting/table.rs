//! What the table says about a case: the collision, requests, answers, decision and obstacles.

use ladder::Ground;
use ladder::meeting::event::CollisionRecorded;
use ladder::meeting::{Command, Event, Meeting, RecordCollision, Refusal};

use super::super::harness::at;
use super::super::samples::{case_id, request, sealed, spirit, svb, table, tax_office};
use super::harness::{START, given};
use super::samples::{
    adjourn, adjourned, answer, ask, asked, at_small_table, at_table, collide, collided, decide,
    decide_on, decided, find_obstacle, made, make, no, no_obstacle, obstacle_found, recused,
    refused, ruled_out,
};

const LATER: &str = "2026-03-10T10:00:00Z";

#[test]
fn the_collision_is_recorded_and_can_be_put_better() {
    given(at_table([]))
        .when(collide(), START)
        .then([collided()]);
    let better = sealed("three laws");
    let meeting = given(at_table([collided()]))
        .when(
            Command::RecordCollision(RecordCollision {
                case: case_id("c1"),
                collision: better.clone(),
            }),
            START,
        )
        .then([Event::CollisionRecorded(CollisionRecorded {
            case: case_id("c1"),
            collision: better.clone(),
        })]);
    let Meeting::Open(open) = meeting else {
        panic!("the meeting is not open");
    };
    assert_eq!(open.cases[&case_id("c1")].collision, Some(better));
}

#[test]
fn an_organisation_at_the_table_is_asked_to_commit_itself() {
    given(at_table([]))
        .when(ask("r1", svb()), START)
        .then([asked("r1", svb())]);
}

#[test]
fn who_is_not_at_the_table_is_not_asked() {
    for absent in [tax_office(), spirit()] {
        given(at_small_table([]))
            .when(ask("r1", absent.clone()), START)
            .then_refused(Refusal::NotPresent(absent));
    }
}

#[test]
fn a_commitment_is_made_or_refused_by_who_was_asked() {
    given(at_table([asked("r1", svb())]))
        .when(make("r1", svb()), START)
        .then([made("r1", svb())]);
    given(at_table([asked("r1", svb())]))
        .when(answer("r1", svb(), no()), START)
        .then([refused("r1", svb())]);
    given(at_table([asked("r1", svb())]))
        .when(make("r1", tax_office()), START)
        .then_refused(Refusal::RequestNotYours(tax_office()));
}

#[test]
fn an_organisation_answers_once_and_hears_when_it_did() {
    for answered in [made("r1", svb()), refused("r1", svb())] {
        given(at_table([asked("r1", svb()), answered]))
            .when(make("r1", svb()), LATER)
            .then_refused(Refusal::AlreadyAnswered {
                by: svb(),
                at: at(START),
            });
    }
}

#[test]
fn a_decision_waits_for_every_answer() {
    given(at_table([
        asked("r1", svb()),
        asked("r2", tax_office()),
        made("r2", tax_office()),
    ]))
    .when(decide(), START)
    .then_refused(Refusal::RequestsUnanswered(vec![request("r1")]));
}

#[test]
fn a_decision_is_recorded_when_all_have_answered_even_with_a_refusal() {
    given(at_table([
        asked("r1", svb()),
        asked("r2", tax_office()),
        made("r1", svb()),
        refused("r2", tax_office()),
    ]))
    .when(decide(), START)
    .then([decided()]);
}

#[test]
fn cost_is_never_the_only_ground_of_a_decision() {
    given(at_table([]))
        .when(decide_on(table(), &[Ground::Cost]), START)
        .then_refused(Refusal::CostAlone);
    given(at_table([]))
        .when(decide_on(table(), &[]), START)
        .then_refused(Refusal::GroundsRequired);
}

#[test]
fn who_is_not_at_the_table_decides_nothing() {
    given(at_small_table([]))
        .when(decide_on(tax_office(), &[Ground::Justice]), START)
        .then_refused(Refusal::NotPresent(tax_office()));
}

#[test]
fn what_was_concluded_stands() {
    for concluded in [decided(), adjourned("c1")] {
        for command in [collide(), ask("r1", svb()), decide(), adjourn("c1")] {
            given(at_table([concluded.clone()]))
                .when(command, START)
                .then_refused(Refusal::CaseConcluded(case_id("c1")));
        }
    }
}

#[test]
fn an_adjourned_case_still_takes_the_answers_that_were_asked_for() {
    given(at_table([asked("r1", svb()), adjourned("c1")]))
        .when(make("r1", svb()), START)
        .then([made("r1", svb())]);
}

#[test]
fn a_table_that_lost_its_quorum_by_a_recusal_only_adjourns_and_answers() {
    let too_few = || at_small_table([asked("r1", table()), recused(svb(), &[])]);
    for command in [
        collide(),
        ask("r2", table()),
        decide(),
        find_obstacle(),
        no_obstacle(),
    ] {
        given(too_few())
            .when(command, START)
            .then_refused(Refusal::NoCaseQuorum {
                case: case_id("c1"),
                present: 1,
                quorum: 2,
            });
    }
    given(too_few())
        .when(make("r1", table()), START)
        .then([made("r1", table())]);
    given(too_few())
        .when(adjourn("c1"), START)
        .then([adjourned("c1")]);
}

#[test]
fn an_obstacle_names_who_can_take_it_away() {
    given(at_table([decided()]))
        .when(find_obstacle(), START)
        .then([obstacle_found()]);
}

#[test]
fn that_there_is_no_obstacle_is_said_once() {
    given(at_table([]))
        .when(no_obstacle(), START)
        .then([ruled_out()]);
    given(at_table([ruled_out()]))
        .when(no_obstacle(), START)
        .then_nothing();
}

#[test]
fn a_known_obstacle_is_not_ruled_out_but_one_found_later_counts() {
    given(at_table([obstacle_found()]))
        .when(no_obstacle(), START)
        .then_refused(Refusal::ObstacleKnown(case_id("c1")));
    given(at_table([ruled_out()]))
        .when(find_obstacle(), START)
        .then([obstacle_found()]);
}
