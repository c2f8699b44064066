use journal::{AppendError, JournalError, vault::VaultError};
use proto::{EnvelopeError, InvalidParam};
use thiserror::Error;

/// Why the gateway could not do its work. Holds no personal data.
#[derive(Debug, Error)]
pub enum GatewayError {
    /// The database could not do it; nothing was stored.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The log refused the events; nothing was stored.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// A statement on the party's own tables failed; nothing was stored.
    #[error("the database could not do this")]
    Database(#[from] sqlx::Error),
    /// An event cannot be put into an envelope, for instance because it is too large.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// Something stored by this service cannot be read back.
    #[error("a stored {0} cannot be read back")]
    Unreadable(&'static str),
    /// The party's vault could not seal or open something that is stored.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The identity could not be sealed for its receiver.
    #[error("the identity could not be sealed: {0}")]
    Seal(#[from] proto::sealed::SealError),
}

/// Why something handed in was not taken.
#[derive(Debug, Error)]
pub enum HandInError {
    /// Everything that is wrong with it.
    #[error("the event is not valid")]
    Invalid(Vec<InvalidParam>),
    /// It is larger than an event may be.
    #[error("the event is too large")]
    TooLarge,
    /// It is about something this party has never heard of.
    #[error("{0}")]
    NotFound(String),
    /// It was already done.
    #[error("{0}")]
    Conflict(String),
    /// It could not be stored now.
    #[error(transparent)]
    Failed(#[from] GatewayError),
}

impl From<sqlx::Error> for HandInError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<JournalError> for HandInError {
    fn from(error: JournalError) -> Self {
        Self::Failed(error.into())
    }
}
