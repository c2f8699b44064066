//! What the table will speak of: made from the ladder, urgent cases first, then who has waited
//! longest.

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Strength};
use ladder::meeting::{Command, PutOnAgenda, TakeOffAgenda};
use ladder::{CaseId, MeetingId};
use proto::{InvalidParam, Oin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::caller::Caller;
use super::super::page::List;
use super::super::refusal::unavailable;
use super::super::reveal::Reader;
use super::super::written::not_allowed;
use super::super::{Platform, body, sight};
use super::found::{body_of, find, named};
use super::{OFF, carry_out, facts_of_meeting, sealer};
use crate::views::{self, AgendaRow};

/// A case to be put on the agenda.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct PutOn {
    /// Its id, or the own pseudonym. It must wait for this table; whether it is urgent and since
    /// when it waits, the case itself says.
    case: String,
}

/// Whose agenda is asked for.
#[derive(Deserialize)]
pub(in crate::api) struct Table {
    rung: String,
    body: Option<String>,
}

/// Why a case is taken off.
#[derive(Deserialize)]
pub(in crate::api) struct Off {
    reason: Option<String>,
}

/// A case that waits for a table.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Waiting {
    /// The caller's own organisation's name for it.
    pseudonym: String,
    /// Its id; shown to those who see its whole course.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// Its theme; shown to those for whom the case is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
    /// Whether it goes before those that are not.
    urgent: bool,
    /// Since when it waits.
    since: String,
}

/// `GET /v1/meetings/proposed-agenda?rung=`: the cases admitted to that rung and body, in the
/// order in which a table would take them.
pub(in crate::api) async fn propose(
    State(platform): State<Platform>,
    caller: Caller,
    Query(table): Query<Table>,
) -> Result<Json<List<Waiting>>, Problem> {
    let named = match table.body.as_deref().map(Oin::parse).transpose() {
        Ok(named) => named,
        Err(_) => {
            let params = vec![InvalidParam::new("body", "is no organisation")];
            return Err(Problem::bad_request(params));
        }
    };
    let (rung, body) = body_of(&platform, &caller, &table.rung, named.as_ref())?;
    let ground = &platform.ground;
    let none = MeetingId::parse("proposed").map_err(unavailable)?;
    let facts = facts_of_meeting(&none, &body, &rung, &ground.rules.ladder);
    ground
        .gate
        .may(&caller.actor, Action::PlanMeeting, &facts)
        .map_err(|_| not_allowed())?;
    let rows = views::cases_at_table(&ground.db, rung.as_str(), body.as_str())
        .await
        .map_err(unavailable)?;
    let mut items = Vec::new();
    for row in rows {
        items.push(waiting(&platform, &caller, row).await?);
    }
    Ok(Json(List {
        items,
        next_cursor: None,
        why: Default::default(),
    }))
}

async fn waiting(platform: &Platform, caller: &Caller, row: AgendaRow) -> Result<Waiting, Problem> {
    let db = &platform.ground.db;
    let id = CaseId::parse(&row.case_id).map_err(unavailable)?;
    let pseudonym = sight::pseudonym(platform, &caller.oin, &id)?;
    let case = views::find_case(db, id.as_str())
        .await
        .map_err(unavailable)?;
    let (mut shown, mut theme) = (None, None);
    if let Some(case) = case {
        let facts = views::facts(db, &case).await.map_err(unavailable)?;
        if sight::can_read(platform, caller, &facts) {
            let mut reader = Reader::new(platform, caller, &facts, "proposeAgenda");
            let course = reader.strength(Category::Process);
            shown = (course == Strength::Full).then(|| case.case_id.clone());
            theme = (course > Strength::None).then_some(case.theme);
        }
    }
    Ok(Waiting {
        pseudonym,
        case: shown,
        theme,
        urgent: row.urgent,
        since: row.since,
    })
}

/// `POST /v1/meetings/{id}/agenda`.
pub(in crate::api) async fn put_on(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::PlanMeeting).await?;
    let PutOn { case } = body::read(request).await?;
    let waiting = views::cases_at_table(
        &platform.ground.db,
        sight.rung.as_str(),
        sight.body.as_str(),
    )
    .await
    .map_err(unavailable)?;
    let (case, row) = named(&platform, &caller, waiting, &case)?
        .ok_or_else(|| Problem::not_found("No such case waits for this table."))?;
    let command = Command::PutOnAgenda(PutOnAgenda {
        case,
        urgent: row.urgent,
        since: row.since.parse().map_err(unavailable)?,
    });
    carry_out(&platform, &caller, &sight, command).await
}

/// `DELETE /v1/meetings/{id}/agenda/{case}?reason=`: with a coded reason, for an address is no
/// place for words about a case.
pub(in crate::api) async fn take_off(
    State(platform): State<Platform>,
    caller: Caller,
    Path((id, case)): Path<(String, String)>,
    Query(off): Query<Off>,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::PlanMeeting).await?;
    let case = sight.case(&platform, &caller, &case).await?;
    let reason = off.reason.as_deref().unwrap_or(OFF[0]);
    if !OFF.contains(&reason) {
        let wrong = format!("is none of {}", OFF.join(", "));
        return Err(Problem::bad_request(vec![InvalidParam::new(
            "reason", wrong,
        )]));
    }
    let reason = sealer(&platform, &sight.id).await?.text(reason);
    let reason = reason.map_err(unavailable)?;
    let command = Command::TakeOffAgenda(TakeOffAgenda { case, reason });
    carry_out(&platform, &caller, &sight, command).await
}
