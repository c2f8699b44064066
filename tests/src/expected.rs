//! The expected timelines, written by hand before the code.

use demo::play::{Report, Story};
use serde_json::Value;

/// A story, and the timeline that was written for it.
#[derive(Debug)]
pub struct Tale {
    /// Its name; the keys of its requests begin with it.
    pub name: &'static str,
    /// Its lines, as they are written.
    pub text: &'static str,
    expected: &'static str,
}

macro_rules! tale {
    ($name:literal) => {
        Tale {
            name: $name,
            text: include_str!(concat!("../scenarios/", $name, ".ndjson")),
            expected: include_str!(concat!("../scenarios/", $name, ".expected.json")),
        }
    };
}

/// Up to the national table and back.
pub const BELLA: Tale = tale!("bella");
/// Solved within the rules, inside one organisation.
pub const WILLEM: Tale = tale!("willem");
/// Money that can be tailored, and scarcity that cannot.
pub const AISHA: Tale = tale!("aisha");
/// Two organisations that share a fund.
pub const DOG: Tale = tale!("dog");
/// Twenty cases and one signal.
pub const YOUTHS: Tale = tale!("youths");

impl Tale {
    /// The story.
    pub fn story(&self) -> Story {
        Story::parse(self.text).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// What it must end in.
    pub fn expected(&self) -> Value {
        serde_json::from_str(self.expected).expect("the expectation is JSON")
    }
}

/// Bella's story.
pub fn bella() -> Story {
    BELLA.story()
}

/// What Bella's story must end in.
pub fn bella_expected() -> Value {
    BELLA.expected()
}

/// A report in the form of the expectation: receipts are left out of what was sent.
pub fn comparable(report: &Report) -> Value {
    let mut report = serde_json::to_value(report).expect("a report is JSON");
    if let Some(sent) = report["sent"].as_object_mut() {
        for events in sent.values_mut().filter_map(Value::as_array_mut) {
            events.retain(|event| {
                !event
                    .as_str()
                    .is_some_and(|event| event.starts_with("input."))
            });
        }
    }
    report
}

/// What must be equal even when the order between different senders is not: where the case
/// ended, and how often each thing happened through whom.
pub fn gist(report: &Value) -> Value {
    let mut happenings: Vec<String> = report["timeline"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| format!("{} {} {}", row["kind"], row["organisation"], row["role"]))
        .collect();
    happenings.sort();
    serde_json::json!({ "case": report["case"], "happenings": happenings })
}
