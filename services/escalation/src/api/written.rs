//! Carrying a command out, and the one answer that every writing call gives.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chassis::problem::Problem;
use ladder::{CaseId, Command};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::Platform;
use super::caller::Caller;
use super::refusal::{refused, unavailable};
use super::sight::{self, no_such_case};
use crate::aggregate::Subject;
use crate::execute::{Done, ExecuteError, Order, Work};
use crate::views;

/// What was stored.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Written {
    /// The case.
    case: String,
    /// The caller's own organisation's name for the case.
    pseudonym: String,
    /// What it led to: the ids of the events.
    event_ids: Vec<Uuid>,
    /// The log's position after it.
    position: i64,
    /// The request for admission that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    escalation: Option<String>,
    /// The handoff that was offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    handoff: Option<String>,
    /// The request for a commitment that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
    /// The proposal to go down that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<String>,
    /// The weighing to which a part was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<String>,
    /// The decision that was put on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
    /// The fund that was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    fund: Option<String>,
    /// The bridging measure that was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<String>,
    /// The question for advice that was put.
    #[serde(skip_serializing_if = "Option::is_none")]
    consultation: Option<String>,
    /// The disclosure that was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    disclosure: Option<String>,
    /// The consent that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<String>,
    /// The objection that was raised.
    #[serde(skip_serializing_if = "Option::is_none")]
    objection: Option<String>,
    #[serde(skip)]
    version: i64,
}

impl Written {
    /// 201: something came into being, and is found in this list of the case; in the case itself
    /// when none is named.
    pub(super) fn created(self, list: &str) -> Response {
        let place = format!("/v1/cases/{}{list}", self.case);
        self.created_at(&place)
    }

    /// 201, found at this address.
    pub(super) fn created_at(self, place: &str) -> Response {
        let mut headers = self.headers();
        if let Ok(place) = HeaderValue::from_str(place) {
            headers.insert(header::LOCATION, place);
        }
        (StatusCode::CREATED, headers, Json(self)).into_response()
    }

    /// 200: something that was there already was answered.
    pub(super) fn answered(self) -> Response {
        (self.headers(), Json(self)).into_response()
    }

    /// The id of the case or the draft.
    pub(super) fn case(&self) -> &str {
        &self.case
    }

    /// The ids of the events, and the log's position after them.
    pub(super) fn stored(self) -> (Vec<Uuid>, i64) {
        (self.event_ids, self.position)
    }

    /// The same, when it is about this case.
    ///
    /// # Errors
    /// 409 when the caller's key was used for another.
    pub(super) fn about(self, case: &CaseId) -> Result<Self, Problem> {
        if self.case == case.as_str() {
            Ok(self)
        } else {
            Err(reused_key())
        }
    }

    fn headers(&self) -> HeaderMap {
        HeaderMap::from_iter([(header::ETAG, etag(self.version))])
    }
}

/// The entity tag of a case: how many events it has.
pub(super) fn etag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Gives a command to the executor and waits until it is stored.
///
/// # Errors
/// The refusal as a problem: 400, 403, 404, 409 or 503.
pub(super) async fn carry_out(
    platform: &Platform,
    caller: &Caller,
    case: &CaseId,
    command: Command,
) -> Result<Written, Problem> {
    let begins = matches!(command, Command::Report(_));
    give(platform, caller, case, command, begins).await
}

/// The same for what begins under a new id with every call: a repetition hears the id of the
/// first time.
///
/// # Errors
/// As [`carry_out`].
pub(super) async fn start(
    platform: &Platform,
    caller: &Caller,
    case: &CaseId,
    command: Command,
) -> Result<Written, Problem> {
    give(platform, caller, case, command, true).await
}

async fn give(
    platform: &Platform,
    caller: &Caller,
    case: &CaseId,
    command: Command,
    begins: bool,
) -> Result<Written, Problem> {
    caller.logbook.found(case.as_str());
    let order = Order {
        actor: caller.acting(platform)?,
        work: Work::case(case, command),
        cause: caller.cause(platform),
        if_match: caller.if_match,
        arrival: None,
    };
    let (event_ids, position) = match platform.executor.execute(order).await {
        Ok(Done::Stored {
            event_ids,
            position,
        }) => (event_ids, position),
        Ok(Done::Refused { denied: true, .. }) if begins => return Err(not_allowed()),
        Ok(Done::Refused { denied: true, .. }) => return Err(denied(platform, caller, case).await),
        Ok(Done::Refused { code, text, .. }) => return Err(refused(&code, &text)),
        // Only what comes in over the wire waits for something.
        Ok(Done::Parked) => return Err(Problem::internal()),
        Err(ExecuteError::Conflict { version }) => {
            let detail =
                format!("The case changed in the meantime; it is now at version {version}.");
            return Err(Problem::conflict(detail));
        }
        Err(error @ ExecuteError::Unavailable) => return Err(unavailable(error)),
    };
    let known = (!begins).then_some(case);
    match (known, event_ids.is_empty()) {
        (Some(case), true) => unchanged(platform, caller, case, position).await,
        _ => written(platform, caller, known, event_ids, position).await,
    }
}

/// The answer when it was so already: nothing happened, and nothing is wrong.
async fn unchanged(
    platform: &Platform,
    caller: &Caller,
    case: &CaseId,
    position: i64,
) -> Result<Written, Problem> {
    let row = views::find_case(&platform.ground.db, case.as_str())
        .await
        .map_err(unavailable)?;
    Ok(Written {
        case: case.to_string(),
        pseudonym: sight::pseudonym(platform, &caller.oin, case)?,
        event_ids: Vec::new(),
        position,
        escalation: None,
        handoff: None,
        request: None,
        proposal: None,
        assessment: None,
        decision: None,
        fund: None,
        measure: None,
        consultation: None,
        disclosure: None,
        consent: None,
        objection: None,
        version: row.ok_or_else(no_such_case)?.version,
    })
}

/// The answer, from what the events say: the same for a repeated key as the first time.
async fn written(
    platform: &Platform,
    caller: &Caller,
    case: Option<&CaseId>,
    event_ids: Vec<Uuid>,
    position: i64,
) -> Result<Written, Problem> {
    let made = views::made(&platform.ground.db, &event_ids)
        .await
        .map_err(unavailable)?;
    let made = made.ok_or_else(Problem::internal)?;
    let Subject::Case(of) = made.subject else {
        return Err(reused_key());
    };
    if case.is_some_and(|case| *case != of) {
        return Err(reused_key());
    }
    let mut ids: BTreeMap<_, _> = made.ids;
    Ok(Written {
        pseudonym: sight::pseudonym(platform, &caller.oin, &of)?,
        case: of.to_string(),
        event_ids,
        position,
        escalation: ids.remove("escalation"),
        handoff: ids.remove("handoff"),
        request: ids.remove("request"),
        proposal: ids.remove("proposal"),
        assessment: ids.remove("assessment"),
        decision: ids.remove("decision"),
        fund: ids.remove("fund"),
        measure: ids.remove("measure"),
        consultation: ids.remove("consultation"),
        disclosure: ids.remove("disclosure"),
        consent: ids.remove("consent"),
        objection: ids.remove("objection"),
        version: made.version,
    })
}

/// The answer to a key under which something else was done before.
fn reused_key() -> Problem {
    let title = "This Idempotency-Key was used for something else";
    Problem::new(StatusCode::CONFLICT, "idempotency-key-reused", title)
}

/// 403 for somebody who may know of the case, 404 for everybody else.
async fn denied(platform: &Platform, caller: &Caller, case: &CaseId) -> Problem {
    match sight::read(platform, caller, case.as_str()).await {
        Ok(_) => not_allowed(),
        Err(_) => no_such_case(),
    }
}

/// The answer to what none of the caller's roles may do.
pub(super) fn not_allowed() -> Problem {
    Problem::forbidden("None of your roles may do this here.")
}

/// What was stored about something that is no case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kept {
    /// Its id: of the meeting, the signal or the pass; the organisation, when it is about its register.
    id: String,
    /// What it led to: the ids of the events; none when there was nothing to change.
    event_ids: Vec<Uuid>,
    /// The log's position after it.
    position: i64,
    /// The request for a commitment that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
    #[serde(skip)]
    version: Option<i64>,
}

impl Kept {
    /// 201: it came into being, and is found in this list by its id.
    pub(super) fn created(self, list: &str) -> Response {
        let place = HeaderValue::from_str(&format!("/v1/{list}/{}", self.id));
        let mut headers = self.headers();
        if let Ok(place) = place {
            headers.insert(header::LOCATION, place);
        }
        (StatusCode::CREATED, headers, Json(self)).into_response()
    }

    /// 200: something that was there already was changed.
    pub(super) fn answered(self) -> Response {
        (self.headers(), Json(self)).into_response()
    }

    fn headers(&self) -> HeaderMap {
        let tag = self.version.map(|version| (header::ETAG, etag(version)));
        tag.into_iter().collect()
    }
}

/// Gives a command on a meeting, a signal or a register to the executor and waits until it is
/// stored. `creates`: the command makes the thing, so that a repetition tells of the first one.
/// Whoever may not even know of it was answered before.
///
/// # Errors
/// The refusal as a problem: 400, 403, 404, 409 or 503.
pub(super) async fn keep(
    platform: &Platform,
    caller: &Caller,
    work: Work,
    creates: bool,
) -> Result<Kept, Problem> {
    let subject = work.subject();
    let order = Order {
        actor: caller.actor.clone(),
        work,
        cause: caller.cause(platform),
        if_match: caller.if_match,
        arrival: None,
    };
    let (event_ids, position) = match platform.executor.execute(order).await {
        Ok(Done::Stored {
            event_ids,
            position,
        }) => (event_ids, position),
        Ok(Done::Refused { denied: true, .. }) => return Err(not_allowed()),
        Ok(Done::Refused { code, text, .. }) => return Err(refused(&code, &text)),
        Ok(Done::Parked) => return Err(Problem::internal()),
        Err(ExecuteError::Conflict { version }) => {
            let detail = format!("This changed in the meantime; it is now at version {version}.");
            return Err(Problem::conflict(detail));
        }
        Err(error @ ExecuteError::Unavailable) => return Err(unavailable(error)),
    };
    let made = views::made(&platform.ground.db, &event_ids)
        .await
        .map_err(unavailable)?;
    let (of, version, mut ids) = match made {
        Some(made) => (made.subject, Some(made.version), made.ids),
        None => (subject.clone(), None, BTreeMap::new()),
    };
    let same = if creates {
        std::mem::discriminant(&of) == std::mem::discriminant(&subject)
    } else {
        of == subject
    };
    if !same {
        return Err(reused_key());
    }
    Ok(Kept {
        id: id_of(&of),
        event_ids,
        position,
        request: ids.remove("request"),
        version,
    })
}

fn id_of(subject: &Subject) -> String {
    match subject {
        Subject::Case(id) => id.to_string(),
        Subject::Meeting(id) => id.to_string(),
        Subject::Signal(id) => id.to_string(),
        Subject::Pass(id) => id.to_string(),
        Subject::Register(organisation) => organisation.to_string(),
    }
}
