//! `measure.due`: a bridging measure has come to its end date.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::ID_PATTERN;
use crate::oin::Oin;

/// A bridging measure has come to its end date: what takes its place is for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeasureDue {
    /// The measure.
    #[schemars(regex(pattern = ID_PATTERN))]
    pub measure: String,
    /// Who took it.
    pub by: Oin,
    /// Its last day.
    pub until: Date,
}
