//! `handoff.reminded`: half of the answer term has passed.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::identifier::HandoffId;
use crate::oin::Oin;

/// A reminder to the receiver that an answer is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandoffReminded {
    /// The handoff.
    pub handoff: HandoffId,
    /// When the offer expires.
    pub answer_by: Timestamp,
    /// Who owns the case now.
    pub owner: Oin,
}
