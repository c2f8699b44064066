mod read;
mod tree;

use std::fmt;
use std::sync::Arc;

use sqlx::migrate::Migration;
use sqlx::{AnyConnection, AnyPool, Row};
use tokio::sync::watch;

use crate::pools::Pools;
use crate::{Engine, JournalError, SHARD, Statement, Tx, migration, sql};

/// The last numbers that were handed out; 0 when there are none yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The position of the last event in the log.
    pub position: i64,
    /// The number of the last answer.
    pub answers: i64,
}

/// A service's database: the journal's tables and the service's own views, in one place so that
/// they change in one transaction. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    committed: Arc<watch::Sender<i64>>,
}

impl Db {
    /// Opens `sqlite://path/to/file.db` (the file and its folder are made when missing) or
    /// `postgres://…`, and brings the tables up to date: the journal's, then `migrations`, which
    /// are numbered from 1000 (see [`crate::migration`]).
    ///
    /// # Errors
    /// [`JournalError`] when the URL is of another kind, the database cannot be reached, or its
    /// applied migrations differ from these.
    pub async fn open(url: &str, migrations: Vec<Migration>) -> Result<Self, JournalError> {
        let pools = Pools::open(url, migration::with_service(migrations)?).await?;
        let db = Self {
            pools,
            committed: Arc::new(watch::Sender::new(0)),
        };
        let head = db.head().await?;
        db.committed.send_replace(head.position);
        Ok(db)
    }

    /// Starts a transaction that writes. It waits for the head row, so at any moment one
    /// transaction in the whole shard is past this point; keep it short.
    ///
    /// # Errors
    /// [`JournalError::Database`], also when the wait takes longer than some seconds.
    pub async fn begin(&self) -> Result<Tx, JournalError> {
        Tx::begin(
            self.engine(),
            &self.pools.writer,
            Arc::clone(&self.committed),
        )
        .await
    }

    /// Connections that only read: for pages and lists. They never wait for writers.
    #[must_use]
    pub const fn reader(&self) -> &AnyPool {
        &self.pools.reader
    }

    /// The engine behind this database, for statements with a text per engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.pools.engine
    }

    /// The last numbers that were handed out and committed.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub async fn head(&self) -> Result<Head, JournalError> {
        let row = sqlx::query(sql::head::READ.text(self.engine()))
            .bind(SHARD)
            .fetch_one(self.reader())
            .await?;
        Ok(Head {
            position: row.try_get("position")?,
            answers: row.try_get("answers")?,
        })
    }

    /// Wakes after each commit of this process, with the log's position. Commits of other
    /// processes do not wake it: a follower also looks by itself now and then.
    #[must_use]
    pub fn committed(&self) -> watch::Receiver<i64> {
        self.committed.subscribe()
    }

    /// Notes how far a follower has come (outside any other transaction; see also
    /// [`Tx::save_checkpoint`]).
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub async fn save_checkpoint(&self, follower: &str, position: i64) -> Result<(), JournalError> {
        let mut connection = self.pools.writer.acquire().await?;
        write_checkpoint(&mut connection, self.engine(), follower, position).await
    }

    /// Prepares statements on this database without running them: the check that a service's SQL
    /// fits both engines.
    ///
    /// # Errors
    /// The name of the first statement that does not fit, with the database's words.
    pub async fn prepare_all(&self, statements: &[Statement]) -> Result<(), String> {
        prepare_all(&self.pools, statements).await
    }

    /// Closes all connections and waits for those in use. On SQLite this also empties the
    /// write-ahead log into the file.
    pub async fn close(&self) {
        self.pools.close().await;
    }
}

/// Hides the URL, which may hold a password.
impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db")
            .field("engine", &self.engine())
            .finish_non_exhaustive()
    }
}

pub(crate) async fn write_checkpoint(
    connection: &mut AnyConnection,
    engine: Engine,
    follower: &str,
    position: i64,
) -> Result<(), JournalError> {
    sqlx::query(sql::checkpoint::SAVE.text(engine))
        .bind(SHARD)
        .bind(follower)
        .bind(position)
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn prepare_all(pools: &Pools, statements: &[Statement]) -> Result<(), String> {
    use sqlx::{Executor, SqlSafeStr};

    let mut connection = pools.writer.acquire().await.map_err(|e| e.to_string())?;
    for statement in statements {
        connection
            .prepare(statement.text(pools.engine).into_sql_str())
            .await
            .map_err(|error| format!("{} on {:?}: {error}", statement.name, pools.engine))?;
    }
    Ok(())
}
