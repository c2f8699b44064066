//! Who owns a case when an ownership handoff is accepted (domain, row H24).

use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::Action;
use ladder::{ChooseOwnershipMode, Command, OwnershipMode};
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::Caller;
use super::{Platform, body, sight, written};

/// Who owns a case when an ownership handoff is accepted.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Mode {
    ProfessionalKeeps,
    TeamTakesOver,
}

/// The choice.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Choice {
    /// The mode.
    mode: Mode,
}

/// `POST /v1/cases/{id}/ownership-mode`.
pub(super) async fn choose(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::ChooseOwnershipMode;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let choice: Choice = body::read(request).await?;
    let command = Command::ChooseOwnershipMode(ChooseOwnershipMode {
        mode: match choice.mode {
            Mode::ProfessionalKeeps => OwnershipMode::ProfessionalKeeps,
            Mode::TeamTakesOver => OwnershipMode::TeamTakesOver,
        },
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}
