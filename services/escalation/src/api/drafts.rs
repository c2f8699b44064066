//! A story that is not shared yet: kept here, so that it survives a closed browser. Only the own
//! organisation's raiser and case director know of it; reported, it keeps its id.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chassis::problem::Problem;
use gate::{Action, CaseFacts};
use jiff::Timestamp;
use ladder::{CaseId, Command, SaveDraft, Tier, event};
use proto::Oin;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal;
use super::written::{self, etag, not_allowed};
use super::{Platform, body, parties, wire};
use crate::seal::CaseSealer;
use crate::views::{self, DraftRow};

/// What was written so far: any of the fields of `case.reported`, complete or not.
#[derive(Deserialize, JsonSchema)]
pub(super) struct DraftKept {
    /// The fields; what is wrong or missing is told when it is reported.
    content: Map<String, Value>,
}

/// `POST /v1/drafts`.
pub(super) async fn create(
    State(platform): State<Platform>,
    caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now());
    let case = CaseId::parse(&format!("case_{id}")).map_err(|_| Problem::internal())?;
    // Asked before anything is sealed for a draft that never comes.
    if !may_keep(&platform, &caller, case.as_str(), &caller.oin) {
        return Err(not_allowed());
    }
    let draft: DraftKept = body::read(request).await?;
    let command = keep(&platform, &caller, &case, draft).await?;
    let written = written::start(&platform, &caller, &case, command).await?;
    let place = format!("/v1/drafts/{}", written.case());
    Ok(written.created_at(&place))
}

/// `PUT /v1/drafts/{id}`: takes the place of all that was kept before.
pub(super) async fn replace(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (_, case) = find(&platform, &caller, &name).await?;
    let draft: DraftKept = body::read(request).await?;
    let command = keep(&platform, &caller, &case, draft).await?;
    let written = written::carry_out(&platform, &caller, &case, command).await?;
    Ok(written.answered())
}

/// `DELETE /v1/drafts/{id}`.
pub(super) async fn discard(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    // The gate knows whose draft it is; to everybody else there is none.
    let case = CaseId::parse(&name).map_err(|_| no_such_draft())?;
    match written::carry_out(&platform, &caller, &case, Command::DiscardDraft).await {
        Ok(written) => Ok(written.answered()),
        Err(problem) if problem.status() == axum::http::StatusCode::NOT_FOUND => {
            Err(no_such_draft())
        }
        Err(problem) => Err(problem),
    }
}

/// `POST /v1/drafts/{id}/report`: the data of `case.reported`. The case keeps the draft's id.
pub(super) async fn report(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let case = match find(&platform, &caller, &name).await {
        Ok((_, case)) => case,
        Err(missing) => reported(&platform, &caller, &name).await?.ok_or(missing)?,
    };
    let data = wire::object(request).await?;
    let facts = facts(case.as_str(), &caller.oin);
    let event = ("case.reported", Action::Report);
    let written = wire::tell(&platform, &caller, (&case, &facts), event, data).await?;
    Ok(written.about(&case)?.created(""))
}

/// A case that was a draft of the caller's organisation: whoever repeats the report of it hears
/// the same answer again.
async fn reported(
    platform: &Platform,
    caller: &Caller,
    name: &str,
) -> Result<Option<CaseId>, Problem> {
    let row = views::find_case(&platform.ground.db, name)
        .await
        .map_err(unavailable)?;
    Ok(row
        .filter(|row| row.raiser == caller.oin.as_str())
        .filter(|row| may_keep(platform, caller, &row.case_id, &caller.oin))
        .and_then(|row| CaseId::parse(&row.case_id).ok()))
}

async fn keep(
    platform: &Platform,
    caller: &Caller,
    case: &CaseId,
    draft: DraftKept,
) -> Result<Command, Problem> {
    let ground = &platform.ground;
    let now: Timestamp = ground.clock.now();
    let sealer = CaseSealer::load(&platform.vault, &ground.entropy, case, &[], now)
        .await
        .map_err(unavailable)?;
    let content = Value::Object(draft.content).to_string();
    Ok(Command::SaveDraft(SaveDraft {
        case: case.clone(),
        owner: parties::organisation(&caller.oin)?,
        content: sealer.text(&content).map_err(unavailable)?,
    }))
}

/// A draft in a list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DraftItem {
    /// The id, which the case will keep.
    case: String,
    /// How many times it was changed: its `ETag`.
    version: i64,
    /// When it was last kept.
    saved_at: String,
    /// When its writer is reminded of it.
    remind_at: String,
}

/// A draft.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DraftSeen {
    #[serde(flatten)]
    item: DraftItem,
    /// What was written so far; absent when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Map<String, Value>>,
}

impl From<DraftRow> for DraftItem {
    fn from(row: DraftRow) -> Self {
        Self {
            case: row.case_id,
            version: row.version,
            saved_at: row.saved_at,
            remind_at: row.remind_at,
        }
    }
}

/// `GET /v1/drafts`: those of the caller's organisation.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<DraftItem>>, Problem> {
    let db = &platform.ground.db;
    let rows = views::drafts(db, caller.oin.as_str(), page.after_name(), page.size)
        .await
        .map_err(unavailable)?;
    let next_cursor = page.next(rows.len(), rows.last().map(|row| row.case_id.clone()));
    let items = rows
        .into_iter()
        .filter(|row| may_keep(&platform, &caller, &row.case_id, &caller.oin))
        .map(DraftItem::from);
    Ok(Json(List {
        items: items.collect(),
        next_cursor,
        why: Default::default(),
    }))
}

/// `GET /v1/drafts/{id}`.
pub(super) async fn read(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let (row, _) = find(&platform, &caller, &name).await?;
    let saved: event::DraftSaved =
        serde_json::from_value(row.content.clone()).map_err(unavailable)?;
    let facts = facts(&row.case_id, &caller.oin);
    let keeps = (Action::KeepDraft, &facts);
    let text = reveal::to_whoever_may(&platform, &caller, keeps, &saved.content, "readDraft");
    let content = text
        .await?
        .and_then(|text| serde_json::from_str(&text).ok());
    let tag = etag(row.version);
    let seen = DraftSeen {
        item: row.into(),
        content,
    };
    Ok(([(header::ETAG, tag)], Json(seen)).into_response())
}

/// The draft, when the caller may keep it; to everybody else there is none.
async fn find(
    platform: &Platform,
    caller: &Caller,
    name: &str,
) -> Result<(DraftRow, CaseId), Problem> {
    let row = views::find_draft(&platform.ground.db, name)
        .await
        .map_err(unavailable)?
        .filter(|row| row.owner == caller.oin.as_str())
        .filter(|row| may_keep(platform, caller, &row.case_id, &caller.oin))
        .ok_or_else(no_such_draft)?;
    let id = CaseId::parse(&row.case_id).map_err(|_| Problem::internal())?;
    Ok((row, id))
}

fn no_such_draft() -> Problem {
    Problem::not_found("There is no such draft.")
}

fn may_keep(platform: &Platform, caller: &Caller, case: &str, owner: &Oin) -> bool {
    let facts = facts(case, owner);
    platform
        .ground
        .gate
        .may(&caller.actor, Action::KeepDraft, &facts)
        .is_ok()
}

/// Nobody else knows a draft: whose it is owns it.
fn facts(case: &str, owner: &Oin) -> CaseFacts {
    CaseFacts {
        id: case.to_owned(),
        owner: owner.to_string(),
        raiser: owner.to_string(),
        tier: Tier::Local.as_str().to_owned(),
        target: Some(owner.to_string()),
        ..CaseFacts::default()
    }
}
