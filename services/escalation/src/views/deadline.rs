//! Open deadlines: a timer is a row.

use std::collections::BTreeSet;

use jiff::Timestamp;
use journal::{Db, JournalError, Statement, Tx};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use crate::aggregate::{Aggregate, Subject};

const ADD: Statement = Statement::same(
    "deadline_view.add",
    "INSERT INTO deadline_view (stream, due, due_at) VALUES ($1, $2, $3)",
);
const REMOVE: Statement = Statement::same(
    "deadline_view.remove",
    "DELETE FROM deadline_view WHERE stream = $1 AND due = $2 AND due_at = $3",
);
const DUE: Statement = Statement::same(
    "deadline_view.due",
    "SELECT stream, due, due_at FROM deadline_view WHERE due_at <= $1
     ORDER BY due_at, stream, due LIMIT 100",
);
const BETWEEN: Statement = Statement::same(
    "deadline_view.between",
    "SELECT stream, due, due_at FROM deadline_view
     WHERE (due_at, stream, due) > ($1, $2, $3) AND due_at <= $4
     ORDER BY due_at, stream, due LIMIT $5",
);
const NEXT: Statement = Statement::same(
    "deadline_view.next",
    "SELECT MIN(due_at) AS due_at FROM deadline_view",
);
const NEXT_OF: Statement = Statement::same(
    "deadline_view.next_of",
    "SELECT stream, due, due_at FROM deadline_view WHERE stream = $1 ORDER BY due_at, due LIMIT 1",
);

const SUBJECTS: Statement = Statement::same(
    "deadline_view.subjects",
    "SELECT DISTINCT stream FROM deadline_view ORDER BY stream",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, REMOVE, DUE, BETWEEN, NEXT, NEXT_OF, SUBJECTS];

/// A deadline and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRow {
    /// Of what.
    pub subject: Subject,
    /// Which deadline, by the name that its own kind gives it.
    pub due: String,
    /// When.
    pub at: Timestamp,
}

impl DeadlineRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        let unreadable = || JournalError::Unreadable { what: "deadline" };
        Ok(Self {
            subject: Subject::parse(row.try_get("stream")?).ok_or_else(unreadable)?,
            due: row.try_get("due")?,
            at: time(row.try_get("due_at")?)?,
        })
    }
}

pub(super) async fn write<A: Aggregate>(
    tx: &mut Tx,
    change: &Change<'_, A>,
) -> Result<(), JournalError> {
    let before: BTreeSet<_> = A::deadlines(change.before).into_iter().collect();
    let after: BTreeSet<_> = A::deadlines(change.after).into_iter().collect();
    let stream = A::subject(change.id).to_string();
    let engine = tx.engine();
    let gone = before.difference(&after).map(|deadline| (REMOVE, deadline));
    let come = after.difference(&before).map(|deadline| (ADD, deadline));
    for (statement, (due, at)) in gone.chain(come) {
        sqlx::query(statement.text(engine))
            .bind(stream.as_str())
            .bind(due.as_str())
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

/// The deadlines after one moment up to another, in their order, at most so many. Many may end at the
/// same moment, so whoever reads on names the last one it had instead.
///
/// # Errors
/// [`JournalError`].
pub async fn between(
    db: &Db,
    after: After<'_>,
    until: Timestamp,
    most: u32,
) -> Result<Vec<DeadlineRow>, JournalError> {
    let (at, stream, due) = match after {
        // Nothing of the next microsecond has a smaller name.
        After::Moment(moment) => (moment.as_microsecond() + 1, String::new(), ""),
        After::Deadline(last) => {
            let at = last.at.as_microsecond();
            (at, last.subject.to_string(), last.due.as_str())
        }
    };
    let rows = sqlx::query(BETWEEN.text(db.engine()))
        .bind(at)
        .bind(stream)
        .bind(due)
        .bind(until.as_microsecond())
        .bind(i64::from(most))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(DeadlineRow::from_row).collect()
}

/// After what [`between`] begins.
#[derive(Debug, Clone, Copy)]
pub enum After<'a> {
    /// Everything that ends later than this.
    Moment(Timestamp),
    /// What follows this one.
    Deadline(&'a DeadlineRow),
}

/// Everything that has a deadline, by its name.
///
/// # Errors
/// [`JournalError`].
pub async fn subjects(db: &Db) -> Result<Vec<Subject>, JournalError> {
    let rows = sqlx::query(SUBJECTS.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    let subject = |row: &AnyRow| {
        let unreadable = || JournalError::Unreadable { what: "deadline" };
        Subject::parse(row.try_get("stream")?).ok_or_else(unreadable)
    };
    rows.iter().map(subject).collect()
}

/// The deadline of a case that falls due first, if it has one.
///
/// # Errors
/// [`JournalError`].
pub async fn next_of(db: &Db, case_id: &str) -> Result<Option<DeadlineRow>, JournalError> {
    let row = sqlx::query(NEXT_OF.text(db.engine()))
        .bind(format!("case/{case_id}"))
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
