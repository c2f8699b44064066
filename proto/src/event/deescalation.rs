//! `deescalation.proposed` and `.declined`: sending a case down needs a receiver who takes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{CODE_PATTERN, ID_PATTERN, Tier};
use crate::oin::Oin;

/// It is proposed to send the case down, to a named receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeescalationProposed {
    /// The proposal.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub proposal: String,
    /// The rung it would go to.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// The tier of that rung.
    pub tier: Tier,
    /// Who would take it.
    pub receiver: Oin,
    /// The role in which somebody there accepts.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub role: String,
    /// Why, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
}

/// The receiver does not take it; the case stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeescalationDeclined {
    /// The proposal.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub proposal: String,
    /// Why not, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
}
