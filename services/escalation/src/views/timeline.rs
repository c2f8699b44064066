//! What happened to a case, in order, without any content: shown to everybody with a part in it.

use journal::{Db, JournalError, Statement, Tx};
use ladder::{Decider, Event, Rules};
use serde::Serialize;
use sqlx::Row;

use super::Change;

const ADD: Statement = Statement::same(
    "timeline_view.add",
    "INSERT INTO timeline_view (position, case_id, version, at, kind, rung, organisation, role)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);
const OF_CASE: Statement = Statement::same(
    "timeline_view.of_case",
    "SELECT position, at, kind, rung, organisation, role FROM timeline_view
     WHERE case_id = $1 AND position > $2 ORDER BY position LIMIT $3",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, OF_CASE];

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineRow {
    /// Its place in the log.
    pub position: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What, `<noun>.<past-verb>`.
    pub kind: String,
    /// Where the case stands after it.
    pub rung: String,
    /// Who did it; none when a deadline fell due.
    pub organisation: Option<String>,
    /// In which role; `clock` when a deadline fell due.
    pub role: String,
}

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let engine = tx.engine();
    let mut case = change.before.clone();
    for (event, stored) in change.events.iter().zip(change.stored) {
        case = Rules::evolve(case, event, stored.at);
        // What was written before it was shared is the writer's own.
        if let Event::DraftSaved(_) | Event::DraftReminded(_) | Event::DraftDiscarded(_) = event {
            continue;
        }
        let rung = case.file().map_or("", |file| file.rung.as_str());
        sqlx::query(ADD.text(engine))
            .bind(stored.position)
            .bind(change.id.as_str())
            .bind(stored.version)
            .bind(stored.at.to_string())
            .bind(stored.kind.as_str())
            .bind(rung)
            .bind(change.organisation)
            .bind(change.role)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// The timeline of a case after a position.
///
/// # Errors
/// [`JournalError`].
pub async fn timeline(
    db: &Db,
    case_id: &str,
    after: i64,
    limit: u32,
) -> Result<Vec<TimelineRow>, JournalError> {
    let rows = sqlx::query(OF_CASE.text(db.engine()))
        .bind(case_id)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(TimelineRow {
                position: row.try_get("position")?,
                at: row.try_get("at")?,
                kind: row.try_get("kind")?,
                rung: row.try_get("rung")?,
                organisation: row.try_get("organisation")?,
                role: row.try_get("role")?,
            })
        })
        .collect()
}
