//! `counter.answered` and `counter.expired`: what became of something else that was offered
//! instead.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::acted_by::ActedBy;
use crate::codes::CODE_PATTERN;
use crate::identifier::HandoffId;
use crate::oin::Oin;

/// The sender of a handoff answers what was offered instead. Refusing without a reason is
/// impossible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("if" = refused(), "then" = with_reason()))]
pub struct CounterAnswered {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The handoff that was countered.
    pub handoff: HandoffId,
    /// Whether the alternative is taken.
    pub accepted: bool,
    /// Why not, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
}

fn refused() -> Value {
    json!({ "properties": { "accepted": { "const": false } }, "required": ["accepted"] })
}

fn with_reason() -> Value {
    json!({ "properties": { "reason": { "type": "string" } }, "required": ["reason"] })
}

/// That answer as everybody concerned gets it. When the alternative is taken the handoff counts
/// as accepted, and its receiver gets `handoff.opened`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CounterAnswerRelayed {
    /// The handoff that was countered.
    pub handoff: HandoffId,
    /// Whether the alternative is taken.
    pub accepted: bool,
    /// Why not, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: Option<String>,
    /// The receiver of the handoff, who offered the alternative.
    pub receiver: Oin,
    /// Who owns the case now.
    pub owner: Oin,
    /// Who answered.
    pub by: Oin,
}

/// The sender let the term to answer the alternative pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CounterExpired {
    /// The handoff that was countered.
    pub handoff: HandoffId,
    /// Who owns the case now.
    pub owner: Oin,
}
