//! `input.stored` and `input.refused`: the platform's answer to each event it was sent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::InvalidParam;
use crate::codes::CODE_PATTERN;

/// The platform stored it durably; the sender may take it from its outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InputStored {
    /// The id of the event that the organisation sent.
    #[schemars(length(min = 1, max = 128))]
    pub input: String,
    /// The ids of the platform's events it became.
    #[serde(default)]
    pub events: Vec<String>,
    /// The position of the last of them in the platform's log.
    pub position: u64,
}

/// The platform refused it, for good: sending it again gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InputRefused {
    /// The id of the event that the organisation sent.
    #[schemars(length(min = 1, max = 128))]
    pub input: String,
    /// Why, as a code.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: String,
    /// Why, in words.
    pub text: String,
    /// What exactly is wrong with its data.
    #[serde(default)]
    pub invalid_params: Vec<InvalidParam>,
}
