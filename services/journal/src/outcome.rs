use std::fmt;

use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::event::text;
use crate::{CauseKey, JournalError};

/// What became of a cause.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Outcome {
    /// It was carried out.
    Stored {
        /// The events it led to; none when there was nothing left to do.
        event_ids: Vec<Uuid>,
        /// The log's position after it.
        position: i64,
    },
    /// It was refused and stored nothing.
    Refused {
        /// The stable code of the refusal.
        code: String,
        /// The refusal in words for people.
        text: String,
        /// What exactly is wrong with the message, where it did not fit its form.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        wrong: Vec<Wrong>,
    },
}

/// One thing that is wrong with a message. Never holds the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// Where, as a JSON pointer.
    pub name: String,
    /// What is wrong.
    pub reason: String,
}

/// Hides the words of a refusal: they may name people.
impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stored {
                event_ids,
                position,
            } => f
                .debug_struct("Stored")
                .field("event_ids", event_ids)
                .field("position", position)
                .finish(),
            Self::Refused { code, .. } => f
                .debug_struct("Refused")
                .field("code", code)
                .finish_non_exhaustive(),
        }
    }
}

/// A new cause that was dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The cause.
    pub cause: CauseKey,
    /// What became of it.
    pub outcome: Outcome,
    /// SHA-256 (base64) of the message as it came in: its sender recognises its own event by it in
    /// the tree over the log. None where no message was sent, such as for a form or a deadline.
    pub digest: Option<String>,
    /// The place in its trace (W3C `traceparent`) of what dealt with it, where it was traced.
    pub trace: Option<String>,
}

/// An outcome that was stored earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOutcome {
    /// The number of the answer: gapless over all senders, from 1.
    pub number: i64,
    /// The outcome itself.
    pub outcome: Outcome,
}

/// What the inbox says of a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Never seen: carry it out and settle it in this transaction.
    New,
    /// Answered before: give the same answer again.
    Known(StoredOutcome),
    /// The same cause stands earlier in the same batch, at this index: its answer is the answer.
    Repeated(usize),
}

/// An answer in the order in which answers were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number of the answer: gapless over all senders, from 1.
    pub number: i64,
    /// The cause it answers.
    pub cause: CauseKey,
    /// What became of it.
    pub outcome: Outcome,
    /// As in [`Settled`].
    pub trace: Option<String>,
}

/// Reads the outcome in a row of the inbox.
pub(crate) fn outcome_of(row: &AnyRow) -> Result<Outcome, JournalError> {
    serde_json::from_str(text(row, "outcome")?)
        .map_err(|_| JournalError::Unreadable { what: "outcome" })
}
