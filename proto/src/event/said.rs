//! `consent.withdrawn`, `objection.raised`, `.extended`, `.overdue` and `.settled`: what a person said of the sharing of
//! data, told to the organisations that hold what was shared.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{CODE_PATTERN, ID_PATTERN};

/// A person took back a consent on which something was shared: what rests on it is no longer shown at
/// the platform, and is not to be used on it further (AVG 7(3)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsentWithdrawn {
    /// The consent.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub consent: String,
    /// Whose, by the key of the person within the case.
    #[schemars(length(min = 1, max = 80))]
    pub person_key: String,
    /// The categories of data that it was about.
    pub categories: BTreeSet<String>,
}

/// A person objects to the sharing of data (AVG 21): until it is settled nothing new is shared, and
/// what was shared is not to be used further (AVG 18(1)(d)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionRaised {
    /// The objection.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub objection: String,
    /// The categories of data that it is about.
    pub categories: BTreeSet<String>,
    /// Until when the owner of the case settles it.
    pub settle_by: Timestamp,
}

/// The owner of the case takes more time to settle it, once (AVG 12(3)); it goes on standing. Why is
/// for the person to hear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionExtended {
    /// The objection.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub objection: String,
    /// Until when the owner of the case settles it now.
    pub settle_by: Timestamp,
}

/// Nobody settled it in its term; it goes on standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionOverdue {
    /// The objection.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub objection: String,
}

/// It was settled, or it was right and its ground has fallen away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionSettled {
    /// The objection.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub objection: String,
    /// `upheld`: sharing stays stopped; `overruled` or `lifted`: it goes on.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub outcome: String,
    /// The categories of data that it is about.
    pub categories: BTreeSet<String>,
}
