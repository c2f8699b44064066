//! Who decides: the rules themselves, or rules with one mistake in them.

use ladder::{Case, Command, Decider, Event, Refusal, Rules};

use super::clock::now;

/// What decides and remembers.
pub(crate) trait Law {
    fn decide(&self, case: &Case, command: Command) -> Result<Vec<Event>, Refusal>;

    fn evolve(&self, case: Case, event: &Event) -> Case;
}

impl Law for Rules {
    fn decide(&self, case: &Case, command: Command) -> Result<Vec<Event>, Refusal> {
        Decider::decide(self, case, command, now())
    }

    fn evolve(&self, case: Case, event: &Event) -> Case {
        <Self as Decider>::evolve(case, event, now())
    }
}
