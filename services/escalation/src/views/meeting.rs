//! One row per meeting, its agenda and whom it invited. What was said stays sealed.

use journal::{Db, JournalError, Statement, StoredEvent, Tx};
use ladder::meeting::{CaseAtTable, Event, Meeting, MeetingRules, RequestStatus, Table, agenda};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Change;
use super::case::json as json_column;
use super::rows;

const INSERT: Statement = Statement::same(
    "meeting_view.insert",
    "INSERT INTO meeting_view (meeting_id, version, body, rung, state, planned_at, changed_at, content)
     VALUES ($1, $2, $3, $4, 'planned', $5, $6, $7)",
);
const UPDATE: Statement = Statement::same(
    "meeting_view.update",
    "UPDATE meeting_view SET version = $2, state = $3, changed_at = $4, content = $5
     WHERE meeting_id = $1",
);
const MOVE: Statement = Statement::same(
    "meeting_view.move",
    "UPDATE meeting_view SET planned_at = $2 WHERE meeting_id = $1",
);
const FIND: Statement = Statement::same(
    "meeting_view.find",
    "SELECT * FROM meeting_view WHERE meeting_id = $1",
);
const IN_SCOPE: Statement = Statement::same(
    "meeting_view.in_scope",
    "SELECT * FROM meeting_view
     WHERE meeting_id > $2 AND (body = $1 OR meeting_id IN
        (SELECT meeting_id FROM meeting_invitation_view WHERE organisation = $1))
     ORDER BY meeting_id LIMIT $3",
);
const OF_RUNG: Statement = Statement::same(
    "meeting_view.of_rung",
    "SELECT * FROM meeting_view WHERE rung = $1 AND meeting_id > $2 ORDER BY meeting_id LIMIT $3",
);
const CLEAR_AGENDA: Statement = Statement::same(
    "meeting_agenda_view.clear",
    "DELETE FROM meeting_agenda_view WHERE meeting_id = $1",
);
const ADD_AGENDA: Statement = Statement::same(
    "meeting_agenda_view.add",
    "INSERT INTO meeting_agenda_view (meeting_id, place, case_id, urgent, since)
     VALUES ($1, $2, $3, $4, $5)",
);
const AGENDA: Statement = Statement::same(
    "meeting_agenda_view.of_meeting",
    "SELECT case_id, urgent, since FROM meeting_agenda_view WHERE meeting_id = $1 ORDER BY place",
);
const OF_CASE: Statement = Statement::same(
    "meeting_agenda_view.of_case",
    "SELECT meeting_id FROM meeting_agenda_view WHERE case_id = $1 ORDER BY meeting_id",
);
const INVITE: Statement = Statement::same(
    "meeting_invitation_view.invite",
    "INSERT INTO meeting_invitation_view (organisation, meeting_id, contact) VALUES ($1, $2, $3)
     ON CONFLICT (organisation, meeting_id) DO UPDATE SET contact = excluded.contact",
);

pub(super) const STATEMENTS: &[Statement] = &[
    INSERT,
    UPDATE,
    MOVE,
    FIND,
    IN_SCOPE,
    OF_RUNG,
    CLEAR_AGENDA,
    ADD_AGENDA,
    AGENDA,
    OF_CASE,
    INVITE,
];

/// A row of the view.
#[derive(Debug, Clone)]
pub struct MeetingRow {
    /// The meeting's id.
    pub meeting_id: String,
    /// How many events it has: its `ETag`.
    pub version: i64,
    /// Whose table meets.
    pub body: String,
    /// Of which rung.
    pub rung: String,
    /// `planned`, `open`, `adopted` or `cancelled`.
    pub state: String,
    /// The planned moment, RFC 3339 in UTC.
    pub planned_at: String,
    /// When it last changed.
    pub changed_at: String,
    /// `quorum`, `invited`, `recused`; from its opening on `present` and per case under `cases`
    /// what was said; `minutes` when adopted; `cancelled` when called off. Texts sealed.
    pub content: Value,
}

/// A case on the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaRow {
    /// Which case.
    pub case_id: String,
    /// Whether it goes before those that are not.
    pub urgent: bool,
    /// Since when it has waited for a table.
    pub since: String,
}

impl MeetingRow {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        Ok(Self {
            meeting_id: row.try_get("meeting_id")?,
            version: row.try_get("version")?,
            body: row.try_get("body")?,
            rung: row.try_get("rung")?,
            state: row.try_get("state")?,
            planned_at: row.try_get("planned_at")?,
            changed_at: row.try_get("changed_at")?,
            content: json_column(row, "content")?,
        })
    }
}

/// Brings the views of meetings up to a change.
pub(crate) async fn write(
    tx: &mut Tx,
    change: &Change<'_, MeetingRules>,
) -> Result<(), JournalError> {
    let Some(last) = change.stored.last() else {
        return Ok(());
    };
    for (event, stored) in change.events.iter().zip(change.stored) {
        happened(tx, change, event, stored).await?;
    }
    let engine = tx.engine();
    let row = sqlx::query(FIND.text(engine))
        .bind(change.id.as_str())
        .fetch_one(tx.conn())
        .await?;
    let mut content = content(change.after).map_or_else(|| json_column(&row, "content"), Ok)?;
    if let Some((_, cancelled)) =
        of_kind(change, |event| matches!(event, Event::MeetingCancelled(_)))
    {
        content["cancelled"] = cancelled.data.clone();
    }
    sqlx::query(UPDATE.text(engine))
        .bind(change.id.as_str())
        .bind(last.version)
        .bind(state_name(change.after))
        .bind(last.at.to_string())
        .bind(content.to_string())
        .execute(tx.conn())
        .await?;
    write_agenda(tx, change).await
}

fn of_kind<'a>(
    change: &Change<'a, MeetingRules>,
    is: impl Fn(&Event) -> bool,
) -> Option<(&'a Event, &'a StoredEvent)> {
    let both = change.events.iter().zip(change.stored);
    both.into_iter().find(|(event, _)| is(event))
}

async fn happened(
    tx: &mut Tx,
    change: &Change<'_, MeetingRules>,
    event: &Event,
    stored: &StoredEvent,
) -> Result<(), JournalError> {
    let engine = tx.engine();
    let query = match event {
        Event::MeetingPlanned(planned) => sqlx::query(INSERT.text(engine))
            .bind(change.id.as_str())
            .bind(stored.version)
            .bind(planned.body.as_str())
            .bind(planned.rung.as_str())
            .bind(planned.planned_at.to_string())
            .bind(stored.at.to_string())
            .bind("{}"),
        Event::MeetingRescheduled(moved) => sqlx::query(MOVE.text(engine))
            .bind(change.id.as_str())
            .bind(moved.planned_at.to_string()),
        Event::OrganisationInvited(invited) => sqlx::query(INVITE.text(engine))
            .bind(invited.organisation.as_str())
            .bind(change.id.as_str())
            .bind(invited.contact.as_ref().map(|contact| contact.as_str())),
        _ => return Ok(()),
    };
    query.execute(tx.conn()).await?;
    Ok(())
}

async fn write_agenda(tx: &mut Tx, change: &Change<'_, MeetingRules>) -> Result<(), JournalError> {
    let rows = agenda_rows(change.after);
    if rows == agenda_rows(change.before) {
        return Ok(());
    }
    let engine = tx.engine();
    sqlx::query(CLEAR_AGENDA.text(engine))
        .bind(change.id.as_str())
        .execute(tx.conn())
        .await?;
    for (place, row) in (1_i64..).zip(rows) {
        sqlx::query(ADD_AGENDA.text(engine))
            .bind(change.id.as_str())
            .bind(place)
            .bind(row.case_id)
            .bind(i64::from(row.urgent))
            .bind(row.since)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// The agenda in its order; a meeting that was called off has none.
fn agenda_rows(meeting: &Meeting) -> Vec<AgendaRow> {
    let Some(table) = meeting.table() else {
        return Vec::new();
    };
    agenda(meeting)
        .into_iter()
        .filter_map(|case| {
            let item = table.agenda.get(&case)?;
            Some(AgendaRow {
                case_id: case.to_string(),
                urgent: item.urgent,
                since: item.since.to_string(),
            })
        })
        .collect()
}

fn state_name(meeting: &Meeting) -> &'static str {
    match meeting {
        Meeting::Unplanned => "",
        Meeting::Planned(_) => "planned",
        Meeting::Open(_) => "open",
        Meeting::Adopted(_) => "adopted",
        Meeting::Cancelled(_) => "cancelled",
    }
}

/// What a page needs, from the state; none when the state knows nothing any more.
fn content(meeting: &Meeting) -> Option<Value> {
    Some(match meeting {
        Meeting::Unplanned | Meeting::Cancelled(_) => return None,
        Meeting::Planned(planned) => of_table(&planned.table),
        Meeting::Open(open) => {
            let mut content = of_table(&open.table);
            content["present"] = json!(open.present);
            let cases = open.cases.iter();
            let cases = cases.map(|(case, said)| (case.to_string(), of_case(said)));
            content["cases"] = Value::Object(cases.collect());
            content
        }
        Meeting::Adopted(adopted) => {
            let mut content = of_table(&adopted.table);
            content["minutes"] = json!(adopted.minutes);
            content["adoptedBy"] = json!(adopted.by);
            content
        }
    })
}

fn of_table(table: &Table) -> Value {
    json!({
        "quorum": table.quorum,
        "invited": table.invited,
        "recused": table.recused,
    })
}

fn of_case(said: &CaseAtTable) -> Value {
    use ladder::meeting::Obstacles;

    let requests = said.requests.iter().map(|(id, request)| {
        let mut shown = json!({
            "of": request.of,
            "lawOrTheme": request.law_or_theme,
            "text": request.text,
        });
        match &request.status {
            RequestStatus::Waiting => shown["status"] = json!("waiting"),
            RequestStatus::Struck => shown["status"] = json!("struck"),
            RequestStatus::Answered { at, person, answer } => {
                shown["status"] = json!("answered");
                shown["at"] = json!(at);
                shown["person"] = json!(person);
                shown["answer"] = json!(answer);
            }
        }
        (id.to_string(), shown)
    });
    let requests = Value::Object(requests.collect());
    let obstacles = match &said.obstacles {
        Obstacles::Unspoken => Value::Null,
        Obstacles::RuledOut => json!([]),
        Obstacles::Found(found) => json!(found),
    };
    json!({
        "collision": said.collision,
        "requests": requests,
        "conclusion": said.conclusion,
        "obstacles": obstacles,
    })
}

/// One meeting, whoever asks: the caller answers for the scope.
///
/// # Errors
/// [`JournalError`].
pub async fn find(db: &Db, meeting_id: &str) -> Result<Option<MeetingRow>, JournalError> {
    rows::one(db, FIND, [meeting_id], MeetingRow::from_row).await
}

/// The meetings of an organisation's own tables and those to which it was invited, by id, after a
/// cursor.
///
/// # Errors
/// [`JournalError`].
pub async fn meetings(
    db: &Db,
    organisation: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<MeetingRow>, JournalError> {
    rows(db, IN_SCOPE, organisation, after, limit).await
}

/// The meetings of one rung's tables, by id, after a cursor: for who admits to that rung.
///
/// # Errors
/// [`JournalError`].
pub async fn meetings_of_rung(
    db: &Db,
    rung: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<MeetingRow>, JournalError> {
    rows(db, OF_RUNG, rung, after, limit).await
}

async fn rows(
    db: &Db,
    statement: Statement,
    of: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<MeetingRow>, JournalError> {
    let rows = sqlx::query(statement.text(db.engine()))
        .bind(of)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(MeetingRow::from_row).collect()
}

/// The agenda of a meeting, in its order.
///
/// # Errors
/// [`JournalError`].
pub async fn agenda_of(db: &Db, meeting_id: &str) -> Result<Vec<AgendaRow>, JournalError> {
    rows::of(db, AGENDA, meeting_id, |row| {
        Ok(AgendaRow {
            case_id: row.try_get("case_id")?,
            urgent: row.try_get::<i64, _>("urgent")? == 1,
            since: row.try_get("since")?,
        })
    })
    .await
}

/// The meetings that have or had a case on their agenda, unless they were called off.
///
/// # Errors
/// [`JournalError`].
pub async fn meetings_of_case(db: &Db, case_id: &str) -> Result<Vec<String>, JournalError> {
    rows::of(db, OF_CASE, case_id, |row| Ok(row.try_get("meeting_id")?)).await
}
