//! `contact.confirmed`: an entry in the register of contacts still holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::codes::CODE_PATTERN;
use crate::text::Text;

/// The published contact with sufficient mandate for certain laws, themes and regions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContactConfirmed {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The function or desk, no person's name.
    #[schemars(length(min = 1, max = 128))]
    pub contact: String,
    /// Where to reach it: telephone or mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Text>,
    /// What it may decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Text>,
    /// Laws it answers for.
    #[serde(default)]
    pub laws: Vec<String>,
    /// Themes it answers for.
    #[serde(default)]
    #[schemars(inner(regex(pattern = CODE_PATTERN)))]
    pub themes: Vec<String>,
    /// Regions it answers for.
    #[serde(default)]
    pub regions: Vec<String>,
}
