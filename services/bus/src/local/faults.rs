//! Repetition and reordering on purpose, from a seed, so that a failing run can be told again.

use std::time::Duration;

use proto::Oin;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::time::Instant;

use crate::{Identity, Message};

/// How long a message is held back at most while no partner to swap with arrives.
const HOLD: Duration = Duration::from_millis(20);

/// What goes wrong on a [`super::LocalBus`]. Nothing is ever lost or held for good.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// Decides which messages are held back; print it with a failing test.
    pub seed: u64,
    /// Every message is delivered twice; the copy comes at once or a little later.
    pub duplicate_every_message: bool,
    /// Two successive messages of one sender may change places.
    pub swap_adjacent_of_one_sender: bool,
    /// Two successive messages of different senders may change places.
    pub swap_across_senders: bool,
}

/// A message on its way into a queue.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub(super) message: Message,
    pub(super) sender: Oin,
}

/// With whose message a held one waits to change places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Partner {
    SameSender,
    OtherSender,
}

#[derive(Debug)]
struct Held {
    arrival: Arrival,
    partner: Partner,
    until: Instant,
}

/// Applies the faults to one queue.
#[derive(Debug)]
pub(super) struct Shuffler {
    faults: Faults,
    rng: StdRng,
    held: Option<Held>,
}

impl Shuffler {
    /// Each queue draws from its own stream of numbers, so that what happens in one queue does
    /// not depend on how threads interleave on another.
    pub(super) fn new(faults: Faults, reader: &Identity) -> Self {
        let salt = match reader {
            Identity::Platform => "",
            Identity::Party(oin) => oin.as_str(),
        };
        let seed = salt.bytes().fold(faults.seed, |seed, byte| {
            seed.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        Shuffler {
            faults,
            rng: StdRng::seed_from_u64(seed),
            held: None,
        }
    }

    /// What enters the queue now that `arrival` came, in order.
    pub(super) fn arrive(&mut self, arrival: Arrival, now: Instant) -> Vec<Arrival> {
        let mut entering = Vec::new();
        if let Some(held) = self.held.take() {
            let same = held.arrival.sender == arrival.sender;
            match held.partner {
                Partner::SameSender if same => return vec![arrival, held.arrival],
                Partner::OtherSender if !same => return vec![arrival, held.arrival],
                Partner::SameSender => {
                    self.held = Some(held);
                    return vec![arrival];
                }
                // Its own sender's next message must not overtake it here.
                Partner::OtherSender => entering.push(held.arrival),
            }
        }
        if let Some(partner) = self.draw_partner() {
            self.held = Some(Held {
                arrival,
                partner,
                until: now + HOLD,
            });
        } else {
            entering.push(arrival);
        }
        entering
    }

    /// The held message, when it waited long enough.
    pub(super) fn overdue(&mut self, now: Instant) -> Option<Arrival> {
        self.held
            .take_if(|held| held.until <= now)
            .map(|held| held.arrival)
    }

    /// When the held message is let go at the latest.
    pub(super) fn held_until(&self) -> Option<Instant> {
        self.held.as_ref().map(|held| held.until)
    }

    /// The second copy of a message and when it comes.
    pub(super) fn copy(&mut self, arrival: &Arrival, now: Instant) -> Option<(Arrival, Instant)> {
        if !self.faults.duplicate_every_message {
            return None;
        }
        let due = if self.rng.random_bool(0.5) {
            now
        } else {
            now + HOLD
        };
        Some((arrival.clone(), due))
    }

    fn draw_partner(&mut self) -> Option<Partner> {
        let partner = match (
            self.faults.swap_adjacent_of_one_sender,
            self.faults.swap_across_senders,
        ) {
            (false, false) => return None,
            (true, false) => Partner::SameSender,
            (false, true) => Partner::OtherSender,
            (true, true) if self.rng.random_bool(0.5) => Partner::SameSender,
            (true, true) => Partner::OtherSender,
        };
        self.rng.random_bool(0.5).then_some(partner)
    }
}
