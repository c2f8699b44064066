//! Taking a message out of quarantine in once more, when what was wrong has been mended: a version
//! that was not known, a case that had not come, a fault of ours.

use std::time::Duration;

use bus::Message;
use journal::JournalError;
use journal::vault::{Sealed, VaultError};
use proto::Oin;
use tokio::sync::oneshot;

use super::incoming::Kept;
use super::lane::Turned;
use super::{Line, quarantine};

/// How long whoever asks waits: less than a request may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A message with whoever waits for what becomes of it.
pub(super) struct TakeAgain {
    /// The entry of quarantine in which it stands.
    pub(super) entry: String,
    pub(super) message: Message,
    pub(super) answer: oneshot::Sender<Option<Again>>,
}

/// What became of a message that was taken in once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Again {
    /// It led to events, or was so already.
    Stored,
    /// Gate or rules refused it.
    Refused {
        /// The stable code.
        code: String,
    },
    /// It waits for what it speaks of.
    Waits,
    /// It is still no event of the contract, and stays where it is.
    Unfit {
        /// The stable code.
        code: &'static str,
        /// The reason in words, without any value of the message.
        detail: String,
    },
}

impl Again {
    /// As the table says it; none for what stays in quarantine.
    fn word(&self) -> Option<&'static str> {
        match self {
            Self::Stored => Some("stored"),
            Self::Refused { .. } => Some("refused"),
            Self::Waits => Some("waits"),
            Self::Unfit { .. } => None,
        }
    }
}

/// Why it is not known what becomes of it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AgainError {
    /// There is no such entry, or not any more.
    #[error("there is no such entry")]
    Missing,
    /// Its body was erased, or cannot be read.
    #[error("its body is not there any more")]
    Erased,
    /// It could not be stored now; asking again counts once.
    #[error("this could not be stored now")]
    Unavailable,
    /// The database does not answer.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The key vault does not answer.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl Line {
    /// Takes an entry of quarantine in once more, in its sender's line. However often it is asked,
    /// it counts once.
    ///
    /// # Errors
    /// [`AgainError`].
    pub(crate) async fn take_again(&self, entry: &str) -> Result<Again, AgainError> {
        let db = &self.intake.ground.db;
        let (sender, body) = quarantine::body(db, entry)
            .await?
            .ok_or(AgainError::Missing)?;
        let sender = Oin::parse(&sender).map_err(|_| AgainError::Missing)?;
        let sealed = Sealed::parse(body.as_str())?;
        let body = self.intake.vault.unseal_for("intake", &sealed).await?;
        let message = body.as_deref().and_then(Kept::restore);
        let (answer, answered) = oneshot::channel();
        let asked = TakeAgain {
            entry: entry.to_owned(),
            message: message.ok_or(AgainError::Erased)?,
            answer,
        };
        match self.worker(&sender).again(asked) {
            Ok(()) => {}
            Err(Turned::Full | Turned::Gone) => return Err(AgainError::Unavailable),
        }
        let Ok(Ok(Some(again))) = tokio::time::timeout(PATIENCE, answered).await else {
            return Err(AgainError::Unavailable);
        };
        if let Some(word) = again.word() {
            let now = self.intake.ground.clock.now();
            quarantine::replayed(db, entry, word, now).await?;
        }
        Ok(again)
    }
}
