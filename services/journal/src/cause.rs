use serde::{Deserialize, Serialize};

use crate::JournalError;

/// What made something happen: a message and who sent it. Delivered twice, it counts once.
///
/// For a wire event it is the organisation and the message id; for a form its user and token; for
/// a deadline the clock and (case, due).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CauseKey {
    /// Who sent it; the namespace of `message`.
    pub sender: String,
    /// The sender's own id of the message.
    pub message: String,
}

impl CauseKey {
    /// A cause from its two parts.
    #[must_use]
    pub fn new(sender: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            sender: sender.into(),
            message: message.into(),
        }
    }

    /// # Errors
    /// [`JournalError::Nul`]: PostgreSQL refuses NUL and SQLite cuts the text off there, so two
    /// different messages could look the same.
    pub(crate) fn check(&self) -> Result<(), JournalError> {
        no_nul("sender", &self.sender)?;
        no_nul("message", &self.message)
    }
}

pub(crate) fn no_nul(what: &'static str, text: &str) -> Result<(), JournalError> {
    if text.contains('\0') {
        return Err(JournalError::Nul { what });
    }
    Ok(())
}
