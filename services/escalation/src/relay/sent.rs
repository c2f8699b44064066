//! What was published to whom, without its content.

use jiff::Timestamp;
use journal::{Db, JournalError, Statement};
use proto::Oin;
use serde::Serialize;
use sqlx::Row;

use super::outgoing::{self, Origin};

const ADD: Statement = Statement::same(
    "sent_view.add",
    "INSERT INTO sent_view (organisation, number, message, event, case_id, at)
     SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5
     FROM sent_view WHERE organisation = $1
     ON CONFLICT (organisation, message) DO NOTHING",
);
const OF_CASE: Statement = Statement::same(
    "sent_view.of_case",
    "SELECT organisation, event FROM sent_view WHERE case_id = $1
     ORDER BY organisation, number",
);
const COUNTS: Statement = Statement::same(
    "sent_view.counts",
    "SELECT organisation, COUNT(*) AS messages FROM sent_view GROUP BY organisation",
);

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[ADD, OF_CASE, COUNTS];

/// A message that was published.
pub struct Sent {
    /// To whom.
    pub organisation: Oin,
    /// Its id.
    pub message: String,
    /// What, `<noun>.<past-verb>`.
    pub event: String,
    /// About which case; none for the answer to an event that came in.
    pub case: Option<String>,
    /// When what it tells happened.
    pub at: Timestamp,
    /// By which way it goes.
    pub way: Way,
}

/// By which way a letter goes; what waits names from what it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It went on the bus.
    Bus,
    /// It waits in its line to be fetched or posted.
    Line(Origin),
    /// It waits in its line until the bus has room for it.
    Behind(Origin),
}

/// Records what was published together with the follower's new checkpoint. A message that was
/// published again after a restart is recorded once, and waits once.
///
/// # Errors
/// [`JournalError`].
pub async fn record(
    db: &Db,
    sent: &[Sent],
    follower: &str,
    checkpoint: i64,
    now: Timestamp,
) -> Result<(), JournalError> {
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    for message in sent {
        let added = sqlx::query(ADD.text(engine))
            .bind(message.organisation.as_str())
            .bind(message.message.as_str())
            .bind(message.event.as_str())
            .bind(message.case.as_deref())
            .bind(message.at.to_string())
            .execute(tx.conn())
            .await?;
        let is_new = added.rows_affected() == 1;
        match message.way {
            Way::Line(origin) | Way::Behind(origin) if is_new => {
                outgoing::add(&mut tx, message, origin, now).await?;
            }
            // What is told again over the bus was recorded the first time.
            Way::Behind(origin) => outgoing::add_again(&mut tx, message, origin, now).await?,
            Way::Bus | Way::Line(_) => {}
        }
    }
    tx.save_checkpoint(follower, checkpoint).await?;
    tx.commit().await
}

/// One message about a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentRow {
    /// To whom.
    pub organisation: String,
    /// What.
    pub event: String,
}

/// What was published about a case: per organisation, in the order of publishing.
///
/// # Errors
/// [`JournalError`].
pub async fn of_case(db: &Db, case_id: &str) -> Result<Vec<SentRow>, JournalError> {
    let rows = sqlx::query(OF_CASE.text(db.engine()))
        .bind(case_id)
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SentRow {
                organisation: row.try_get("organisation")?,
                event: row.try_get("event")?,
            })
        })
        .collect()
}

/// How many distinct messages were published to each organisation.
///
/// # Errors
/// [`JournalError`].
pub async fn counts(db: &Db) -> Result<Vec<(String, u64)>, JournalError> {
    let rows = sqlx::query(COUNTS.text(db.engine()))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| {
            let messages: i64 = row.try_get("messages")?;
            Ok((
                row.try_get("organisation")?,
                u64::try_from(messages).unwrap_or_default(),
            ))
        })
        .collect()
}
