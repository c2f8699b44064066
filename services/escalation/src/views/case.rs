//! One row per case: where it stands, and what was told about it (sealed).

use journal::{Db, JournalError, SHARD, Statement, Tx};
use ladder::{Case, Event};
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::course::Course;
use super::rows;

const INSERT: Statement = Statement::same(
    "case_view.insert",
    "INSERT INTO case_view (case_id, shard, version, owner, raiser, theme, region,
        rung, tier, state, outcome, handler, reported_at, changed_at, content, course)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15)",
);
const UPDATE: Statement = Statement::same(
    "case_view.update",
    "UPDATE case_view SET version = $2, owner = $3, rung = $4, tier = $5, state = $6,
        outcome = $7, handler = $8, changed_at = $9, course = $10
     WHERE case_id = $1",
);
const FIND: Statement = Statement::same(
    "case_view.find",
    "SELECT * FROM case_view WHERE case_id = $1",
);
const IN_SCOPE: Statement = Statement::same(
    "case_view.in_scope",
    "SELECT * FROM case_view
     WHERE case_id > $2 AND case_id IN
        (SELECT case_id FROM involvement_view WHERE organisation = $1)
     ORDER BY case_id LIMIT $3",
);
const NEWEST: Statement = Statement::same(
    "case_view.newest",
    "SELECT * FROM case_view
     WHERE ($2 = '' OR case_id < $2) AND case_id IN
        (SELECT case_id FROM involvement_view WHERE organisation = $1)
     ORDER BY case_id DESC LIMIT $3",
);
const ALL: Statement = Statement::same(
    "case_view.all",
    "SELECT * FROM case_view WHERE case_id > $1 ORDER BY case_id LIMIT $2",
);
const LAST: Statement = Statement::same(
    "case_view.last",
    "SELECT * FROM case_view ORDER BY reported_at DESC, case_id DESC LIMIT 1",
);

pub(super) const STATEMENTS: &[Statement] = &[INSERT, UPDATE, FIND, IN_SCOPE, NEWEST, ALL, LAST];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case's id.
    pub case_id: String,
    /// How many events it has: its `ETag`.
    pub version: i64,
    /// Who owns it.
    pub owner: String,
    /// Who raised it.
    pub raiser: String,
    /// Theme.
    pub theme: String,
    /// Region.
    pub region: String,
    /// The rung it stands on.
    pub rung: String,
    /// That rung's tier.
    pub tier: String,
    /// Its state.
    pub state: String,
    /// How it ended, if it has.
    pub outcome: Option<String>,
    /// Who handles it on its rung.
    pub handler: String,
    /// When it was reported.
    pub reported_at: String,
    /// When it last changed.
    pub changed_at: String,
    /// What was told when it was reported; personal fields sealed.
    pub content: Value,
    /// What the screens show of its course beside the state.
    pub course: Course,
}

impl CaseRow {
    pub(super) fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            case_id: row.try_get("case_id")?,
            version: row.try_get("version")?,
            owner: row.try_get("owner")?,
            raiser: row.try_get("raiser")?,
            theme: row.try_get("theme")?,
            region: row.try_get("region")?,
            rung: row.try_get("rung")?,
            tier: row.try_get("tier")?,
            state: row.try_get("state")?,
            outcome: row.try_get("outcome")?,
            handler: row.try_get("handler")?,
            reported_at: row.try_get("reported_at")?,
            changed_at: row.try_get("changed_at")?,
            content: json(row, "content")?,
            course: serde_json::from_value(json(row, "course")?).map_err(|_| {
                JournalError::Unreadable {
                    what: "course of a case",
                }
            })?,
        })
    }
}

/// Reads a JSON column.
pub(super) fn json(row: &AnyRow, column: &str) -> Result<Value, JournalError> {
    serde_json::from_str(row.try_get::<&str, _>(column)?).map_err(|_| JournalError::Unreadable {
        what: "content of a view",
    })
}

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let (Some(file), Some(last)) = (change.after.file(), change.stored.last()) else {
        return Ok(());
    };
    let state = change.after.state_name().map_or("", |state| state.as_str());
    let outcome = change.after.outcome().map(|outcome| outcome.as_str());
    let engine = tx.engine();
    let at = last.at.to_string();
    let course = serde_json::to_value(Course::of(change.after))
        .unwrap_or_default()
        .to_string();
    // A draft has no row here: it is shared by being reported.
    if let (Case::Absent | Case::Draft(_), Some(Event::Reported(_))) =
        (change.before, change.events.first())
    {
        sqlx::query(INSERT.text(engine))
            .bind(change.id.as_str())
            .bind(SHARD)
            .bind(last.version)
            .bind(file.owner.as_str())
            .bind(file.raiser.as_str())
            .bind(file.theme.as_str())
            .bind(file.region.as_str())
            .bind(file.rung.as_str())
            .bind(file.tier.as_str())
            .bind(state)
            .bind(outcome)
            .bind(file.handler.as_str())
            .bind(at)
            .bind(change.events[0].data().to_string())
            .bind(course)
            .execute(tx.conn())
            .await?;
        return Ok(());
    }
    sqlx::query(UPDATE.text(engine))
        .bind(change.id.as_str())
        .bind(last.version)
        .bind(file.owner.as_str())
        .bind(file.rung.as_str())
        .bind(file.tier.as_str())
        .bind(state)
        .bind(outcome)
        .bind(file.handler.as_str())
        .bind(at)
        .bind(course)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// One case, whoever asks: the caller answers for the scope.
///
/// # Errors
/// [`JournalError`].
pub async fn find(db: &Db, case_id: &str) -> Result<Option<CaseRow>, JournalError> {
    rows::one(db, FIND, [case_id], CaseRow::from_row).await
}

/// The case that was reported last.
///
/// # Errors
/// [`JournalError`].
pub async fn last(db: &Db) -> Result<Option<CaseRow>, JournalError> {
    let row = sqlx::query(LAST.text(db.engine()))
        .fetch_optional(db.reader())
        .await?;
    row.as_ref().map(CaseRow::from_row).transpose()
}

/// The cases in which an organisation has a part, by id, after a cursor; all cases when no
/// organisation is given (the development overview).
///
/// # Errors
/// [`JournalError`].
pub async fn cases(
    db: &Db,
    organisation: Option<&str>,
    after: &str,
    limit: u32,
) -> Result<Vec<CaseRow>, JournalError> {
    let query = match organisation {
        Some(organisation) => sqlx::query(IN_SCOPE.text(db.engine())).bind(organisation.to_owned()),
        None => sqlx::query(ALL.text(db.engine())),
    };
    let rows = query
        .bind(after.to_owned())
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(CaseRow::from_row).collect()
}

/// The cases in which an organisation has a part, the newest first, before a cursor; from the newest
/// when that is empty. Ids ascend with time.
///
/// # Errors
/// [`JournalError`].
pub async fn newest(
    db: &Db,
    organisation: &str,
    before: &str,
    limit: u32,
) -> Result<Vec<CaseRow>, JournalError> {
    let rows = sqlx::query(NEWEST.text(db.engine()))
        .bind(organisation.to_owned())
        .bind(before.to_owned())
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(CaseRow::from_row).collect()
}
