//! The intake's tables: what each sender has sent so far, and what waits. Everything here happens
//! in the transaction that stores what the event led to.

use jiff::{Timestamp, ToSpan};
use journal::{CauseKey, JournalError, Statement, Tx};
use ladder::CaseId;
use proto::Oin;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::waits_for::{commitment_key, handoff_key, pseudonym_key, sequence_key};
use crate::execute::{Arrival, Order};

const TAKE_SEQUENCE: Statement = Statement::same(
    "sender_sequence.take",
    "INSERT INTO sender_sequence (sender, next) VALUES ($1, $2)
     ON CONFLICT (sender) DO UPDATE SET next =
        CASE WHEN excluded.next > sender_sequence.next THEN excluded.next
             ELSE sender_sequence.next END",
);
const NEXT_SEQUENCE: Statement = Statement::same(
    "sender_sequence.next",
    "SELECT next FROM sender_sequence WHERE sender = $1",
);
const NEXT_OF_ALL: Statement = Statement::same(
    "sender_sequence.next_of_all",
    "SELECT sender, next FROM sender_sequence ORDER BY sender",
);
const PARK: Statement = Statement::same(
    "parked_event.park",
    "INSERT INTO parked_event (sender, message, waits_for, ready, parked_at, sequence, body)
     VALUES ($1, $2, $3, 0, $4, $5, $6)
     ON CONFLICT (sender, message) DO UPDATE SET waits_for = excluded.waits_for, ready = 0,
        parked_at = CASE WHEN parked_event.waits_for = excluded.waits_for
            THEN parked_event.parked_at ELSE excluded.parked_at END",
);
const UNPARK: Statement = Statement::same(
    "parked_event.unpark",
    "DELETE FROM parked_event WHERE sender = $1 AND message = $2",
);
const RELEASE: Statement = Statement::each(
    "parked_event.release",
    "UPDATE parked_event SET ready = 1
     WHERE waits_for IN (SELECT value FROM json_each($1))",
    "UPDATE parked_event SET ready = 1
     WHERE waits_for IN (SELECT json_array_elements_text($1::text::json))",
);
const BEFORE: Statement = Statement::same(
    "parked_event.before",
    "SELECT waits_for FROM parked_event
     WHERE sender = $1 AND sequence BETWEEN 1 AND $2
        AND (waits_for = $3 OR (ready = 1
            AND (substr(waits_for, 1, length($4)) = $4 OR substr(waits_for, 1, length($5)) = $5)))
     ORDER BY sequence LIMIT 1",
);
const READY: Statement = Statement::same(
    "parked_event.ready",
    "SELECT sender, message, sequence, body FROM parked_event
     WHERE ready = 1 AND sender = $1
     ORDER BY sequence, parked_at LIMIT 1",
);
const READY_SENDERS: Statement = Statement::same(
    "parked_event.ready_senders",
    "SELECT DISTINCT sender FROM parked_event WHERE ready = 1",
);
const OVERDUE: Statement = Statement::same(
    "parked_event.overdue",
    "SELECT sender, message, sequence, body FROM parked_event
     WHERE ready = 0 AND parked_at < $1 AND waits_for NOT LIKE 'sequence/%'
     ORDER BY parked_at LIMIT 100",
);
const WAITING: Statement = Statement::same(
    "parked_event.waiting",
    "SELECT sender, message, waits_for, ready, parked_at FROM parked_event
     ORDER BY parked_at LIMIT 1000",
);

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[
    TAKE_SEQUENCE,
    NEXT_SEQUENCE,
    NEXT_OF_ALL,
    PARK,
    UNPARK,
    RELEASE,
    BEFORE,
    READY,
    READY_SENDERS,
    OVERDUE,
    WAITING,
];

/// How long an event waits for what it speaks of, before it becomes quarantine.
const PATIENCE_HOURS: i64 = 24;

/// For what an earlier event of a sender waited about the same case, while it is known and only its
/// turn has to come; nothing when there is none. An event about that case comes after it.
///
/// # Errors
/// [`JournalError`].
pub async fn before(
    db: &journal::Db,
    sender: &Oin,
    sequence: u64,
    (case, pseudonym): (&CaseId, &str),
) -> Result<Option<String>, JournalError> {
    let row = sqlx::query(BEFORE.text(db.engine()))
        .bind(sender.as_str())
        .bind(as_bigint(sequence.saturating_sub(1)))
        .bind(pseudonym_key(sender.as_str(), pseudonym))
        .bind(handoff_key(case, ""))
        .bind(commitment_key(case, ""))
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| Ok(row.try_get("waits_for")?)).transpose()
}

/// Parks an event until `key` is brought.
///
/// # Errors
/// [`JournalError`].
pub async fn park(
    tx: &mut Tx,
    arrival: &Arrival,
    cause: &CauseKey,
    key: &str,
    at: Timestamp,
) -> Result<(), JournalError> {
    let engine = tx.engine();
    sqlx::query(PARK.text(engine))
        .bind(cause.sender.as_str())
        .bind(cause.message.as_str())
        .bind(key)
        .bind(at.as_microsecond())
        .bind(as_bigint(arrival.sequence.unwrap_or_default()))
        .bind(arrival.sealed_body.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Parks what one of the executor's orders waits for.
///
/// # Errors
/// [`JournalError`].
pub async fn park_order(
    tx: &mut Tx,
    order: &Order,
    key: &str,
    at: Timestamp,
) -> Result<(), JournalError> {
    match &order.arrival {
        Some(arrival) => park(tx, arrival, &order.cause, key, at).await,
        None => Ok(()),
    }
}

/// An event was taken in: its sender's count moves on, and it waits no longer unless it was
/// parked just now. Gives the key that this brings.
///
/// # Errors
/// [`JournalError`].
pub async fn taken(
    tx: &mut Tx,
    sender: &Oin,
    sequence: Option<u64>,
    cause: &CauseKey,
    parked: bool,
) -> Result<Option<String>, JournalError> {
    let engine = tx.engine();
    if !parked {
        sqlx::query(UNPARK.text(engine))
            .bind(cause.sender.as_str())
            .bind(cause.message.as_str())
            .execute(tx.conn())
            .await?;
    }
    let Some(sequence) = sequence else {
        return Ok(None);
    };
    let next = sequence.saturating_add(1);
    sqlx::query(TAKE_SEQUENCE.text(engine))
        .bind(sender.as_str())
        .bind(as_bigint(next))
        .execute(tx.conn())
        .await?;
    Ok(Some(sequence_key(sender, next)))
}

/// Makes ready what waited for any of these keys; says whether anything did.
///
/// # Errors
/// [`JournalError`].
pub async fn release(tx: &mut Tx, keys: &[String]) -> Result<bool, JournalError> {
    if keys.is_empty() {
        return Ok(false);
    }
    let keys = serde_json::Value::from(keys.to_vec()).to_string();
    let engine = tx.engine();
    let released = sqlx::query(RELEASE.text(engine))
        .bind(keys)
        .execute(tx.conn())
        .await?;
    Ok(released.rows_affected() > 0)
}

/// The sequence number that is expected next from a sender, as last committed.
///
/// # Errors
/// [`JournalError`].
pub async fn expected_sequence(db: &journal::Db, sender: &Oin) -> Result<u64, JournalError> {
    let query = sqlx::query(NEXT_SEQUENCE.text(db.engine())).bind(sender.to_string());
    expected(query.fetch_optional(db.reader()).await?)
}

/// The same of every sender that sent something with a count.
///
/// # Errors
/// [`JournalError`].
pub(crate) async fn next_of_all(db: &journal::Db) -> Result<Vec<(String, u64)>, JournalError> {
    let rows = sqlx::query(NEXT_OF_ALL.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.try_get("sender")?, expected(Some(row))?)))
        .collect()
}

/// The same under the head row's lock: nobody can move it while the transaction lasts.
///
/// # Errors
/// [`JournalError`].
pub async fn expected_sequence_locked(tx: &mut Tx, sender: &Oin) -> Result<u64, JournalError> {
    let query = sqlx::query(NEXT_SEQUENCE.text(tx.engine())).bind(sender.to_string());
    expected(query.fetch_optional(tx.conn()).await?)
}

fn expected(row: Option<AnyRow>) -> Result<u64, JournalError> {
    let next = row
        .map(|row| row.try_get::<i64, _>("next"))
        .transpose()?
        .unwrap_or(1);
    Ok(u64::try_from(next).unwrap_or(1))
}

/// A parked event.
pub struct Parked {
    /// Who sent it.
    pub sender: String,
    /// Its message id.
    pub message: String,
    /// The sender's count, when the event has one.
    pub sequence: Option<u64>,
    /// The whole event, sealed.
    pub body: String,
}

impl Parked {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        let sequence: i64 = row.try_get("sequence")?;
        Ok(Self {
            sender: row.try_get("sender")?,
            message: row.try_get("message")?,
            sequence: u64::try_from(sequence).ok().filter(|count| *count > 0),
            body: row.try_get("body")?,
        })
    }
}

/// The next event of this sender that waits no longer.
///
/// # Errors
/// [`JournalError`].
pub async fn next_ready(db: &journal::Db, sender: &Oin) -> Result<Option<Parked>, JournalError> {
    let row = sqlx::query(READY.text(db.engine()))
        .bind(sender.as_str())
        .fetch_optional(db.reader())
        .await?;
    row.as_ref().map(Parked::from_row).transpose()
}

/// The senders of which an event waits no longer.
///
/// # Errors
/// [`JournalError`].
pub async fn ready_senders(db: &journal::Db) -> Result<Vec<Oin>, JournalError> {
    let rows = sqlx::query(READY_SENDERS.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    let senders = rows.iter().map(|row| row.try_get::<String, _>("sender"));
    Ok(senders
        .collect::<Result<Vec<_>, _>>()?
        .iter()
        .filter_map(|s| Oin::parse(s).ok())
        .collect())
}

/// The events that waited longer than a day for what they speak of.
///
/// # Errors
/// [`JournalError`].
pub async fn overdue(db: &journal::Db, now: Timestamp) -> Result<Vec<Parked>, JournalError> {
    let before = now
        .checked_sub(PATIENCE_HOURS.hours())
        .unwrap_or(Timestamp::MIN);
    let rows = sqlx::query(OVERDUE.text(db.engine()))
        .bind(before.as_microsecond())
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(Parked::from_row).collect()
}

/// An event that waits, as the operator sees it.
pub struct Waiting {
    /// Who sent it.
    pub sender: String,
    /// Its message id.
    pub message: String,
    /// What it waits for.
    pub waits_for: String,
    /// Whether that has come.
    pub ready: bool,
    /// Since when, in microseconds since 1970.
    pub since: i64,
}

/// What waits, oldest first, at most 1,000.
///
/// # Errors
/// [`JournalError`].
pub async fn waiting(db: &journal::Db) -> Result<Vec<Waiting>, JournalError> {
    let rows = sqlx::query(WAITING.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Waiting {
                sender: row.try_get("sender")?,
                message: row.try_get("message")?,
                waits_for: row.try_get("waits_for")?,
                ready: row.try_get::<i64, _>("ready")? == 1,
                since: row.try_get("parked_at")?,
            })
        })
        .collect()
}

fn as_bigint(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
