//! `escalation.requested`: the case should climb a rung, and the card that the body asked sees.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::acted_by::ActedBy;
use crate::check::one_of_fields;
use crate::codes::{AgeBand, CODE_PATTERN, Origin, Tier};
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

/// What the body that is asked sees before it admits a case: codes and dates only. There is no
/// field for free text or identity, so a request that silence made discloses none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EscalationCard {
    /// The request, for answering it at the platform; absent where silence made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Uuid>,
    /// The rung asked for.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// The tier of that rung.
    pub tier: Tier,
    /// What led to it.
    pub origin: Origin,
    /// The theme.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub theme: String,
    /// The rules in `rules.toml` that are in collision.
    #[serde(default)]
    #[schemars(inner(regex(pattern = CODE_PATTERN)))]
    pub rules: Vec<String>,
    /// How old the person is whom it is about; absent when the case names no person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_band: Option<AgeBand>,
    /// Answer within the urgent term.
    #[serde(default)]
    pub urgent: bool,
    /// When the request expires.
    pub answer_by: Timestamp,
    /// Items that the rung asks for and that are neither given nor explained yet.
    #[serde(default)]
    #[schemars(inner(regex(pattern = CODE_PATTERN)))]
    pub unexplained: Vec<String>,
    /// Until when the owner gives or explains them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain_by: Option<Timestamp>,
}
