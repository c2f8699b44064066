//! What could not be taken in, and having it taken in once more.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chassis::problem::Problem;
use gate::Action;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::page::{List, Page, no_cursor};
use super::super::refusal::unavailable;
use super::watching;
use crate::intake::quarantine::{self, Mark, QuarantineRow};
use crate::intake::{Again, AgainError};

/// A message that stands in quarantine, without what it says.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct EntrySeen {
    /// Its id.
    entry: String,
    /// The OIN of who sent it.
    sender: String,
    /// On which subject; empty for what came by another way.
    subject: String,
    /// Why: a code of the contract.
    reason: String,
    /// Why, in words.
    detail: String,
    /// Since when.
    at: String,
    /// When it was taken in again.
    #[serde(skip_serializing_if = "Option::is_none")]
    replayed_at: Option<String>,
    /// What became of it then: `stored`, `refused` or `waits`.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
}

impl From<QuarantineRow> for EntrySeen {
    fn from(row: QuarantineRow) -> Self {
        Self {
            entry: row.id,
            sender: row.sender,
            subject: row.subject,
            reason: row.reason,
            detail: row.detail,
            at: row.at,
            replayed_at: row.replayed_at,
            outcome: row.outcome,
        }
    }
}

/// `GET /v1/platform/quarantine`: newest first, so that what came last stands on top of a flood.
pub(in crate::api) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<EntrySeen>>, Problem> {
    watching(&platform, &caller, Action::WatchOver)?;
    let after = match page.after_name() {
        "" => Mark::start(),
        mark => Mark::parse(mark).ok_or_else(|| Problem::bad_request(vec![no_cursor()]))?,
    };
    let rows = quarantine::newest(&platform.ground.db, &after, page.size).await;
    let rows = rows.map_err(unavailable)?;
    let next_cursor = page.next(rows.len(), rows.last().map(|(mark, _)| mark.to_string()));
    Ok(Json(List {
        items: rows.into_iter().map(|(_, row)| row.into()).collect(),
        next_cursor,
        why: Default::default(),
    }))
}

/// What became of a message that was taken in once more.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct Replayed {
    /// `stored`; `refused` by the gate or the rules; or `waits` for what it speaks of.
    outcome: &'static str,
    /// The code of the refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

/// `POST /v1/platform/quarantine/{entry}/replay`: however often, it counts once.
pub(in crate::api) async fn replay(
    State(platform): State<Platform>,
    caller: Caller,
    Path(entry): Path<String>,
) -> Result<Json<Replayed>, Problem> {
    watching(&platform, &caller, Action::Replay)?;
    let again = platform.line.take_again(&entry).await;
    let again = again.map_err(|error| match error {
        AgainError::Missing => Problem::not_found("There is no such entry."),
        AgainError::Erased => unfit("body_erased", "What it said is not kept any more."),
        AgainError::Unavailable => {
            Problem::unavailable("This could not be done now. Ask it again; it counts once.")
        }
        AgainError::Journal(error) => unavailable(error),
        AgainError::Vault(error) => unavailable(error),
    })?;
    tracing::info!(entry, by = caller.person_ref(), outcome = ?again, "taken in again");
    match again {
        Again::Stored => Ok(answered("stored", None)),
        Again::Refused { code } => Ok(answered("refused", Some(code))),
        Again::Waits => Ok(answered("waits", None)),
        Again::Unfit { code, detail } => Err(unfit(code, &detail)),
    }
}

fn answered(outcome: &'static str, code: Option<String>) -> Json<Replayed> {
    Json(Replayed { outcome, code })
}

/// It stays where it is: what is wrong with it was not mended.
fn unfit(code: &str, detail: &str) -> Problem {
    let kind = code.replace('_', "-");
    Problem::new(StatusCode::CONFLICT, &kind, "This cannot be taken in").with_detail(detail)
}
