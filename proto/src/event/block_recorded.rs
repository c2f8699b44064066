//! `block.recorded`: what blocks a case.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::codes::BlockType;
use crate::codes::CODE_PATTERN;
use crate::text::Text;

/// A typed block: without one, a case does not climb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockRecorded {
    /// Who acted.
    pub acted_by: ActedBy,
    /// What kind of block.
    #[serde(rename = "type")]
    pub type_: BlockType,
    /// The rules in `rules.toml` that collide or stand in the way.
    #[serde(default)]
    #[schemars(inner(regex(pattern = CODE_PATTERN)))]
    pub rules: Vec<String>,
    /// How it blocks.
    pub explanation: Text,
}
