//! Cases told end to end, on both deployments, also when the bus repeats and reorders.

#![allow(
    clippy::unwrap_used,
    reason = "a test says best where it stopped by stopping there"
)]

mod aisha;
mod bella;
mod beside;
mod citizens;
mod dog;
mod heartbeats;
mod joining;
mod mandates;
mod reordered;
mod traces;
mod willem;
mod youths;

use demo::personas;
use demo::play::{Door, Doors, Played, Report, Request, Story, play};
use scenarios::expected::{BELLA, Tale, comparable};
use serde_json::Value;

/// Plays Bella's story through these doors.
async fn play_bella(doors: &Doors) -> Report {
    tell(doors, BELLA.name, &BELLA.story()).await.report
}

/// Plays a story through these doors.
async fn tell(doors: &Doors, name: &str, story: &Story) -> Played {
    let told = play(doors, story, name, &mut |_| {}).await;
    told.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Whether a story ended as it was written, row by row, so that a difference names its row.
fn assert_ends_as_written(report: &Report, tale: &Tale) {
    let (actual, expected) = (comparable(report), tale.expected());
    let rows = |report: &Value| report["timeline"].as_array().cloned().unwrap_or_default();
    for (actual, expected) in rows(&actual).iter().zip(&rows(&expected)) {
        assert_eq!(actual, expected);
    }
    assert_eq!(actual, expected);
}

/// What somebody reads at the platform at the time of the story's last line.
async fn read(doors: &Doors, story: &Story, who: &str, path: &str) -> Value {
    let (status, body) = ask(doors, story, who, path).await;
    assert_eq!(status, 200, "{who} at {path}: {body}");
    body
}

/// The same, whatever the answer is: its status and its body.
async fn ask(doors: &Doors, story: &Story, who: &str, path: &str) -> (u16, Value) {
    let by = personas::find(who).expect("it is a persona");
    let at = story.lines.last().expect("the story has lines").at;
    let request = Request {
        door: Door::Platform,
        method: "GET".parse().expect("it is a method"),
        path,
        body: None,
        key: None,
    };
    let reply = doors.call(by, at, request).await;
    let reply = reply.unwrap_or_else(|error| panic!("{who} at {path}: {error}"));
    (reply.status, reply.body)
}
