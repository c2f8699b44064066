//! `GET /v1/platform/undelivered`: what was written for organisations and nobody confirmed.

use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use gate::Action;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::watching;
use crate::relay::Undelivered;
use crate::{metrics, views};

/// What waits for every organisation whose systems hear letters.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct UndeliveredSeen {
    /// The organisations, those with the oldest letter first.
    items: Vec<ReceiverSeen>,
    /// Rows of the log that still have to be told to organisations: no letter was written yet.
    events_behind: i64,
    /// Events that came in and were not answered yet.
    answers_behind: i64,
}

/// What waits for one organisation.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct ReceiverSeen {
    /// Its OIN.
    organisation: String,
    /// By which door letters reach it: `nats`, `feed` or `webhook`.
    door: &'static str,
    /// False when the bus does not say what waits; then nothing is known of it.
    known: bool,
    /// How many letters wait.
    letters: i64,
    /// Since when the oldest does.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// The letters by event, the one that waits longest first.
    kinds: Vec<KindSeen>,
    /// How often posting the first of them failed.
    #[serde(skip_serializing_if = "is_zero")]
    failures: i64,
    /// Why it failed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The last sign of life of its systems, when there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    heard_at: Option<String>,
}

/// Letters of one event.
#[derive(Debug, Serialize, JsonSchema)]
struct KindSeen {
    /// The event, as the contract names it.
    event: String,
    /// How many.
    letters: i64,
    /// The place of the first in the organisation's line.
    position: i64,
    /// Since when that one waits.
    since: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(count: &i64) -> bool {
    *count == 0
}

impl ReceiverSeen {
    fn of(waits: Undelivered, heard_at: Option<String>) -> Self {
        let kinds = waits.kinds.iter().flatten().map(|kind| KindSeen {
            event: kind.event.clone(),
            letters: kind.letters,
            position: kind.position,
            since: kind.since.to_string(),
        });
        Self {
            door: waits.door,
            known: waits.kinds.is_some(),
            letters: waits.letters(),
            since: waits.since().map(|since| since.to_string()),
            kinds: kinds.collect(),
            failures: waits.failures,
            organisation: waits.organisation.to_string(),
            reason: waits.reason,
            heard_at,
        }
    }
}

/// For an operator of the platform.
pub(in crate::api) async fn undelivered(
    State(platform): State<Platform>,
    caller: Caller,
) -> Result<Json<UndeliveredSeen>, Problem> {
    watching(&platform, &caller, Action::WatchOver)?;
    let ground = &platform.ground;
    let now = ground.clock.now();
    let mut all = platform.relay.undelivered(now).await.map_err(unavailable)?;
    all.sort_by_key(|waits| (waits.since().is_none(), waits.since()));
    let mut items = Vec::new();
    for waits in all {
        let register = views::register(&ground.db, waits.organisation.as_str()).await;
        let heard_at = register
            .map_err(unavailable)?
            .and_then(|it| it.heartbeat_at);
        items.push(ReceiverSeen::of(waits, heard_at));
    }
    let head = ground.db.head().await.map_err(unavailable)?;
    let followers = metrics::followers(&ground.db, &head).await;
    let followers = followers.map_err(unavailable)?;
    let behind = |name: &str| {
        let found = followers.iter().find(|(follower, _)| *follower == name);
        found.map_or(0, |(_, behind)| *behind)
    };
    Ok(Json(UndeliveredSeen {
        items,
        events_behind: behind("events"),
        answers_behind: behind("answers"),
    }))
}
