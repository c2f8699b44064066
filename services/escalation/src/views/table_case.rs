//! The cases that a table could take now: what an agenda is made from.

use journal::{Db, JournalError, Statement, Tx};
use ladder::{Case, File, Stage, Urgency};
use sqlx::Row;

use super::{AgendaRow, Change};

const PUT: Statement = Statement::same(
    "table_case_view.put",
    "INSERT INTO table_case_view (case_id, rung, body, urgent, since) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (case_id) DO UPDATE SET rung = excluded.rung, body = excluded.body,
        urgent = excluded.urgent, since = excluded.since",
);
const SET_URGENT: Statement = Statement::same(
    "table_case_view.set_urgent",
    "UPDATE table_case_view SET urgent = $2 WHERE case_id = $1",
);
const REMOVE: Statement = Statement::same(
    "table_case_view.remove",
    "DELETE FROM table_case_view WHERE case_id = $1",
);
const AT: Statement = Statement::same(
    "table_case_view.at",
    "SELECT case_id, urgent, since FROM table_case_view WHERE rung = $1 AND body = $2
     ORDER BY urgent DESC, since, case_id",
);

pub(super) const STATEMENTS: &[Statement] = &[PUT, SET_URGENT, REMOVE, AT];

/// Brings the view up to a change.
pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let (before, after) = (at_table(change.before), at_table(change.after));
    let engine = tx.engine();
    let case = change.id.as_str();
    match (before, after, change.stored.last()) {
        (_, Some(file), Some(last)) if before.map(place) != Some(place(file)) => {
            sqlx::query(PUT.text(engine))
                .bind(case)
                .bind(file.rung.as_str())
                .bind(file.handler.as_str())
                .bind(i64::from(urgent(file)))
                .bind(last.at.to_string())
                .execute(tx.conn())
                .await?;
        }
        (Some(before), Some(after), _) if urgent(before) != urgent(after) => {
            sqlx::query(SET_URGENT.text(engine))
                .bind(case)
                .bind(i64::from(urgent(after)))
                .execute(tx.conn())
                .await?;
        }
        (Some(_), None, _) => {
            sqlx::query(REMOVE.text(engine))
                .bind(case)
                .execute(tx.conn())
                .await?;
        }
        _ => {}
    }
    Ok(())
}

/// Admitted to a rung, and not decided: also while something blocks it there.
fn at_table(case: &Case) -> Option<&File> {
    let Case::Underway(underway) = case else {
        return None;
    };
    matches!(
        underway.stage,
        Stage::Admitted | Stage::Blocked(_) | Stage::DecisionProposed { .. }
    )
    .then_some(&underway.file)
}

fn place(file: &File) -> (&str, &str) {
    (file.rung.as_str(), file.handler.as_str())
}

fn urgent(file: &File) -> bool {
    match file.urgency {
        Urgency::Ordinary => false,
        Urgency::Claimed { .. } | Urgency::Confirmed => true,
    }
}

/// The cases at the table of a body on a rung, in the order of an agenda: urgent ones first, then
/// who has waited longest, then by id.
///
/// # Errors
/// [`JournalError`].
pub async fn at(db: &Db, rung: &str, body: &str) -> Result<Vec<AgendaRow>, JournalError> {
    let rows = sqlx::query(AT.text(db.engine()))
        .bind(rung)
        .bind(body)
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(AgendaRow {
                case_id: row.try_get("case_id")?,
                urgent: row.try_get::<i64, _>("urgent")? == 1,
                since: row.try_get("since")?,
            })
        })
        .collect()
}
