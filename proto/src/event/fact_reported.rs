//! `fact.reported`: an organisation releases something that it held.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::codes::CODE_PATTERN;
use crate::codes::Category;
use crate::text::Text;

/// A fact, released only after the match and only as far as secrecy and a recorded basis allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FactReported {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The column of the matrix: who may see it.
    pub category: Category,
    /// The law under which the organisation knows it.
    #[schemars(length(min = 1, max = 128))]
    pub law: String,
    /// The rule in `rules.toml` that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rule: Option<String>,
    /// The fact in one sentence.
    pub summary: Text,
    /// Since which day it holds.
    pub since: Date,
    /// The basis on which it is released: an id in `legal-bases.toml`.
    #[schemars(length(min = 1, max = 128))]
    pub legal_basis: String,
}
