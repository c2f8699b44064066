//! How sending the letters of a line goes, by whichever door: in the database, so that a restart
//! or another replica goes on where this one was.

use jiff::Timestamp;
use journal::{Db, JournalError, Statement};
use proto::Oin;
use sqlx::Row;

const READ: Statement = Statement::same(
    "outgoing_line.going",
    "SELECT confirmed, expired, failures, again_at FROM outgoing_line WHERE organisation = $1",
);
const HOLD: Statement = Statement::same(
    "outgoing_line.hold",
    "UPDATE outgoing_line SET holder = $2, held_until = $3
     WHERE organisation = $1 AND (held_until <= $4 OR holder = $2)",
);
const FAILED: Statement = Statement::same(
    "outgoing_line.failed",
    "UPDATE outgoing_line SET failures = failures + 1, reason = $2, again_at = $3
     WHERE organisation = $1",
);

/// Every statement of this file.
pub(super) const STATEMENTS: &[Statement] = &[READ, HOLD, FAILED];

/// Where sending stands.
pub(super) struct Going {
    /// Up to where letters went, or were let go.
    pub(super) confirmed: i64,
    /// How often the next one failed.
    pub(super) failures: i64,
    /// Not before this time.
    pub(super) again_at: Timestamp,
}

pub(super) async fn read(db: &Db, to: &Oin) -> Result<Going, JournalError> {
    let row = sqlx::query(READ.text(db.engine()))
        .bind(to.as_str())
        .fetch_optional(db.reader())
        .await?;
    let Some(row) = row else {
        return Ok(Going {
            confirmed: 0,
            failures: 0,
            again_at: Timestamp::MIN,
        });
    };
    let (confirmed, expired): (i64, i64) = (row.try_get("confirmed")?, row.try_get("expired")?);
    Ok(Going {
        confirmed: confirmed.max(expired),
        failures: row.try_get("failures")?,
        again_at: Timestamp::from_microsecond(row.try_get("again_at")?).unwrap_or_default(),
    })
}

/// Says that `me` posts until a time; false when another replica does.
pub(super) async fn hold(
    db: &Db,
    to: &Oin,
    me: &str,
    (now, until): (Timestamp, Timestamp),
) -> Result<bool, JournalError> {
    let mut tx = db.begin().await?;
    let held = sqlx::query(HOLD.text(tx.engine()))
        .bind(to.as_str())
        .bind(me)
        .bind(until.as_microsecond())
        .bind(now.as_microsecond())
        .execute(tx.conn())
        .await?;
    let held = held.rows_affected() == 1;
    if held {
        tx.commit().await?;
    }
    Ok(held)
}

pub(super) async fn failed(
    db: &Db,
    to: &Oin,
    reason: &str,
    again: Timestamp,
) -> Result<(), JournalError> {
    let mut tx = db.begin().await?;
    sqlx::query(FAILED.text(tx.engine()))
        .bind(to.as_str())
        .bind(reason)
        .bind(again.as_microsecond())
        .execute(tx.conn())
        .await?;
    tx.commit().await
}
