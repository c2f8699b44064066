//! `urgency.claimed`, `.confirmed` and `.lapsed`: one person says that a case is urgent, a second
//! one confirms it within a working day.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::pause::MovedTerm;
use crate::acted_by::ActedBy;
use crate::oin::Oin;

/// A second person confirms the urgency: another pair of organisation and `personRef` than the
/// one who claimed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UrgencyConfirmed {
    /// Who acted.
    pub acted_by: ActedBy,
}

/// A second person confirmed it: the short terms stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmationRelayed {
    /// The organisation of whoever confirmed it; absent for who only has a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Oin>,
}

/// Somebody says that the case is urgent; short terms hold until it is confirmed, or was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UrgencyClaimed {
    /// The organisation of whoever says so.
    pub by: Oin,
    /// Until when a second person can confirm it.
    pub confirm_by: Timestamp,
}

/// Nobody confirmed it in time: short terms become ordinary ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UrgencyLapsed {
    /// The terms that move, as far as they concern this organisation.
    #[serde(default)]
    pub moved: Vec<MovedTerm>,
}
