use thiserror::Error;

use crate::JournalError;

/// Why the vault could not seal, open or forget. Never holds a sealed text or a key.
#[derive(Debug, Error)]
pub enum VaultError {
    /// No key follows from the master key.
    #[error("no key follows from the master key")]
    MasterKey,
    /// The vault was made with another master key.
    #[error("the vault was made with another master key")]
    WrongMasterKey,
    /// The text is not a sealed text of a known form.
    #[error("this is not a sealed text")]
    Malformed,
    /// The text or its key was changed, or belongs to another owner.
    #[error("the sealed text or its key was changed")]
    Tampered,
    /// The text was sealed for another owner than the one who reads.
    #[error("the sealed text belongs to another owner")]
    WrongOwner,
    /// The vault never held the key: another vault, or one restored from too old a copy.
    #[error("the vault does not know the key of this sealed text")]
    UnknownKey,
    /// The wrapping key of the key's generation is not in the vault: it was destroyed, and the
    /// row comes from a copy of before.
    #[error("the wrapping key of this key was destroyed")]
    Unwrappable,
    /// The text could not be sealed: it is too long for the cipher.
    #[error("the text could not be sealed")]
    Unsealable,
    /// The key is deleted, but its bytes are still in the write-ahead log; forget again.
    #[error("the key is deleted but its bytes could not be overwritten yet")]
    Lingers,
    /// The database could not do it.
    #[error(transparent)]
    Journal(#[from] JournalError),
}
