//! What was recorded once and does not change: facts, grounds for sharing, blocks, decisions, feedback, proposals to
//! go down and their answers, lessons, the closure.

use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::Event;
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json;

const ADD: Statement = Statement::same(
    "record_view.add",
    "INSERT INTO record_view (position, case_id, noun, kind, organisation, at, content)
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);
const OF_CASE: Statement = Statement::same(
    "record_view.of_case",
    "SELECT * FROM record_view WHERE case_id = $1 AND noun = $2 ORDER BY position",
);

const OF_ORGANISATION: Statement = Statement::same(
    "record_view.of_organisation",
    "SELECT * FROM record_view WHERE noun = $1 AND organisation = $2 ORDER BY position",
);

const OF_OWNER: Statement = Statement::same(
    "record_view.of_owner",
    "SELECT r.* FROM record_view r JOIN case_view c ON c.case_id = r.case_id
     WHERE r.noun = $1 AND c.owner = $2 ORDER BY r.position",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, OF_CASE, OF_ORGANISATION, OF_OWNER];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct RecordRow {
    /// Its place in the log.
    pub position: i64,
    /// In which case.
    pub case_id: String,
    /// What happened.
    pub kind: String,
    /// Who recorded it.
    pub organisation: Option<String>,
    /// When.
    pub at: String,
    /// What was recorded; texts sealed.
    pub content: Value,
}

/// The list under which an event is found, when it is a record.
fn noun(event: &Event) -> Option<&'static str> {
    match event {
        Event::FactReported(_) => Some("facts"),
        Event::LegalBasisRecorded(_) => Some("legal-bases"),
        Event::ConsentGiven(_) | Event::ConsentWithdrawn(_) => Some("consents"),
        Event::ObjectionRaised(_)
        | Event::ObjectionExtended(_)
        | Event::ObjectionOverdue(_)
        | Event::ObjectionSettled(_)
        | Event::ObjectionLifted(_) => Some("objections"),
        Event::BlockRecorded(_) => Some("blocks"),
        Event::PerspectiveRecorded(_) => Some("perspectives"),
        Event::AdviceAsked(_) | Event::AdviceGiven(_) | Event::AdviceExpired(_) => Some("advice"),
        Event::AssessmentRecorded(_) | Event::AssessmentCompleted(_) => Some("assessments"),
        Event::DecisionProposed(_)
        | Event::DecisionRejected(_)
        | Event::DecisionExpired(_)
        | Event::DecisionTaken(_) => Some("decisions"),
        Event::FundOpened(_) | Event::FundContributed(_) | Event::FundCompleted(_) => Some("funds"),
        Event::BudgetSpent(_) => Some("spending"),
        Event::MeasureStarted(_) | Event::MeasureDue(_) | Event::MeasureEnded(_) => {
            Some("measures")
        }
        Event::CaseSuspended(_) | Event::CaseResumed(_) | Event::TermExtended(_) => {
            Some("suspensions")
        }
        Event::FeedbackSent(_) | Event::CitizenInformed(_) | Event::InformingPostponed(_) => {
            Some("feedback")
        }
        Event::CitizenLinked(_) | Event::CitizenUnlinked(_) => Some("citizens"),
        Event::DeescalationProposed(_) | Event::DeescalationDeclined(_) | Event::Deescalated(_) => {
            Some("deescalations")
        }
        Event::LessonRecorded(_)
        | Event::CaseClosed(_)
        | Event::CaseWithdrawn(_)
        | Event::CaseReopened(_) => Some("closure"),
        Event::ErasureOrdered(_)
        | Event::ErasureCompleted(_)
        | Event::HoldPlaced(_)
        | Event::HoldLifted(_)
        | Event::RedactionRecorded(_) => Some("erasures"),
        Event::DraftSaved(_)
        | Event::DraftReminded(_)
        | Event::DraftDiscarded(_)
        | Event::OwnershipModeChosen(_)
        | Event::OwnerChanged(_)
        | Event::CounterAccepted(_)
        | Event::CounterRefused(_)
        | Event::CounterExpired(_)
        | Event::HandoffReturned(_)
        | Event::EscalationAcknowledged(_)
        | Event::AcknowledgementOverdue(_)
        | Event::CompletionExpired(_)
        | Event::EvidenceProvided(_)
        | Event::ExplanationOverdue(_)
        | Event::SilencePersisted(_)
        | Event::UrgencyClaimed(_)
        | Event::UrgencyConfirmed(_)
        | Event::UrgencyLapsed(_)
        | Event::ReviewPassed(_)
        | Event::StayWarned(_)
        | Event::CommitmentLate(_)
        | Event::Reported(_)
        | Event::HandoffOffered(_)
        | Event::HandoffReminded(_)
        | Event::HandoffAccepted(_)
        | Event::HandoffDeclined(_)
        | Event::HandoffCountered(_)
        | Event::HandoffWithdrawn(_)
        | Event::HandoffExpired(_)
        | Event::IdentityShared(_)
        | Event::RungSkipped(_)
        | Event::EscalationRequested(_)
        | Event::EscalationReturned(_)
        | Event::EscalationRefused(_)
        | Event::EscalationExpired(_)
        | Event::Escalated(_)
        | Event::CommitmentRequested(_)
        | Event::CommitmentMade(_)
        | Event::CommitmentRefused(_)
        | Event::CommitmentFulfilled(_)
        | Event::AftercareStarted(_)
        | Event::AftercareReminded(_) => None,
    }
}

pub(super) async fn write(
    tx: &mut Tx,
    change: &Change<'_>,
    event: &Event,
    stored: &StoredEvent,
) -> Result<(), JournalError> {
    let Some(noun) = noun(event) else {
        return Ok(());
    };
    let engine = tx.engine();
    sqlx::query(ADD.text(engine))
        .bind(stored.position)
        .bind(change.id.as_str())
        .bind(noun)
        .bind(stored.kind.as_str())
        .bind(change.organisation)
        .bind(stored.at.to_string())
        .bind(stored.data.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// One list of a case's records, oldest first: `facts`, `legal-bases`, `blocks`, `decisions`, `feedback`,
/// `deescalations` or `closure`.
///
/// # Errors
/// [`JournalError`].
pub async fn records(db: &Db, case_id: &str, noun: &str) -> Result<Vec<RecordRow>, JournalError> {
    let rows = sqlx::query(OF_CASE.text(db.engine()))
        .bind(case_id)
        .bind(noun)
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(read).collect()
}

/// One list of what an organisation recorded in all cases, oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn records_of(
    db: &Db,
    organisation: &str,
    noun: &str,
) -> Result<Vec<RecordRow>, JournalError> {
    of(db, OF_ORGANISATION, (organisation, noun)).await
}

/// One list of the records of every case that an organisation owns, oldest first.
///
/// # Errors
/// [`JournalError`].
pub async fn records_of_owner(
    db: &Db,
    owner: &str,
    noun: &str,
) -> Result<Vec<RecordRow>, JournalError> {
    of(db, OF_OWNER, (owner, noun)).await
}

async fn of(
    db: &Db,
    statement: Statement,
    (organisation, noun): (&str, &str),
) -> Result<Vec<RecordRow>, JournalError> {
    let rows = sqlx::query(statement.text(db.engine()))
        .bind(noun)
        .bind(organisation)
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<RecordRow, JournalError> {
    Ok(RecordRow {
        position: row.try_get("position")?,
        case_id: row.try_get("case_id")?,
        kind: row.try_get("kind")?,
        organisation: row.try_get("organisation")?,
        at: row.try_get("at")?,
        content: json(row, "content")?,
    })
}
