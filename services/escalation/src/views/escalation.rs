//! Requests for admission and how they were answered.

use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::{EscalationId, Event};
use serde_json::Value;
use sqlx::Row;

use super::Change;
use super::case::json;
use super::question;

const ADD: Statement = Statement::same(
    "escalation_view.add",
    "INSERT INTO escalation_view (case_id, escalation, admitting, status, position, content)
     VALUES ($1, $2, $3, 'requested', $4, $5)",
);
const SET: Statement = Statement::same(
    "escalation_view.set",
    "UPDATE escalation_view SET status = $3, content = $4 WHERE case_id = $1 AND escalation = $2",
);
const CONTENT: Statement = Statement::same(
    "escalation_view.content",
    "SELECT content FROM escalation_view WHERE case_id = $1 AND escalation = $2",
);
const OF_CASE: Statement = Statement::same(
    "escalation_view.of_case",
    "SELECT * FROM escalation_view WHERE case_id = $1 ORDER BY position",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, SET, CONTENT, OF_CASE];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct EscalationRow {
    /// The request.
    pub escalation: String,
    /// The organisation that answers it.
    pub admitting: String,
    /// `requested`, `admitted`, `returned`, `refused` or `expired`.
    pub status: String,
    /// Where the request stands in the log.
    pub position: i64,
    /// The request as it was made, and under `answer` what was answered; texts sealed.
    pub content: Value,
}

pub(super) async fn write(
    tx: &mut Tx,
    change: &Change<'_>,
    event: &Event,
    stored: &StoredEvent,
) -> Result<(), JournalError> {
    let (escalation, status): (&EscalationId, _) = match event {
        Event::EscalationRequested(request) => {
            let engine = tx.engine();
            sqlx::query(ADD.text(engine))
                .bind(change.id.as_str())
                .bind(request.escalation.as_str())
                .bind(request.admitting.as_str())
                .bind(stored.position)
                .bind(stored.data.to_string())
                .execute(tx.conn())
                .await?;
            return Ok(());
        }
        Event::Escalated(e) => (&e.escalation, "admitted"),
        Event::EscalationReturned(e) => (&e.escalation, "returned"),
        Event::EscalationRefused(e) => (&e.escalation, "refused"),
        Event::EscalationExpired(e) => (&e.escalation, "expired"),
        _ => return Ok(()),
    };
    let ids = [change.id.as_str(), escalation.as_str()];
    question::answered(tx, [CONTENT, SET], ids, (status, "answer"), &stored.data).await
}

/// Every request for admission of a case, oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn escalations(db: &Db, case_id: &str) -> Result<Vec<EscalationRow>, JournalError> {
    question::rows_of(db, OF_CASE, case_id, |row| {
        Ok(EscalationRow {
            escalation: row.try_get("escalation")?,
            admitting: row.try_get("admitting")?,
            status: row.try_get("status")?,
            position: row.try_get("position")?,
            content: json(row, "content")?,
        })
    })
    .await
}
