//! Urgency, in every order: claimed with a handoff or a request, confirmed by a second person, or
//! lapsed.

use ladder::{BlockType, Rules};

use super::ladders::{other, owner, two_rungs};
use super::messages::{
    Message, Offer, accept, acknowledge, admit, block, confirm_urgency, decline, endings, message,
    offer, ownership, refuse, request, resume, suspend, withdraw_handoff,
};
use super::world::{Clock, World};

fn claimed() -> Vec<Message> {
    let handoff = Offer {
        urgent: true,
        ..ownership("h1")
    };
    vec![
        message("the owner offers h1, urgent", offer(handoff)),
        message("the other accepts h1", accept("h1", other())),
        message("a second person confirms", confirm_urgency()),
    ]
}

/// Claimed with a handoff, a request or both, with every answer.
fn urgent() -> World<Rules> {
    let mut messages = claimed();
    messages.extend(endings());
    messages.extend([
        message("the other declines h1", decline("h1", other())),
        message("the owner withdraws h1", withdraw_handoff("h1", owner())),
        message("the owner requests e1, urgent", request("e1", true)),
        acknowledge(),
        admit(),
        refuse(),
    ]);
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: vec![block(BlockType::Rule)],
        messages,
    }
}

/// And with the deadlines on hold in between, again and again.
fn urgent_and_suspended() -> World<Rules> {
    let mut messages = claimed();
    messages.extend(endings());
    messages.extend([
        message("the owner suspends", suspend()),
        message("the owner resumes", resume()),
        admit(),
    ]);
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: vec![block(BlockType::Rule)],
        messages,
    }
}

#[test]
fn urgency_in_every_order() {
    urgent().holds("urgency");
}

#[test]
fn urgency_on_hold_in_every_order() {
    urgent_and_suspended().holds("urgency on hold");
}

#[test]
fn urgency_under_a_clock_that_was_away() {
    let late = World {
        clock: Clock::Late,
        ..urgent()
    };
    late.holds("urgency, late clock");
}
