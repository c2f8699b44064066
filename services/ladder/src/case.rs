//! One stuck situation: what may happen to it, and what has.

pub(crate) mod command;
mod decide;
pub(crate) mod due;
pub mod event;
mod evolve;
pub(crate) mod refusal;
pub(crate) mod state;
pub(crate) mod tasks;
pub(crate) mod vocabulary;

use jiff::Timestamp;

use crate::{Case, Command, Decider, Event, Refusal, Rules};

impl Decider for Rules {
    type Command = Command;
    type Event = Event;
    type State = Case;
    type Refusal = Refusal;

    fn decide(&self, case: &Case, command: Command, at: Timestamp) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, case, command, at)
    }

    fn evolve(case: Case, event: &Event, at: Timestamp) -> Case {
        evolve::evolve(case, event, at)
    }
}
