//! The lines of letters that wait: for organisations with a door over HTTP all of them, for the others
//! those that the bus had no room for. In the order in which they were written, without gaps, until
//! they are confirmed or too old.

use std::collections::BTreeSet;

use jiff::Timestamp;
use journal::{Db, JournalError, Statement, Tx};
use proto::Oin;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::sent::Sent;

const NEXT: Statement = Statement::same(
    "outgoing_line.next",
    "INSERT INTO outgoing_line
        (organisation, last, confirmed, expired, held_until, failures, again_at)
     VALUES ($1, 1, 0, 0, 0, 0, 0)
     ON CONFLICT (organisation) DO UPDATE SET last = outgoing_line.last + 1
     RETURNING last",
);
const ADD: Statement = Statement::same(
    "outgoing_letter.add",
    "INSERT INTO outgoing_letter
        (organisation, position, message, event, origin, place, at, since)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);
const WAITS: Statement = Statement::same(
    "outgoing_letter.waits",
    "SELECT position FROM outgoing_letter WHERE organisation = $1 AND message = $2 LIMIT 1",
);
const HOLD: Statement = Statement::same(
    "outgoing_line.hold_place",
    "INSERT INTO outgoing_line
        (organisation, last, confirmed, expired, held_until, failures, again_at)
     VALUES ($1, 0, 0, 0, 0, 0, 0)
     ON CONFLICT (organisation) DO UPDATE SET last = outgoing_line.last",
);
const LATER: Statement = Statement::same(
    "outgoing_letter.later",
    "SELECT message FROM outgoing_letter
     WHERE organisation = $1 AND origin = $2 AND place > $3 ORDER BY position",
);
const MOVE: Statement = Statement::same(
    "outgoing_letter.move",
    "UPDATE outgoing_letter SET position = $3 WHERE organisation = $1 AND message = $2",
);
const STANDING: Statement = Statement::same(
    "outgoing_line.standing",
    "SELECT o.organisation AS organisation FROM outgoing_line o WHERE EXISTS
        (SELECT 1 FROM outgoing_letter l WHERE l.organisation = o.organisation)",
);
const FORGET: Statement = Statement::same(
    "outgoing_letter.forget",
    "DELETE FROM outgoing_letter WHERE organisation = $1 AND origin = $2 AND place > $3",
);
const AFTER: Statement = Statement::same(
    "outgoing_letter.after",
    "SELECT position, message, origin, place, at FROM outgoing_letter
     WHERE organisation = $1 AND position > $2 ORDER BY position LIMIT $3",
);
const LINE: Statement = Statement::same(
    "outgoing_line.read",
    "SELECT last, confirmed, expired FROM outgoing_line WHERE organisation = $1",
);
const CONFIRM: Statement = Statement::same(
    "outgoing_line.confirm",
    "UPDATE outgoing_line SET confirmed = $2, failures = 0, reason = NULL, again_at = 0
     WHERE organisation = $1 AND confirmed < $2",
);
const DELETE: Statement = Statement::same(
    "outgoing_letter.delete",
    "DELETE FROM outgoing_letter WHERE organisation = $1 AND position <= $2",
);
const TOO_OLD: Statement = Statement::same(
    "outgoing_letter.too_old",
    "SELECT organisation, MAX(position) AS position FROM outgoing_letter
     WHERE since <= $1 GROUP BY organisation",
);
const LET_GO: Statement = Statement::same(
    "outgoing_line.let_go",
    "UPDATE outgoing_line SET expired = $2 WHERE organisation = $1 AND expired < $2",
);
const UNDELIVERED: Statement = Statement::same(
    "outgoing_letter.undelivered",
    "SELECT l.organisation AS organisation, COUNT(*) AS letters, MIN(l.since) AS since,
        o.failures AS failures, o.reason AS reason
     FROM outgoing_letter l JOIN outgoing_line o ON o.organisation = l.organisation
     GROUP BY l.organisation, o.failures, o.reason ORDER BY l.organisation",
);
const KINDS: Statement = Statement::same(
    "outgoing_letter.kinds",
    "SELECT organisation, event, COUNT(*) AS letters, MIN(position) AS place, MIN(since) AS oldest
     FROM outgoing_letter GROUP BY organisation, event ORDER BY organisation, MIN(position)",
);

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[
    NEXT,
    ADD,
    WAITS,
    HOLD,
    LATER,
    MOVE,
    STANDING,
    FORGET,
    AFTER,
    LINE,
    CONFIRM,
    DELETE,
    TOO_OLD,
    LET_GO,
    UNDELIVERED,
    KINDS,
];

/// From what a letter follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The event at this position of the log.
    Event(i64),
    /// The answer with this number.
    Answer(i64),
    /// The checkpoint of this size.
    Checkpoint(i64),
}

impl Origin {
    fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Event(place) => ("event", place),
            Self::Answer(place) => ("answer", place),
            Self::Checkpoint(place) => ("checkpoint", place),
        }
    }

    fn read(word: &str, place: i64) -> Option<Self> {
        match word {
            "event" => Some(Self::Event(place)),
            "answer" => Some(Self::Answer(place)),
            "checkpoint" => Some(Self::Checkpoint(place)),
            _ => None,
        }
    }
}

/// A letter that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in its organisation's line, from 1.
    pub position: i64,
    /// Its id, the same by every door.
    pub message: String,
    /// From what it follows.
    pub origin: Origin,
    /// When what it tells happened.
    pub at: Timestamp,
}

/// How far an organisation's line is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Line {
    /// The last position that was given; 0 when there was never a letter.
    pub last: i64,
    /// Up to where the organisation confirmed.
    pub confirmed: i64,
    /// Up to where letters were let go because nobody fetched them in time.
    pub expired: i64,
}

/// What waits for one organisation, as whoever runs the service sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// For whom.
    pub organisation: String,
    /// How many letters.
    pub letters: i64,
    /// Since when the oldest does, in microseconds since 1970.
    pub since: i64,
    /// How often posting the first of them failed, or the bus had no room for it.
    pub failures: i64,
    /// Why it failed last, in words.
    pub reason: Option<String>,
}

/// Letters of one event that wait for one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// For whom.
    pub organisation: String,
    /// The event, `<noun>.<past-verb>`.
    pub event: String,
    /// How many.
    pub letters: i64,
    /// The place of the first of them in the line.
    pub position: i64,
    /// Since when it waits, in microseconds since 1970.
    pub since: i64,
}

/// Puts a letter at the end of its organisation's line, in the transaction that records that it
/// was written.
pub(super) async fn add(
    tx: &mut Tx,
    sent: &Sent,
    origin: Origin,
    now: Timestamp,
) -> Result<(), JournalError> {
    let engine = tx.engine();
    let position = next_position(tx, sent.organisation.as_str()).await?;
    let (word, place) = origin.parts();
    sqlx::query(ADD.text(engine))
        .bind(sent.organisation.as_str())
        .bind(position)
        .bind(sent.message.as_str())
        .bind(sent.event.as_str())
        .bind(word)
        .bind(place)
        .bind(sent.at.to_string())
        .bind(now.as_microsecond())
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn next_position(tx: &mut Tx, organisation: &str) -> Result<i64, JournalError> {
    let row = sqlx::query(NEXT.text(tx.engine()))
        .bind(organisation)
        .fetch_one(tx.conn())
        .await?;
    Ok(row.try_get("last")?)
}

/// Keeps everybody else from an organisation's line for as long as the transaction lasts.
pub(super) async fn hold(tx: &mut Tx, organisation: &Oin) -> Result<(), JournalError> {
    sqlx::query(HOLD.text(tx.engine()))
        .bind(organisation.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The ids of what waits in an organisation's line and follows from later than this, in their order.
pub(super) async fn later(
    tx: &mut Tx,
    organisation: &Oin,
    origin: Origin,
) -> Result<Vec<String>, JournalError> {
    let (word, place) = origin.parts();
    let rows = sqlx::query(LATER.text(tx.engine()))
        .bind(organisation.as_str())
        .bind(word)
        .bind(place)
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(|row| Ok(row.try_get("message")?)).collect()
}

/// Puts what waits in an organisation's line at its end.
pub(super) async fn move_to_end(
    tx: &mut Tx,
    organisation: &Oin,
    message: &str,
) -> Result<(), JournalError> {
    let position = next_position(tx, organisation.as_str()).await?;
    sqlx::query(MOVE.text(tx.engine()))
        .bind(organisation.as_str())
        .bind(message)
        .bind(position)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Puts a letter at the end of its organisation's line, unless it waits there already: told again, it
/// was recorded before.
pub(super) async fn add_again(
    tx: &mut Tx,
    sent: &Sent,
    origin: Origin,
    now: Timestamp,
) -> Result<(), JournalError> {
    if waits(tx, sent).await? {
        Ok(())
    } else {
        add(tx, sent, origin, now).await
    }
}

/// Puts a letter at the end of its organisation's line, wherever it waits there already.
pub(super) async fn add_at_end(
    tx: &mut Tx,
    sent: &Sent,
    origin: Origin,
    now: Timestamp,
) -> Result<(), JournalError> {
    if waits(tx, sent).await? {
        move_to_end(tx, &sent.organisation, &sent.message).await
    } else {
        add(tx, sent, origin, now).await
    }
}

async fn waits(tx: &mut Tx, sent: &Sent) -> Result<bool, JournalError> {
    let waits = sqlx::query(WAITS.text(tx.engine()))
        .bind(sent.organisation.as_str())
        .bind(sent.message.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(waits.is_some())
}

/// The OINs of those in whose line something waits.
pub(super) async fn standing(db: &Db) -> Result<BTreeSet<String>, JournalError> {
    let rows = sqlx::query(STANDING.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| Ok(row.try_get("organisation")?))
        .collect()
}

/// Takes out of an organisation's line what follows from later than this.
pub(super) async fn forget_after(
    tx: &mut Tx,
    organisation: &Oin,
    origin: Origin,
) -> Result<(), JournalError> {
    let (word, place) = origin.parts();
    sqlx::query(FORGET.text(tx.engine()))
        .bind(organisation.as_str())
        .bind(word)
        .bind(place)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The letters after a position, in their order, at most `limit`.
///
/// # Errors
/// [`JournalError`].
pub async fn after(
    db: &Db,
    organisation: &Oin,
    position: i64,
    limit: u32,
) -> Result<Vec<Entry>, JournalError> {
    let rows = sqlx::query(AFTER.text(db.engine()))
        .bind(organisation.as_str())
        .bind(position)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(entry).collect()
}

fn entry(row: &AnyRow) -> Result<Entry, JournalError> {
    let unreadable = || JournalError::Unreadable {
        what: "outgoing letter",
    };
    let (word, place): (&str, i64) = (row.try_get("origin")?, row.try_get("place")?);
    Ok(Entry {
        position: row.try_get("position")?,
        message: row.try_get("message")?,
        origin: Origin::read(word, place).ok_or_else(unreadable)?,
        at: row
            .try_get::<&str, _>("at")?
            .parse()
            .map_err(|_| unreadable())?,
    })
}

/// How far an organisation's line is.
///
/// # Errors
/// [`JournalError`].
pub async fn line(db: &Db, organisation: &Oin) -> Result<Line, JournalError> {
    let row = sqlx::query(LINE.text(db.engine()))
        .bind(organisation.as_str())
        .fetch_optional(db.reader())
        .await?;
    let Some(row) = row else {
        return Ok(Line::default());
    };
    Ok(Line {
        last: row.try_get("last")?,
        confirmed: row.try_get("confirmed")?,
        expired: row.try_get("expired")?,
    })
}

/// The organisation has everything up to this position: it waits no longer.
///
/// # Errors
/// [`JournalError`].
pub async fn confirm(db: &Db, organisation: &Oin, position: i64) -> Result<(), JournalError> {
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    for statement in [CONFIRM, DELETE] {
        sqlx::query(statement.text(engine))
            .bind(organisation.as_str())
            .bind(position)
            .execute(tx.conn())
            .await?;
    }
    tx.commit().await
}

/// Lets go of what waits since `before` or longer; answers for how many organisations. Looks
/// first: a transaction for nothing would wake every follower.
///
/// # Errors
/// [`JournalError`].
pub async fn expire(db: &Db, before: Timestamp) -> Result<usize, JournalError> {
    let too_old = sqlx::query(TOO_OLD.text(db.engine()))
        .bind(before.as_microsecond())
        .fetch_all(db.reader())
        .await?;
    if too_old.is_empty() {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    for row in &too_old {
        let organisation: &str = row.try_get("organisation")?;
        let position: i64 = row.try_get("position")?;
        for statement in [LET_GO, DELETE] {
            sqlx::query(statement.text(engine))
                .bind(organisation)
                .bind(position)
                .execute(tx.conn())
                .await?;
        }
    }
    tx.commit().await?;
    Ok(too_old.len())
}

/// What waits, per organisation.
///
/// # Errors
/// [`JournalError`].
pub async fn undelivered(db: &Db) -> Result<Vec<Undelivered>, JournalError> {
    let rows = sqlx::query(UNDELIVERED.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Undelivered {
                organisation: row.try_get("organisation")?,
                letters: row.try_get("letters")?,
                since: row.try_get("since")?,
                failures: row.try_get("failures")?,
                reason: row.try_get("reason")?,
            })
        })
        .collect()
}

/// What waits, per organisation and event, in the order of the first of each.
///
/// # Errors
/// [`JournalError`].
pub async fn kinds(db: &Db) -> Result<Vec<Kind>, JournalError> {
    let rows = sqlx::query(KINDS.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Kind {
                organisation: row.try_get("organisation")?,
                event: row.try_get("event")?,
                letters: row.try_get("letters")?,
                position: row.try_get("place")?,
                since: row.try_get("oldest")?,
            })
        })
        .collect()
}
