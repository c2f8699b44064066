//! The open cases that a shortage blocks, by theme and region: the pattern behind a signal
//! (domain, M8 and scenario 5).

use journal::{Db, JournalError, Statement, Tx};
use ladder::{Case, File};
use sqlx::Row;

use super::Change;

const ADD: Statement = Statement::same(
    "shortage_view.add",
    "INSERT INTO shortage_view (case_id, theme, region) VALUES ($1, $2, $3)",
);
const REMOVE: Statement = Statement::same(
    "shortage_view.remove",
    "DELETE FROM shortage_view WHERE case_id = $1",
);
const OF: Statement = Statement::same(
    "shortage_view.of",
    "SELECT case_id FROM shortage_view WHERE theme = $1 AND region = $2 ORDER BY case_id",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, REMOVE, OF];

/// Brings the view up to a change.
pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let engine = tx.engine();
    let case = change.id.as_str();
    match (blocked(change.before), blocked(change.after)) {
        (None, Some(file)) => {
            sqlx::query(ADD.text(engine))
                .bind(case)
                .bind(file.theme.as_str())
                .bind(file.region.as_str())
                .execute(tx.conn())
                .await?;
        }
        (Some(_), None) => {
            sqlx::query(REMOVE.text(engine))
                .bind(case)
                .execute(tx.conn())
                .await?;
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
    Ok(())
}

fn blocked(case: &Case) -> Option<&File> {
    let Case::Underway(underway) = case else {
        return None;
    };
    underway.file.is_scarcity().then_some(&underway.file)
}

/// The open cases of a theme and region that a shortage blocks, by id.
///
/// # Errors
/// [`JournalError`].
pub async fn of(db: &Db, theme: &str, region: &str) -> Result<Vec<String>, JournalError> {
    let rows = sqlx::query(OF.text(db.engine()))
        .bind(theme)
        .bind(region)
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(|row| Ok(row.try_get("case_id")?)).collect()
}
