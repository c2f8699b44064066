//! Urgency, in every order: claimed with a handoff or a request, confirmed by a second person, or
//! lapsed.

use ladder::{BlockType, Rules};

use super::explorer::explore;
use super::ladders::{other, owner, two_rungs};
use super::messages::{
    Offer, accept, acknowledge, admit, block, confirm_urgency, decline, endings, message, offer,
    ownership, refuse, request, resume, suspend, withdraw_handoff,
};
use super::world::World;

fn urgent() -> World<Rules> {
    let handoff = Offer {
        urgent: true,
        ..ownership("h1")
    };
    let mut messages = endings();
    messages.extend([
        message("the owner offers h1, urgent", offer(handoff)),
        message("the other accepts h1", accept("h1", other())),
        message("the other declines h1", decline("h1", other())),
        message("the owner withdraws h1", withdraw_handoff("h1", owner())),
        message("the owner requests e1, urgent", request("e1", true)),
        message("a second person confirms", confirm_urgency()),
        acknowledge(),
        admit(),
        refuse(),
        message("the owner suspends", suspend()),
        message("the owner resumes", resume()),
    ]);
    World {
        law: two_rungs(),
        before: vec![block(BlockType::Rule)],
        messages,
    }
}

#[test]
fn urgency_in_every_order() {
    match explore(&urgent(), 300_000) {
        Ok(walked) => println!("urgency, 2 rungs, 15 messages: {walked}"),
        Err(found) => panic!("{found}"),
    }
}
