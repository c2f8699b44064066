//! `escalation.requested`: the case should climb a rung.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::check::one_of_fields;
use crate::codes::CODE_PATTERN;
use crate::text::Text;

/// A request to be admitted to a higher rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EscalationRequested {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The rung asked for; absent means the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub to_rung: Option<String>,
    /// For each item that the rung asks for: what is there, or why it is not.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Loss of home or income, or safety, is imminent.
    #[serde(default)]
    pub urgent: bool,
    /// Why rungs in between are skipped: a code such as `no_competent_body`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub skip_reason: Option<String>,
    /// The basis on which the next rung may read the case: an id in `legal-bases.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 128))]
    pub legal_basis: Option<String>,
}

/// One item of evidence: comply, or explain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("anyOf" = one_of_fields(&["text", "explanation"])))]
pub struct Evidence {
    /// The item as the ladder names it.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub item: String,
    /// What was done or found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Why the item is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Text>,
}
