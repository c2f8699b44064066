//! Which cases a citizen finds: those whose own case it is.

use journal::{Db, JournalError, Statement, Tx};

use super::{CaseRow, Change};

const ADD: Statement = Statement::same(
    "citizen_view.add",
    "INSERT INTO citizen_view (citizen, case_id) VALUES ($1, $2)",
);
const REMOVE: Statement = Statement::same(
    "citizen_view.remove",
    "DELETE FROM citizen_view WHERE citizen = $1 AND case_id = $2",
);
const CASES: Statement = Statement::same(
    "citizen_view.cases",
    "SELECT * FROM case_view
     WHERE case_id > $2 AND case_id IN (SELECT case_id FROM citizen_view WHERE citizen = $1)
     ORDER BY case_id LIMIT $3",
);
const NEWEST: Statement = Statement::same(
    "citizen_view.newest",
    "SELECT * FROM case_view
     WHERE ($2 = '' OR case_id < $2) AND case_id IN
        (SELECT case_id FROM citizen_view WHERE citizen = $1)
     ORDER BY case_id DESC LIMIT $3",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, REMOVE, CASES, NEWEST];

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let looking = |case: &ladder::Case| {
        let file = case.file();
        file.map(|file| file.kept.looking()).unwrap_or_default()
    };
    let (before, after) = (looking(change.before), looking(change.after));
    let engine = tx.engine();
    let gone = before
        .keys()
        .filter(|citizen| !after.contains_key(*citizen));
    let come = after
        .keys()
        .filter(|citizen| !before.contains_key(*citizen));
    let changes = gone
        .map(|citizen| (REMOVE, citizen))
        .chain(come.map(|citizen| (ADD, citizen)));
    for (statement, citizen) in changes {
        sqlx::query(statement.text(engine))
            .bind(citizen.as_str())
            .bind(change.id.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// The own cases of a citizen, by the platform's own name for the citizen; by id, after a cursor.
///
/// # Errors
/// [`JournalError`].
pub async fn cases(
    db: &Db,
    citizen: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<CaseRow>, JournalError> {
    rows(db, CASES, (citizen, after), limit).await
}

/// The same, the newest first, before a cursor; from the newest when that is empty.
///
/// # Errors
/// [`JournalError`].
pub async fn newest(
    db: &Db,
    citizen: &str,
    before: &str,
    limit: u32,
) -> Result<Vec<CaseRow>, JournalError> {
    rows(db, NEWEST, (citizen, before), limit).await
}

async fn rows(
    db: &Db,
    statement: Statement,
    (citizen, cursor): (&str, &str),
    limit: u32,
) -> Result<Vec<CaseRow>, JournalError> {
    let rows = sqlx::query(statement.text(db.engine()))
        .bind(citizen)
        .bind(cursor)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(CaseRow::from_row).collect()
}
