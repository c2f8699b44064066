//! Cases that have ended and of which something is still kept, and signals and meetings that have
//! ended: what the daily expiry looks at.

use journal::{Db, JournalError, Statement, Tx};
use ladder::{Case, ErasureScope};
use sqlx::Row;

use super::Change;
use super::rows;

const KEEP: Statement = Statement::same(
    "retention_view.keep",
    "INSERT INTO retention_view (case_id, ended_at) VALUES ($1, $2)
     ON CONFLICT (case_id) DO UPDATE SET ended_at = excluded.ended_at",
);
const REMOVE: Statement = Statement::same(
    "retention_view.remove",
    "DELETE FROM retention_view WHERE case_id = $1",
);
const AFTER: Statement = Statement::same(
    "retention_view.after",
    "SELECT case_id FROM retention_view WHERE case_id > $1 ORDER BY case_id LIMIT 100",
);
const SIGNALS: Statement = Statement::same(
    "signal_view.ended",
    "SELECT signal_id, changed_at FROM signal_view
     WHERE state = 'closed' AND signal_id > $1 ORDER BY signal_id LIMIT 100",
);
const MEETINGS: Statement = Statement::same(
    "meeting_view.ended",
    "SELECT meeting_id, changed_at FROM meeting_view
     WHERE state IN ('adopted', 'cancelled') AND meeting_id > $1 ORDER BY meeting_id LIMIT 100",
);

pub(super) const STATEMENTS: &[Statement] = &[KEEP, REMOVE, AFTER, SIGNALS, MEETINGS];

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let engine = tx.engine();
    let ended_at = |case: &Case| match case {
        Case::Closed(closed) if !closed.file.kept.is_ordered(&ErasureScope::Case) => {
            Some(closed.ended_at)
        }
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Underway(_) | Case::Closed(_) => {
            None
        }
    };
    let (before, after) = (ended_at(change.before), ended_at(change.after));
    match after {
        Some(at) if before != after => {
            sqlx::query(KEEP.text(engine))
                .bind(change.id.as_str())
                .bind(at.to_string())
                .execute(tx.conn())
                .await?;
        }
        None if before.is_some() => {
            sqlx::query(REMOVE.text(engine))
                .bind(change.id.as_str())
                .execute(tx.conn())
                .await?;
        }
        Some(_) | None => {}
    }
    Ok(())
}

/// A page of these cases, by id, after the last one of the page before.
///
/// # Errors
/// [`JournalError`].
pub async fn ended_after(db: &Db, case: &str) -> Result<Vec<String>, JournalError> {
    let rows = sqlx::query(AFTER.text(db.engine()))
        .bind(case)
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(|row| Ok(row.try_get("case_id")?)).collect()
}

/// A page of the signals that have ended, by id, after the last one of the page before; with when
/// each last changed.
///
/// # Errors
/// [`JournalError`].
pub async fn ended_signals_after(
    db: &Db,
    signal: &str,
) -> Result<Vec<(String, String)>, JournalError> {
    rows::of(db, SIGNALS, signal, |row| {
        Ok((row.try_get("signal_id")?, row.try_get("changed_at")?))
    })
    .await
}

/// A page of the meetings that were held or called off, in the same way.
///
/// # Errors
/// [`JournalError`].
pub async fn ended_meetings_after(
    db: &Db,
    meeting: &str,
) -> Result<Vec<(String, String)>, JournalError> {
    rows::of(db, MEETINGS, meeting, |row| {
        Ok((row.try_get("meeting_id")?, row.try_get("changed_at")?))
    })
    .await
}
