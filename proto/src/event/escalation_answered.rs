//! `escalation.acknowledged`, `.returned`, `.refused` and `.expired`, and the terms that passed on
//! the way (`acknowledgement.overdue`, `completion.expired`, `explanation.overdue`): what became of
//! a request to be admitted to a higher rung. Codes and dates only: what the admitting body wrote beside it is
//! read at the platform.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{CODE_PATTERN, TriageReason};
use crate::text::Text;

/// The request was seen: the ladder waits until the review, and no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EscalationAcknowledged {
    /// The request; absent where silence made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Uuid>,
    /// The rung asked for.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// When it is looked at again; without progress the case then moves on.
    pub review_at: Timestamp,
}

/// The request came back with named items missing; it can be completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EscalationReturned {
    /// The request; absent where silence made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Uuid>,
    /// The rung asked for.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// The items that are missing, as the ladder names them.
    #[serde(default)]
    #[schemars(inner(regex(pattern = CODE_PATTERN)))]
    pub missing: Vec<String>,
    /// Until when it can be completed.
    pub complete_by: Timestamp,
}

/// The case is not admitted to that rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EscalationRefused {
    /// The request; absent where silence made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Uuid>,
    /// The rung asked for.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// Why. Whether the need is real is no reason that exists.
    pub reason: TriageReason,
}

/// Nobody answered the request in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EscalationExpired {
    /// The request; absent where silence made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Uuid>,
    /// The rung asked for.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// When the process climbs by itself, if nobody has done anything by then.
    pub climb_at: Timestamp,
    /// Whom to warn in the organisation that gets this: its own references for its employees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<Text>,
}

/// Nobody said a first word on the request in its term. It waits on for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AcknowledgementOverdue {
    /// The request; absent where silence made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Uuid>,
    /// The rung asked for.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// Until when it is to be answered.
    pub answer_by: Timestamp,
    /// Whom to warn in the organisation that gets this: its own references for its employees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<Text>,
}

/// A request that came back was not completed in its term; the case is where it was before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompletionExpired {
    /// The request; absent where silence made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Uuid>,
    /// The rung asked for.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// When somebody looks whether there is progress; absent for who sees the card only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_at: Option<Timestamp>,
    /// Whom to warn in the organisation that gets this: its own references for its employees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<Text>,
}

/// The owner let the term pass to give or explain what the rung asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExplanationOverdue {
    /// The request; absent where silence made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Uuid>,
    /// The rung asked for.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// The items that are neither given nor explained, as the ladder names them.
    #[serde(default)]
    #[schemars(inner(regex(pattern = CODE_PATTERN)))]
    pub unexplained: Vec<String>,
    /// Until when they are given or explained now; to owner and raiser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain_by: Option<Timestamp>,
    /// Whom to warn in the organisation that gets this: its own references for its employees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<Text>,
}
