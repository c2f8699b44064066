use journal::JournalError;
use thiserror::Error;

/// Why something could not be accounted for. Never holds a line.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The database of the logs.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The lines could not be stored; whatever they account for must not happen.
    #[error("the lines could not be stored")]
    Unwritten,
    /// The logs are closed.
    #[error("the logs are closed")]
    Closed,
    /// A stored line cannot be read back; the data was changed from outside.
    #[error("a stored line cannot be read back")]
    Unreadable,
}

impl From<sqlx::Error> for AccountError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}

/// What is wrong in the register of processing activities, where, and what to write instead.
///
/// Reads as `processing-activities.toml, line 12: activity x names no purpose; write what it is
/// for`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}: {problem}; {remedy}", self.place())]
pub struct RegisterError {
    /// The file, as whoever starts the program knows it.
    pub file: String,
    /// The line, counted from 1; absent when the fault is in the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub remedy: String,
}

impl RegisterError {
    fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}, line {line}", self.file),
            None => self.file.clone(),
        }
    }
}
