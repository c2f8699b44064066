//! What the owner of a log signs (C2SP tlog-checkpoint).

use crate::note::{NoteError, Signer, Verifier};
use crate::{Hash, HashError};

/// The name of the log of the organisation with this number: the first line of its checkpoints,
/// and the name of the key that signs them.
#[must_use]
pub fn origin_of(oin: &str) -> String {
    format!("urn:nld:oin:{oin}:log")
}

/// How many leaves a log had, and their root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// The root of the tree of these leaves.
    pub root: Hash,
}

/// A checkpoint that cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it.
    #[error("the checkpoint {0}")]
    Note(#[from] NoteError),
    /// Its text has not the form of a checkpoint.
    #[error("the checkpoint has not the form origin, size, root")]
    Form,
    /// It is of another log.
    #[error("the checkpoint is of another log")]
    Origin,
}

impl From<HashError> for CheckpointError {
    fn from(_: HashError) -> Self {
        Self::Form
    }
}

impl Checkpoint {
    /// The text that is signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    /// The checkpoint as a signed note.
    ///
    /// # Errors
    /// [`NoteError`] when the origin cannot stand in a note.
    pub fn sign(&self, signer: &Signer) -> Result<String, NoteError> {
        signer.sign(&self.text())
    }

    /// Reads the signed checkpoint of one log. Lines after the third are extensions, and signed
    /// with the rest; nothing here uses them.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn open(note: &str, origin: &str, verifier: &Verifier) -> Result<Self, CheckpointError> {
        let checkpoint = Self::read(verifier.open(note)?)?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::Origin);
        }
        Ok(checkpoint)
    }

    fn read(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.split('\n');
        let mut next = || lines.next().filter(|line| !line.is_empty());
        let (Some(origin), Some(size), Some(root)) = (next(), next(), next()) else {
            return Err(CheckpointError::Form);
        };
        // One way to write a number: no sign, no zero before it.
        let number: u64 = size.parse().map_err(|_| CheckpointError::Form)?;
        if number.to_string() != size {
            return Err(CheckpointError::Form);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: number,
            root: Hash::parse(root)?,
        })
    }
}
