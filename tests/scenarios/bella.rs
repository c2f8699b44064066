//! Bella's story ends in exactly the timeline that was written before the code.

use pretty_report::assert_same;
use scenarios::expected::{bella, bella_expected, comparable};
use scenarios::processes::Processes;
use scenarios::servers::shared_postgres;
use scenarios::worlds::embedded;

use super::play_bella;

mod pretty_report {
    use serde_json::Value;

    /// Compares row by row, so that a difference names its row.
    pub(super) fn assert_same(actual: &Value, expected: &Value) {
        let rows = |report: &Value| report["timeline"].as_array().cloned().unwrap_or_default();
        for (actual, expected) in rows(actual).iter().zip(&rows(expected)) {
            assert_eq!(actual, expected);
        }
        assert_eq!(actual, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bella_in_one_process() {
    let world = embedded(None, 1).await;
    let report = play_bella(world.doors()).await;
    world.stop().await;
    assert_same(&comparable(&report), &bella_expected());
}

#[tokio::test(flavor = "multi_thread")]
async fn bella_in_five_processes_with_postgresql_and_nats() {
    let start = bella().begins().expect("the story has lines").to_string();
    let world = Processes::start(&shared_postgres(), &start).await;
    let report = play_bella(&world.doors()).await;
    assert_same(&comparable(&report), &bella_expected());
}
