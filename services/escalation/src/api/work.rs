//! What waits: the caller's cases by what falls due next, and for whom each of them waits.

use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use gate::{Action, Category, Strength};
use jiff::Timestamp;
use ladder::CaseId;
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::Serialize;

use super::Platform;
use super::caller::Caller;
use super::cases::{CaseItem, own_reference};
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::sight;
use crate::awaited;
use crate::views::{self, CaseRow, WorkRow};

/// A case that waits for somebody.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct WorkItem {
    #[serde(flatten)]
    item: CaseItem,
    /// What the raiser's organisation calls it; shown to that organisation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_reference: Option<String>,
    /// `ordinary`, `claimed` or `confirmed`.
    urgency: String,
    /// What falls due next for the caller's organisation, such as `review` or `handoff-answer/<id>`;
    /// where nothing waits for it, what falls due next for anybody.
    due: String,
    /// When.
    at: String,
    /// The OIN of whoever has to do it.
    waits_for: String,
    /// What somebody else has to do before that, when there is such a thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Before>,
}

/// What falls due first in a case, and waits for another organisation than the caller's.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Before {
    /// What.
    due: String,
    /// When.
    at: String,
    /// The OIN of whoever has to do it.
    waits_for: String,
}

/// `GET /v1/work`: the cases in which the caller's organisation has a part, of which the caller
/// sees the whole course, and in which something falls due: for each what waits for the caller's
/// organisation itself where something does, the nearest deadline first.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<WorkItem>>, Problem> {
    let db = &platform.ground.db;
    let organisation = caller.oin.as_str();
    let after = after(page.after_name())?;
    let rows = views::work(db, organisation, after, page.size)
        .await
        .map_err(unavailable)?;
    let last = rows
        .last()
        .map(|row| format!("{}/{}", row.next.1, row.case.case_id));
    let next_cursor = page.next(rows.len(), last);
    let cases: Vec<CaseRow> = rows.iter().map(|row| row.case.clone()).collect();
    let facts = views::facts_of_page(db, organisation, &cases)
        .await
        .map_err(unavailable)?;
    let mut items = Vec::new();
    for (WorkRow { case, next, before }, facts) in rows.into_iter().zip(facts) {
        let gate = &platform.ground.gate;
        if gate.may(&caller.actor, Action::ListCases, &facts).is_err() {
            continue;
        }
        let mut reader = Reader::new(&platform, &caller, &facts, "listWork");
        let course = reader.strength(Category::Process);
        if course < Strength::Full {
            continue;
        }
        let id = CaseId::parse(&case.case_id).map_err(|_| Problem::internal())?;
        let own_reference = own_reference(&mut reader, &caller, &case).await?;
        let (due, at) = next;
        let before = match before {
            Some((due, at)) => Some(Before {
                waits_for: waits_for(&platform, &case, &due).await?,
                due,
                at: moment(at)?,
            }),
            None => None,
        };
        items.push(WorkItem {
            before,
            own_reference,
            urgency: case.course.urgency.clone(),
            waits_for: waits_for(&platform, &case, &due).await?,
            due,
            at: moment(at)?,
            item: CaseItem::of(case, sight::pseudonym(&platform, &caller.oin, &id)?, course),
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// A moment in microseconds since 1970, as the API writes it.
fn moment(at: i64) -> Result<String, Problem> {
    let at = Timestamp::from_microsecond(at).map_err(|_| Problem::internal())?;
    Ok(at.to_string())
}

/// Where the page begins: after a moment and a case.
fn after(cursor: &str) -> Result<(i64, &str), Problem> {
    if cursor.is_empty() {
        return Ok((i64::MIN, ""));
    }
    let parts = cursor.split_once('/');
    parts
        .and_then(|(at, case)| Some((at.parse().ok()?, case)))
        .ok_or_else(|| {
            let wrong = InvalidParam::new("cursor", "is no cursor of this list");
            Problem::bad_request(vec![wrong])
        })
}

/// The OIN of whoever has to do what falls due.
///
/// # Errors
/// 503 when the database does not answer.
pub(super) async fn waits_for(
    platform: &Platform,
    case: &CaseRow,
    due: &str,
) -> Result<String, Problem> {
    awaited::of(&platform.ground.db, case, due)
        .await
        .map_err(unavailable)
}
