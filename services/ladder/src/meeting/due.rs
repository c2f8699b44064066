use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::Meeting;

/// A deadline of a meeting. When it falls due the clock issues
/// [`Command::Lapse`](super::Command::Lapse) with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// The planned moment: a meeting that was not opened by then reminds its body.
    Overdue,
}

/// A text that names no deadline of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' names no deadline of a meeting")]
pub struct DueParseError(String);

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overdue => f.write_str("meeting-overdue"),
        }
    }
}

impl FromStr for Due {
    type Err = DueParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "meeting-overdue" => Ok(Self::Overdue),
            _ => Err(DueParseError(text.chars().take(120).collect())),
        }
    }
}

/// The deadlines that are open in this state; those of the past are simply not there.
pub fn deadlines(meeting: &Meeting) -> Vec<(Due, Timestamp)> {
    match meeting {
        Meeting::Planned(planned) if !planned.reminded => vec![(Due::Overdue, planned.at)],
        Meeting::Planned(_)
        | Meeting::Unplanned
        | Meeting::Open(_)
        | Meeting::Adopted(_)
        | Meeting::Cancelled(_) => Vec::new(),
    }
}
