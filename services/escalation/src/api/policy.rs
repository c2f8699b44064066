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
    /// Evidence that it asks: to be given, or explained. What raising leaves for later is asked
    /// on whatever rung comes first.
    evidence: Vec<String>,
    /// Terms, as the ladder file writes them.
    #[serde(skip_serializing_if = "RungTerms::is_empty")]
    terms: RungTerms,
    /// How many organisations must be present for its table to meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    quorum: Option<u32>,
}

/// The terms of a rung, such as `5wd`.
#[derive(Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RungTerms {
    /// To answer a request for admission.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// The same, when it is urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_urgent: Option<String>,
    /// To acknowledge one.
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledge: Option<String>,
    /// Until a case on it is looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<String>,
    /// Until it is said aloud that a case stays long.
    #[serde(skip_serializing_if = "Option::is_none")]
    warn: Option<String>,
}

impl RungTerms {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The ladder.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LadderSeen {
    /// The rungs, low to high.
    items: Vec<RungSeen>,
    /// Evidence that raising a case leaves for later: given or explained before its first
    /// escalation.
    raising: Vec<String>,
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
            terms: RungTerms {
                answer: rung.answer.map(|term| term.to_string()),
                answer_urgent: rung.answer_urgent.map(|term| term.to_string()),
                acknowledge: rung.acknowledge.map(|term| term.to_string()),
                review: rung.review.map(|term| term.to_string()),
                warn: rung.warn.map(|term| term.to_string()),
            },
            quorum: rung.quorum,
        }
    }
}

/// `GET /v1/ladder`.
pub(super) async fn ladder(State(platform): State<Platform>, _: Caller) -> Json<LadderSeen> {
    let ladder = &platform.ground.rules.ladder;
    Json(LadderSeen {
        raising: ladder.raising.clone(),
        items: ladder.rungs().iter().map(RungSeen::from).collect(),
    })
}
