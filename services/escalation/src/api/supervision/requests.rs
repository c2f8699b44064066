//! `GET /v1/access-requests`: which citizens asked to see what is kept (AVG article 15), by when they
//! have to be answered.

use account::{AccessRequest, After};
use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use gate::Action;
use jiff::Timestamp;
use ladder::CaseId;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::access::RequestSeen;
use super::super::caller::Caller;
use super::super::page::{List, Page};
use super::super::refusal::unavailable;
use super::super::{Platform, sight};
use super::overseeing;
use crate::views;

/// Requests that are read at a time.
const SWEEP: u32 = 500;

/// A request for access.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct AskedSeen {
    /// The case, by the organisation's own pseudonym.
    case: String,
    /// The request.
    #[serde(flatten)]
    request: RequestSeen,
    /// Whether the day on which it has to be answered is past.
    overdue: bool,
}

/// The oldest first: those about cases of which the privacy officer may see the report.
pub(in crate::api) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<AskedSeen>>, Problem> {
    overseeing(&platform, &caller)?;
    let logs = platform.accounting.logs();
    let mut found = Vec::new();
    let mut after = After::nothing();
    loop {
        let requests = logs.requests_after(&after, SWEEP).await;
        let requests = requests.map_err(unavailable)?;
        let Some(last) = requests.last() else { break };
        after = After {
            at: last.requested_at,
            id: last.id.clone(),
        };
        for request in requests {
            if concerns(&platform, &caller, &request).await? {
                found.push(request);
            }
        }
    }
    let ranked = found.into_iter().zip(1_i64..).collect();
    let (ranked, next_cursor) = page.cut(ranked, |(_, place)| *place)?;
    let now = platform.ground.clock.now();
    let mut items = Vec::new();
    for (request, _) in ranked {
        let case = CaseId::parse(&request.object).map_err(unavailable)?;
        let due = Timestamp::from_millisecond(request.due_at);
        items.push(AskedSeen {
            case: sight::pseudonym(&platform, &caller.oin, &case)?,
            overdue: due.is_ok_and(|due| due < now),
            request: RequestSeen::from(&request),
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// Whether the privacy officer answers for it too.
async fn concerns(
    platform: &Platform,
    caller: &Caller,
    request: &AccessRequest,
) -> Result<bool, Problem> {
    let db = &platform.ground.db;
    let row = views::find_case(db, &request.object).await;
    let Some(row) = row.map_err(unavailable)? else {
        return Ok(false);
    };
    let facts = views::facts(db, &row).await.map_err(unavailable)?;
    let gate = &platform.ground.gate;
    let may = gate.may(&caller.actor, Action::ReadAccessReport, &facts);
    // What belongs to others is not noted as found.
    if may.is_ok() {
        caller.logbook.found(&request.object);
    }
    Ok(may.is_ok())
}
