//! `handoff.opened`: what the receiver may read after acceptance.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::CODE_PATTERN;
use crate::codes::Category;
use crate::identifier::HandoffId;
use crate::oin::Oin;
use crate::person::Person;
use crate::text::Text;

/// The content of a handoff, as far as the matrix allows this receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandoffOpened {
    /// The handoff.
    pub handoff: HandoffId,
    /// Who offered.
    pub from: Oin,
    /// What the sender wrote for the receiver.
    pub summary: Text,
    /// The story of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<Text>,
    /// What should come of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desired_outcome: Option<Text>,
    /// Whom it is about, without person numbers: those come sealed in `identity.shared`.
    #[serde(default)]
    pub persons: Vec<Person>,
    /// What other organisations released and this receiver may see.
    #[serde(default)]
    pub facts: Vec<KnownFact>,
}

/// A fact that another organisation released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KnownFact {
    /// Who released it.
    pub by: Oin,
    /// The column of the matrix.
    pub category: Category,
    /// The law under which it is known.
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
}
