//! Stopping because the citizen or the raiser does, and opening again what has ended.

use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::Action;
use ladder::{Command, Reopen, Withdraw};
use proto::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::Caller;
use super::refusal::unavailable;
use super::sight::Sight;
use super::{Platform, body, parties, sight, written};
use crate::views;

/// Whose wish it is.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Initiative {
    Citizen,
    Raiser,
}

/// The wish to stop.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Withdrawal {
    /// Whose wish it is.
    initiative: Initiative,
    /// Why.
    reason: Text,
}

/// `POST /v1/cases/{id}/withdrawal`.
pub(super) async fn withdraw(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::Withdraw, None).await?;
    let (withdrawal, about) = body::told::<Withdrawal>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::Withdraw(Withdraw {
        initiative: match withdrawal.initiative {
            Initiative::Citizen => ladder::Initiative::Citizen,
            Initiative::Raiser => ladder::Initiative::Raiser,
        },
        reason: sealer.text(&withdrawal.reason).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/closure"))
}

/// Why it is opened again.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Reopening {
    /// Why.
    reason: Text,
}

/// `POST /v1/cases/{id}/reopening`: by the owner, or an organisation that had committed itself.
pub(super) async fn reopen(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let own = Some(caller.oin.as_str());
    let sight = sight::act(&platform, &caller, &name, Action::Reopen, own).await?;
    if !sight::can_read(&platform, &caller, &sight.facts)
        && !committed(&platform, &caller, &sight).await?
    {
        return Err(sight::no_such_case());
    }
    let (reopening, about) = body::told::<Reopening>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::Reopen(Reopen {
        by: parties::organisation(&caller.oin)?,
        reason: sealer.text(&reopening.reason).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.answered())
}

/// Whether the caller's organisation committed itself in the case. After the end this gives no sight
/// of it any more, and still lets it be opened again; for everybody else it is not there.
async fn committed(platform: &Platform, caller: &Caller, sight: &Sight) -> Result<bool, Problem> {
    let rows = views::commitments(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    Ok(rows.iter().any(|row| {
        row.organisation == caller.oin.as_str()
            && matches!(row.status.as_str(), "made" | "fulfilled")
    }))
}
