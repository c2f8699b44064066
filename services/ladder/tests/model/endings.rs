//! Committing, deciding, being late, closing and opening again, in every order.

use ladder::{BlockType, Rules};

use super::ladders::two_rungs;
use super::messages::{
    admit, answer_commitment, block, endings, fulfil, message, propose, refuse, reject, reopen,
    request, request_commitment, withdraw,
};
use super::world::{Clock, World};

/// Two commitments, a decision on paper, and the case may be opened again.
fn deciding() -> World<Rules> {
    let mut messages = endings();
    messages.extend([
        message("the owner requests e1", request("e1", false)),
        admit(),
        refuse(),
        message("c1 is asked for", request_commitment("c1")),
        message("c1 is made", answer_commitment("c1", true)),
        message("c1 is refused", answer_commitment("c1", false)),
        message("c1 is fulfilled", fulfil("c1")),
        message("c2 is asked for", request_commitment("c2")),
        message("c2 is made", answer_commitment("c2", true)),
        message("c2 is fulfilled", fulfil("c2")),
        message("the owner proposes d1", propose()),
        message("d1 is rejected", reject()),
        message("the citizen stops", withdraw()),
        message("the owner opens it again", reopen()),
    ]);
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: vec![block(BlockType::Rule)],
        messages,
    }
}

#[test]
fn deciding_in_every_order() {
    deciding().holds("deciding");
}
