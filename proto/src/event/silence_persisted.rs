//! `silence.persisted`: nobody moved after silence, and there is no rung to climb to.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::CODE_PATTERN;
use crate::text::Text;

/// Nobody moved after silence, and there is no rung to climb to. It is said again after each term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SilencePersisted {
    /// The rung on which the case stands.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// When it is said again, if nobody has done anything by then; absent for who sees the card
    /// only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_at: Option<Timestamp>,
    /// Whom to warn in the organisation that gets this: its own references for its employees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<Text>,
}
