//! `GET /v1/cases/{id}/looks`: who looked at one's own case (AVG article 15; the client's view of
//! NEN 7513). Which employee it was is not told: no law gives the citizen that name.

use account::Asked;
use axum::Json;
use axum::extract::{Path, State};
use chassis::problem::Problem;
use gate::Action;
use jiff::Timestamp;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::page::{List, Page};
use super::super::refusal::unavailable;
use super::super::sight::{self, no_such_case};
use super::LookSeen;
use super::log::after;

/// The lines about one case, whoever looked.
pub(super) fn about(case: &str) -> Asked {
    Asked {
        object: Some(case.to_owned()),
        organisation: None,
        person_ref: None,
        from: Timestamp::UNIX_EPOCH,
        until: Timestamp::MAX,
    }
}

/// Oldest first, page by page; for the citizen whose own case it is.
pub(in crate::api) async fn looks(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<LookSeen>>, Problem> {
    let sight = sight::find(&platform, &caller, &name).await?;
    let gate = &platform.ground.gate;
    gate.may(&caller.actor, Action::ReadLooks, &sight.facts)
        .map_err(|_| no_such_case())?;
    let logs = platform.accounting.logs();
    let lines = logs
        .accesses(&about(sight.id.as_str()), &after(&page)?, page.size)
        .await
        .map_err(unavailable)?;
    let last = lines.last().map(|line| format!("{}/{}", line.at, line.id));
    Ok(Json(List {
        next_cursor: page.next(lines.len(), last),
        items: lines.iter().map(LookSeen::from).collect(),
        why: Default::default(),
    }))
}
