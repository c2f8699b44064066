//! `pass.review-overdue`: nobody looked in time whether there was reason for a pass.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::ID_PATTERN;

/// Nobody looked in time whether there was reason for a pass that was taken in an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PassReviewOverdue {
    /// The pass.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub pass: String,
    /// Until when it is asked for again.
    pub review_by: Timestamp,
}
