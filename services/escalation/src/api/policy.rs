//! The ladder as it stands, for everybody who works with cases.

use axum::Json;
use axum::extract::State;
use ladder::Rung;
use schemars::JsonSchema;
use serde::Serialize;

use super::Platform;
use super::caller::Caller;

/// A rung of the ladder.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RungSeen {
    /// Its id.
    rung: String,
    /// Its Dutch name.
    name: String,
    /// Its tier: `local`, `regional` or `national`.
    tier: &'static str,
    /// The role that admits a case to it; absent on the first rung.
    #[serde(skip_serializing_if = "Option::is_none")]
    admitting_role: Option<String>,
    /// Evidence that it asks: to be given, or explained.
    evidence: Vec<String>,
}

/// The ladder.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LadderSeen {
    /// The rungs, low to high.
    items: Vec<RungSeen>,
}

impl From<&Rung> for RungSeen {
    fn from(rung: &Rung) -> Self {
        Self {
            rung: rung.id.to_string(),
            name: rung.name.clone(),
            tier: rung.tier.as_str(),
            admitting_role: rung
                .admission
                .as_ref()
                .map(|admission| admission.role.clone()),
            evidence: rung.evidence.clone(),
        }
    }
}

/// `GET /v1/ladder`.
pub(super) async fn ladder(State(platform): State<Platform>, _: Caller) -> Json<LadderSeen> {
    let rungs = platform.ground.rules.ladder.rungs();
    Json(LadderSeen {
        items: rungs.iter().map(RungSeen::from).collect(),
    })
}
