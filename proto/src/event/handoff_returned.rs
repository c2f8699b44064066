//! `handoff.returned`: what was accepted goes back, as an offer of its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::identifier::HandoffId;
use crate::oin::Oin;
use crate::text::Text;

/// An organisation gives back what it had accepted. Until the sender accepts it, whoever gives it
/// back is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandoffReturned {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The handoff that was accepted.
    pub handoff: HandoffId,
    /// The new handoff with which it goes back: a UUIDv7 that this organisation chooses, or the
    /// platform when it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<HandoffId>,
    /// Why; the sender reads it after accepting.
    pub reason: Text,
}

/// The sender hears that what it handed over comes back. The card of the offer follows as
/// `handoff.offered`; the reason is opened after acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReturnRelayed {
    /// The handoff that was accepted.
    pub handoff: HandoffId,
    /// The handoff with which it comes back.
    pub back: HandoffId,
    /// Who gives it back.
    pub by: Oin,
    /// Who owns the case now.
    pub owner: Oin,
}
