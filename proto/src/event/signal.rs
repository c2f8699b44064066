//! `signal.assigned`, `.answered`, `.overdue`, `.step-recorded` and `.closed`: a structural signal, told to
//! who can act and back to who raised it. It is about the system and names nobody.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{CODE_PATTERN, ID_PATTERN};
use crate::oin::Oin;
use crate::text::Text;

/// This organisation can act, and is expected to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalAssigned {
    /// The signal.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub signal: String,
    /// What it is about: `scarcity`, `pattern`, `obstacle` or `unease`.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub kind: String,
    /// Its theme.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub theme: String,
    /// Its region; everywhere when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub region: Option<String>,
    /// The rule that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rule: Option<String>,
    /// What would have to change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub target: Option<String>,
    /// Who raised it.
    pub by: Oin,
    /// The person at this organisation, by the key in its register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = ID_PATTERN))]
    pub contact: Option<String>,
    /// How many cases show it; absent when so few could point at a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<u32>,
    /// Until when an answer is expected.
    pub answer_by: Timestamp,
}

/// Who can act answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalAnswered {
    /// The signal.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub signal: String,
    /// Who answered.
    pub by: Oin,
    /// `will_change`, `will_not_change`, `already_possible` or `needs_other_owner`.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub answer: String,
    /// Why, and what can be expected.
    pub text: Text,
    /// Until when the next thing is expected.
    pub act_by: Timestamp,
}

/// What was waited for did not come in its term: an owner, an answer, or the next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalOverdue {
    /// The signal.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub signal: String,
    /// Whose silence; absent when nobody has it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Oin>,
    /// Until when it is waited for again.
    pub until: Timestamp,
}

/// A step towards the promised change was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalStepRecorded {
    /// The signal.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub signal: String,
    /// Who took it.
    pub by: Oin,
    /// `effect_named`, `tried_in_practice`, `laid_down` or `checked`.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub step: String,
}

/// It ended: what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalClosed {
    /// The signal.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub signal: String,
    /// What came of it.
    pub result: Text,
}
