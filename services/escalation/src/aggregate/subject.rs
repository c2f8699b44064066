//! The things that have a stream of their own, by name.

use std::fmt;

use ladder::CaseId;

/// What a stream of the log is about. As text it is the stream's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A case: `case/<id>`.
    Case(CaseId),
}

impl Subject {
    /// What a stream is about; nothing when no kind of stream has such a name.
    pub fn parse(stream: &str) -> Option<Self> {
        let (kind, id) = stream.split_once('/')?;
        match kind {
            "case" => CaseId::parse(id).ok().map(Self::Case),
            _ => None,
        }
    }

    /// The case, if it is one.
    pub fn case(self) -> Option<CaseId> {
        match self {
            Self::Case(id) => Some(id),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(id) => write!(f, "case/{id}"),
        }
    }
}
