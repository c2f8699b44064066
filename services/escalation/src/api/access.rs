//! Who saw what: for the privacy officer, and for the citizen who asks.

mod log;
mod looks;
mod report;
mod requests;

use std::collections::BTreeMap;

use account::{AccessLine, Outcome};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

pub(super) use log::{AccessSeen, read};
pub(super) use looks::looks;
pub(super) use report::{AccessReport, report};
pub(super) use requests::{RequestMade, RequestSeen, record};

/// Somebody looked; which employee it was, is not told.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LookSeen {
    /// When.
    at: String,
    /// The OIN of the organisation.
    organisation: String,
    /// In which role, or roles joined by `+`.
    role: String,
    /// What was done, as the description of this API calls it.
    operation: String,
    /// What for.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
    /// The entry of the register of processing activities; it has the legal basis.
    activity: String,
    /// `answered`, `denied` or `failed`; only what was answered showed anything.
    result: &'static str,
    /// Per category of data how much was shown: `full`, `masked`, `pseudonym` or `none`.
    shown: BTreeMap<String, String>,
}

impl From<&AccessLine> for LookSeen {
    fn from(line: &AccessLine) -> Self {
        let shown = line.shown.iter();
        Self {
            at: moment(line.at),
            organisation: line.organisation.clone(),
            role: line.role.clone(),
            operation: line.operation.clone(),
            purpose: line.purpose.clone(),
            activity: line.processing_activity_id.clone(),
            result: match line.result {
                Outcome::Answered => "answered",
                Outcome::Denied => "denied",
                Outcome::Failed => "failed",
            },
            shown: shown
                .map(|(category, shown)| (category.clone(), shown.strength.clone()))
                .collect(),
        }
    }
}

/// A moment of the logs in words.
pub(super) fn moment(millis: i64) -> String {
    Timestamp::from_millisecond(millis).map_or_else(|_| millis.to_string(), |at| at.to_string())
}
