//! What waits on the carrier for somebody to take it: numbers and names of events, no content.

use std::time::Duration;

/// Messages of one event that a party did not acknowledge yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The event, `<noun>.<past-verb>`, as the subject names it.
    pub event: String,
    /// How many messages.
    pub messages: u64,
    /// The place of the first of them in the party's stream.
    pub first: u64,
    /// How long that one waits.
    pub age: Duration,
}

/// Why it is not known what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WaitingError {
    /// Only the platform asks.
    #[error("only the platform asks what waits for others")]
    Forbidden,
    /// The carrier cannot be asked now; asking again may help.
    #[error("the carrier does not say what waits")]
    Unavailable,
}
