//! Reading rows of a view, whatever they are rows of.

use journal::{Db, JournalError, Statement};
use sqlx::any::AnyRow;

/// The rows of a case that a statement selects by the case's id, each read by `read`.
pub(super) async fn of<T>(
    db: &Db,
    statement: Statement,
    case_id: &str,
    read: impl FnMut(&AnyRow) -> Result<T, JournalError>,
) -> Result<Vec<T>, JournalError> {
    let rows = sqlx::query(statement.text(db.engine()))
        .bind(case_id)
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(read).collect()
}

/// The one row that a statement selects by these keys (`$1`, `$2`, …), when it is there.
pub(super) async fn one<T, const KEYS: usize>(
    db: &Db,
    statement: Statement,
    keys: [&str; KEYS],
    read: impl FnOnce(&AnyRow) -> Result<T, JournalError>,
) -> Result<Option<T>, JournalError> {
    let mut query = sqlx::query(statement.text(db.engine()));
    for key in keys {
        query = query.bind(key.to_owned());
    }
    let row = query.fetch_optional(db.reader()).await?;
    row.as_ref().map(read).transpose()
}
