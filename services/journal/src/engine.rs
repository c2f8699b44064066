use crate::JournalError;

/// The database engine behind a [`crate::Db`] or a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// One file, one writer: the embedded engine.
    Sqlite,
    /// A server that several replicas share.
    Postgres,
}

impl Engine {
    /// Reads the engine from a database URL's scheme.
    ///
    /// # Errors
    /// [`JournalError::Url`] when the scheme is neither `sqlite:` nor `postgres:`.
    pub fn of(url: &str) -> Result<Self, JournalError> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(JournalError::Url),
        }
    }

    /// Its name, as a manifest and a message say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}
