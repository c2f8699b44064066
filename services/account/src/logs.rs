//! The opened logs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use journal::{Pools, Statement};
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::writer::Writer;
use crate::{AccessLine, AccessRequest, AccountError, Lines, ProcessingLine, sql};

/// The two logs. Cheap to clone.
#[derive(Clone)]
pub struct Account {
    pools: Pools,
    writer: Writer,
}

/// Which lines of the access log are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// About this object.
    pub object: Option<String>,
    /// By users of this organisation.
    pub organisation: Option<String>,
    /// By this user, as the organisation names its users.
    pub person_ref: Option<String>,
    /// From this moment on.
    pub from: Timestamp,
    /// Until just before this moment.
    pub until: Timestamp,
}

/// The line after which a page starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// Its moment, in milliseconds since 1970.
    pub at: i64,
    /// Its id.
    pub id: String,
}

impl After {
    /// Before the first line.
    #[must_use]
    pub const fn nothing() -> Self {
        Self {
            at: i64::MIN,
            id: String::new(),
        }
    }
}

impl Account {
    /// Opens the logs (URL as for [`journal::Db::open`], a database of their own), and makes them
    /// when they do not exist.
    ///
    /// # Errors
    /// [`AccountError::Journal`] when the database cannot be opened.
    pub async fn open(url: &str) -> Result<Self, AccountError> {
        let pools = Pools::open(url, sql::migrations()).await?;
        let writer = Writer::start(pools.clone());
        Ok(Self { pools, writer })
    }

    /// Stores lines for both logs, all or none, and returns when they are stored for good. Whoever
    /// shows something waits for this and shows nothing when it fails. A line that is there
    /// already stays as it is.
    ///
    /// # Errors
    /// [`AccountError::Unwritten`], [`AccountError::Closed`].
    pub async fn write(&self, lines: Lines) -> Result<(), AccountError> {
        if lines.is_empty() {
            return Ok(());
        }
        self.writer.write(lines).await
    }

    /// Who looked: a page of the access log, oldest first.
    ///
    /// # Errors
    /// [`AccountError`] when the database does not answer.
    pub async fn accesses(
        &self,
        asked: &Asked,
        after: &After,
        size: u32,
    ) -> Result<Vec<AccessLine>, AccountError> {
        let text = |of: &Option<String>| of.clone().unwrap_or_default();
        let rows = sqlx::query(sql::ACCESSES.text(self.pools.engine()))
            .bind(text(&asked.object))
            .bind(text(&asked.organisation))
            .bind(text(&asked.person_ref))
            .bind(asked.from.as_millisecond())
            .bind(asked.until.as_millisecond())
            .bind(after.at)
            .bind(after.id.as_str())
            .bind(i64::from(size))
            .fetch_all(self.pools.reader())
            .await?;
        let mut lines = rows.iter().map(access).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        let ids = serde_json::to_string(&ids).map_err(|_| AccountError::Unreadable)?;
        let rows = sqlx::query(sql::OBJECTS.text(self.pools.engine()))
            .bind(ids)
            .fetch_all(self.pools.reader())
            .await?;
        let mut objects: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in &rows {
            objects
                .entry(row.try_get("line")?)
                .or_default()
                .insert(row.try_get("object")?);
        }
        for line in &mut lines {
            line.objects = objects.remove(&line.id).unwrap_or_default();
        }
        Ok(lines)
    }

    /// The processing of one controller, in order, that ended from `from` until just before
    /// `until`.
    ///
    /// # Errors
    /// [`AccountError`] when the database does not answer.
    pub async fn processings(
        &self,
        controller: &str,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<ProcessingLine>, AccountError> {
        let rows = sqlx::query(sql::PROCESSINGS.text(self.pools.engine()))
            .bind(controller.to_owned())
            .bind(from.as_millisecond())
            .bind(until.as_millisecond())
            .fetch_all(self.pools.reader())
            .await?;
        rows.iter().map(processing).collect()
    }

    /// The processing of one controller of one data subject, by the pseudonym that the log has for
    /// it: the latest first, at most `most`.
    ///
    /// # Errors
    /// [`AccountError`] when the database does not answer.
    pub async fn processings_of(
        &self,
        controller: &str,
        subject: &str,
        most: u32,
    ) -> Result<Vec<ProcessingLine>, AccountError> {
        let rows = sqlx::query(sql::PROCESSINGS_OF.text(self.pools.engine()))
            .bind(controller.to_owned())
            .bind(subject.to_owned())
            .bind(i64::from(most))
            .fetch_all(self.pools.reader())
            .await?;
        rows.iter().map(processing).collect()
    }

    /// Records that somebody asked for access. The same request again changes nothing.
    ///
    /// # Errors
    /// [`AccountError`] when the database does not answer.
    pub async fn record_request(&self, request: &AccessRequest) -> Result<(), AccountError> {
        sqlx::query(sql::ADD_REQUEST.text(self.pools.engine()))
            .bind(request.id.as_str())
            .bind(request.object.as_str())
            .bind(request.person_ref.as_deref())
            .bind(request.recorded_by.as_str())
            .bind(request.requested_at)
            .bind(request.due_at)
            .execute(self.pools.writer())
            .await?;
        Ok(())
    }

    /// The requests for access about something, oldest first.
    ///
    /// # Errors
    /// [`AccountError`] when the database does not answer.
    pub async fn requests(&self, object: &str) -> Result<Vec<AccessRequest>, AccountError> {
        let rows = sqlx::query(sql::REQUESTS.text(self.pools.engine()))
            .bind(object.to_owned())
            .fetch_all(self.pools.reader())
            .await?;
        rows.iter().map(request).collect()
    }

    /// A page of all requests for access, oldest first, after the last one of the page before: `at`
    /// is when it was asked.
    ///
    /// # Errors
    /// [`AccountError`] when the database does not answer.
    pub async fn requests_after(
        &self,
        after: &After,
        size: u32,
    ) -> Result<Vec<AccessRequest>, AccountError> {
        let rows = sqlx::query(sql::REQUESTS_AFTER.text(self.pools.engine()))
            .bind(after.at)
            .bind(after.id.as_str())
            .bind(i64::from(size))
            .fetch_all(self.pools.reader())
            .await?;
        rows.iter().map(request).collect()
    }

    /// Deletes every line of before this moment.
    ///
    /// # Errors
    /// [`AccountError`] when the database does not answer.
    pub async fn expire(&self, before: Timestamp) -> Result<(), AccountError> {
        let mut tx = self.pools.writer().begin().await?;
        for statement in [
            sql::EXPIRE_PROCESSING,
            sql::EXPIRE_OBJECTS,
            sql::EXPIRE_ACCESS,
        ] {
            sqlx::query(statement.text(self.pools.engine()))
                .bind(before.as_millisecond())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Prepares statements on this database without running them.
    ///
    /// # Errors
    /// The name of the first statement that does not fit, with the database's words.
    pub async fn prepare_all(&self, statements: &[Statement]) -> Result<(), String> {
        self.pools.prepare_all(statements).await
    }

    /// Closes all connections; what is written afterwards fails.
    pub async fn close(&self) {
        self.pools.close().await;
    }
}

fn access(row: &AnyRow) -> Result<AccessLine, AccountError> {
    let shown: &str = row.try_get("shown")?;
    Ok(AccessLine {
        id: row.try_get("id")?,
        trace_id: row.try_get("trace_id")?,
        at: row.try_get("at")?,
        organisation: row.try_get("organisation")?,
        person_ref: row.try_get("person_ref")?,
        role: row.try_get("role")?,
        client: row.try_get("client")?,
        operation: row.try_get("operation")?,
        processing_activity_id: row.try_get("processing_activity_id")?,
        purpose: row.try_get("purpose")?,
        ground: row.try_get("ground")?,
        result: word(row, "result")?,
        shown: serde_json::from_str(shown).map_err(|_| AccountError::Unreadable)?,
        emergency: row.try_get::<i64, _>("emergency")? != 0,
        objects: BTreeSet::new(),
    })
}

fn request(row: &AnyRow) -> Result<AccessRequest, AccountError> {
    Ok(AccessRequest {
        id: row.try_get("id")?,
        object: row.try_get("object")?,
        person_ref: row.try_get("person_ref")?,
        recorded_by: row.try_get("recorded_by")?,
        requested_at: row.try_get("requested_at")?,
        due_at: row.try_get("due_at")?,
    })
}

fn processing(row: &AnyRow) -> Result<ProcessingLine, AccountError> {
    Ok(ProcessingLine {
        trace_id: row.try_get("trace_id")?,
        span_id: row.try_get("span_id")?,
        parent_span_id: row.try_get("parent_span_id")?,
        controller: row.try_get("controller")?,
        status: word(row, "status")?,
        name: row.try_get("name")?,
        start_time: row.try_get("start_time")?,
        end_time: row.try_get("end_time")?,
        processing_activity_id: row.try_get("processing_activity_id")?,
        data_subject_id: row.try_get("data_subject_id")?,
        data_subject_id_type: row.try_get("data_subject_id_type")?,
        foreign_operation_processor: row.try_get("foreign_operation_processor")?,
    })
}

/// A coded word.
fn word<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T, AccountError> {
    let word: String = row.try_get(column)?;
    serde_json::from_value(word.into()).map_err(|_| AccountError::Unreadable)
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("engine", &self.pools.engine())
            .finish_non_exhaustive()
    }
}
