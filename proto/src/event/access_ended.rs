//! `access.ended`: the organisation's access to the case ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::CODE_PATTERN;
use crate::identifier::HandoffId;

/// From here on this organisation sees nothing of the case; copies must go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessEnded {
    /// Why, as a code such as `closed`, `declined` or `deescalated`.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: String,
    /// The handoff that gave the access, when it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handoff: Option<HandoffId>,
}
