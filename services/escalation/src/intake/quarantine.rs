//! What could not be taken in: visible, with its reason, its body sealed and expiring. Nothing is
//! dropped, and nothing waits behind it.

use jiff::{Timestamp, ToSpan};
use journal::{CauseKey, Claim, Db, JournalError, Outcome, Statement, Wrong};
use proto::Oin;
use serde::Serialize;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::ledger;

/// How long a body stays.
pub(crate) const KEEP_DAYS: i64 = 30;

const ADD: Statement = Statement::same(
    "quarantine.add",
    "INSERT INTO quarantine
        (id, sender, subject, message, reason, detail, at, expires_at, body)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);
const ALL: Statement = Statement::same(
    "quarantine.all",
    "SELECT id, sender, subject, message, reason, detail, at, replayed_at, outcome FROM quarantine
     ORDER BY at, id LIMIT 1000",
);
const NEWEST: Statement = Statement::same(
    "quarantine.newest",
    "SELECT id, sender, subject, message, reason, detail, at, replayed_at, outcome, expires_at
     FROM quarantine WHERE expires_at < $1 OR (expires_at = $1 AND id < $2)
     ORDER BY expires_at DESC, id DESC LIMIT $3",
);
const STANDING: Statement = Statement::same(
    "quarantine.standing",
    "SELECT COUNT(*) AS entries FROM quarantine WHERE outcome IS NULL",
);
const SINCE: Statement = Statement::same(
    "quarantine.since",
    "SELECT COUNT(*) AS entries FROM quarantine WHERE expires_at > $1",
);
const BODY: Statement = Statement::same(
    "quarantine.body",
    "SELECT sender, body FROM quarantine WHERE id = $1",
);
const REPLAYED: Statement = Statement::same(
    "quarantine.replayed",
    "UPDATE quarantine SET replayed_at = $2, outcome = $3 WHERE id = $1
        AND (outcome IS NULL OR outcome = 'waits')",
);
const EXPIRED: Statement = Statement::same(
    "quarantine.expired",
    "SELECT id FROM quarantine WHERE expires_at <= $1 LIMIT 1",
);
const EXPIRE: Statement = Statement::same(
    "quarantine.expire",
    "DELETE FROM quarantine WHERE expires_at <= $1",
);

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[
    ADD, ALL, NEWEST, STANDING, SINCE, BODY, REPLAYED, EXPIRED, EXPIRE,
];

/// A message that goes into quarantine.
pub struct Entry {
    /// The entry's own id.
    pub id: Uuid,
    /// Who sent it, as the broker authenticated.
    pub sender: Oin,
    /// The subject on which it came.
    pub subject: String,
    /// Its source and id, when both could be read.
    pub message: Option<String>,
    /// The sender's count, when it could be read.
    pub sequence: Option<u64>,
    /// Why: the stable code.
    pub reason: String,
    /// Why, in words, without any value of the message.
    pub detail: String,
    /// What exactly is wrong with its data, where it does not fit its schema.
    pub wrong: Vec<Wrong>,
    /// The whole message, sealed.
    pub sealed_body: String,
}

/// An entry as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarantineRow {
    /// The entry's id.
    pub id: String,
    /// Who sent it.
    pub sender: String,
    /// On which subject.
    pub subject: String,
    /// Its source and id.
    pub message: Option<String>,
    /// Why: the stable code.
    pub reason: String,
    /// Why, in words.
    pub detail: String,
    /// Since when.
    pub at: String,
    /// When it was taken in again, when it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replayed_at: Option<String>,
    /// What became of it then: `stored`, `refused` or `waits`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

/// Stores an entry, and the refusal with its cause where the message can be named, so that its
/// sender hears of it. A message that was answered before is left alone. Says whether this
/// released events that waited for their turn.
///
/// # Errors
/// [`JournalError`]; nothing was stored then.
pub async fn put(db: &Db, entry: &Entry, at: Timestamp) -> Result<bool, JournalError> {
    let mut tx = db.begin().await?;
    let mut keys = Vec::new();
    if let Some(message) = &entry.message {
        let cause = CauseKey::new(entry.sender.as_str(), message.as_str());
        if !matches!(
            tx.claim(std::slice::from_ref(&cause)).await?.as_slice(),
            [Claim::New]
        ) {
            // Nobody waits for an answer that was given.
            ledger::taken(&mut tx, &entry.sender, None, &cause, false).await?;
            tx.commit().await?;
            return Ok(false);
        }
        let outcome = Outcome::Refused {
            code: entry.reason.clone(),
            text: entry.detail.clone(),
            wrong: entry.wrong.clone(),
        };
        tx.settle(&[(cause.clone(), outcome)]).await?;
        let taken = ledger::taken(&mut tx, &entry.sender, entry.sequence, &cause, false).await?;
        keys.extend(taken);
    }
    let expires_at = expiry(at);
    let engine = tx.engine();
    sqlx::query(ADD.text(engine))
        .bind(entry.id.to_string())
        .bind(entry.sender.as_str())
        .bind(entry.subject.as_str())
        .bind(entry.message.as_deref())
        .bind(entry.reason.as_str())
        .bind(entry.detail.as_str())
        .bind(at.to_string())
        .bind(expires_at.as_microsecond())
        .bind(entry.sealed_body.as_str())
        .execute(tx.conn())
        .await?;
    let released = ledger::release(&mut tx, &keys).await?;
    tx.commit().await?;
    Ok(released)
}

/// What stands in quarantine, oldest first, at most 1,000.
///
/// # Errors
/// [`JournalError`].
pub async fn all(db: &Db) -> Result<Vec<QuarantineRow>, JournalError> {
    let rows = sqlx::query(ALL.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(entry).collect()
}

fn entry(row: &AnyRow) -> Result<QuarantineRow, JournalError> {
    Ok(QuarantineRow {
        id: row.try_get("id")?,
        sender: row.try_get("sender")?,
        subject: row.try_get("subject")?,
        message: row.try_get("message")?,
        reason: row.try_get("reason")?,
        detail: row.try_get("detail")?,
        at: row.try_get("at")?,
        replayed_at: row.try_get("replayed_at")?,
        outcome: row.try_get("outcome")?,
    })
}

/// A place in the list from the newest to the oldest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    expires_at: i64,
    id: String,
}

impl Mark {
    /// Before the newest.
    #[must_use]
    pub fn start() -> Self {
        Self {
            expires_at: i64::MAX,
            id: String::new(),
        }
    }

    /// As [`Mark`] writes itself; none for what is no mark.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (expires_at, id) = text.split_once(' ')?;
        Some(Self {
            expires_at: expires_at.parse().ok()?,
            id: id.to_owned(),
        })
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.expires_at, self.id)
    }
}

/// What stands in quarantine, newest first, after a mark and at most `limit`; with the mark of each.
///
/// # Errors
/// [`JournalError`].
pub async fn newest(
    db: &Db,
    after: &Mark,
    limit: u32,
) -> Result<Vec<(Mark, QuarantineRow)>, JournalError> {
    let rows = sqlx::query(NEWEST.text(db.engine()))
        .bind(after.expires_at)
        .bind(after.id.as_str())
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            let entry = entry(row)?;
            let mark = Mark {
                expires_at: row.try_get("expires_at")?,
                id: entry.id.clone(),
            };
            Ok((mark, entry))
        })
        .collect()
}

/// How many entries nobody had taken in again.
///
/// # Errors
/// [`JournalError`].
pub async fn standing(db: &Db) -> Result<i64, JournalError> {
    let row = sqlx::query(STANDING.text(db.engine()))
        .fetch_one(db.reader())
        .await?;
    Ok(row.try_get("entries")?)
}

/// How many entries came after a moment within the last 30 days, whatever became of them.
///
/// # Errors
/// [`JournalError`].
pub async fn since(db: &Db, moment: Timestamp) -> Result<i64, JournalError> {
    let expires_at = expiry(moment).as_microsecond();
    let row = sqlx::query(SINCE.text(db.engine()))
        .bind(expires_at)
        .fetch_one(db.reader())
        .await?;
    Ok(row.try_get("entries")?)
}

/// When the body of an entry of this moment goes.
fn expiry(at: Timestamp) -> Timestamp {
    at.checked_add((KEEP_DAYS * 24).hours())
        .unwrap_or(Timestamp::MAX)
}

/// Who sent an entry, with its sealed body; none when there is no such entry.
///
/// # Errors
/// [`JournalError`].
pub(super) async fn body(db: &Db, id: &str) -> Result<Option<(String, String)>, JournalError> {
    let row = sqlx::query(BODY.text(db.engine()))
        .bind(id)
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| Ok((row.try_get("sender")?, row.try_get("body")?)))
        .transpose()
}

/// An entry was taken in again, with this outcome; the first that is final counts.
///
/// # Errors
/// [`JournalError`].
pub(super) async fn replayed(
    db: &Db,
    id: &str,
    outcome: &str,
    at: Timestamp,
) -> Result<(), JournalError> {
    let mut tx = db.begin().await?;
    sqlx::query(REPLAYED.text(tx.engine()))
        .bind(id)
        .bind(at.to_string())
        .bind(outcome)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// Deletes what has expired. Looks first: a transaction for nothing would wake every follower.
///
/// # Errors
/// [`JournalError`].
pub async fn expire(db: &Db, now: Timestamp) -> Result<(), JournalError> {
    let expired = sqlx::query(EXPIRED.text(db.engine()))
        .bind(now.as_microsecond())
        .fetch_optional(db.reader())
        .await?;
    if expired.is_none() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    sqlx::query(EXPIRE.text(engine))
        .bind(now.as_microsecond())
        .execute(tx.conn())
        .await?;
    tx.commit().await
}
