//! `case.closed`: the case is closed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{CODE_PATTERN, Outcome, Tier};

/// The case is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseClosed {
    /// The rung where it stood.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// The tier of that rung.
    pub tier: Tier,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
}
