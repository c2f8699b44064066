//! `stay.warned`: a case has stayed long on its rung.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{CODE_PATTERN, Tier};

/// The case has stayed on its rung for as long as the ladder's warning says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StayWarned {
    /// The rung.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// That rung's tier.
    pub tier: Tier,
}
