//! `pass.issued`: somebody took a pass into a case in an emergency.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::ID_PATTERN;
use crate::oin::Oin;

/// Somebody took a pass into a case in an emergency: for the privacy officer, at once. It names no
/// person and gives no reason; both stand at the platform for who may read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PassIssued {
    /// The pass.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub pass: String,
    /// The organisation of who took it.
    pub holder: Oin,
    /// The categories of data that it opens.
    pub categories: BTreeSet<String>,
    /// Until when.
    pub until: Timestamp,
    /// Until when the privacy officer looks whether there was reason for it.
    pub review_by: Timestamp,
}
