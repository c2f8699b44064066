//! The things that have a stream of their own, by name.

use std::fmt;

use ladder::{CaseId, MeetingId, Organisation, PassId, SignalId};

/// What a stream of the log is about. As text it is the stream's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A case: `case/<id>`.
    Case(CaseId),
    /// A meeting of a table: `meeting/<id>`.
    Meeting(MeetingId),
    /// A structural signal: `signal/<id>`.
    Signal(SignalId),
    /// A pass into a case: `pass/<id>`.
    Pass(PassId),
    /// An organisation's register of people: `register/<oin>`.
    Register(Organisation),
}

impl Subject {
    /// What a stream is about; nothing when no kind of stream has such a name.
    pub fn parse(stream: &str) -> Option<Self> {
        let (kind, id) = stream.split_once('/')?;
        match kind {
            "case" => CaseId::parse(id).ok().map(Self::Case),
            "meeting" => MeetingId::parse(id).ok().map(Self::Meeting),
            "signal" => SignalId::parse(id).ok().map(Self::Signal),
            "pass" => PassId::parse(id).ok().map(Self::Pass),
            "register" => Organisation::parse(id).ok().map(Self::Register),
            _ => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(id) => write!(f, "case/{id}"),
            Self::Meeting(id) => write!(f, "meeting/{id}"),
            Self::Signal(id) => write!(f, "signal/{id}"),
            Self::Pass(id) => write!(f, "pass/{id}"),
            Self::Register(organisation) => write!(f, "register/{organisation}"),
        }
    }
}
