use std::fmt;

use jiff::Timestamp;
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::{CauseKey, JournalError};

/// An event that is to be appended.
#[derive(Clone, PartialEq)]
pub struct NewEvent {
    /// The stream it belongs to, such as `case/<id>`.
    pub stream: String,
    /// The version it will have in that stream: 1 for the first, then one more each time.
    pub version: i64,
    /// The event's own id, unique in the whole log.
    pub id: Uuid,
    /// The event's kind, such as `handoff-offered`.
    pub kind: String,
    /// The version of that kind's shape, from 1.
    pub kind_version: u32,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, as the service writes its actors.
    pub actor: Value,
    /// What made it happen.
    pub cause: CauseKey,
    /// The event's body; personal text in it is sealed.
    pub data: Value,
}

/// An event as it stands in the log.
#[derive(Clone, PartialEq)]
pub struct StoredEvent {
    /// Its place in the whole log: gapless, from 1.
    pub position: i64,
    /// See [`NewEvent::stream`].
    pub stream: String,
    /// See [`NewEvent::version`].
    pub version: i64,
    /// See [`NewEvent::id`].
    pub id: Uuid,
    /// See [`NewEvent::kind`].
    pub kind: String,
    /// See [`NewEvent::kind_version`].
    pub kind_version: u32,
    /// See [`NewEvent::at`].
    pub at: Timestamp,
    /// See [`NewEvent::actor`].
    pub actor: Value,
    /// See [`NewEvent::cause`].
    pub cause: CauseKey,
    /// See [`NewEvent::data`].
    pub data: Value,
}

impl StoredEvent {
    pub(crate) fn at_position(event: NewEvent, position: i64) -> Self {
        Self {
            position,
            stream: event.stream,
            version: event.version,
            id: event.id,
            kind: event.kind,
            kind_version: event.kind_version,
            at: event.at,
            actor: event.actor,
            cause: event.cause,
            data: event.data,
        }
    }

    /// Reads a row with the columns that the statements of `sql::log` select.
    pub(crate) fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            position: row.try_get("position")?,
            stream: row.try_get("stream")?,
            version: row.try_get("version")?,
            id: text(row, "id")?
                .parse()
                .map_err(|_| JournalError::Unreadable { what: "event id" })?,
            kind: row.try_get("kind")?,
            kind_version: u32::try_from(row.try_get::<i64, _>("kind_version")?).map_err(|_| {
                JournalError::Unreadable {
                    what: "kind version",
                }
            })?,
            at: text(row, "at")?
                .parse()
                .map_err(|_| JournalError::Unreadable { what: "time" })?,
            actor: serde_json::from_str(text(row, "actor")?)
                .map_err(|_| JournalError::Unreadable { what: "actor" })?,
            cause: CauseKey {
                sender: row.try_get("sender")?,
                message: row.try_get("message")?,
            },
            data: serde_json::from_str(text(row, "data")?)
                .map_err(|_| JournalError::Unreadable { what: "event body" })?,
        })
    }
}

pub(crate) fn text<'r>(row: &'r AnyRow, column: &str) -> Result<&'r str, JournalError> {
    Ok(row.try_get(column)?)
}

/// Shows where the event stands, never who acted or what it says.
impl fmt::Debug for StoredEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredEvent")
            .field("position", &self.position)
            .field("stream", &self.stream)
            .field("version", &self.version)
            .field("kind", &self.kind)
            .field("kind_version", &self.kind_version)
            .finish_non_exhaustive()
    }
}

/// Shows where the event goes, never who acted or what it says.
impl fmt::Debug for NewEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewEvent")
            .field("stream", &self.stream)
            .field("version", &self.version)
            .field("kind", &self.kind)
            .field("kind_version", &self.kind_version)
            .finish_non_exhaustive()
    }
}
