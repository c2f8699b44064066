//! The cases of an organisation by what falls due next: its queue.

use journal::{Db, JournalError, Statement};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::case::CaseRow;

/// Of each case the first deadline that waits for the organisation itself, else the first of all; with
/// the first of all beside it. For whom a deadline waits is what [`crate::awaited::of`] says of one.
/// Reminders, warnings and what a clock does ask nothing of anybody that another deadline does not.
const NEXT: Statement = Statement::same(
    "work.next",
    "WITH part AS (SELECT DISTINCT case_id FROM involvement_view WHERE organisation = $1),
     asked AS (
        SELECT c.case_id, d.due, d.due_at, CASE WHEN COALESCE(CASE
            WHEN d.due LIKE 'handoff-answer/%' THEN (
                SELECT h.receiver FROM handoff_view h
                WHERE h.case_id = c.case_id AND d.due = 'handoff-answer/' || h.handoff)
            WHEN d.due LIKE 'counter-follow-up/%' THEN (
                SELECT h.sender FROM handoff_view h
                WHERE h.case_id = c.case_id AND d.due = 'counter-follow-up/' || h.handoff)
            WHEN d.due LIKE 'advice-answer/%' THEN (
                SELECT a.adviser FROM advice_view a
                WHERE a.case_id = c.case_id AND d.due = 'advice-answer/' || a.consultation)
            WHEN d.due LIKE 'escalation-%' THEN (
                SELECT e.admitting FROM escalation_view e
                WHERE e.case_id = c.case_id AND d.due IN (
                    'escalation-acknowledgement/' || e.escalation,
                    'escalation-answer/' || e.escalation, 'escalation-review/' || e.escalation))
            WHEN d.due LIKE 'commitment-day/%' THEN (
                SELECT m.organisation FROM commitment_view m
                WHERE m.case_id = c.case_id AND d.due = 'commitment-day/' || m.request)
            WHEN d.due = 'review' THEN c.handler
            END, c.owner) = $1 THEN 0 ELSE 1 END AS of_another
        FROM part JOIN case_view c ON c.case_id = part.case_id
        JOIN deadline_view d ON d.stream = 'case/' || c.case_id
        WHERE d.due NOT LIKE 'handoff-reminder/%' AND d.due NOT IN ('stay-warning', 'climb')),
     ranked AS (
        SELECT case_id, due, due_at,
            ROW_NUMBER() OVER (PARTITION BY case_id ORDER BY of_another, due_at, due) AS place,
            FIRST_VALUE(due) OVER (PARTITION BY case_id ORDER BY due_at, due) AS first_due,
            FIRST_VALUE(due_at) OVER (PARTITION BY case_id ORDER BY due_at, due) AS first_at
        FROM asked)
     SELECT c.*, r.due AS next_due, r.due_at AS next_at, r.first_due, r.first_at
     FROM ranked r JOIN case_view c ON c.case_id = r.case_id
     WHERE r.place = 1 AND (r.due_at > $2 OR (r.due_at = $2 AND r.case_id > $3))
     ORDER BY r.due_at, r.case_id LIMIT $4",
);

pub(super) const STATEMENTS: &[Statement] = &[NEXT];

/// A case with what falls due next.
#[derive(Debug, Clone)]
pub struct WorkRow {
    /// The case.
    pub case: CaseRow,
    /// The first deadline that waits for the organisation, else the first of all: by its name, and
    /// when, in microseconds since 1970.
    pub next: (String, i64),
    /// The first deadline of all, when it is another one and falls due before that.
    pub before: Option<(String, i64)>,
}

impl WorkRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        let next: (String, i64) = (row.try_get("next_due")?, row.try_get("next_at")?);
        let first: (String, i64) = (row.try_get("first_due")?, row.try_get("first_at")?);
        Ok(Self {
            case: CaseRow::from_row(row)?,
            before: (first != next).then_some(first),
            next,
        })
    }
}

/// The cases in which an organisation has a part and something falls due, after a moment and a case:
/// by what waits for the organisation itself where something does, the nearest deadline first.
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
    rows.iter().map(WorkRow::from_row).collect()
}
