use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::{Signal, Stage};
use crate::UnknownWord;
use crate::coded::coded;

coded!(
    /// A deadline of a signal. When it falls due the clock issues
    /// [`Command::Lapse`](super::Command::Lapse) with it. A signal has one at a time.
    Due, "deadline of a signal" {
        /// The end of the term to find an owner.
        Assignment = "signal-assignment",
        /// The end of the owner's term to answer.
        SignalAnswer = "signal-answer",
        /// The end of the term for what an answer leads to: a step or the end.
        FollowUp = "signal-follow-up",
    }
);

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Due {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// The deadlines that are open in this state; those of the past are simply not there.
pub fn deadlines(signal: &Signal) -> Vec<(Due, Timestamp)> {
    let Signal::Open(open) = signal else {
        return Vec::new();
    };
    vec![match &open.stage {
        Stage::Unassigned { assign_by, .. } => (Due::Assignment, *assign_by),
        Stage::Assigned(assigned) => (Due::SignalAnswer, assigned.answer_by),
        Stage::Answered(answered) => (Due::FollowUp, answered.act_by),
    }]
}
