//! The same protocol with the network step by step: messages in flight, each in two copies that
//! arrive in any order, with an inbox that knows what it has answered and without one.

use std::hash::{DefaultHasher, Hash, Hasher};

use ladder::{BlockType, Command, OwnershipMode, Rules};

use super::explorer::{Graph, Walk};
use super::ladders::{other, owner, two_rungs};
use super::messages::{
    Message, accept, block, counter, decline, give_back, message, mode, offer, ownership,
    withdraw_handoff,
};
use super::world::{Clock, MOST, State, World, digest};

/// How often the network delivers a message at most.
const COPIES: u8 = 2;

struct Network {
    world: World<Rules>,
    /// Whether a second copy is answered from memory.
    inbox: bool,
}

#[derive(Clone, PartialEq, Eq)]
struct InFlight {
    state: State,
    /// How many copies of each message are still to arrive. All are under way from the start: one
    /// that is sent later is one that takes long.
    copies: Vec<u8>,
}

impl Network {
    fn arrives(&self, here: &InFlight, index: usize, command: Command) -> Result<InFlight, String> {
        let mut copies = here.copies.clone();
        let first = copies[index] == COPIES;
        copies[index] -= 1;
        let state = if self.inbox && !first {
            None
        } else {
            self.world.after(&here.state, command)?
        };
        let state = state.unwrap_or_else(|| here.state.clone());
        Ok(InFlight { state, copies })
    }
}

impl Graph for Network {
    type State = InFlight;

    fn first(&self) -> InFlight {
        InFlight {
            state: self.world.first(),
            copies: vec![COPIES; self.world.messages.len()],
        }
    }

    fn digest(&self, here: &InFlight) -> u64 {
        let mut hasher = DefaultHasher::new();
        digest(&here.state).hash(&mut hasher);
        here.copies.hash(&mut hasher);
        hasher.finish()
    }

    fn steps(&self, here: &InFlight) -> Vec<(String, Result<InFlight, String>)> {
        let under_way = self.world.messages.iter().enumerate();
        let mut steps: Vec<_> = under_way
            .filter(|(index, _)| here.copies[*index] > 0)
            .filter_map(|(index, message)| {
                let command = message.command(&here.state.case)?;
                Some((message.name.to_owned(), self.arrives(here, index, command)))
            })
            .collect();
        let ticks = self.world.of_the_clock(&here.state);
        steps.extend(ticks.into_iter().map(|(name, outcome)| {
            let copies = here.copies.clone();
            (name, outcome.map(|state| InFlight { state, copies }))
        }));
        steps
    }

    fn is_end(&self, here: &InFlight) -> bool {
        self.world.is_end(&here.state)
    }
}

fn small() -> World<Rules> {
    let messages: Vec<Message> = vec![
        message("the other accepts h1", accept("h1", other())),
        message("the other declines h1", decline("h1", other())),
        message("the other counters h1", counter("h1", other())),
        message("the owner withdraws h1", withdraw_handoff("h1", owner())),
        message(
            "the other gives h1 back as b1",
            give_back("h1", "b1", other()),
        ),
        message("the owner accepts b1", accept("b1", owner())),
    ];
    World {
        law: two_rungs(),
        clock: Clock::OnTime,
        before: vec![
            block(BlockType::Rule),
            mode(OwnershipMode::TeamTakesOver),
            offer(ownership("h1")),
        ],
        messages,
    }
}

/// Every state of a case that messages in flight lead to is one that [`World`] met as well; and
/// the rules of handoffs are so that the inbox saves work but decides nothing.
#[test]
fn messages_in_flight_with_an_inbox_and_without_one() {
    let walked = [true, false].map(|inbox| {
        let network = Network {
            world: small(),
            inbox,
        };
        let in_flight = walk(&network);
        let at_any_moment = walk(&network.world);
        let unmet = in_flight
            .states()
            .filter(|here| !at_any_moment.met(digest(&here.state), &here.state))
            .count();
        assert_eq!(
            unmet, 0,
            "states that messages at any moment do not lead to"
        );
        let messages = network.world.messages.len();
        let alone = at_any_moment.counted().states;
        let walked = in_flight.counted();
        println!(
            "in flight: {messages} messages, {COPIES} copies, inbox {inbox}: {walked}; \
             of the case alone {alone} states"
        );
        walked
    });
    assert_eq!(walked[0].states, walked[1].states);
}

#[track_caller]
fn walk<G: Graph>(graph: &G) -> Walk<G::State> {
    Walk::of(graph, MOST).unwrap_or_else(|found| panic!("{found}"))
}
