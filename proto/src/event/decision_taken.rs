//! `decision.taken`: a decision was taken.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::identifier::RequestId;
use crate::oin::Oin;
use crate::text::Text;

/// What was decided, as far as it concerns this organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DecisionTaken {
    /// Who decided.
    pub by: Oin,
    /// The decision in words, for whoever may read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// The requests to this organisation that the decision rests on.
    #[serde(default)]
    pub commitments: Vec<RequestId>,
}
