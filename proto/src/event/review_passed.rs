//! `review.passed`: somebody looked whether there is progress.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The review of a case came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewPassed {
    /// Whether anything happened since the last one.
    pub progress: bool,
    /// When the next one is.
    pub review_at: Timestamp,
}
