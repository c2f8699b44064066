use thiserror::Error;

/// Why the journal could not do its work. Never holds a value of an event.
#[derive(Debug, Error)]
pub enum JournalError {
    /// The URL is not `sqlite://path` or `postgres://…`.
    #[error("the database URL must start with sqlite:// (a file) or postgres://")]
    Url,
    /// The folder of the SQLite file could not be made.
    #[error("the folder of the database file could not be made")]
    Folder(#[source] std::io::Error),
    /// The database refused or could not be reached.
    #[error("the database could not do this")]
    Database(#[from] sqlx::Error),
    /// The migrations do not fit the database.
    #[error("the database's tables could not be brought up to date")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The database has a migration that is of no later release of this service.
    #[error("the database is another service's: its migration {version} is not known here")]
    Foreign {
        /// Its number.
        version: i64,
    },
    /// A later release took away what this one uses.
    #[error(
        "this release is too old for the database: migration {version} took away what it uses; \
         start the release that came before that migration, or a later one"
    )]
    TooOld {
        /// The migration.
        version: i64,
    },
    /// A service's migration has a number that belongs to the journal (below 1000).
    #[error("migration {version} of a service has a number below 1000")]
    MigrationNumber {
        /// The number that was used.
        version: i64,
    },
    /// A key or name holds the character NUL, which the two engines treat differently.
    #[error("the {what} holds a NUL character")]
    Nul {
        /// Which part it was.
        what: &'static str,
    },
    /// A stored row cannot be read back; the data was changed from outside.
    #[error("a stored {what} cannot be read back")]
    Unreadable {
        /// Which part it was.
        what: &'static str,
    },
    /// An earlier call on this transaction failed; drop it and start another.
    #[error("the transaction failed before and can only be dropped")]
    Failed,
}

/// Why an append stored nothing.
#[derive(Debug, Error)]
pub enum AppendError {
    /// A stream stood at another version than the events expected.
    #[error("the stream {stream} stands at another version than expected")]
    Conflict {
        /// The stream; of several, the first in the order of the append.
        stream: String,
    },
    /// The database could not do it.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<sqlx::Error> for AppendError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}
