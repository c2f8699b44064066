//! `case.registered`: the platform knows the case.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::identifier::Pseudonym;

/// The pseudonym under which this organisation and the platform speak of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseRegistered {
    /// What the organisation called it in `case.reported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 128))]
    pub own_reference: Option<String>,
    /// The pseudonym, for this organisation only.
    pub pseudonym: Pseudonym,
}
