//! `handoff.expired`: the answer term has passed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::CODE_PATTERN;
use crate::identifier::HandoffId;
use crate::oin::Oin;
use crate::text::Text;

/// Nobody answered in time; ownership is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandoffExpired {
    /// The handoff.
    pub handoff: HandoffId,
    /// Why, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
    /// Who owns the case now.
    pub owner: Oin,
    /// Whom to warn in the organisation that gets this: its own references for its employees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<Text>,
}
