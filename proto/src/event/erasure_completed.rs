//! `erasure.completed`: the platform erased personal data of a case.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::CODE_PATTERN;

/// The platform erased personal data of the case. What this organisation keeps in its own files
/// follows its own terms; whether this is a reason to look at them is for the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErasureCompleted {
    /// What: `case`, `person` or `category`; never who.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub scope: String,
    /// Why: `request`, `unlawful` or `term_ended`.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub reason: String,
}
