//! `GET /v1/processing-log`: what the own organisation did with the data of one person of a case (AVG
//! article 30; Logboek Dataverwerkingen). The log itself holds pseudonyms; whoever asks names the
//! person by the case.

use account::Status;
use axum::Json;
use axum::extract::{Query, State};
use chassis::problem::Problem;
use gate::{Action, RegisterFacts};
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::access::moment;
use super::super::caller::Caller;
use super::super::page::{List, Page};
use super::super::refusal::unavailable;
use super::super::written::not_allowed;
use super::super::{Platform, sight};
use crate::accounting::person_of;

/// How many lines are given at most, the latest first.
const MOST: u32 = 1_000;

/// Whose lines are asked for.
#[derive(Deserialize)]
pub(in crate::api) struct Wanted {
    case: Option<String>,
    person: Option<String>,
}

/// A line of the processing log.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct ProcessingSeen {
    /// When.
    at: String,
    /// What was done, as the description of this API calls it.
    operation: String,
    /// The entry of the register of processing activities; it has the legal basis.
    activity: String,
    /// Whether it was done.
    done: bool,
    /// To whom data went, when it went to somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver: Option<String>,
    /// The trace that it shares with lines of the access log.
    trace_id: String,
}

/// For the privacy officer of the organisation that answers for the processing.
pub(in crate::api) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Result<Json<List<ProcessingSeen>>, Problem> {
    let own = caller.oin.as_str();
    let facts = RegisterFacts {
        organisation: own.to_owned(),
    };
    let gate = &platform.ground.gate;
    gate.may(&caller.actor, Action::ReadAccessLog, &facts)
        .map_err(|_| not_allowed())?;
    let (Some(case), Some(person)) = (wanted.case, wanted.person) else {
        let missing = ["case", "person"].map(|name| InvalidParam::new(name, "is required"));
        return Err(Problem::bad_request(missing.into()));
    };
    let sight = sight::read(&platform, &caller, &case).await?;
    let key = sight.person(&platform, person).await?;
    let accounting = &platform.accounting;
    let subject = accounting.subject(own, &person_of(sight.id.as_str(), &key));
    let lines = accounting.logs().processings_of(own, &subject, MOST).await;
    let ranked = lines.map_err(unavailable)?.into_iter().zip(1_i64..);
    let (ranked, next_cursor) = page.cut(ranked.collect(), |(_, place)| *place)?;
    let items = ranked.into_iter().map(|(line, _)| ProcessingSeen {
        at: moment(line.start_time),
        operation: line.name,
        activity: line.processing_activity_id,
        done: matches!(line.status, Status::Ok),
        receiver: line.foreign_operation_processor,
        trace_id: line.trace_id,
    });
    Ok(Json(List {
        items: items.collect(),
        next_cursor,
        why: Default::default(),
    }))
}
