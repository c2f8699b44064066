//! Bella's story ends in exactly the timeline that was written before the code.

use scenarios::expected::{BELLA, bella};
use scenarios::processes::Processes;
use scenarios::servers::shared_postgres;
use scenarios::worlds::embedded;

use super::{assert_ends_as_written, play_bella};

#[tokio::test(flavor = "multi_thread")]
async fn bella_in_one_process() {
    let world = embedded(None, 1).await;
    let report = play_bella(world.doors()).await;
    world.stop().await;
    assert_ends_as_written(&report, &BELLA);
}

#[tokio::test(flavor = "multi_thread")]
async fn bella_in_five_processes_with_postgresql_and_nats() {
    let start = bella().begins().expect("the story has lines").to_string();
    let world = Processes::start(&shared_postgres(), &start).await;
    let report = play_bella(&world.doors()).await;
    assert_ends_as_written(&report, &BELLA);
}
