//! Events that come in: they stand in the line of their sender like messages from the bus, and
//! are answered where those are acknowledged.

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use chassis::problem::Problem;
use proto::{BATCH_CONTENT_TYPE, CONTENT_TYPE, InvalidParam, MAX_BYTES};

use super::super::Platform;
use super::batch;
use super::system::System;
use crate::intake::{HandInError, Taken};

/// The most events of one batch.
const BATCH_EVENTS: usize = 100;

/// The most bytes of one batch: sixteen of the largest events.
const BATCH_BYTES: usize = 16 * MAX_BYTES;

/// The title of every problem with an event.
const NO_EVENT: &str = "This is no event of the contract";

/// `POST /v1/exchange/events`.
pub(in crate::api) async fn hand_in(
    State(platform): State<Platform>,
    system: System,
    request: Request,
) -> Result<StatusCode, Problem> {
    let headers = of_the_event(request.headers());
    let is_batch = headers
        .iter()
        .find(|(name, _)| name == "content-type")
        .and_then(|(_, value)| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case(BATCH_CONTENT_TYPE));
    if !is_batch {
        let body = read(request, MAX_BYTES).await?;
        let ticket = platform.line.hand_in(&system.oin, headers, body);
        let taken = ticket.map_err(later)?.taken().await.map_err(later)?;
        return match taken {
            Taken::Settled => Ok(StatusCode::ACCEPTED),
            Taken::Unfit {
                code,
                detail,
                params,
            } => Err(unfit(code, &detail, params)),
        };
    }
    let body = read(request, BATCH_BYTES).await?;
    let elements = batch::elements(&body).map_err(|_| {
        let detail = "A batch is a JSON array of events in structured mode.";
        unfit("broken_json", detail, Vec::new())
    })?;
    if elements.len() > BATCH_EVENTS {
        let detail = format!("A batch has at most {BATCH_EVENTS} events.");
        return Err(Problem::too_large().with_detail(detail));
    }
    let structured = [("content-type".to_owned(), CONTENT_TYPE.to_owned())];
    let mut tickets = Vec::with_capacity(elements.len());
    let mut refused = None;
    for element in elements {
        let payload = body.slice_ref(element);
        match platform
            .line
            .hand_in(&system.oin, structured.to_vec(), payload)
        {
            Ok(ticket) => tickets.push(ticket),
            // What comes after it would only be parked behind it.
            Err(error) => {
                refused = Some(error);
                break;
            }
        }
    }
    let mut wrong = Vec::new();
    for (nth, ticket) in tickets.into_iter().enumerate() {
        match ticket.taken().await {
            Ok(Taken::Settled) => {}
            Ok(Taken::Unfit { code, params, .. }) => wrong.extend(placed(nth, code, params)),
            Err(error) => refused = Some(error),
        }
    }
    match refused {
        Some(error) => Err(later(error)),
        None if wrong.is_empty() => Ok(StatusCode::ACCEPTED),
        None => {
            let detail = "What is named stands in quarantine; all other events of the batch were \
                          taken in.";
            Err(unfit("invalid_events", detail, wrong))
        }
    }
}

/// What is wrong with one event of a batch, by its place.
fn placed(nth: usize, code: &str, params: Vec<InvalidParam>) -> Vec<InvalidParam> {
    if params.is_empty() {
        return vec![InvalidParam::new(format!("/{nth}"), code)];
    }
    let placed = |param: InvalidParam| {
        let name = format!("/{nth}{}", param.name);
        InvalidParam::new(name, param.reason)
    };
    params.into_iter().map(placed).collect()
}

/// The headers that belong to the event: the rest is the connection's business.
fn of_the_event(headers: &HeaderMap) -> Vec<(String, String)> {
    let belongs = |name: &str| name == header::CONTENT_TYPE.as_str() || name.starts_with("ce-");
    headers
        .iter()
        .filter(|(name, _)| belongs(name.as_str()))
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect()
}

async fn read(request: Request, most: usize) -> Result<Bytes, Problem> {
    to_bytes(request.into_body(), most).await.map_err(|_| {
        Problem::too_large().with_detail(format!(
            "The body is at most {most} bytes here; or it broke off."
        ))
    })
}

fn unfit(code: &'static str, detail: &str, params: Vec<InvalidParam>) -> Problem {
    let status = match code {
        "too_large" => StatusCode::PAYLOAD_TOO_LARGE,
        "unsupported_content_type" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "source_mismatch" => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    Problem::new(status, &code.replace('_', "-"), NO_EVENT)
        .with_detail(detail)
        .with_invalid_params(params)
}

fn later(error: HandInError) -> Problem {
    Problem::unavailable(match error {
        HandInError::Busy => {
            "Much of what your organisation sent still waits. Send it again later."
        }
        HandInError::Unavailable => {
            "This could not be stored now. Send it again under the same id; it counts once."
        }
    })
}
