//! One row per pass into a case. Texts stay sealed.

use jiff::Timestamp;
use journal::{Db, JournalError, Statement, Tx};
use ladder::pass::{Event, Held, PassRules, Reviewing};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json as json_column;
use super::rows;

const INSERT: Statement = Statement::same(
    "pass_view.insert",
    "INSERT INTO pass_view (pass_id, version, case_id, kind, holder, person, state, content)
     VALUES ($1, 0, $2, $3, $4, $5, '', $6)",
);
const UPDATE: Statement = Statement::same(
    "pass_view.update",
    "UPDATE pass_view SET version = $2, state = $3, until = $4, review_by = $5, content = $6
     WHERE pass_id = $1",
);
const FIND: Statement = Statement::same(
    "pass_view.find",
    "SELECT * FROM pass_view WHERE pass_id = $1",
);
const OF_CASE: Statement = Statement::same(
    "pass_view.of_case",
    "SELECT * FROM pass_view WHERE case_id = $1 ORDER BY pass_id",
);
const OF_HOLDER: Statement = Statement::same(
    "pass_view.of_holder",
    "SELECT * FROM pass_view WHERE holder = $1 AND pass_id > $2 ORDER BY pass_id LIMIT $3",
);

pub(super) const STATEMENTS: &[Statement] = &[INSERT, UPDATE, FIND, OF_CASE, OF_HOLDER];

/// A pass as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassRow {
    /// Its id.
    pub pass_id: String,
    /// How often it changed.
    pub version: i64,
    /// Into which case.
    pub case_id: String,
    /// `emergency`, `temporary` or `accounting`.
    pub kind: String,
    /// The organisation of the person who has it.
    pub holder: String,
    /// That person's own reference.
    pub person: String,
    /// `open`, `under_review` or `closed`.
    pub state: String,
    /// Until when; ended when absent.
    pub until: Option<Timestamp>,
    /// Until when somebody looks at it, when somebody still has to.
    pub review_by: Option<Timestamp>,
    /// Under `issued` what was said then; under `ended` and `reviewed` the same with `at`. Texts
    /// sealed.
    pub content: Value,
}

impl PassRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            pass_id: row.try_get("pass_id")?,
            version: row.try_get("version")?,
            case_id: row.try_get("case_id")?,
            kind: row.try_get("kind")?,
            holder: row.try_get("holder")?,
            person: row.try_get("person")?,
            state: row.try_get("state")?,
            until: moment(row.try_get("until")?)?,
            review_by: moment(row.try_get("review_by")?)?,
            content: json_column(row, "content")?,
        })
    }
}

fn moment(text: Option<String>) -> Result<Option<Timestamp>, JournalError> {
    text.map(|text| text.parse())
        .transpose()
        .map_err(|_| JournalError::Unreadable { what: "moment" })
}

/// Brings the view of passes up to a change.
pub(crate) async fn write(tx: &mut Tx, change: &Change<'_, PassRules>) -> Result<(), JournalError> {
    let (Some(held), Some(last)) = (change.after.held(), change.stored.last()) else {
        return Ok(());
    };
    let engine = tx.engine();
    if change.before.held().is_none() {
        sqlx::query(INSERT.text(engine))
            .bind(change.id.as_str())
            .bind(held.case.as_str())
            .bind(held.kind.as_str())
            .bind(held.holder.as_str())
            .bind(held.person.as_str())
            .bind(json!({}).to_string())
            .execute(tx.conn())
            .await?;
    }
    let row = sqlx::query(FIND.text(engine))
        .bind(change.id.as_str())
        .fetch_one(tx.conn())
        .await?;
    let mut content = json_column(&row, "content")?;
    for (event, stored) in change.events.iter().zip(change.stored) {
        let name = match event {
            Event::PassIssued(_) => "issued",
            Event::PassEnded(_) => "ended",
            Event::PassReviewed(_) => "reviewed",
            Event::ReviewOverdue(_) => continue,
        };
        content[name] = stored.data.clone();
        content[name]["at"] = json!(stored.at);
    }
    sqlx::query(UPDATE.text(engine))
        .bind(change.id.as_str())
        .bind(last.version)
        .bind(held.state_name().as_str())
        .bind(held.until.map(|until| until.to_string()))
        .bind(review_by(held).map(|by| by.to_string()))
        .bind(content.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn review_by(held: &Held) -> Option<Timestamp> {
    match held.reviewing {
        Reviewing::Awaited { by } => Some(by),
        Reviewing::NotNeeded | Reviewing::Done => None,
    }
}

/// One pass, whoever asks: the caller answers for the scope.
///
/// # Errors
/// [`JournalError`].
pub async fn find(db: &Db, pass_id: &str) -> Result<Option<PassRow>, JournalError> {
    rows::one(db, FIND, [pass_id], PassRow::from_row).await
}

/// The passes into a case, in the order in which they were issued.
///
/// # Errors
/// [`JournalError`].
pub async fn of_case(db: &Db, case_id: &str) -> Result<Vec<PassRow>, JournalError> {
    rows::of(db, OF_CASE, case_id, PassRow::from_row).await
}

/// The passes that people of an organisation got, by id, after a cursor.
///
/// # Errors
/// [`JournalError`].
pub async fn passes(
    db: &Db,
    holder: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<PassRow>, JournalError> {
    let rows = sqlx::query(OF_HOLDER.text(db.engine()))
        .bind(holder)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(PassRow::from_row).collect()
}
