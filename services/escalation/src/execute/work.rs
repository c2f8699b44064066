//! What an order is about, and what it asks.

use ladder::{CaseId, Command};

use crate::aggregate::Subject;

/// A command and the thing it is for.
#[derive(Debug, Clone)]
pub enum Work {
    /// A command on a case.
    Case(CaseId, Box<Command>),
}

impl Work {
    /// A command on a case.
    pub fn case(id: &CaseId, command: Command) -> Self {
        Self::Case(id.clone(), Box::new(command))
    }

    /// What is to happen when a deadline falls due; nothing when no such deadline exists.
    pub fn lapse(subject: &Subject, due: &str) -> Option<Self> {
        match subject {
            Subject::Case(id) => Some(Self::case(id, Command::Lapse(due.parse().ok()?))),
        }
    }

    /// What it is about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Case(id, _) => Subject::Case(id.clone()),
        }
    }
}
