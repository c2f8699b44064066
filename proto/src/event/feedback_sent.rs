//! `feedback.sent`: the raiser hears what came of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::oin::Oin;
use crate::text::Text;

/// What the raiser needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackSent {
    /// Who tells.
    pub by: Oin,
    /// The feedback.
    pub text: Text,
}
