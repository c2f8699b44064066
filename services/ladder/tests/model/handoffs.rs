//! Handing off, in every order: offer, accept, decline, counter, withdraw, give back, offer again,
//! remind, expire, climb.

use ladder::{BlockType, Command, HandoffKind, OwnershipMode, Rules};

use super::ladders::{other, owner, two_rungs};
use super::messages::{
    Message, Offer, accept, admit, answer_counter, block, counter, decline, endings, give_back,
    message, mode, offer, ownership, refuse, withdraw_handoff,
};
use super::world::{Clock, World};

/// One handoff of the case itself, which may be answered in every way and given back.
pub(crate) fn one_handoff() -> World<Rules> {
    let mut messages = vec![
        message("the owner offers h1", offer(ownership("h1"))),
        message("the owner withdraws h1", withdraw_handoff("h1", owner())),
        message("the other accepts h1", accept("h1", other())),
        message("the other declines h1", decline("h1", other())),
        message("the other counters h1", counter("h1", other())),
        message(
            "the owner takes the alternative",
            answer_counter("h1", owner(), true),
        ),
        message("the owner refuses it", answer_counter("h1", owner(), false)),
        message(
            "the other gives h1 back as b1",
            give_back("h1", "b1", other()),
        ),
        message("the other withdraws b1", withdraw_handoff("b1", other())),
        message("the owner accepts b1", accept("b1", owner())),
        message("the owner declines b1", decline("b1", owner())),
        admit(),
        refuse(),
    ];
    messages.extend(endings());
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: vec![block(BlockType::Rule), mode(OwnershipMode::TeamTakesOver)],
        messages,
    }
}

fn accepted() -> Vec<Command> {
    vec![
        block(BlockType::Rule),
        mode(OwnershipMode::TeamTakesOver),
        offer(ownership("h1")),
        accept("h1", other()),
    ]
}

/// What was accepted goes back, is met with something else, and goes back again.
fn given_back() -> World<Rules> {
    let back = |name, with| message(name, give_back("h1", with, other()));
    let mut messages = vec![
        back("the other gives h1 back as b1", "b1"),
        message("the owner accepts b1", accept("b1", owner())),
        message("the owner counters b1", counter("b1", owner())),
        message(
            "the other takes the alternative",
            answer_counter("b1", other(), true),
        ),
        message("the other refuses it", answer_counter("b1", other(), false)),
        back("the other gives h1 back as b2", "b2"),
        message("the other withdraws b2", withdraw_handoff("b2", other())),
        message("the owner accepts b2", accept("b2", owner())),
        admit(),
    ];
    messages.extend(endings());
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: accepted(),
        messages,
    }
}

/// What was accepted goes back while the mode changes, and the new owner offers it back as well.
fn mode_changed() -> World<Rules> {
    let onward = Offer {
        from: other(),
        to: owner(),
        ..ownership("h2")
    };
    let keeps = mode(OwnershipMode::ProfessionalKeeps);
    let mut messages = vec![
        message(
            "the other gives h1 back as b1",
            give_back("h1", "b1", other()),
        ),
        message("the owner accepts b1", accept("b1", owner())),
        message("the professional keeps", keeps),
        message("the team takes over", mode(OwnershipMode::TeamTakesOver)),
        message("the other offers h2", offer(onward)),
        message("the owner accepts h2", accept("h2", owner())),
        admit(),
    ];
    messages.extend(endings());
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: accepted(),
        messages,
    }
}

/// A second offer in place of the first, while late answers to the first still arrive.
fn offered_again() -> World<Rules> {
    let again = Offer {
        kind: HandoffKind::Task,
        instead_of: Some("h1"),
        ..ownership("h2")
    };
    let mut messages: Vec<Message> = vec![
        message("the owner offers h1", offer(ownership("h1"))),
        message("the owner withdraws h1", withdraw_handoff("h1", owner())),
        message("the other accepts h1", accept("h1", other())),
        message("the other counters h1", counter("h1", other())),
        message("the owner offers h2 instead of h1", offer(again)),
        message("the owner withdraws h2", withdraw_handoff("h2", owner())),
        message("the other accepts h2", accept("h2", other())),
        message("the other declines h2", decline("h2", other())),
        admit(),
    ];
    messages.extend(endings());
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: vec![block(BlockType::Rule), mode(OwnershipMode::TeamTakesOver)],
        messages,
    }
}

#[test]
fn one_handoff_in_every_order() {
    one_handoff().holds("handing off");
}

#[test]
fn an_offer_in_place_of_another_in_every_order() {
    offered_again().holds("offering again");
}

#[test]
fn giving_back_in_every_order() {
    given_back().holds("giving back");
}

#[test]
fn changing_the_mode_in_every_order() {
    mode_changed().holds("changing the mode");
}

#[test]
fn handing_off_under_a_clock_that_was_away() {
    let late = World {
        clock: Clock::Late,
        ..one_handoff()
    };
    late.holds("handing off, late clock");
}
