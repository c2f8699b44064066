//! Decided cases that are like this one: the same rule or collision and the same kind of block
//! (domain, rows H14 and H15). They name no persons and hold no free text.

use axum::Json;
use axum::extract::{Path, State};
use chassis::problem::Problem;
use gate::{Category, Strength};
use ladder::CaseId;
use schemars::JsonSchema;
use serde::Serialize;

use super::Platform;
use super::caller::Caller;
use super::page::List;
use super::refusal::unavailable;
use super::reveal::Reader;
use super::sight;
use crate::views::{self, ComparableRow};

/// As many as somebody can hold beside the own case.
const SHOWN: usize = 10;
/// How many are looked at: some may not be for the caller to see.
const CANDIDATES: u32 = 50;

/// A decided case that is like this one.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ComparableSeen {
    /// Its id.
    case: String,
    /// The caller's own organisation's name for it.
    pseudonym: String,
    /// Its theme.
    pub(super) theme: String,
    /// The tier at which it stands.
    tier: String,
    /// How it ended, when it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    /// The rules that both cases name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rules: Option<Vec<String>>,
    /// The kinds of block that both have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) blocks: Option<Vec<String>>,
    /// The room that its decision used; absent when it ended without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<String>,
}

/// `GET /v1/cases/{id}/comparable`: at most ten, the newest decision first.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Json<List<ComparableSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    Ok(Json(List {
        items: shown(&platform, &caller, &sight.id).await?,
        next_cursor: None,
        why: Default::default(),
    }))
}

/// The ids of the cases that are shown beside this one: a decision stores them.
///
/// # Errors
/// 503 when the database does not answer.
pub(super) async fn ids(
    platform: &Platform,
    caller: &Caller,
    case: &CaseId,
) -> Result<Vec<CaseId>, Problem> {
    let shown = shown(platform, caller, case).await?;
    shown
        .iter()
        .map(|it| CaseId::parse(&it.case).map_err(|_| Problem::internal()))
        .collect()
}

async fn shown(
    platform: &Platform,
    caller: &Caller,
    case: &CaseId,
) -> Result<Vec<ComparableSeen>, Problem> {
    let db = &platform.ground.db;
    let rows = views::comparable(db, case.as_str(), caller.oin.as_str(), CANDIDATES)
        .await
        .map_err(unavailable)?;
    let mut items = Vec::new();
    for row in rows {
        if items.len() == SHOWN {
            break;
        }
        items.extend(seen(platform, caller, row, "listComparable").await?);
    }
    Ok(items)
}

/// A decided case as the caller may see it; none when it is not there for the caller, or only as a
/// name.
///
/// # Errors
/// 503 when the database does not answer.
pub(super) async fn seen(
    platform: &Platform,
    caller: &Caller,
    row: ComparableRow,
    operation: &'static str,
) -> Result<Option<ComparableSeen>, Problem> {
    let db = &platform.ground.db;
    let other = views::find_case(db, &row.case_id)
        .await
        .map_err(unavailable)?
        .ok_or_else(Problem::internal)?;
    let facts = views::facts(db, &other).await.map_err(unavailable)?;
    if !sight::can_read(platform, caller, &facts) {
        return Ok(None);
    }
    let mut reader = Reader::new(platform, caller, &facts, operation);
    if reader.strength(Category::Process) < Strength::Masked {
        return Ok(None);
    }
    let weighing = reader.strength(Category::Decision) >= Strength::Masked;
    let id = CaseId::parse(&row.case_id).map_err(|_| Problem::internal())?;
    Ok(Some(ComparableSeen {
        case: row.case_id,
        pseudonym: sight::pseudonym(platform, &caller.oin, &id)?,
        theme: row.theme,
        tier: row.tier,
        outcome: row.outcome,
        rules: weighing.then_some(row.rules),
        blocks: weighing.then_some(row.blocks),
        room: row.room.filter(|_| weighing),
    }))
}
