use std::collections::HashMap;

use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::Db;
use crate::outcome::outcome_of;
use crate::tx::as_json;
use crate::{Answer, CauseKey, JournalError, SHARD, StoredEvent, sql};

/// Reading what was committed.
impl Db {
    /// The events after a position, in the log's order, at most `limit`. Asking again from the
    /// last one's position never misses an event and never repeats one.
    ///
    /// # Errors
    /// [`JournalError::Database`], [`JournalError::Unreadable`].
    pub async fn read_after(
        &self,
        position: i64,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, JournalError> {
        let rows = sqlx::query(sql::log::READ_AFTER.text(self.engine()))
            .bind(SHARD)
            .bind(position)
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await?;
        rows.iter().map(StoredEvent::from_row).collect()
    }

    /// All events of one stream, in their order; none when the stream does not exist.
    ///
    /// # Errors
    /// [`JournalError::Database`], [`JournalError::Unreadable`].
    pub async fn read_stream(&self, stream: &str) -> Result<Vec<StoredEvent>, JournalError> {
        let rows = sqlx::query(sql::log::READ_STREAM.text(self.engine()))
            .bind(SHARD)
            .bind(stream)
            .fetch_all(self.reader())
            .await?;
        rows.iter().map(StoredEvent::from_row).collect()
    }

    /// One event by its own id: from the event ids of an outcome back to what happened.
    ///
    /// # Errors
    /// [`JournalError::Database`], [`JournalError::Unreadable`].
    pub async fn read_event(&self, id: Uuid) -> Result<Option<StoredEvent>, JournalError> {
        let row = sqlx::query(sql::log::READ_EVENT.text(self.engine()))
            .bind(SHARD)
            .bind(id.to_string())
            .fetch_optional(self.reader())
            .await?;
        row.as_ref().map(StoredEvent::from_row).transpose()
    }

    /// The answers after a number, in the order in which they were given, at most `limit`.
    ///
    /// # Errors
    /// [`JournalError::Database`], [`JournalError::Unreadable`].
    pub async fn answers_after(
        &self,
        number: i64,
        limit: u32,
    ) -> Result<Vec<Answer>, JournalError> {
        let rows = sqlx::query(sql::inbox::ANSWERS_AFTER.text(self.engine()))
            .bind(SHARD)
            .bind(number)
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await?;
        rows.iter().map(answer).collect()
    }

    /// In which traces causes were dealt with, for those that were traced.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub async fn traces_of(
        &self,
        causes: &[&CauseKey],
    ) -> Result<HashMap<CauseKey, String>, JournalError> {
        let rows = sqlx::query(sql::inbox::TRACES.text(self.engine()))
            .bind(SHARD)
            .bind(as_json(&causes))
            .fetch_all(self.reader())
            .await?;
        let trace = |row: &AnyRow| {
            let cause = CauseKey {
                sender: row.try_get("sender")?,
                message: row.try_get("message")?,
            };
            Ok((cause, row.try_get("trace")?))
        };
        rows.iter().map(trace).collect()
    }

    /// How many causes of each sender were answered, beside those whose message begins with a word:
    /// a count that survives a restart.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub async fn answers_by_sender(
        &self,
        beside: Option<&str>,
    ) -> Result<Vec<(String, u64)>, JournalError> {
        // No message is empty, so the empty pattern leaves nothing out.
        let beside = beside.map_or_else(String::new, |begin| format!("{begin}%"));
        let rows = sqlx::query(sql::inbox::BY_SENDER.text(self.engine()))
            .bind(SHARD)
            .bind(beside)
            .fetch_all(self.reader())
            .await?;
        let counted = |row: &AnyRow| {
            let answers: i64 = row.try_get("answers")?;
            Ok((
                row.try_get("sender")?,
                u64::try_from(answers).unwrap_or_default(),
            ))
        };
        rows.iter().map(counted).collect()
    }

    /// How far a follower has come; 0 when it never said.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub async fn checkpoint(&self, follower: &str) -> Result<i64, JournalError> {
        let row = sqlx::query(sql::checkpoint::READ.text(self.engine()))
            .bind(SHARD)
            .bind(follower)
            .fetch_optional(self.reader())
            .await?;
        Ok(row
            .map(|row| row.try_get("position"))
            .transpose()?
            .unwrap_or(0))
    }
}

fn answer(row: &AnyRow) -> Result<Answer, JournalError> {
    Ok(Answer {
        number: row.try_get("answer")?,
        cause: CauseKey::new(
            row.try_get::<String, _>("sender")?,
            row.try_get::<String, _>("message")?,
        ),
        outcome: outcome_of(row)?,
        trace: row.try_get("trace")?,
    })
}
