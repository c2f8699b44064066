//! Open deadlines: a timer is a row.

use std::collections::BTreeSet;

use jiff::Timestamp;
use journal::{Db, JournalError, Statement, Tx};
use ladder::{CaseId, Due, deadlines};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;

const ADD: Statement = Statement::same(
    "deadline_view.add",
    "INSERT INTO deadline_view (case_id, due, due_at) VALUES ($1, $2, $3)",
);
const REMOVE: Statement = Statement::same(
    "deadline_view.remove",
    "DELETE FROM deadline_view WHERE case_id = $1 AND due = $2 AND due_at = $3",
);
const DUE: Statement = Statement::same(
    "deadline_view.due",
    "SELECT case_id, due, due_at FROM deadline_view WHERE due_at <= $1
     ORDER BY due_at, case_id, due LIMIT 100",
);
const NEXT: Statement = Statement::same(
    "deadline_view.next",
    "SELECT MIN(due_at) AS due_at FROM deadline_view",
);
const NEXT_OF: Statement = Statement::same(
    "deadline_view.next_of",
    "SELECT case_id, due, due_at FROM deadline_view WHERE case_id = $1 ORDER BY due_at, due LIMIT 1",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, REMOVE, DUE, NEXT, NEXT_OF];

/// A deadline and the case it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRow {
    /// Which case.
    pub case: CaseId,
    /// Which deadline.
    pub due: Due,
    /// When.
    pub at: Timestamp,
}

impl DeadlineRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        let unreadable = || JournalError::Unreadable { what: "deadline" };
        Ok(Self {
            case: CaseId::parse(row.try_get("case_id")?).map_err(|_| unreadable())?,
            due: row
                .try_get::<&str, _>("due")?
                .parse()
                .map_err(|_| unreadable())?,
            at: time(row.try_get("due_at")?)?,
        })
    }
}

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let before: BTreeSet<_> = deadlines(change.before).into_iter().collect();
    let after: BTreeSet<_> = deadlines(change.after).into_iter().collect();
    let engine = tx.engine();
    let gone = before.difference(&after).map(|deadline| (REMOVE, deadline));
    let come = after.difference(&before).map(|deadline| (ADD, deadline));
    for (statement, (due, at)) in gone.chain(come) {
        sqlx::query(statement.text(engine))
            .bind(change.case.as_str())
            .bind(due.to_string())
            .bind(at.as_microsecond())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// The deadlines that have fallen due, oldest first, at most 100.
///
/// # Errors
/// [`JournalError`].
pub async fn due(db: &Db, now: Timestamp) -> Result<Vec<DeadlineRow>, JournalError> {
    let rows = sqlx::query(DUE.text(db.engine()))
        .bind(now.as_microsecond())
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(DeadlineRow::from_row).collect()
}

/// The deadline of a case that falls due first, if it has one.
///
/// # Errors
/// [`JournalError`].
pub async fn next_of(db: &Db, case_id: &str) -> Result<Option<DeadlineRow>, JournalError> {
    let row = sqlx::query(NEXT_OF.text(db.engine()))
        .bind(case_id)
        .fetch_optional(db.reader())
        .await?;
    row.as_ref().map(DeadlineRow::from_row).transpose()
}

/// When the next deadline falls due.
///
/// # Errors
/// [`JournalError`].
pub async fn next(db: &Db) -> Result<Option<Timestamp>, JournalError> {
    let row = sqlx::query(NEXT.text(db.engine()))
        .fetch_one(db.reader())
        .await?;
    row.try_get::<Option<i64>, _>("due_at")?
        .map(time)
        .transpose()
}

fn time(microseconds: i64) -> Result<Timestamp, JournalError> {
    Timestamp::from_microsecond(microseconds)
        .map_err(|_| JournalError::Unreadable { what: "deadline" })
}
