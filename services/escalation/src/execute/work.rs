//! What an order is about, and what it asks.

use ladder::{
    CaseId, Command, MeetingId, Organisation, PassId, SignalId, meeting, pass, register, signal,
};

use crate::aggregate::Subject;

/// A command and the thing it is for.
#[derive(Debug, Clone)]
pub enum Work {
    /// A command on a case.
    Case(CaseId, Box<Command>),
    /// A command on a meeting.
    Meeting(MeetingId, Box<meeting::Command>),
    /// A command on a signal.
    Signal(SignalId, Box<signal::Command>),
    /// A command on a pass.
    Pass(PassId, Box<pass::Command>),
    /// A command on an organisation's register.
    Register(Organisation, Box<register::Command>),
    /// What the adopted minutes of a body say of a case; only the reactor asks it.
    Minuted(CaseId, Organisation, Box<Command>),
    /// A pattern or an obstacle that was noticed; only the reactor asks it.
    Noticed(SignalId, Box<signal::Command>),
}

impl Work {
    /// A command on a case.
    pub fn case(id: &CaseId, command: Command) -> Self {
        Self::Case(id.clone(), Box::new(command))
    }

    /// A command on a meeting.
    pub fn meeting(id: &MeetingId, command: meeting::Command) -> Self {
        Self::Meeting(id.clone(), Box::new(command))
    }

    /// A command on a signal.
    pub fn signal(id: &SignalId, command: signal::Command) -> Self {
        Self::Signal(id.clone(), Box::new(command))
    }

    /// A command on a pass.
    pub fn pass(id: &PassId, command: pass::Command) -> Self {
        Self::Pass(id.clone(), Box::new(command))
    }

    /// A command on the register of an organisation.
    pub fn register(of: &Organisation, command: register::Command) -> Self {
        Self::Register(of.clone(), Box::new(command))
    }

    /// What the adopted minutes of `body` say of a case.
    pub fn minuted(id: &CaseId, body: &Organisation, command: Command) -> Self {
        Self::Minuted(id.clone(), body.clone(), Box::new(command))
    }

    /// A command on a signal that nobody had to think of.
    pub fn noticed(id: &SignalId, command: signal::Command) -> Self {
        Self::Noticed(id.clone(), Box::new(command))
    }

    /// What is to happen when a deadline falls due; nothing when no such deadline exists.
    pub fn lapse(subject: &Subject, due: &str) -> Option<Self> {
        Some(match subject {
            Subject::Case(id) => Self::case(id, Command::Lapse(due.parse().ok()?)),
            Subject::Meeting(id) => Self::meeting(id, meeting::Command::Lapse(due.parse().ok()?)),
            Subject::Signal(id) => Self::signal(id, signal::Command::Lapse(due.parse().ok()?)),
            Subject::Pass(id) => Self::pass(id, pass::Command::Lapse(due.parse().ok()?)),
            Subject::Register(_) => return None,
        })
    }

    /// What it is about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Case(id, _) | Self::Minuted(id, _, _) => Subject::Case(id.clone()),
            Self::Meeting(id, _) => Subject::Meeting(id.clone()),
            Self::Signal(id, _) | Self::Noticed(id, _) => Subject::Signal(id.clone()),
            Self::Pass(id, _) => Subject::Pass(id.clone()),
            Self::Register(of, _) => Subject::Register(of.clone()),
        }
    }
}
