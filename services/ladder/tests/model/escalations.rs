//! Up and down the ladder, in every order: request, acknowledge, admit, return, complete, refuse,
//! insist, expire, climb, explain, go down, suspend and resume.

use ladder::{BlockType, Rules};

use super::ladders::{desk, other, table, three_rungs, two_rungs, two_rungs_with_a_first_word};
use super::messages::{
    Message, accept, acknowledge, admit, admit_late, answer_descent, confirm_urgency, decline,
    endings, explain, ground, inform, insist, message, offer, ownership, propose_descent, refuse,
    request, resume, return_request, suspend,
};
use super::world::{Clock, World};

fn answers() -> Vec<Message> {
    vec![acknowledge(), admit(), refuse(), return_request()]
}

/// One request and one insistence, with every answer, early or late.
pub(crate) fn climbing() -> World<Rules> {
    let mut messages = answers();
    messages.extend([
        message("the owner requests e1", request("e1", false)),
        message("the owner insists as e2", insist("e2")),
        message("a late copy admits e1", admit_late("e1")),
        message("the owner proposes to go down", propose_descent()),
        message("the receiver takes it", answer_descent(true)),
        message("the receiver declines it", answer_descent(false)),
    ]);
    messages.extend(endings());
    World {
        law: three_rungs(),
        clock: Clock::OnTime,
        before: vec![super::messages::block(BlockType::Rule)],
        messages,
    }
}

/// A handoff while the case climbs: by itself, or because the owner asks.
pub(crate) fn climbing_with_a_handoff() -> World<Rules> {
    let mut messages = answers();
    messages.extend([
        explain(),
        message("the owner offers h1", offer(ownership("h1"))),
        message("the other accepts h1", accept("h1", other())),
        message("the other declines h1", decline("h1", other())),
        message("the owner requests e1", request("e1", false)),
        message("a ground for the desk", ground(desk())),
        message("a ground for the table", ground(table())),
        message("the citizen is told early", inform()),
    ]);
    messages.extend(endings());
    World {
        law: three_rungs(),
        clock: Clock::OnTime,
        before: vec![super::messages::block(BlockType::Rule)],
        messages,
    }
}

/// Deadlines on hold at any moment, and running again.
fn suspended() -> World<Rules> {
    let mut messages = answers();
    messages.extend([
        explain(),
        message("the owner offers h1", offer(ownership("h1"))),
        message("the other accepts h1", accept("h1", other())),
        message("the owner requests e1", request("e1", false)),
        message("the owner suspends", suspend()),
        message("the owner resumes", resume()),
    ]);
    messages.extend(endings());
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: vec![super::messages::block(BlockType::Rule)],
        messages,
    }
}

/// A request whose first word has a term of its own, urgent or not.
pub(crate) fn a_first_word() -> World<Rules> {
    let mut messages = answers();
    messages.extend([
        message("the owner requests e1", request("e1", false)),
        message("the owner requests e1, urgent", request("e1", true)),
        message("a second person confirms", confirm_urgency()),
        message("the owner suspends", suspend()),
        message("the owner resumes", resume()),
    ]);
    messages.extend(endings());
    World {
        law: two_rungs_with_a_first_word(),
        clock: Clock::OnTime,
        before: vec![super::messages::block(BlockType::Rule)],
        messages,
    }
}

#[test]
fn climbing_in_every_order() {
    climbing().holds("climbing");
}

#[test]
fn climbing_with_a_handoff_in_every_order() {
    climbing_with_a_handoff().holds("climbing with a handoff");
}

#[test]
fn a_first_word_in_every_order() {
    a_first_word().holds("a first word");
}

#[test]
fn suspending_in_every_order() {
    suspended().holds("suspending");
}
