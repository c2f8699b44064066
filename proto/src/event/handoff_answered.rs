//! `handoff.answered`: the answer, and how it is passed on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::codes::{Answer, DeclineReason};
use crate::identifier::HandoffId;
use crate::oin::Oin;
use crate::text::Text;

/// The answer to an offer. Declining without a reason is impossible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend(
    "if" = { "properties": { "answer": { "const": "declined" } }, "required": ["answer"] },
    "then" = { "properties": { "reason": { "type": "string" } }, "required": ["reason"] }
))]
pub struct HandoffAnswered {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The handoff.
    pub handoff: HandoffId,
    /// The answer.
    pub answer: Answer,
    /// Why it is declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DeclineReason>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// What is offered or advised instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<Text>,
}

/// The answer as both organisations get it, through whichever door it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnswerRelayed {
    /// The handoff.
    pub handoff: HandoffId,
    /// The answer.
    pub answer: Answer,
    /// Why it is declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DeclineReason>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// What is offered or advised instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<Text>,
    /// Who owns the case now.
    pub owner: Oin,
    /// Who answered.
    pub by: Oin,
}
