//! `advice.asked`, `.given` and `.expired`: one organisation asks another for advice, without
//! personal data.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::codes::{CODE_PATTERN, ID_PATTERN};
use crate::oin::Oin;
use crate::text::Text;

/// The advice. It names nobody, as the question did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceGiven {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The question.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub consultation: String,
    /// The advice.
    pub answer: Text,
}

/// An organisation is asked for advice. The question names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceAsked {
    /// The question's id.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub consultation: String,
    /// Who asks.
    pub by: Oin,
    /// The question.
    pub question: Text,
    /// The theme.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub theme: String,
    /// Until when it is answered.
    pub answer_by: Timestamp,
}

/// Whoever asked gets the advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceRelayed {
    /// The question's id.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub consultation: String,
    /// Who gives it.
    pub by: Oin,
    /// The advice.
    pub answer: Text,
}

/// Nobody gave the advice in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdviceExpired {
    /// The question's id.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub consultation: String,
    /// Who was asked.
    pub of: Oin,
}
