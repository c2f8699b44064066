use std::collections::HashMap;

use serde::Serialize;
use sqlx::Row;

use super::{Tx, as_json};
use crate::cause::no_nul;
use crate::{AppendError, JournalError, NewEvent, SHARD, StoredEvent, sql};

/// A row of the log as it travels in the batch's JSON parameter; bodies are text, so that what
/// is read back is what was written.
#[derive(Serialize)]
struct EventRow<'e> {
    position: i64,
    stream: &'e str,
    version: i64,
    id: String,
    kind: &'e str,
    kind_version: u32,
    at: String,
    actor: String,
    sender: &'e str,
    message: &'e str,
    data: String,
}

/// A stream and the version it must stand at before the batch.
#[derive(Serialize)]
struct Expected<'e> {
    stream: &'e str,
    version: i64,
}

impl Tx {
    /// Appends events, all or none, and gives them their positions. Events of one stream in the
    /// batch follow each other's version.
    ///
    /// # Errors
    /// [`AppendError::Conflict`] when a stream stands at another version than its first event
    /// expects, or the batch itself skips or repeats a version; the transaction can then only be
    /// dropped. [`AppendError::Journal`] for the rest.
    pub async fn append(&mut self, events: Vec<NewEvent>) -> Result<Vec<StoredEvent>, AppendError> {
        self.usable()?;
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let appended = self.append_all(events).await;
        self.failed |= appended.is_err();
        appended
    }

    async fn append_all(&mut self, events: Vec<NewEvent>) -> Result<Vec<StoredEvent>, AppendError> {
        let first = self.head.position + 1;
        let stored: Vec<StoredEvent> = (first..)
            .zip(events)
            .map(|(position, event)| StoredEvent::at_position(event, position))
            .collect();
        let rows = stored
            .iter()
            .map(row)
            .collect::<Result<Vec<_>, JournalError>>()?;
        let expected = as_json(&expected_versions(&stored)?);

        let result = sqlx::query(sql::log::APPEND.text(self.engine))
            .bind(SHARD)
            .bind(as_json(&rows))
            .bind(expected.as_str())
            .execute(&mut *self.inner)
            .await?;
        if result.rows_affected() != rows.len() as u64 {
            let row = sqlx::query(sql::log::CONFLICT.text(self.engine))
                .bind(SHARD)
                .bind(expected)
                .fetch_one(&mut *self.inner)
                .await?;
            return Err(AppendError::Conflict {
                stream: row.try_get("stream")?,
            });
        }
        if let Some(last) = stored.last() {
            self.head.position = last.position;
        }
        Ok(stored)
    }
}

fn row(event: &StoredEvent) -> Result<EventRow<'_>, JournalError> {
    no_nul("stream", &event.stream)?;
    no_nul("kind", &event.kind)?;
    event.cause.check()?;
    Ok(EventRow {
        position: event.position,
        stream: &event.stream,
        version: event.version,
        id: event.id.to_string(),
        kind: &event.kind,
        kind_version: event.kind_version,
        at: event.at.to_string(),
        actor: event.actor.to_string(),
        sender: &event.cause.sender,
        message: &event.cause.message,
        data: event.data.to_string(),
    })
}

/// The version each stream must stand at, in the order of the batch; a conflict when the batch
/// itself is not a chain.
fn expected_versions(events: &[StoredEvent]) -> Result<Vec<Expected<'_>>, AppendError> {
    let mut last: HashMap<&str, i64> = HashMap::new();
    let mut expected = Vec::new();
    for event in events {
        let before = event.version - 1;
        match last.insert(&event.stream, event.version) {
            None if before >= 0 => expected.push(Expected {
                stream: &event.stream,
                version: before,
            }),
            Some(previous) if previous == before => {}
            _ => {
                return Err(AppendError::Conflict {
                    stream: event.stream.clone(),
                });
            }
        }
    }
    Ok(expected)
}
