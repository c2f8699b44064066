//! One pass: a named person may look further into one case than the roles at work allow, for a
//! reason and until a moment. In an emergency people take one themselves, and account for it
//! afterwards (domain, section e3, "Emergency access"); a temporary one is given by a colleague. A
//! privacy officer takes one to account for the use of data.
//!
//! A pass never opens a person number, tax data or criminal data: no reason makes up for a missing
//! legal task there (domain, section e2, r3, r4 and r6).

mod command;
mod decide;
mod due;
mod event;
mod evolve;
mod refusal;
mod state;
mod vocabulary;

use jiff::Timestamp;

use crate::{Calendar, Decider, Term};

pub use command::{Command, End, Issue, Review};
pub use due::{Due, deadlines};
pub use event::{Event, PassEnded, PassIssued, PassReviewed, ReviewOverdue};
pub use refusal::Refusal;
pub use state::{Held, Pass, Reviewing};
pub use vocabulary::{Ending, PassKind, StateName, Verdict};

/// The rules of passes: today's calendar, term and limits, consulted when a decision is made.
#[derive(Debug, Clone)]
pub struct PassRules {
    /// Working days.
    pub calendar: Calendar,
    /// How long the privacy officer has to look at an emergency; from the policy term
    /// `pass_review`. A review that does not come is reported, and asked for again.
    pub review: Term,
    /// So many hours an emergency lasts at most.
    pub emergency_hours_at_most: u32,
    /// So many days a temporary pass lasts at most.
    pub temporary_days_at_most: u32,
}

impl Decider for PassRules {
    type Command = Command;
    type Event = Event;
    type State = Pass;
    type Refusal = Refusal;

    fn decide(&self, pass: &Pass, command: Command, at: Timestamp) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, pass, command, at)
    }

    fn evolve(pass: Pass, event: &Event, at: Timestamp) -> Pass {
        evolve::evolve(pass, event, at)
    }
}
