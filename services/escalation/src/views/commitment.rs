//! What organisations were asked to commit themselves to, and what came of it.

use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::{Event, RequestId};
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json;
use super::question;
use super::rows;

const ADD: Statement = Statement::same(
    "commitment_view.add",
    "INSERT INTO commitment_view (case_id, request, organisation, status, position, content)
     VALUES ($1, $2, $3, 'requested', $4, $5)",
);
const SET: Statement = Statement::same(
    "commitment_view.set",
    "UPDATE commitment_view SET status = $3, content = $4 WHERE case_id = $1 AND request = $2",
);
const CONTENT: Statement = Statement::same(
    "commitment_view.content",
    "SELECT content FROM commitment_view WHERE case_id = $1 AND request = $2",
);
const OF_CASE: Statement = Statement::same(
    "commitment_view.of_case",
    "SELECT * FROM commitment_view WHERE case_id = $1 ORDER BY position",
);

const OPEN_OF: Statement = Statement::same(
    "commitment_view.open_of",
    "SELECT * FROM commitment_view
     WHERE organisation = $1 AND status IN ('requested', 'made') ORDER BY position",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, SET, CONTENT, OF_CASE, OPEN_OF];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct CommitmentRow {
    /// The case.
    pub case_id: String,
    /// The request.
    pub request: String,
    /// The organisation that was asked.
    pub organisation: String,
    /// `requested`, `made`, `refused` or `fulfilled`.
    pub status: String,
    /// Where the request stands in the log.
    pub position: i64,
    /// Under `requested`, `made`, `refused` and `fulfilled` what was said then; texts sealed.
    pub content: Value,
}

impl CommitmentRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            case_id: row.try_get("case_id")?,
            request: row.try_get("request")?,
            organisation: row.try_get("organisation")?,
            status: row.try_get("status")?,
            position: row.try_get("position")?,
            content: json(row, "content")?,
        })
    }
}

pub(super) async fn write(
    tx: &mut Tx,
    change: &Change<'_>,
    event: &Event,
    stored: &StoredEvent,
) -> Result<(), JournalError> {
    let (request, status): (&RequestId, _) = match event {
        Event::CommitmentRequested(request) => {
            let engine = tx.engine();
            sqlx::query(ADD.text(engine))
                .bind(change.id.as_str())
                .bind(request.request.as_str())
                .bind(request.of.as_str())
                .bind(stored.position)
                .bind(serde_json::json!({ "requested": stored.data }).to_string())
                .execute(tx.conn())
                .await?;
            return Ok(());
        }
        Event::CommitmentMade(e) => (&e.request, "made"),
        Event::CommitmentRefused(e) => (&e.request, "refused"),
        Event::CommitmentFulfilled(e) => (&e.request, "fulfilled"),
        _ => return Ok(()),
    };
    let ids = [change.id.as_str(), request.as_str()];
    question::answered(tx, [CONTENT, SET], ids, (status, status), &stored.data).await
}

/// Every commitment that was asked for in a case, oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn commitments(db: &Db, case_id: &str) -> Result<Vec<CommitmentRow>, JournalError> {
    rows::of(db, OF_CASE, case_id, CommitmentRow::from_row).await
}

/// What an organisation was asked to commit itself to, or promised, and has not finished: over all
/// cases, whoever asks; oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn open_commitments(
    db: &Db,
    organisation: &str,
) -> Result<Vec<CommitmentRow>, JournalError> {
    rows::of(db, OPEN_OF, organisation, CommitmentRow::from_row).await
}
