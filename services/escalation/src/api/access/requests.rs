//! A citizen asks to see what is kept (AVG article 15): recorded, with the day it is due.

use account::AccessRequest;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chassis::problem::Problem;
use gate::{Action, Role};
use ladder::Term;
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::written::not_allowed;
use super::super::{Platform, body, sight};
use super::moment;
use crate::relay::letter_id;

/// Within a month of receipt (AVG article 12(3)); a term of law.
const TERM: &str = "statutory 1mo";

/// The request.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct RequestMade {
    /// The citizen's own opaque name, as in the citizen's token: who has it may then see the
    /// report. Left out when the citizen has no login and is answered on paper, and by the citizen.
    #[serde(default)]
    #[schemars(length(min = 1, max = 128))]
    citizen: Option<String>,
}

/// A request for access.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct RequestSeen {
    /// Its id.
    request: String,
    /// When it was asked.
    requested_at: String,
    /// When it has to be answered.
    due: String,
    /// The OIN of who recorded it.
    recorded_by: String,
}

impl From<&AccessRequest> for RequestSeen {
    fn from(request: &AccessRequest) -> Self {
        Self {
            request: request.id.clone(),
            requested_at: moment(request.requested_at),
            due: moment(request.due_at),
            recorded_by: request.recorded_by.clone(),
        }
    }
}

/// Whoever asks as a citizen asks for the own data.
fn of_oneself(caller: &Caller, made: RequestMade) -> Result<String, Problem> {
    let own = caller.person_ref();
    match made.citizen {
        Some(other) if other != own => Err(Problem::bad_request(vec![InvalidParam::new(
            "/citizen",
            "is somebody else than you",
        )])),
        _ => Ok(own.to_owned()),
    }
}

/// `POST /v1/cases/{id}/access-requests`: by the owner or a privacy officer for a citizen, and by the
/// citizen whose own case it is.
pub(in crate::api) async fn record(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::RecordAccessRequest;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let ground = &platform.ground;
    let permit = ground.gate.may(&caller.actor, action, &sight.facts);
    let permit = permit.map_err(|_| not_allowed())?;
    let made: RequestMade = body::read(request).await?;
    let citizen = if permit.acting_role == Role::Citizen.as_str() {
        Some(of_oneself(&caller, made)?)
    } else {
        made.citizen
    };
    let now = ground.clock.now();
    let term = Term::parse(TERM).map_err(unavailable)?;
    // The same key twice is the same request.
    let cause = caller.cause(&platform);
    let parts = [
        "access-request",
        sight.id.as_str(),
        &cause.sender,
        &cause.message,
    ];
    let id = letter_id(&parts.map(str::as_bytes));
    let request = AccessRequest {
        id: format!("request_{id}"),
        object: sight.id.to_string(),
        person_ref: citizen,
        recorded_by: caller.oin.to_string(),
        requested_at: now.as_millisecond(),
        due_at: ground.rules.calendar.after(now, term).as_millisecond(),
    };
    let logs = platform.accounting.logs();
    logs.record_request(&request).await.map_err(unavailable)?;
    let stored = logs.requests(sight.id.as_str()).await;
    let stored = stored.map_err(unavailable)?;
    let stored = stored.iter().find(|stored| stored.id == request.id);
    let seen = RequestSeen::from(stored.unwrap_or(&request));
    let place = format!("/v1/cases/{}/access-report", sight.id);
    let mut response = (StatusCode::CREATED, Json(seen)).into_response();
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}
