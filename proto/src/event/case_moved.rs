//! `case.escalated` and `case.deescalated`: the case moved on the ladder.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{CODE_PATTERN, Tier};

/// The case climbed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseEscalated {
    /// The rung where the case stands now.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// The tier of that rung.
    pub tier: Tier,
    /// Why, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
}

/// The case went down to a receiver who accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseDeescalated {
    /// The rung where the case stands now.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// The tier of that rung.
    pub tier: Tier,
    /// Why, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
}
