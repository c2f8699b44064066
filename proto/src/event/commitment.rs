//! `commitment.*`: what a table asks of an organisation, and what it answers and does.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::identifier::RequestId;
use crate::oin::Oin;
use crate::text::Text;

/// A table asks one organisation for a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentRequested {
    /// The request.
    pub request: RequestId,
    /// What is asked.
    pub text: Text,
    /// Who asks.
    pub by: Oin,
}

/// The organisation commits itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentMade {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The request.
    pub request: RequestId,
    /// What it will do.
    pub text: Text,
    /// The mandate under which it promises this: the id of one in the organisation's register,
    /// which the promise then has to stay inside, or words that state one.
    pub mandate: Text,
    /// The law or theme for which the mandate is used; the theme of the case when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// How much it costs at most, in euro cents, when it costs money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<i64>,
    /// The last day it will be done.
    pub due: Date,
}

/// The organisation does not commit itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentRefused {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The request.
    pub request: RequestId,
    /// Why not.
    pub reason: Text,
}

/// What was promised is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentFulfilled {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The request.
    pub request: RequestId,
    /// What came of it.
    pub result: Text,
}

/// What was promised was not done in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentLate {
    /// The request.
    pub request: RequestId,
    /// Who promised it.
    pub by: Oin,
    /// When somebody looks whether there is progress.
    pub review_at: Timestamp,
}
