//! `checkpoint.published`: what the platform's log held, signed, so that nobody changes it unseen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A hash in standard base64.
const HASH_PATTERN: &str = r"^[A-Za-z0-9+/]{43}=$";

/// The platform's log had this root. Names nobody: hashes and numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckpointPublished {
    /// The checkpoint as a signed note (C2SP tlog-checkpoint): name of the log, number of events,
    /// root of the Merkle tree over them (RFC 6962), signature (Ed25519).
    #[schemars(length(min = 1, max = 4096))]
    pub note: String,
    /// The number of events of the checkpoint before it; 0 for the first.
    pub previous: u64,
    /// Proof that what that checkpoint covered is the beginning of what this one covers (RFC 6962,
    /// section 2.1.2).
    #[schemars(length(max = 64), inner(regex(pattern = HASH_PATTERN)))]
    pub proof: Vec<String>,
}
