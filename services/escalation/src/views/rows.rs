//! Reading rows of a view, whatever they are rows of.

use journal::{Db, JournalError, Statement};
use sqlx::any::AnyRow;

/// The rows that a statement selects by one key (`$1`), such as a case's id, each read by `read`.
pub(super) async fn of<T>(
    db: &Db,
    statement: Statement,
    key: &str,
    read: impl FnMut(&AnyRow) -> Result<T, JournalError>,
) -> Result<Vec<T>, JournalError> {
    let rows = sqlx::query(statement.text(db.engine()))
        .bind(key)
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
