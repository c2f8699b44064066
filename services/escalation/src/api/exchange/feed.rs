//! Letters that an organisation fetches: its own line, from a cursor, until it confirms them.

use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chassis::parties::Door;
use chassis::problem::Problem;
use proto::{BATCH_CONTENT_TYPE, InvalidParam};
use serde::Deserialize;
use tokio::time::Instant;

use super::super::Platform;
use super::super::refusal::unavailable;
use super::system::System;
use crate::relay::{Waiting, outgoing};

/// How many letters come at once, at most, and when nothing is said.
const MOST: u32 = 100;

/// The longest that a request waits for a letter, in seconds: less than a request may take.
const LONGEST_WAIT: u64 = 25;

/// How often is looked meanwhile: another replica may have written a letter.
const LOOK: Duration = Duration::from_secs(1);

/// The place after the last letter of an answer.
const NEXT_CURSOR: HeaderName = HeaderName::from_static("next-cursor");

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(in crate::api) struct Ask {
    after: Option<i64>,
    limit: Option<u32>,
    wait: Option<u64>,
}

/// Up to where the letters are safe with the organisation.
#[derive(Debug, Deserialize)]
pub(in crate::api) struct Until {
    until: i64,
}

/// `GET /v1/exchange/events`: looks only, so it may be asked again.
pub(in crate::api) async fn fetch(
    State(platform): State<Platform>,
    system: System,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let line = own_line(&platform, &system).await?;
    let limit = ask.limit.unwrap_or(MOST);
    let wait = ask.wait.unwrap_or_default();
    let mut wrong = Vec::new();
    if !(1..=MOST).contains(&limit) {
        wrong.push(InvalidParam::new("limit", "is not 1 to 100"));
    }
    if wait > LONGEST_WAIT {
        wrong.push(InvalidParam::new("wait", "is not 0 to 25 seconds"));
    }
    let after = ask.after.unwrap_or(line.confirmed);
    if !(0..=line.last).contains(&after) {
        wrong.push(no_cursor("after"));
    }
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    if after.max(line.confirmed) < line.expired {
        return Err(expired(line.expired));
    }
    let until = Instant::now() + Duration::from_secs(wait);
    let mut committed = platform.ground.db.committed();
    let letters = loop {
        committed.mark_unchanged();
        let letters = platform.relay.waiting(&system.oin, after, limit).await;
        let letters = letters.map_err(unavailable)?;
        if !letters.is_empty() || Instant::now() >= until {
            break letters;
        }
        tokio::select! {
            _ = committed.changed() => {}
            () = tokio::time::sleep_until(until.min(Instant::now() + LOOK)) => {}
        }
    };
    answer(after, &letters)
}

/// `DELETE /v1/exchange/events`: what is confirmed waits no longer.
pub(in crate::api) async fn confirm(
    State(platform): State<Platform>,
    system: System,
    Query(Until { until }): Query<Until>,
) -> Result<StatusCode, Problem> {
    let line = own_line(&platform, &system).await?;
    if !(0..=line.last).contains(&until) {
        return Err(Problem::bad_request(vec![no_cursor("until")]));
    }
    if until > line.confirmed {
        let done = outgoing::confirm(&platform.ground.db, &system.oin, until).await;
        done.map_err(unavailable)?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn own_line(platform: &Platform, system: &System) -> Result<outgoing::Line, Problem> {
    let line = outgoing::line(&platform.ground.db, &system.oin).await;
    let line = line.map_err(unavailable)?;
    let fetches = match &system.door {
        Door::Feed => true,
        // What waited when its door became another is still its own.
        Door::Nats => line.last > line.confirmed,
        Door::Webhook(_) => false,
    };
    if fetches {
        Ok(line)
    } else {
        let detail = "Letters reach your organisation by another door.";
        Err(Problem::forbidden(detail))
    }
}

fn answer(after: i64, letters: &[Waiting]) -> Result<Response, Problem> {
    let mut body = vec![b'['];
    for (nth, letter) in letters.iter().enumerate() {
        if nth > 0 {
            body.push(b',');
        }
        body.extend(letter.envelope.encode().map_err(unavailable)?);
    }
    body.push(b']');
    let next = letters.last().map_or(after, |last| last.position);
    let link = format!("</v1/exchange/events?after={next}>; rel=\"next\"");
    let link = HeaderValue::from_str(&link).map_err(|_| Problem::internal())?;
    let kind = HeaderValue::from_static(BATCH_CONTENT_TYPE);
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::LINK, link),
        (NEXT_CURSOR, HeaderValue::from(next)),
    ];
    Ok((headers, body).into_response())
}

fn no_cursor(name: &str) -> InvalidParam {
    InvalidParam::new(name, "is no cursor of your organisation's line")
}

/// What was let go is said once, aloud: whoever goes on from there knows what is missing.
fn expired(until: i64) -> Problem {
    Problem::new(
        StatusCode::GONE,
        "letters-expired",
        "Letters waited too long and were let go",
    )
    .with_detail(format!(
        "The letters up to {until} waited too long. Confirm them with until={until}, and look up at \
         the platform what they told."
    ))
}
