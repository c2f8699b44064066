//! `owner.changed`: another organisation owns the case.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::identifier::HandoffId;
use crate::oin::Oin;

/// The case has another owner; there is exactly one, always.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnerChanged {
    /// Who owned it.
    pub from: Oin,
    /// Who owns the case now.
    pub owner: Oin,
    /// The handoff that was accepted.
    pub handoff: HandoffId,
}
