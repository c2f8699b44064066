//! One structural signal: a pattern, a shortage or an obstacle in the system, assigned to someone
//! who can act (domain, section a). Scarcity comes here and not up the ladder (domain, M8 and
//! scenario 5): many cases, one signal, nobody's personal data.
//!
//! A signal always waits for somebody: for an owner, for that owner's answer, or for what the
//! answer promised. Each of these has a deadline, and a deadline that passes sets the next, so
//! that silence is visible (domain, H21 and M17) and nothing is forgotten.

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

pub use command::{
    AddCases, Answer, Assign, BecomeCase, Close, Command, EraseTexts, Raise, RecordStep,
};
pub use due::{Due, deadlines};
pub use event::{
    Event, SignalAnswered, SignalAssigned, SignalBecameCase, SignalClosed, SignalErasureOrdered,
    SignalGrown, SignalLeftUnassigned, SignalOverdue, SignalRaised, SignalStalled,
    SignalStepRecorded,
};
pub use refusal::Refusal;
pub use state::{Answered, Assigned, Closed, Ending, File, Open, Signal, Stage, Standing};
pub use vocabulary::{AnswerKind, Artefact, Often, SignalKind, StateName, Step};

/// The rules of signals: today's calendar and term, consulted when a decision is made.
#[derive(Debug, Clone)]
pub struct SignalRules {
    /// Working days.
    pub calendar: Calendar,
    /// How long a signal waits for an owner, an answer or a next step before the silence is
    /// reported; from the policy term `signal_answer`. Longer than nothing.
    pub answer: Term,
}

impl SignalRules {
    /// Until when the next thing may take that is waited for from `at`.
    fn wait_from(&self, at: Timestamp) -> Timestamp {
        self.calendar.after(at, self.answer)
    }
}

impl Decider for SignalRules {
    type Command = Command;
    type Event = Event;
    type State = Signal;
    type Refusal = Refusal;

    fn decide(
        &self,
        signal: &Signal,
        command: Command,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, signal, command, at)
    }

    fn evolve(signal: Signal, event: &Event, at: Timestamp) -> Signal {
        evolve::evolve(signal, event, at)
    }
}
