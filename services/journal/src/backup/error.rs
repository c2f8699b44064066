use std::path::PathBuf;

use thiserror::Error;

use crate::JournalError;
use crate::vault::VaultError;

/// Why there is no backup, or nothing was put back. Never holds a URL or a text.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The vault is to be kept apart from the log.
    #[error("the vault's copy goes to a folder of its own: name another with --vault-to")]
    Together,
    /// The folder has something in it.
    #[error("{} is not empty: name a folder that is empty or not there", .0.display())]
    NotEmpty(PathBuf),
    /// The database that something is to be put into has something in it.
    #[error("the database for the {0} is not empty: a copy is put back into an empty one only")]
    InUse(String),
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A program of PostgreSQL's own is not there.
    #[error(
        "the program {0} is not there: install PostgreSQL's client programs, of the server's \
         version or later"
    )]
    NoProgram(&'static str),
    /// It is there and could not do it.
    #[error("{program}: {said}")]
    Program {
        /// Which.
        program: &'static str,
        /// What it said; it names no value of a row.
        said: String,
    },
    /// A password in a URL would stand in the list of processes.
    #[error("the URL of the database holds a password: put it into a file (PGPASSFILE) instead")]
    Password,
    /// A manifest cannot be read.
    #[error("{} is no manifest of a backup: {why}", path.display())]
    Manifest {
        /// Which.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A list of erasures cannot be read.
    #[error("{} line {line} is no line of a list of erasures", path.display())]
    Erasures {
        /// Which.
        path: PathBuf,
        /// Where.
        line: usize,
    },
    /// The manifest is of something else, or does not fit what lies beside it.
    #[error("the backup does not fit: {0}")]
    Unfit(String),
    /// Texts of the log would have no key.
    #[error(
        "the vault's copy was made at position {vault} and the log's at {log}: take the vault of \
         the same backup, or of a later one"
    )]
    VaultIsOlder {
        /// The position of the log when the vault was copied.
        vault: i64,
        /// The position of the log that was copied.
        log: i64,
    },
    /// A database could not do it.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The vault could not do it, or is under another master key.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}
