use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::{Pass, Reviewing};
use crate::UnknownWord;
use crate::coded::coded;

coded!(
    /// A deadline of a pass. When it falls due the clock issues
    /// [`Command::Lapse`](super::Command::Lapse) with it.
    Due, "deadline of a pass" {
        /// Its time is over.
        End = "pass-end",
        /// Somebody should have looked whether there was reason for it.
        Review = "pass-review",
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
pub fn deadlines(pass: &Pass) -> Vec<(Due, Timestamp)> {
    let Pass::Issued(held) = pass else {
        return Vec::new();
    };
    let end = held.until.map(|until| (Due::End, until));
    let review = match held.reviewing {
        Reviewing::Awaited { by } => Some((Due::Review, by)),
        Reviewing::NotNeeded | Reviewing::Done => None,
    };
    end.into_iter().chain(review).collect()
}
