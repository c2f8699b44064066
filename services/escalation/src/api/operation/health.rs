//! `GET /v1/platform/health`: what this process can reach, and how far everything is that follows the
//! log.

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
use crate::intake::{ledger, quarantine};
use crate::{metrics, views};

/// A subject that nothing is ever recorded about: looking for it says whether the logs answer.
const NOTHING: &str = "-";

/// How the platform does.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct HealthSeen {
    /// What it needs.
    parts: Vec<PartSeen>,
    /// What follows the log.
    followers: Vec<FollowerSeen>,
    /// The last event's place in the log.
    position: i64,
    /// Messages in quarantine that nobody had taken in again.
    quarantine: i64,
    /// Events that wait for what they speak of, at most 1,000.
    parked: usize,
    /// The earliest open deadline; it lies in the past when the clock stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_deadline: Option<String>,
}

/// Something that it needs.
#[derive(Debug, Serialize, JsonSchema)]
struct PartSeen {
    /// `database`, `vault`, `logs` or `bus`.
    part: &'static str,
    /// Whether it answers.
    ready: bool,
}

/// Something that follows the log.
#[derive(Debug, Serialize, JsonSchema)]
struct FollowerSeen {
    /// `events`, `answers`, `reactor` or `tree`.
    follower: &'static str,
    /// How many rows it is behind.
    behind: i64,
}

/// For an operator of the platform.
pub(in crate::api) async fn health(
    State(platform): State<Platform>,
    caller: Caller,
) -> Result<Json<HealthSeen>, Problem> {
    watching(&platform, &caller, Action::WatchOver)?;
    let db = &platform.ground.db;
    let head = db.head().await.map_err(unavailable)?;
    let vault = platform.vault.rotation_is_due().await.is_ok();
    let logs = platform.accounting.logs().requests(NOTHING).await.is_ok();
    let parts = [
        ("database", true),
        ("vault", vault),
        ("logs", logs),
        ("bus", platform.relay.bus_is_connected()),
    ];
    let followers = metrics::followers(db, &head).await.map_err(unavailable)?;
    let next_deadline = views::next_deadline(db).await.map_err(unavailable)?;
    Ok(Json(HealthSeen {
        parts: parts.map(|(part, ready)| PartSeen { part, ready }).into(),
        followers: followers
            .map(|(follower, behind)| FollowerSeen { follower, behind })
            .into(),
        position: head.position,
        quarantine: quarantine::standing(db).await.map_err(unavailable)?,
        parked: ledger::waiting(db).await.map_err(unavailable)?.len(),
        next_deadline: next_deadline.map(|at| at.to_string()),
    }))
}
