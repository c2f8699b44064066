//! Requests for admission and how they were answered.

use jiff::Timestamp;
use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::{Due, EscalationId, Event, Moved};
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json;
use super::question;
use super::rows;

const ADD: Statement = Statement::same(
    "escalation_view.add",
    "INSERT INTO escalation_view (case_id, escalation, admitting, status, position, content)
     VALUES ($1, $2, $3, 'requested', $4, $5)",
);
const SET: Statement = Statement::same(
    "escalation_view.set",
    "UPDATE escalation_view SET status = $3, content = $4 WHERE case_id = $1 AND escalation = $2",
);
const SAY: Statement = Statement::same(
    "escalation_view.say",
    "UPDATE escalation_view SET content = $3 WHERE case_id = $1 AND escalation = $2",
);
const CONTENT: Statement = Statement::same(
    "escalation_view.content",
    "SELECT content FROM escalation_view WHERE case_id = $1 AND escalation = $2",
);
const OF_CASE: Statement = Statement::same(
    "escalation_view.of_case",
    "SELECT * FROM escalation_view WHERE case_id = $1 ORDER BY position",
);
const WAITING: Statement = Statement::same(
    "escalation_view.waiting",
    "SELECT e.* FROM escalation_view e JOIN case_view c ON c.case_id = e.case_id
     WHERE e.admitting = $1 AND e.status IN ('requested', 'acknowledged', 'expired')
        AND c.state = 'escalation_requested'
     ORDER BY e.position",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, SET, SAY, CONTENT, OF_CASE, WAITING];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct EscalationRow {
    /// The case.
    pub case_id: String,
    /// The request.
    pub escalation: String,
    /// The organisation that answers it.
    pub admitting: String,
    /// `requested`, `acknowledged`, `admitted`, `returned`, `not_completed`, `refused` or
    /// `expired`.
    pub status: String,
    /// Where the request stands in the log.
    pub position: i64,
    /// The request as it stands, with the evidence that came later; under `acknowledged` when it
    /// is looked at again, under `answer` what was answered; texts sealed.
    pub content: Value,
}

impl EscalationRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            case_id: row.try_get("case_id")?,
            escalation: row.try_get("escalation")?,
            admitting: row.try_get("admitting")?,
            status: row.try_get("status")?,
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
    let (escalation, status): (&EscalationId, _) = match event {
        Event::EscalationRequested(request) => {
            let engine = tx.engine();
            sqlx::query(ADD.text(engine))
                .bind(change.id.as_str())
                .bind(request.escalation.as_str())
                .bind(request.admitting.as_str())
                .bind(stored.position)
                .bind(stored.data.to_string())
                .execute(tx.conn())
                .await?;
            return Ok(());
        }
        Event::Escalated(e) => (&e.escalation, "admitted"),
        Event::EscalationReturned(e) => (&e.escalation, "returned"),
        Event::EscalationRefused(e) => (&e.escalation, "refused"),
        Event::EscalationExpired(e) => (&e.escalation, "expired"),
        Event::EscalationAcknowledged(e) => {
            let ids = [change.id.as_str(), e.escalation.as_str()];
            let said = ("acknowledged", "acknowledged");
            return question::answered(tx, [CONTENT, SET], ids, said, &stored.data).await;
        }
        Event::CompletionExpired(e) => {
            let ids = [change.id.as_str(), e.escalation.as_str()];
            let said = ("not_completed", "lapsed");
            return question::answered(tx, [CONTENT, SET], ids, said, &stored.data).await;
        }
        Event::EvidenceProvided(e) => {
            let amend = |content: &mut Value| provide(content, &stored.data["evidence"]);
            return amended(tx, change, &e.escalation, amend).await;
        }
        Event::ExplanationOverdue(e) => {
            let amend = |content: &mut Value| content["explainBy"] = json_of(e.explain_by);
            return amended(tx, change, &e.escalation, amend).await;
        }
        Event::CaseResumed(e) => return moved(tx, change, &e.moved).await,
        Event::UrgencyLapsed(e) => return moved(tx, change, &e.moved).await,
        Event::TermExtended(e) => return moved(tx, change, std::slice::from_ref(&e.moved)).await,
        _ => return Ok(()),
    };
    let ids = [change.id.as_str(), escalation.as_str()];
    question::answered(tx, [CONTENT, SET], ids, (status, "answer"), &stored.data).await
}

async fn amended(
    tx: &mut Tx,
    change: &Change<'_>,
    escalation: &EscalationId,
    amend: impl FnOnce(&mut Value),
) -> Result<(), JournalError> {
    let ids = [change.id.as_str(), escalation.as_str()];
    question::amended(tx, [CONTENT, SAY], ids, amend).await
}

/// What was given later joins what was given; what is explained is not unexplained any more.
fn provide(content: &mut Value, given: &Value) {
    let given = given.as_array().cloned().unwrap_or_default();
    if let Some(unexplained) = content["unexplained"].as_array_mut() {
        unexplained.retain(|item| !given.iter().any(|given| given["item"] == *item));
        if unexplained.is_empty() {
            content["explainBy"] = Value::Null;
        }
    }
    if let Some(evidence) = content["evidence"].as_array_mut() {
        evidence.extend(given);
    }
}

/// Deadlines of requests that moved stand at their new moment.
async fn moved(tx: &mut Tx, change: &Change<'_>, moved: &[Moved]) -> Result<(), JournalError> {
    for Moved { due, to } in moved {
        let at = json_of(*to);
        let (id, amend): (_, fn(&mut Value, Value)) = match due {
            Due::EscalationAcknowledgement(id) => (id, |content, at| content["acknowledgeBy"] = at),
            Due::EscalationAnswer(id) => (id, |content, at| content["answerBy"] = at),
            Due::EscalationReview(id) => {
                (id, |content, at| content["acknowledged"]["reviewAt"] = at)
            }
            Due::Completion(id) => (id, |content, at| content["answer"]["completeBy"] = at),
            Due::Explanation(id) => (id, |content, at| content["explainBy"] = at),
            _ => continue,
        };
        amended(tx, change, id, |content| amend(content, at)).await?;
    }
    Ok(())
}

fn json_of(at: Timestamp) -> Value {
    Value::String(at.to_string())
}

/// Every request for admission of a case, oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn escalations(db: &Db, case_id: &str) -> Result<Vec<EscalationRow>, JournalError> {
    rows::of(db, OF_CASE, case_id, EscalationRow::from_row).await
}

/// The requests that wait for an organisation to answer them, oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn waiting(db: &Db, organisation: &str) -> Result<Vec<EscalationRow>, JournalError> {
    rows::of(db, WAITING, organisation, EscalationRow::from_row).await
}
