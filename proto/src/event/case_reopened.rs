//! `case.reopened`: the case is open again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{CODE_PATTERN, Tier};

/// The case is open again, where it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseReopened {
    /// The rung where it stands.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// The tier of that rung.
    pub tier: Tier,
    /// Why, as a code.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: String,
}
