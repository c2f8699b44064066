//! Offered handoffs and how they were answered.

use jiff::Timestamp;
use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::{Event, HandoffId, HandoffStatus};
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json;
use super::question;
use super::rows;

const ADD: Statement = Statement::same(
    "handoff_view.add",
    "INSERT INTO handoff_view
        (case_id, handoff, sender, receiver, status, answer_by, position, content)
     VALUES ($1, $2, $3, $4, 'offered', $5, $6, $7)",
);
const SET: Statement = Statement::same(
    "handoff_view.set",
    "UPDATE handoff_view SET status = $3, content = $4 WHERE case_id = $1 AND handoff = $2",
);
const SAY: Statement = Statement::same(
    "handoff_view.say",
    "UPDATE handoff_view SET content = $3 WHERE case_id = $1 AND handoff = $2",
);
const SETTLE: Statement = Statement::same(
    "handoff_view.settle",
    "UPDATE handoff_view SET status = $3 WHERE case_id = $1 AND handoff = $2",
);
const MOVE: Statement = Statement::same(
    "handoff_view.move",
    "UPDATE handoff_view SET answer_by = $3 WHERE case_id = $1 AND handoff = $2",
);
const CONTENT: Statement = Statement::same(
    "handoff_view.content",
    "SELECT content FROM handoff_view WHERE case_id = $1 AND handoff = $2",
);
const OF_CASE: Statement = Statement::same(
    "handoff_view.of_case",
    "SELECT * FROM handoff_view WHERE case_id = $1 ORDER BY position",
);
const OFFERED_TO: Statement = Statement::same(
    "handoff_view.offered_to",
    "SELECT * FROM handoff_view
     WHERE receiver = $1 AND status = $2 AND position > $3 ORDER BY position LIMIT $4",
);
const OLDEST_OFFER: Statement = Statement::same(
    "handoff_view.oldest_offer",
    "SELECT MIN(position) AS position FROM handoff_view WHERE status = 'offered'",
);
const FOR_RECEIVER: Statement = Statement::same(
    "handoff_view.for_receiver",
    "SELECT * FROM handoff_view WHERE handoff = $1 AND receiver = $2 ORDER BY position LIMIT 1",
);

pub(super) const STATEMENTS: &[Statement] = &[
    ADD,
    SET,
    SAY,
    SETTLE,
    MOVE,
    CONTENT,
    OF_CASE,
    OFFERED_TO,
    OLDEST_OFFER,
    FOR_RECEIVER,
];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct HandoffRow {
    /// The case.
    pub case_id: String,
    /// The handoff.
    pub handoff: String,
    /// Who offered it.
    pub sender: String,
    /// Who is asked.
    pub receiver: String,
    /// `offered`, `accepted`, `declined`, `countered`, `withdrawn`, `expired`, `returning` or
    /// `returned`.
    pub status: String,
    /// Until when it can be answered.
    pub answer_by: String,
    /// Where the offer stands in the log.
    pub position: i64,
    /// The offer as it was made; under `answer` what became of it, under `counter` how a
    /// counter-offer was answered, under `return` why it was given back, each with `at`, when that
    /// was; texts sealed.
    pub content: Value,
}

impl HandoffRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            case_id: row.try_get("case_id")?,
            handoff: row.try_get("handoff")?,
            sender: row.try_get("sender")?,
            receiver: row.try_get("receiver")?,
            status: row.try_get("status")?,
            answer_by: row.try_get("answer_by")?,
            position: row.try_get("position")?,
            content: json(row, "content")?,
        })
    }
}

pub(super) async fn write(
    tx: &mut Tx,
    change: &Change<'_>,
    event: &Event,
    stored: &StoredEvent,
) -> Result<(), JournalError> {
    let (handoff, status) = match event {
        Event::HandoffOffered(offer) => {
            let engine = tx.engine();
            sqlx::query(ADD.text(engine))
                .bind(change.id.as_str())
                .bind(offer.handoff.as_str())
                .bind(offer.from.as_str())
                .bind(offer.to.as_str())
                .bind(offer.answer_by.to_string())
                .bind(stored.position)
                .bind(stored.data.to_string())
                .execute(tx.conn())
                .await?;
            return Ok(());
        }
        Event::HandoffAccepted(e) => (&e.handoff, "accepted"),
        Event::HandoffDeclined(e) => (&e.handoff, "declined"),
        Event::HandoffCountered(e) => (&e.handoff, "countered"),
        Event::HandoffWithdrawn(e) => (&e.handoff, "withdrawn"),
        Event::HandoffExpired(e) => (&e.handoff, "expired"),
        Event::CounterAccepted(e) => return said(tx, change, &e.handoff, "counter", stored).await,
        Event::CounterRefused(e) => return said(tx, change, &e.handoff, "counter", stored).await,
        Event::CounterExpired(e) => return said(tx, change, &e.handoff, "counter", stored).await,
        Event::HandoffReturned(e) => return said(tx, change, &e.handoff, "return", stored).await,
        _ => return Ok(()),
    };
    let ids = [change.id.as_str(), handoff.as_str()];
    let mut answer = stored.data.clone();
    answer["at"] = stored.at.to_string().into();
    question::answered(tx, [CONTENT, SET], ids, (status, "answer"), &answer).await
}

/// Keeps what was said of a handoff under `key`, with the kind of event that said it.
async fn said(
    tx: &mut Tx,
    change: &Change<'_>,
    handoff: &HandoffId,
    key: &str,
    stored: &StoredEvent,
) -> Result<(), JournalError> {
    let ids = [change.id.as_str(), handoff.as_str()];
    question::amended(tx, [CONTENT, SAY], ids, |content| {
        content[key] = stored.data.clone();
        content[key]["kind"] = stored.kind.as_str().into();
        content[key]["at"] = stored.at.to_string().into();
    })
    .await
}

/// Statuses and terms as the state has them: giving back, closing and moving a deadline change
/// them without an answer.
pub(super) async fn settle(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let (Some(before), Some(after)) = (change.before.file(), change.after.file()) else {
        return Ok(());
    };
    let engine = tx.engine();
    for (id, handoff) in &after.handoffs {
        let known = before.handoffs.get(id).map(|known| &known.status);
        if known == Some(&handoff.status) {
            continue;
        }
        sqlx::query(SETTLE.text(engine))
            .bind(change.id.as_str())
            .bind(id.as_str())
            .bind(word(&handoff.status))
            .execute(tx.conn())
            .await?;
        if let HandoffStatus::Offered { answer_by, .. } = handoff.status {
            sqlx::query(MOVE.text(engine))
                .bind(change.id.as_str())
                .bind(id.as_str())
                .bind(answer_by.to_string())
                .execute(tx.conn())
                .await?;
        }
        if let HandoffStatus::Countered {
            follow_up_by: Some(by),
            ..
        } = handoff.status
        {
            let ids = [change.id.as_str(), id.as_str()];
            let by = by.to_string().into();
            let amend = |content: &mut Value| content["answer"]["followUpBy"] = by;
            question::amended(tx, [CONTENT, SAY], ids, amend).await?;
        }
    }
    Ok(())
}

fn word(status: &HandoffStatus) -> &'static str {
    match status {
        HandoffStatus::Offered { .. } => "offered",
        HandoffStatus::Accepted { .. } => "accepted",
        HandoffStatus::Declined { .. } => "declined",
        HandoffStatus::Countered { .. } => "countered",
        HandoffStatus::Withdrawn { .. } => "withdrawn",
        HandoffStatus::Expired { .. } => "expired",
        HandoffStatus::Returning { .. } => "returning",
        HandoffStatus::Returned { .. } => "returned",
    }
}

/// Every handoff of a case, oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn handoffs(db: &Db, case_id: &str) -> Result<Vec<HandoffRow>, JournalError> {
    rows::of(db, OF_CASE, case_id, HandoffRow::from_row).await
}

/// The handoffs of one status that an organisation was offered, oldest first, after a position.
///
/// # Errors
/// [`JournalError`].
pub async fn offered_to(
    db: &Db,
    receiver: &str,
    status: &str,
    after: i64,
    limit: u32,
) -> Result<Vec<HandoffRow>, JournalError> {
    let rows = sqlx::query(OFFERED_TO.text(db.engine()))
        .bind(receiver)
        .bind(status)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(HandoffRow::from_row).collect()
}

/// When the oldest offer was made that nobody answered yet.
///
/// # Errors
/// [`JournalError`].
pub async fn oldest_offer(db: &Db) -> Result<Option<Timestamp>, JournalError> {
    let row = sqlx::query(OLDEST_OFFER.text(db.engine()))
        .fetch_one(db.reader())
        .await?;
    let Some(position) = row.try_get::<Option<i64>, _>("position")? else {
        return Ok(None);
    };
    let offer = db.read_after(position - 1, 1).await?;
    Ok(offer.first().map(|event| event.at))
}

/// A handoff that was offered to this organisation.
///
/// # Errors
/// [`JournalError`].
pub async fn find_for_receiver(
    db: &Db,
    handoff: &str,
    receiver: &str,
) -> Result<Option<HandoffRow>, JournalError> {
    rows::one(db, FOR_RECEIVER, [handoff, receiver], HandoffRow::from_row).await
}
