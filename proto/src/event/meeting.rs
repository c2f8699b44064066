//! `meeting.invited`, `.rescheduled`, `.cancelled` and `minutes.adopted`: what an organisation hears of
//! the meetings of a table. Which cases are on the agenda, it sees at the platform, as far as it may;
//! what is asked of it in a case comes as `commitment.requested` of that case.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{CODE_PATTERN, ID_PATTERN};
use crate::oin::Oin;

/// A table invites this organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingInvited {
    /// The meeting.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub meeting: String,
    /// Whose table.
    pub body: Oin,
    /// Of which rung.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub rung: String,
    /// When it meets.
    pub at: Timestamp,
    /// The person at this organisation, by the key in its register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = ID_PATTERN))]
    pub contact: Option<String>,
}

/// The table meets at another moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingRescheduled {
    /// The meeting.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub meeting: String,
    /// When it meets now.
    pub at: Timestamp,
}

/// The meeting was called off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingCancelled {
    /// The meeting.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub meeting: String,
}

/// The minutes stand: what was promised is told in each case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MinutesAdopted {
    /// The meeting.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub meeting: String,
}
