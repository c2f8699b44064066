//! Answers that come before their questions. The municipality asks three organisations by telephone
//! to go on helping meanwhile, while its own system is down: each answers by its own system, about
//! an offer that the platform does not know. After a day the answers stand in quarantine, where an
//! operator finds them. Once the municipality has told of an offer, its answer can be taken in again.

use jiff::{Timestamp, ToSpan};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::SeedError;
use crate::{
    personas,
    play::{Door, Doors, PATIENCE, Request, until_quiet},
    services::PartyService,
};

/// Who answers, for which organisation, and the offer that it is about.
const ANSWERS: [(&str, PartyService, &str); 3] = [
    (
        "sem",
        PartyService::Svb,
        "019ce28f-c980-7000-8000-000000000005",
    ),
    (
        "tara",
        PartyService::TaxOffice,
        "019ce28f-c980-7000-8000-000000000006",
    ),
    (
        "koen",
        PartyService::CareProvider,
        "019ce28f-c980-7000-8000-000000000007",
    ),
];

/// Who sees how many messages wait for another.
const OPERATOR: &str = "olga";

/// How long the platform keeps what it waits for, and a little more.
const LONGER_THAN_IT_WAITS: i64 = 25;

/// Hands the answers in, and lets time pass until they stand in quarantine.
///
/// # Errors
/// [`SeedError`].
pub(super) async fn answer(doors: &Doors, at: Timestamp) -> Result<(), SeedError> {
    doors.advance(at).await?;
    for (by, service, handoff) in ANSWERS {
        let door = Door::Party(service);
        let cases = ask(doors, at, (by, door, "/v1/cases"), None).await?;
        let answer = json!({
            "type": "handoff.answered",
            "subject": cases["items"][0]["pseudonym"],
            "data": {
                "actedBy": {"role": "agency_liaison", "personRef": by},
                "handoff": handoff,
                "answer": "accepted",
            },
        });
        ask(doors, at, (by, door, "/v1/events"), Some(answer)).await?;
    }
    let start = Instant::now();
    while waiting(doors, at).await? < ANSWERS.len() as u64 {
        if start.elapsed() > PATIENCE {
            return Err(SeedError::NotEarly);
        }
        sleep(std::time::Duration::from_millis(20)).await;
    }
    let later = at.saturating_add(LONGER_THAN_IT_WAITS.hours())?;
    doors.advance(later).await?;
    Ok(until_quiet(doors, later, PATIENCE).await?)
}

/// How many messages wait for another.
async fn waiting(doors: &Doors, at: Timestamp) -> Result<u64, SeedError> {
    let place = (OPERATOR, Door::Platform, "/v1/platform/health");
    let health = ask(doors, at, place, None).await?;
    Ok(health["parked"].as_u64().unwrap_or_default())
}

/// What is answered at a door; a body is handed in.
async fn ask(
    doors: &Doors,
    at: Timestamp,
    (name, door, path): (&str, Door, &str),
    body: Option<Value>,
) -> Result<Value, SeedError> {
    let refused = |reply: String| SeedError::Refused {
        what: format!("{path} at {door} by {name}"),
        reply,
    };
    let by = personas::find(name).ok_or_else(|| refused("there is no such persona".to_owned()))?;
    let key = format!("early-{name}");
    let request = Request {
        door,
        method: if body.is_some() {
            Method::POST
        } else {
            Method::GET
        },
        path,
        body: body.as_ref(),
        key: body.is_some().then_some(key.as_str()),
    };
    let reply = doors.call(by, at, request).await?;
    if reply.is_success() {
        Ok(reply.body)
    } else {
        Err(refused(reply.to_string()))
    }
}
