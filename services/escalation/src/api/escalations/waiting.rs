//! What waits at a desk: the requests for admission that the caller's organisation answers, over all
//! cases (domain, section d3: silence is no answer).

use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use gate::{Action, CaseFacts, Category, Strength};
use ladder::CaseId;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::caller::Caller;
use super::super::page::{List, Page};
use super::super::refusal::unavailable;
use super::super::reveal::Reader;
use super::super::{Platform, cases, sight};
use super::EscalationSeen;
use crate::views::{self, EscalationRow};

/// What people do with a request on the page of their desk.
const DEEDS: [Action; 2] = [Action::Triage, Action::AcknowledgeEscalation];

/// A request for admission that waits, with the case that it is for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct WaitingRequest {
    /// What stands in the list of the case too.
    #[serde(flatten)]
    request: EscalationSeen,
    /// The id of the case.
    case: String,
    /// The own organisation's name for the case.
    pseudonym: String,
    /// What the raiser's organisation calls it; shown to that organisation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_reference: Option<String>,
    /// Its theme.
    theme: String,
    /// What the policies let the caller do with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    may_do: Vec<&'static str>,
}

/// `GET /v1/escalations`: urgent ones first, then what is due first. Those of cases of which the
/// caller does not see the whole course are left out.
pub(in crate::api) async fn waiting(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<WaitingRequest>>, Problem> {
    // A citizen's organisation is where the login comes from.
    let mut rows = match caller.is_citizen() {
        true => Vec::new(),
        false => views::waiting_escalations(&platform.ground.db, caller.oin.as_str())
            .await
            .map_err(unavailable)?,
    };
    rows.sort_by_key(rank);
    let ranked = rows.into_iter().zip(1_i64..).collect();
    let (ranked, next_cursor) = page.cut(ranked, |(_, place)| *place)?;
    let mut items = Vec::new();
    for (row, _) in ranked {
        items.extend(item(&platform, &caller, row).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// Urgent first, then by the moment at which the answer is due: moments in UTC compare as texts.
fn rank(row: &EscalationRow) -> (bool, String, i64) {
    let urgent = row.content["urgent"].as_bool().unwrap_or_default();
    let due = row.content["answerBy"].as_str().unwrap_or_default();
    (!urgent, due.to_owned(), row.position)
}

/// One of them; none when the case is not there for the caller as a whole.
async fn item(
    platform: &Platform,
    caller: &Caller,
    row: EscalationRow,
) -> Result<Option<WaitingRequest>, Problem> {
    let db = &platform.ground.db;
    let case = views::find_case(db, &row.case_id).await;
    let Some(case) = case.map_err(unavailable)? else {
        return Ok(None);
    };
    let facts = views::facts(db, &case).await.map_err(unavailable)?;
    if !sight::can_read(platform, caller, &facts) {
        return Ok(None);
    }
    let mut reader = Reader::new(platform, caller, &facts, "listWaitingRequests");
    if reader.strength(Category::Process) < Strength::Full {
        return Ok(None);
    }
    let id = CaseId::parse(&case.case_id).map_err(unavailable)?;
    let own_reference = cases::own_reference(&mut reader, caller, &case).await?;
    let own = CaseFacts {
        target: Some(caller.oin.to_string()),
        ..facts
    };
    let gate = &platform.ground.gate;
    let may = |action: &&Action| gate.may(&caller.actor, **action, &own).is_ok();
    Ok(Some(WaitingRequest {
        may_do: DEEDS.iter().filter(may).map(|it| it.as_str()).collect(),
        request: EscalationSeen::of(&mut reader, row, true).await?,
        pseudonym: sight::pseudonym(platform, &caller.oin, &id)?,
        own_reference,
        theme: case.theme,
        case: case.case_id,
    }))
}
