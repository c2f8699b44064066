//! What can be learned from all cases together: which themes, rules, blocks and refusals there
//! were in which quarter, and how long cases stood on each rung. Codes only.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::{Case, Decider, Event, Rules};
use sqlx::Row;

use super::Change;

const ADD: Statement = Statement::same(
    "insight_view.add",
    "INSERT INTO insight_view (position, kind, word, case_id, quarter)
     VALUES ($1, $2, $3, $4, $5)",
);
const ENTER: Statement = Statement::same(
    "stay_view.enter",
    "INSERT INTO stay_view (position, case_id, rung, entered_at, left_at)
     VALUES ($1, $2, $3, $4, NULL)",
);
const LEAVE: Statement = Statement::same(
    "stay_view.leave",
    "UPDATE stay_view SET left_at = $2 WHERE case_id = $1 AND left_at IS NULL",
);
const COUNTED: Statement = Statement::same(
    "insight_view.counted",
    "SELECT kind, word, quarter, COUNT(DISTINCT case_id) AS cases FROM insight_view
     WHERE quarter >= $1 AND quarter < $2
     GROUP BY kind, word, quarter ORDER BY kind, word, quarter",
);
const STAYS: Statement = Statement::same(
    "stay_view.ended",
    "SELECT case_id, rung, entered_at, left_at FROM stay_view
     WHERE left_at >= $1 AND left_at < $2 ORDER BY rung, position",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, ENTER, LEAVE, COUNTED, STAYS];

/// How many cases came to have a word in a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// `theme`, `rule`, `block` or `refusal`.
    pub kind: String,
    /// The word.
    pub word: String,
    /// The quarter, such as `2026-Q3`.
    pub quarter: String,
    /// How many cases.
    pub cases: u64,
}

/// A stay on a rung that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayRow {
    /// Whose.
    pub case_id: String,
    /// The rung.
    pub rung: String,
    /// How long, in microseconds.
    pub micros: i64,
}

/// The quarter of a moment, in UTC.
pub fn quarter(at: Timestamp) -> String {
    let date = at.to_zoned(TimeZone::UTC).date();
    format!("{:04}-Q{}", date.year(), (date.month() - 1) / 3 + 1)
}

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let mut case = change.before.clone();
    for (event, stored) in change.events.iter().zip(change.stored) {
        let after = Rules::evolve(case.clone(), event, stored.at);
        for (kind, word) in new_words(&case, &after, event) {
            add(tx, change.id.as_str(), stored, kind, &word).await?;
        }
        moved(
            tx,
            change.id.as_str(),
            stored,
            standing(&case),
            standing(&after),
        )
        .await?;
        case = after;
    }
    Ok(())
}

/// What a case has since this event.
fn new_words(before: &Case, after: &Case, event: &Event) -> Vec<(&'static str, String)> {
    let Some(file) = after.file() else {
        return Vec::new();
    };
    let mut words = Vec::new();
    if before.file().is_none() {
        words.push(("theme", file.theme.clone()));
    }
    let known = before.file().map(|file| &file.rules);
    let is_new = |rule: &&String| known.is_none_or(|known| !known.contains(*rule));
    words.extend(
        file.rules
            .iter()
            .filter(is_new)
            .map(|rule| ("rule", rule.clone())),
    );
    match event {
        Event::BlockRecorded(recorded) => {
            words.push(("block", recorded.block.as_str().to_owned()));
        }
        Event::HandoffDeclined(declined) => words.push(("refusal", declined.reason.clone())),
        _ => {}
    }
    words
}

/// The rung on which a case stands while it is under way.
fn standing(case: &Case) -> Option<&str> {
    match case {
        Case::Underway(underway) => Some(underway.file.rung.as_str()),
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Closed(_) => None,
    }
}

async fn add(
    tx: &mut Tx,
    case: &str,
    stored: &StoredEvent,
    kind: &str,
    word: &str,
) -> Result<(), JournalError> {
    sqlx::query(ADD.text(tx.engine()))
        .bind(stored.position)
        .bind(kind)
        .bind(word)
        .bind(case)
        .bind(quarter(stored.at))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn moved(
    tx: &mut Tx,
    case: &str,
    stored: &StoredEvent,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<(), JournalError> {
    if from == to {
        return Ok(());
    }
    let (engine, at) = (tx.engine(), stored.at.as_microsecond());
    if from.is_some() {
        let left = sqlx::query(LEAVE.text(engine)).bind(case).bind(at);
        left.execute(tx.conn()).await?;
    }
    if let Some(rung) = to {
        sqlx::query(ENTER.text(engine))
            .bind(stored.position)
            .bind(case)
            .bind(rung)
            .bind(at)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// How many cases came to have each word, per quarter, from one quarter until just before another.
///
/// # Errors
/// [`JournalError`].
pub async fn counted(db: &Db, from: &str, until: &str) -> Result<Vec<CountRow>, JournalError> {
    let rows = sqlx::query(COUNTED.text(db.engine()))
        .bind(from)
        .bind(until)
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(CountRow {
                kind: row.try_get("kind")?,
                word: row.try_get("word")?,
                quarter: row.try_get("quarter")?,
                cases: u64::try_from(row.try_get::<i64, _>("cases")?).unwrap_or_default(),
            })
        })
        .collect()
}

/// The stays that ended from one moment until just before another, by rung.
///
/// # Errors
/// [`JournalError`].
pub async fn stays(
    db: &Db,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<StayRow>, JournalError> {
    let rows = sqlx::query(STAYS.text(db.engine()))
        .bind(from.as_microsecond())
        .bind(until.as_microsecond())
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            let (entered, left): (i64, i64) = (row.try_get("entered_at")?, row.try_get("left_at")?);
            Ok(StayRow {
                case_id: row.try_get("case_id")?,
                rung: row.try_get("rung")?,
                micros: left - entered,
            })
        })
        .collect()
}
