//! `handoff.withdrawn`: an offer is taken back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::identifier::HandoffId;
use crate::oin::Oin;
use crate::text::Text;

/// The sender takes its offer back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandoffWithdrawn {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The handoff.
    pub handoff: HandoffId,
    /// Why.
    pub reason: Text,
}

/// Everybody concerned hears that an offer is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WithdrawalRelayed {
    /// The handoff.
    pub handoff: HandoffId,
    /// Why, as far as the receiver may know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// Who owns the case now.
    pub owner: Oin,
}
