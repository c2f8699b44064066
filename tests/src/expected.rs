//! The expected timelines, written by hand before the code.

use demo::play::{Report, Story};
use serde_json::Value;

/// Bella's story, as it is played.
pub const BELLA: &str = include_str!("../scenarios/bella.ndjson");

/// What it must end in.
const BELLA_EXPECTED: &str = include_str!("../scenarios/bella.expected.json");

/// Bella's story.
pub fn bella() -> Story {
    Story::parse(BELLA).expect("the story is valid")
}

/// What Bella's story must end in.
pub fn bella_expected() -> Value {
    serde_json::from_str(BELLA_EXPECTED).expect("the expectation is JSON")
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
