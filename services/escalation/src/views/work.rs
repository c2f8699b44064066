//! The cases of an organisation by what falls due next: its queue.

use journal::{Db, JournalError, Statement};
use sqlx::Row;

use super::case::CaseRow;

/// Reminders, warnings and what a clock does ask nothing of anybody that another deadline does not.
const NEXT: Statement = Statement::same(
    "work.next",
    "SELECT c.*, d.due AS next_due, d.due_at AS next_at
     FROM deadline_view d JOIN case_view c ON d.stream = 'case/' || c.case_id
     WHERE c.case_id IN (SELECT case_id FROM involvement_view WHERE organisation = $1)
        AND (d.due_at > $2 OR (d.due_at = $2 AND c.case_id > $3))
        AND d.due NOT LIKE 'handoff-reminder/%' AND d.due NOT IN ('stay-warning', 'climb')
        AND NOT EXISTS (
            SELECT 1 FROM deadline_view e
            WHERE e.stream = d.stream
                AND e.due NOT LIKE 'handoff-reminder/%' AND e.due NOT IN ('stay-warning', 'climb')
                AND (e.due_at < d.due_at OR (e.due_at = d.due_at AND e.due < d.due)))
     ORDER BY d.due_at, c.case_id LIMIT $4",
);

pub(super) const STATEMENTS: &[Statement] = &[NEXT];

/// A case with what falls due next.
#[derive(Debug, Clone)]
pub struct WorkRow {
    /// The case.
    pub case: CaseRow,
    /// Which deadline, by its name.
    pub due: String,
    /// When, in microseconds since 1970.
    pub at: i64,
}

/// The cases in which an organisation has a part and something falls due, the nearest deadline
/// first, after a moment and a case.
///
/// # Errors
/// [`JournalError`].
pub async fn work(
    db: &Db,
    organisation: &str,
    (at, case): (i64, &str),
    limit: u32,
) -> Result<Vec<WorkRow>, JournalError> {
    let rows = sqlx::query(NEXT.text(db.engine()))
        .bind(organisation.to_owned())
        .bind(at)
        .bind(case.to_owned())
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    let row = |row: &_| {
        Ok(WorkRow {
            case: CaseRow::from_row(row)?,
            due: row.try_get("next_due")?,
            at: row.try_get("next_at")?,
        })
    };
    rows.iter().map(row).collect()
}
