//! What one line of each log says.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// How an operation ended, in the words of the Logboek Dataverwerkingen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It came to nothing and no technology failed: denied, or not found.
    Unset,
    /// It was done.
    Ok,
    /// A technical failure.
    Error,
}

/// One line of the processing log. It names no employee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessingLine {
    /// The trace: 16 bytes as hexadecimal digits.
    pub trace_id: String,
    /// The line's own id in the trace: 8 bytes as hexadecimal digits.
    pub span_id: String,
    /// The line that this one is a part of.
    pub parent_span_id: Option<String>,
    /// The OIN of the controller whose processing it is.
    pub controller: String,
    /// How it ended.
    pub status: Status,
    /// The name of the operation.
    pub name: String,
    /// When it began, in milliseconds since 1970.
    pub start_time: i64,
    /// When it ended, in milliseconds since 1970.
    pub end_time: i64,
    /// `dpl.core.processing_activity_id`: the address of an entry of the register.
    pub processing_activity_id: String,
    /// `dpl.core.data_subject_id`: whose data, as a pseudonym of this controller.
    pub data_subject_id: Option<String>,
    /// `dpl.core.data_subject_id_type`: what kind of pseudonym.
    pub data_subject_id_type: Option<String>,
    /// `dpl.core.foreign_operation.processor`: the OIN of whom the data went to.
    pub foreign_operation_processor: Option<String>,
}

/// What came of an attempt to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was answered.
    Answered,
    /// It was refused, or is not there for who asked.
    Denied,
    /// Something failed; nothing was shown.
    Failed,
}

/// How much of one category of data was shown, and by which policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// `full`, `masked`, `pseudonym` or `none`.
    pub strength: String,
    /// The ids of the policies that permitted it.
    pub policies: BTreeSet<String>,
}

/// One line of the access log: who looked at what, and why that was permitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLine {
    /// The line's id.
    pub id: String,
    /// The trace that it shares with lines of the processing log.
    pub trace_id: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The OIN of the organisation whose user looked.
    pub organisation: String,
    /// The organisation's own opaque name for the user.
    pub person_ref: String,
    /// The role, or the roles joined by `+`, in which was looked.
    pub role: String,
    /// The application that the user's token was issued to.
    pub client: String,
    /// The operation.
    pub operation: String,
    /// The entry of the register that the operation belongs to; it has the legal basis.
    pub processing_activity_id: String,
    /// What it was for.
    pub purpose: Option<String>,
    /// The ground that was recorded for this look, where one has to be.
    pub ground: Option<String>,
    /// What came of it.
    pub result: Outcome,
    /// Per category of data how much was shown.
    pub shown: BTreeMap<String, Shown>,
    /// Whether access was taken in an emergency, outside what the policies give.
    pub emergency: bool,
    /// What was looked at.
    pub objects: BTreeSet<String>,
}

/// Lines that are stored together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// For the access log.
    pub access: Vec<AccessLine>,
    /// For the processing log.
    pub processing: Vec<ProcessingLine>,
}

impl Lines {
    /// Whether there is nothing to store.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.access.is_empty() && self.processing.is_empty()
    }
}
