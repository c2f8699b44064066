mod append;
mod inbox;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use sqlx::{Any, AnyConnection, AnyPool, Row, Transaction};
use tokio::sync::watch;

use crate::db::write_checkpoint;
use crate::{Engine, Head, JournalError, SHARD, StoredEvent, sql};

/// A transaction that writes: it holds the shard's head row until it commits or is dropped.
///
/// Dropping it rolls everything back. After any error it can only be dropped: every later call
/// answers [`JournalError::Failed`], also on SQLite, which by itself would allow more than
/// PostgreSQL does.
pub struct Tx {
    inner: Transaction<'static, Any>,
    engine: Engine,
    /// The numbers as they stood when the head row was taken.
    start: Head,
    /// The numbers including what this transaction handed out.
    head: Head,
    failed: bool,
    committed: Arc<watch::Sender<i64>>,
}

impl Tx {
    pub(crate) async fn begin(
        engine: Engine,
        pool: &AnyPool,
        committed: Arc<watch::Sender<i64>>,
    ) -> Result<Self, JournalError> {
        let mut inner = match engine {
            // Write from the start: a transaction that reads first fails under load.
            Engine::Sqlite => pool.begin_with("begin immediate").await?,
            Engine::Postgres => pool.begin().await?,
        };
        let row = sqlx::query(sql::head::LOCK.text(engine))
            .bind(SHARD)
            .fetch_one(&mut *inner)
            .await?;
        let start = Head {
            position: row.try_get("position")?,
            answers: row.try_get("answers")?,
        };
        Ok(Self {
            inner,
            engine,
            start,
            head: start,
            failed: false,
            committed,
        })
    }

    /// The connection, for the service's own views in the same transaction.
    ///
    /// When a statement on it fails, drop the transaction.
    pub fn conn(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }

    /// The engine, for statements with a text per engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The log's position including what this transaction appended: where an outcome without
    /// events of its own stands. Right after [`crate::Db::begin`] it is the last committed
    /// position, which tells a cache of folded states whether it is still complete.
    #[must_use]
    pub const fn position(&self) -> i64 {
        self.head.position
    }

    /// All events of several streams in one query; a stream that does not exist yet gives an
    /// empty list.
    ///
    /// # Errors
    /// [`JournalError`].
    pub async fn load<S: AsRef<str> + Sync>(
        &mut self,
        streams: &[S],
    ) -> Result<HashMap<String, Vec<StoredEvent>>, JournalError> {
        let mut found: HashMap<String, Vec<StoredEvent>> = streams
            .iter()
            .map(|stream| (stream.as_ref().to_owned(), Vec::new()))
            .collect();
        if found.is_empty() {
            return Ok(found);
        }
        let names = as_json(&found.keys().collect::<Vec<_>>());
        self.usable()?;
        let rows = sqlx::query(sql::log::LOAD.text(self.engine))
            .bind(SHARD)
            .bind(names)
            .fetch_all(&mut *self.inner)
            .await;
        for row in &self.seen(rows)? {
            let event = StoredEvent::from_row(row)?;
            found.entry(event.stream.clone()).or_default().push(event);
        }
        Ok(found)
    }

    /// Notes how far a follower has come, in this transaction: the way for a follower whose own
    /// work stands in the same database.
    ///
    /// # Errors
    /// [`JournalError`].
    pub async fn save_checkpoint(
        &mut self,
        follower: &str,
        position: i64,
    ) -> Result<(), JournalError> {
        self.usable()?;
        let saved = write_checkpoint(&mut self.inner, self.engine, follower, position).await;
        self.failed |= saved.is_err();
        saved
    }

    /// Makes everything lasting and visible, and wakes the followers of this process.
    ///
    /// # Errors
    /// [`JournalError::Failed`] after an earlier error; [`JournalError::Database`]: if the
    /// connection broke during the commit itself, it may have happened or not, and the caller
    /// finds out by claiming the same causes again.
    pub async fn commit(mut self) -> Result<(), JournalError> {
        self.usable()?;
        if self.head != self.start {
            sqlx::query(sql::head::MOVE.text(self.engine))
                .bind(SHARD)
                .bind(self.head.position)
                .bind(self.head.answers)
                .execute(&mut *self.inner)
                .await?;
        }
        self.inner.commit().await?;
        let position = self.head.position;
        // Two tasks may arrive here in the other order than they committed in.
        self.committed
            .send_modify(|last| *last = position.max(*last));
        Ok(())
    }

    fn usable(&self) -> Result<(), JournalError> {
        if self.failed {
            return Err(JournalError::Failed);
        }
        Ok(())
    }

    /// Passes a result on and remembers that it was an error.
    fn seen<T>(&mut self, result: Result<T, sqlx::Error>) -> Result<T, JournalError> {
        self.failed |= result.is_err();
        Ok(result?)
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx")
            .field("engine", &self.engine)
            .field("head", &self.head)
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

/// JSON of plain rows: strings and whole numbers, whose serialisation cannot fail.
pub(crate) fn as_json<T: serde::Serialize>(rows: &T) -> String {
    serde_json::to_string(rows).unwrap_or_default()
}
