//! One row per structural signal, and the cases that it counts. Texts stay sealed.

use jiff::Timestamp;
use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::signal::{Event, Signal, SignalRules, Stage};
use ladder::{CaseId, ContactId};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json as json_column;
use super::rows;

const INSERT: Statement = Statement::same(
    "signal_view.insert",
    "INSERT INTO signal_view (signal_id, version, kind, theme, region, state, raiser, cases,
        overdue, changed_at, content)
     VALUES ($1, $2, $3, $4, $5, '', $6, 0, 0, $7, $8)",
);
const UPDATE: Statement = Statement::same(
    "signal_view.update",
    "UPDATE signal_view SET version = $2, state = $3, assigned = $4, contact = $5, answer_by = $6,
        cases = $7, overdue = $8, changed_at = $9, content = $10
     WHERE signal_id = $1",
);
const FIND: Statement = Statement::same(
    "signal_view.find",
    "SELECT * FROM signal_view WHERE signal_id = $1",
);
const IN_SCOPE: Statement = Statement::same(
    "signal_view.in_scope",
    "SELECT * FROM signal_view WHERE (raiser = $1 OR assigned = $1) AND signal_id > $2
     ORDER BY signal_id LIMIT $3",
);
const ALL: Statement = Statement::same(
    "signal_view.all",
    "SELECT * FROM signal_view WHERE signal_id > $1 ORDER BY signal_id LIMIT $2",
);
const COUNT_CASE: Statement = Statement::same(
    "signal_case_view.add",
    "INSERT INTO signal_case_view (case_id, signal_id) VALUES ($1, $2)
     ON CONFLICT (case_id, signal_id) DO NOTHING",
);
const OF_CASE: Statement = Statement::same(
    "signal_case_view.of_case",
    "SELECT signal_id FROM signal_case_view WHERE case_id = $1 ORDER BY signal_id",
);

const CASES: Statement = Statement::same(
    "signal_case_view.of_signal",
    "SELECT case_id FROM signal_case_view WHERE signal_id = $1 ORDER BY case_id",
);
const OPEN_OF_PATTERN: Statement = Statement::same(
    "signal_view.open_of_pattern",
    "SELECT signal_id FROM signal_view
     WHERE kind = $1 AND theme = $2 AND region = $3 AND state <> 'closed' ORDER BY signal_id LIMIT 1",
);
const ENDED_OF_PATTERN: Statement = Statement::same(
    "signal_view.ended_of_pattern",
    "SELECT COUNT(*) AS ended FROM signal_view
     WHERE kind = $1 AND theme = $2 AND region = $3 AND state = 'closed'",
);
pub(super) const STATEMENTS: &[Statement] = &[
    INSERT,
    UPDATE,
    FIND,
    IN_SCOPE,
    ALL,
    COUNT_CASE,
    OF_CASE,
    CASES,
    OPEN_OF_PATTERN,
    ENDED_OF_PATTERN,
];

/// A row of the view. It does not name the cases: only their number leaves the platform.
#[derive(Debug, Clone)]
pub struct SignalRow {
    /// The signal's id.
    pub signal_id: String,
    /// How many events it has: its `ETag`.
    pub version: i64,
    /// What it is about.
    pub kind: String,
    /// Its theme.
    pub theme: String,
    /// Its region; absent when it holds everywhere.
    pub region: Option<String>,
    /// `unassigned`, `assigned`, `answered` or `closed`.
    pub state: String,
    /// Who raised it.
    pub raiser: String,
    /// Who owns it, while something is expected of somebody.
    pub assigned: Option<String>,
    /// The person there.
    pub contact: Option<String>,
    /// Until when the next thing is expected: an owner, an answer, a step or the end.
    pub answer_by: Option<String>,
    /// How many cases show it.
    pub cases: i64,
    /// How many terms ended in silence.
    pub overdue: i64,
    /// When it last changed.
    pub changed_at: String,
    /// Under `raised` what was said then; under `later` in their order `kind`, `at` and `data` of
    /// what happened since. Texts sealed.
    pub content: Value,
}

impl SignalRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            signal_id: row.try_get("signal_id")?,
            version: row.try_get("version")?,
            kind: row.try_get("kind")?,
            theme: row.try_get("theme")?,
            region: row.try_get("region")?,
            state: row.try_get("state")?,
            raiser: row.try_get("raiser")?,
            assigned: row.try_get("assigned")?,
            contact: row.try_get("contact")?,
            answer_by: row.try_get("answer_by")?,
            cases: row.try_get("cases")?,
            overdue: row.try_get("overdue")?,
            changed_at: row.try_get("changed_at")?,
            content: json_column(row, "content")?,
        })
    }
}

/// Brings the views of signals up to a change.
pub(crate) async fn write(
    tx: &mut Tx,
    change: &Change<'_, SignalRules>,
) -> Result<(), JournalError> {
    let (Some(file), Some(last)) = (change.after.file(), change.stored.last()) else {
        return Ok(());
    };
    for (event, stored) in change.events.iter().zip(change.stored) {
        happened(tx, change, event, stored).await?;
    }
    let engine = tx.engine();
    let row = sqlx::query(FIND.text(engine))
        .bind(change.id.as_str())
        .fetch_one(tx.conn())
        .await?;
    let mut content = json_column(&row, "content")?;
    let later = change.events.iter().zip(change.stored);
    for (event, stored) in later {
        if let (false, Some(later)) = (
            matches!(event, Event::SignalRaised(_)),
            content["later"].as_array_mut(),
        ) {
            later.push(json!({
                "kind": stored.kind,
                "at": stored.at,
                "data": without_cases(stored),
            }));
        }
    }
    let waits = waits(change.after);
    sqlx::query(UPDATE.text(engine))
        .bind(change.id.as_str())
        .bind(last.version)
        .bind(change.after.state_name().map_or("", |state| state.as_str()))
        .bind(change.after.owner().map(|owner| owner.as_str().to_owned()))
        .bind(waits.and_then(|(contact, _)| contact.map(ContactId::to_string)))
        .bind(waits.map(|(_, until)| until.to_string()))
        .bind(i64::from(file.case_count()))
        .bind(i64::from(file.overdue))
        .bind(last.at.to_string())
        .bind(content.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn happened(
    tx: &mut Tx,
    change: &Change<'_, SignalRules>,
    event: &Event,
    stored: &StoredEvent,
) -> Result<(), JournalError> {
    let engine = tx.engine();
    let cases: Vec<&CaseId> = match event {
        Event::SignalRaised(raised) => {
            let content = json!({ "raised": without_cases(stored), "later": [] });
            sqlx::query(INSERT.text(engine))
                .bind(change.id.as_str())
                .bind(stored.version)
                .bind(raised.signal_kind.as_str())
                .bind(raised.theme.as_str())
                .bind(raised.region.as_deref())
                .bind(raised.by.as_str())
                .bind(stored.at.to_string())
                .bind(content.to_string())
                .execute(tx.conn())
                .await?;
            raised.cases.iter().collect()
        }
        Event::SignalGrown(grown) => grown.cases.iter().collect(),
        _ => Vec::new(),
    };
    for case in cases {
        sqlx::query(COUNT_CASE.text(engine))
            .bind(case.as_str())
            .bind(change.id.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

fn without_cases(stored: &StoredEvent) -> Value {
    let mut data = stored.data.clone();
    if let Some(fields) = data.as_object_mut() {
        fields.remove("cases");
    }
    data
}

/// The person it waits for, and until when.
fn waits(signal: &Signal) -> Option<(Option<&ContactId>, Timestamp)> {
    let Signal::Open(open) = signal else {
        return None;
    };
    Some(match &open.stage {
        Stage::Unassigned { assign_by, .. } => (None, *assign_by),
        Stage::Assigned(assigned) => (assigned.contact.as_ref(), assigned.answer_by),
        Stage::Answered(answered) => (answered.contact.as_ref(), answered.act_by),
    })
}

/// One signal, whoever asks: the caller answers for the scope.
///
/// # Errors
/// [`JournalError`].
pub async fn find(db: &Db, signal_id: &str) -> Result<Option<SignalRow>, JournalError> {
    rows::one(db, FIND, [signal_id], SignalRow::from_row).await
}

/// The signals that an organisation raised or owns, by id, after a cursor; all signals when no
/// organisation is given (the bodies that place them).
///
/// # Errors
/// [`JournalError`].
pub async fn signals(
    db: &Db,
    organisation: Option<&str>,
    after: &str,
    limit: u32,
) -> Result<Vec<SignalRow>, JournalError> {
    let query = match organisation {
        Some(organisation) => sqlx::query(IN_SCOPE.text(db.engine())).bind(organisation),
        None => sqlx::query(ALL.text(db.engine())),
    };
    let rows = query
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(SignalRow::from_row).collect()
}

/// The signals that count a case.
///
/// # Errors
/// [`JournalError`].
pub async fn signals_of_case(db: &Db, case_id: &str) -> Result<Vec<String>, JournalError> {
    rows::of(db, OF_CASE, case_id, |row| Ok(row.try_get("signal_id")?)).await
}

/// The cases that a signal counts, by id. They do not leave the organisations that own them.
///
/// # Errors
/// [`JournalError`].
pub async fn cases_of(db: &Db, signal_id: &str) -> Result<Vec<String>, JournalError> {
    rows::of(db, CASES, signal_id, |row| Ok(row.try_get("case_id")?)).await
}

/// The open signal of this kind about a theme in a region, if there is one.
///
/// # Errors
/// [`JournalError`].
pub async fn open_of_pattern(
    db: &Db,
    kind: &str,
    theme: &str,
    region: &str,
) -> Result<Option<String>, JournalError> {
    let row = sqlx::query(OPEN_OF_PATTERN.text(db.engine()))
        .bind(kind)
        .bind(theme)
        .bind(region)
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| Ok(row.try_get("signal_id")?)).transpose()
}

/// How many signals of this kind about a theme in a region have ended.
///
/// # Errors
/// [`JournalError`].
pub async fn ended_of_pattern(
    db: &Db,
    kind: &str,
    theme: &str,
    region: &str,
) -> Result<i64, JournalError> {
    let row = sqlx::query(ENDED_OF_PATTERN.text(db.engine()))
        .bind(kind)
        .bind(theme)
        .bind(region)
        .fetch_one(db.reader())
        .await?;
    Ok(row.try_get("ended")?)
}
