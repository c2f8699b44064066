//! Questions for advice that name nobody, and what was answered: for whoever is asked, who has no
//! other part in the case.

use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::{Case, Event};
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json;
use super::question;
use super::rows;

const ADD: Statement = Statement::same(
    "advice_view.add",
    "INSERT INTO advice_view
        (case_id, consultation, adviser, status, position, answer_by, content)
     VALUES ($1, $2, $3, 'open', $4, $5, $6)",
);
const SET: Statement = Statement::same(
    "advice_view.set",
    "UPDATE advice_view SET status = $3, content = $4 WHERE case_id = $1 AND consultation = $2",
);
const CONTENT: Statement = Statement::same(
    "advice_view.content",
    "SELECT content FROM advice_view WHERE case_id = $1 AND consultation = $2",
);
const MOVE: Statement = Statement::same(
    "advice_view.move",
    "UPDATE advice_view SET answer_by = $3 WHERE case_id = $1 AND consultation = $2",
);
const END: Statement = Statement::same(
    "advice_view.end",
    "UPDATE advice_view SET status = 'expired' WHERE case_id = $1 AND status = 'open'",
);
const OF_CASE: Statement = Statement::same(
    "advice_view.of_case",
    "SELECT * FROM advice_view WHERE case_id = $1 ORDER BY position",
);
const OF_ADVISER: Statement = Statement::same(
    "advice_view.of_adviser",
    "SELECT * FROM advice_view WHERE adviser = $1
     ORDER BY CASE status WHEN 'open' THEN 0 ELSE 1 END, position",
);
const FOR_ADVISER: Statement = Statement::same(
    "advice_view.for_adviser",
    "SELECT * FROM advice_view WHERE adviser = $1 AND consultation = $2",
);

pub(super) const STATEMENTS: &[Statement] = &[
    ADD,
    SET,
    CONTENT,
    MOVE,
    END,
    OF_CASE,
    OF_ADVISER,
    FOR_ADVISER,
];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct AdviceRow {
    /// The case.
    pub case_id: String,
    /// The question's id.
    pub consultation: String,
    /// The organisation that is asked.
    pub adviser: String,
    /// `open`, `answered` or `expired`.
    pub status: String,
    /// Where the question stands in the log.
    pub position: i64,
    /// Until when it is to be answered.
    pub answer_by: String,
    /// The question as it was asked, and under `answer` what was answered; texts sealed.
    pub content: Value,
}

impl AdviceRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            case_id: row.try_get("case_id")?,
            consultation: row.try_get("consultation")?,
            adviser: row.try_get("adviser")?,
            status: row.try_get("status")?,
            position: row.try_get("position")?,
            answer_by: row.try_get("answer_by")?,
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
    let (consultation, status) = match event {
        Event::AdviceAsked(asked) => {
            let engine = tx.engine();
            sqlx::query(ADD.text(engine))
                .bind(change.id.as_str())
                .bind(asked.consultation.as_str())
                .bind(asked.of.as_str())
                .bind(stored.position)
                .bind(asked.answer_by.to_string())
                .bind(stored.data.to_string())
                .execute(tx.conn())
                .await?;
            return Ok(());
        }
        Event::AdviceGiven(e) => (&e.consultation, "answered"),
        Event::AdviceExpired(e) => (&e.consultation, "expired"),
        _ => return Ok(()),
    };
    let ids = [change.id.as_str(), consultation.as_str()];
    question::answered(tx, [CONTENT, SET], ids, (status, "answer"), &stored.data).await
}

/// Terms that moved, and questions that end with the case: both follow from the state.
pub(super) async fn settle(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let (Some(before), Some(after)) = (change.before.file(), change.after.file()) else {
        return Ok(());
    };
    let engine = tx.engine();
    for (id, asked) in &after.consultations {
        let moved = before
            .consultations
            .get(id)
            .is_some_and(|known| known.answer_by != asked.answer_by);
        if let (true, Some(answer_by)) = (moved, asked.answer_by) {
            sqlx::query(MOVE.text(engine))
                .bind(change.id.as_str())
                .bind(id.as_str())
                .bind(answer_by.to_string())
                .execute(tx.conn())
                .await?;
        }
    }
    if matches!(change.after, Case::Closed(_)) {
        sqlx::query(END.text(engine))
            .bind(change.id.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// Every question for advice in a case, oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn advice(db: &Db, case_id: &str) -> Result<Vec<AdviceRow>, JournalError> {
    rows::of(db, OF_CASE, case_id, AdviceRow::from_row).await
}

/// Every question that was put to an organisation: the open ones first, each in their order.
///
/// # Errors
/// [`JournalError`].
pub async fn advice_asked_of(db: &Db, adviser: &str) -> Result<Vec<AdviceRow>, JournalError> {
    rows::of(db, OF_ADVISER, adviser, AdviceRow::from_row).await
}

/// One question that was put to an organisation.
///
/// # Errors
/// [`JournalError`].
pub async fn find_for_adviser(
    db: &Db,
    adviser: &str,
    consultation: &str,
) -> Result<Option<AdviceRow>, JournalError> {
    rows::one(
        db,
        FOR_ADVISER,
        [adviser, consultation],
        AdviceRow::from_row,
    )
    .await
}
