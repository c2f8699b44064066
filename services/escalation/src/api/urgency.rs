//! Confirming that a case is urgent: done by somebody else than who claimed it.

use axum::extract::{Path, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::Action;
use ladder::{Command, ConfirmUrgency, PersonRef};

use super::caller::Caller;
use super::{Platform, parties, sight, written};

/// `POST /v1/cases/{id}/urgency`: the caller is the second person (domain, section d3).
pub(super) async fn confirm(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::ConfirmUrgency, None).await?;
    let person = PersonRef::parse(caller.person_ref())
        .map_err(|_| Problem::forbidden("Your token does not tell you from others."))?;
    let command = Command::ConfirmUrgency(ConfirmUrgency {
        by: parties::organisation(&caller.oin)?,
        person,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}
