//! `heartbeat.sent`: silence is noticed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The organisation's service is alive; there is nothing more to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HeartbeatSent {}
