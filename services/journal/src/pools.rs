use std::path::Path;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migration;
use sqlx::{AnyConnection, AnyPool, Connection};

use crate::{Engine, JournalError, Statement, migration};

/// Better an error soon than a request that hangs: how long a caller waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(5);
/// Connections that may wait for the head row together, and connections that only read.
const POSTGRES_WRITERS: u32 = 8;
const READERS: u32 = 8;

/// WAL lets readers read while the one writer writes; FULL loses no acknowledged commit in a
/// power cut; secure_delete overwrites what is deleted (the vault's keys, a view's old rows).
const SQLITE_WRITER: &str = "pragma journal_mode = wal; pragma synchronous = full; \
     pragma secure_delete = on; pragma foreign_keys = on";

/// Acknowledged means on disk; a waiter for the head row gives up, and one that holds it and
/// falls silent is cut off, so that a stuck process never stops the others for good. A statement
/// must see what the previous holder of the head row committed: read committed.
const POSTGRES_WRITER: &str = "set synchronous_commit = on; set lock_timeout = '5s'; \
     set idle_in_transaction_session_timeout = '15s'; \
     set default_transaction_isolation = 'read committed'";

const POSTGRES_READER: &str = "set default_transaction_read_only = on";

/// The connections of one database: those that write and those that only read. For a database
/// beside the log, such as the vault's; the log itself is a [`crate::Db`]. Cheap to clone.
#[derive(Clone)]
pub struct Pools {
    pub(crate) engine: Engine,
    pub(crate) writer: AnyPool,
    pub(crate) reader: AnyPool,
}

impl Pools {
    /// Connects, creating the file of a SQLite database, and applies the migrations, whose numbers
    /// are the caller's own.
    ///
    /// # Errors
    /// [`JournalError`] when the URL is of another kind, the database cannot be reached, its applied
    /// migrations differ from these, or a later release took away what this one uses.
    pub async fn open(url: &str, migrations: Vec<Migration>) -> Result<Self, JournalError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url)?;
        let (write_url, read_url) = match engine {
            Engine::Sqlite => sqlite_urls(url)?,
            Engine::Postgres => (url.to_owned(), url.to_owned()),
        };

        // The migrations run on a connection without the writer's time limits.
        let mut connection = AnyConnection::connect(&write_url).await?;
        if engine == Engine::Sqlite {
            sqlx::raw_sql(SQLITE_WRITER)
                .execute(&mut connection)
                .await?;
        }
        migration::run(&mut connection, engine, migrations).await?;
        connection.close().await?;

        let (writer, reader) = match engine {
            // One writer connection that never goes away, or the file's WAL would come and go.
            Engine::Sqlite => (
                options(1, SQLITE_WRITER)
                    .min_connections(1)
                    .idle_timeout(None)
                    .max_lifetime(None),
                options(READERS, "pragma query_only = on"),
            ),
            Engine::Postgres => (
                options(POSTGRES_WRITERS, POSTGRES_WRITER),
                options(READERS, POSTGRES_READER),
            ),
        };
        let writer = writer.connect(&write_url).await?;
        let reader = reader.connect_lazy(&read_url)?;
        Ok(Self {
            engine,
            writer,
            reader,
        })
    }

    /// The engine behind this database, for statements with a text per engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Connections that write: one on SQLite, some on PostgreSQL.
    #[must_use]
    pub const fn writer(&self) -> &AnyPool {
        &self.writer
    }

    /// Connections that only read. They never wait for writers.
    #[must_use]
    pub const fn reader(&self) -> &AnyPool {
        &self.reader
    }

    /// Prepares statements on this database without running them.
    ///
    /// # Errors
    /// The name of the first statement that does not fit, with the database's words.
    pub async fn prepare_all(&self, statements: &[Statement]) -> Result<(), String> {
        crate::db::prepare_all(self, statements).await
    }

    /// Closes all connections and waits for those in use.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

fn options(most: u32, on_connect: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(ACQUIRE)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                sqlx::raw_sql(on_connect).execute(connection).await?;
                Ok(())
            })
        })
}

/// The URLs for writing (creates the file) and for reading, from `sqlite://path`.
fn sqlite_urls(url: &str) -> Result<(String, String), JournalError> {
    let base = url.split('?').next().unwrap_or(url);
    let path = base.strip_prefix("sqlite://").unwrap_or_default();
    if path.is_empty() || path.contains(":memory:") {
        return Err(JournalError::Url);
    }
    if let Some(folder) = Path::new(path).parent()
        && !folder.as_os_str().is_empty()
    {
        std::fs::create_dir_all(folder).map_err(JournalError::Folder)?;
    }
    Ok((format!("{base}?mode=rwc"), format!("{base}?mode=ro")))
}
