//! `rung.skipped`: a body hears that a case passed it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::CODE_PATTERN;

/// The case went past this organisation's rung. Nothing of the case is told but the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RungSkipped {
    /// The rung.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// Why, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
}
