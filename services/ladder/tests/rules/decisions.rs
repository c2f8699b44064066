//! What a decision rests on, and decisions on paper.

use ladder::event::{DecisionExpired, DecisionProposed, DecisionRejected, DecisionTaken};
use ladder::{
    BlockType, Command, Due, Event, Ground, InMandate, MandateError, ProposeDecision, Refusal,
    RejectDecision, Room, Stage, StateName, TakeDecision, UsedMandate, Weighing,
};

use super::harness::{START, at, ends, given, underway};
use super::samples::{
    TEN_DAYS, blocked, decision, decision_id, mandate_of, person, proposal_of, reported, sealed,
    stated_of, utrecht, weighed, weighing,
};

/// Proposal `id`, made at the start.
pub(crate) fn on_paper(id: &str) -> Event {
    Event::DecisionProposed(DecisionProposed {
        decision: decision_id(id),
        by: utrecht(),
        text: sealed("proposal"),
        weighing: weighed(),
        decide_by: at(TEN_DAYS),
    })
}

fn take(decision: TakeDecision) -> Command {
    Command::TakeDecision(decision)
}

fn reject(id: &str) -> Command {
    Command::RejectDecision(RejectDecision {
        decision: decision_id(id),
        reason: sealed("not enough"),
    })
}

#[test]
fn cost_can_be_a_ground_beside_another_and_never_alone() {
    let resting_on = |grounds: &[Ground]| {
        take(TakeDecision {
            weighing: Some(Weighing {
                grounds: grounds.iter().copied().collect(),
                ..weighing()
            }),
            ..decision()
        })
    };
    given([reported()])
        .when(resting_on(&[Ground::Cost]), START)
        .then_refused(Refusal::CostAlone);
    let taken = given([reported()])
        .when(resting_on(&[Ground::Cost, Ground::Agency]), START)
        .decided();
    assert_eq!(taken[0].kind(), "decision.taken");
}

#[test]
fn a_decision_names_the_room_it_uses_and_what_it_was_compared_with() {
    let compared = super::samples::case_id("case_7");
    let beyond = Weighing {
        room: Some(Room::BeyondLaw),
        compared: vec![compared.clone()],
        difference: Some(sealed("no other home")),
        ..weighing()
    };
    let events = given([reported()])
        .when(
            take(TakeDecision {
                weighing: Some(beyond),
                ..decision()
            }),
            START,
        )
        .decided();
    let Event::DecisionTaken(taken) = &events[0] else {
        panic!("{events:?}");
    };
    assert_eq!(taken.weighing.room, Room::BeyondLaw);
    assert_eq!(taken.weighing.compared, [compared]);
    assert_eq!(taken.weighing.difference, Some(sealed("no other home")));
}

#[test]
fn two_proposals_wait_for_a_decision_and_one_is_taken() {
    let propose = Command::ProposeDecision(ProposeDecision {
        weighing: Weighing {
            room: Some(Room::DeviationFromPolicyRule),
            ..weighing()
        },
        ..proposal_of("d2")
    });
    let both = || given([reported(), on_paper("d1")]).after(propose.clone(), START);
    let case = both().case();
    assert_eq!(case.state_name(), Some(StateName::DecisionProposed));
    assert_eq!(ends(&case, &Due::Decision), Some(at(TEN_DAYS)));
    let chosen = TakeDecision {
        proposal: Some(decision_id("d2")),
        weighing: None,
        ..decision()
    };
    let events = both().when(take(chosen), START).decided();
    let expected = Event::DecisionTaken(DecisionTaken {
        proposal: Some(decision_id("d2")),
        text: sealed("decision"),
        weighing: ladder::event::Weighed {
            room: Room::DeviationFromPolicyRule,
            ..weighed()
        },
        mandate: None,
        stated: Some(stated_of(utrecht())),
        system_obstacle: None,
    });
    assert_eq!(events[0], expected, "what the proposal rests on counts");
}

#[test]
fn the_last_proposal_that_is_turned_down_gives_the_case_back() {
    let two = || vec![reported(), on_paper("d1"), on_paper("d2")];
    let rejected = |id: &str| {
        Event::DecisionRejected(DecisionRejected {
            decision: decision_id(id),
            reason: sealed("not enough"),
            review_at: at("2026-03-30T08:00:00Z"),
        })
    };
    let case = given(two())
        .when(reject("d1"), START)
        .then([rejected("d1")]);
    assert_eq!(case.state_name(), Some(StateName::DecisionProposed));
    let case = given(two())
        .after(reject("d1"), START)
        .when(reject("d2"), START)
        .then([rejected("d2")]);
    assert_eq!(case.state_name(), Some(StateName::Active));
    assert_eq!(ends(&case, &Due::Decision), None);
}

#[test]
fn a_proposal_that_nobody_decides_on_is_over_after_ten_working_days() {
    let stuck = [reported(), blocked(BlockType::Mandate), on_paper("d1")];
    let case = given(stuck)
        .when(Command::Lapse(Due::Decision), TEN_DAYS)
        .then([Event::DecisionExpired(DecisionExpired {
            review_at: at("2026-04-14T08:00:00Z"),
        })]);
    assert_eq!(underway(case).stage, Stage::Blocked(BlockType::Mandate));
}

#[test]
fn a_decision_is_taken_inside_the_mandate_of_who_takes_it() {
    let with = |mandate: UsedMandate| {
        take(TakeDecision {
            mandate: InMandate::Registered(Box::new(mandate)),
            ..decision()
        })
    };
    let held = mandate_of(utrecht(), None);
    let events = given([reported()])
        .when(with(held.clone()), START)
        .decided();
    assert_eq!(events[0].data()["mandate"], "mandate-12");
    let mut elsewhere = held.clone();
    elsewhere.mandate.scope = ["youth_care".to_owned()].into();
    let mut ended = held.clone();
    ended.mandate.until = Some(jiff::civil::date(2026, 3, 1));
    let theirs = UsedMandate {
        person: person("p-9"),
        ..held
    };
    for (mandate, error) in [
        (elsewhere, MandateError::OutsideScope),
        (
            ended,
            MandateError::Ended {
                on: jiff::civil::date(2026, 3, 1),
            },
        ),
        (theirs, MandateError::NotYours),
    ] {
        given([reported()])
            .when(with(mandate), START)
            .then_refused(Refusal::OutsideMandate(error));
    }
}
