//! The register of one organisation: who does what there, so that a handoff finds a person
//! (domain, K4 and K5) without anybody's personal network.
//!
//! The organisation keeps its own entries; whether somebody speaks for it is the gate's to say.
//! The register also remembers when the organisation's service last gave a sign of life.

mod command;
mod decide;
mod entry;
mod event;
mod evolve;
mod find;
mod mandates;
mod refusal;
mod state;

use jiff::{SignedDuration, Timestamp};

use crate::Decider;

pub use command::Command;
pub use entry::{Absence, ContactEntry, MandateEntry};
pub use event::{
    ContactAbsent, ContactConfirmed, ContactPresent, ContactRecorded, ContactRemoved, Event,
    HeartbeatReceived,
};
pub use find::Found;
pub use refusal::Refusal;
pub use state::{Contact, Register};

/// The rules of registers, consulted when a decision is made.
#[derive(Debug, Clone, Copy)]
pub struct RegisterRules {
    /// A sign of life sooner than this after the last one is not recorded, so that the log does
    /// not fill.
    pub heartbeat_minimum: SignedDuration,
}

impl Decider for RegisterRules {
    type Command = Command;
    type Event = Event;
    type State = Register;
    type Refusal = Refusal;

    fn decide(
        &self,
        register: &Register,
        command: Command,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, register, command, at)
    }

    fn evolve(register: Register, event: &Event, at: Timestamp) -> Register {
        evolve::evolve(register, event, at)
    }
}
