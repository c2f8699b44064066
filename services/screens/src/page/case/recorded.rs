//! What was recorded in a case beside its course: how the citizen sees it, bridging measures, and
//! how it ended.

use jiff::{Timestamp, civil::Date};

/// How the citizen saw the situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Perspective {
    /// When that was recorded, when the reader may know; that of the report has no moment of its own.
    pub at: Option<Timestamp>,
    /// In the citizen's words, or close to them.
    pub text: String,
}

/// A bridging measure (domain, section d2): it has an end, and somebody who watches over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// `running`, `due` or `ended`.
    pub status: String,
    /// Who took it.
    pub by: Option<String>,
    /// Who watches over its end.
    pub watcher: Option<String>,
    /// Its last day.
    pub until: Option<Date>,
    /// What it is.
    pub text: Option<String>,
    /// What came of it.
    pub result: Option<String>,
}

impl Bridge {
    pub(crate) fn tone(&self) -> &'static str {
        match self.status.as_str() {
            "due" => "stop",
            "ended" => "good",
            _ => "plain",
        }
    }
}

/// What stands at the end of a case: how it ended, what was learnt, and why it was opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The kind of event.
    pub kind: String,
    /// How the case ended, coded.
    pub outcome: Option<String>,
    /// What the lesson asks for, coded.
    pub lesson: Option<String>,
    /// Whether it was recorded that there is nothing to learn.
    pub nothing_learnt: bool,
    /// Looking back, the lesson, or why.
    pub text: Option<String>,
}
