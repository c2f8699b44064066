//! Stories that are not shared yet: each stays with the organisation that writes it.

use journal::{Db, JournalError, Statement, Tx};
use ladder::{Case, Event};
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json;
use super::rows;

const REMOVE: Statement = Statement::same(
    "draft_view.remove",
    "DELETE FROM draft_view WHERE case_id = $1",
);
const ADD: Statement = Statement::same(
    "draft_view.add",
    "INSERT INTO draft_view (case_id, owner, version, saved_at, remind_at, content)
     VALUES ($1, $2, $3, $4, $5, $6)",
);
const REMIND: Statement = Statement::same(
    "draft_view.remind",
    "UPDATE draft_view SET version = $2, remind_at = $3 WHERE case_id = $1",
);
const FIND: Statement = Statement::same(
    "draft_view.find",
    "SELECT * FROM draft_view WHERE case_id = $1",
);
const OF_OWNER: Statement = Statement::same(
    "draft_view.of_owner",
    "SELECT * FROM draft_view WHERE owner = $1 AND case_id > $2 ORDER BY case_id LIMIT $3",
);

pub(super) const STATEMENTS: &[Statement] = &[REMOVE, ADD, REMIND, FIND, OF_OWNER];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct DraftRow {
    /// The id that the case will keep.
    pub case_id: String,
    /// The organisation that writes it.
    pub owner: String,
    /// How many events it has: its `ETag`.
    pub version: i64,
    /// When it was last kept.
    pub saved_at: String,
    /// When its writer is reminded of it.
    pub remind_at: String,
    /// What was written so far, sealed, under `content`.
    pub content: Value,
}

impl DraftRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            case_id: row.try_get("case_id")?,
            owner: row.try_get("owner")?,
            version: row.try_get("version")?,
            saved_at: row.try_get("saved_at")?,
            remind_at: row.try_get("remind_at")?,
            content: json(row, "content")?,
        })
    }
}

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let engine = tx.engine();
    let id = change.id.as_str();
    let Case::Draft(draft) = change.after else {
        // Reported or thrown away: what was written stays in the log, sealed, and nowhere else.
        if matches!(change.before, Case::Draft(_)) {
            let gone = sqlx::query(REMOVE.text(engine)).bind(id);
            gone.execute(tx.conn()).await?;
        }
        return Ok(());
    };
    for (event, stored) in change.events.iter().zip(change.stored) {
        if let Event::DraftSaved(_) = event {
            sqlx::query(REMOVE.text(engine))
                .bind(id)
                .execute(tx.conn())
                .await?;
            sqlx::query(ADD.text(engine))
                .bind(id)
                .bind(draft.owner.as_str())
                .bind(stored.version)
                .bind(stored.at.to_string())
                .bind(draft.remind_at.to_string())
                .bind(stored.data.to_string())
                .execute(tx.conn())
                .await?;
        } else {
            sqlx::query(REMIND.text(engine))
                .bind(id)
                .bind(stored.version)
                .bind(draft.remind_at.to_string())
                .execute(tx.conn())
                .await?;
        }
    }
    Ok(())
}

/// One draft, whoever asks: the caller answers for the scope.
///
/// # Errors
/// [`JournalError`].
pub async fn find(db: &Db, case_id: &str) -> Result<Option<DraftRow>, JournalError> {
    rows::one(db, FIND, [case_id], DraftRow::from_row).await
}

/// The drafts of an organisation, by id, after a cursor.
///
/// # Errors
/// [`JournalError`].
pub async fn drafts(
    db: &Db,
    owner: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<DraftRow>, JournalError> {
    let rows = sqlx::query(OF_OWNER.text(db.engine()))
        .bind(owner)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(DraftRow::from_row).collect()
}
