//! Cases told end to end, on both deployments, also when the bus repeats and reorders.

mod bella;
mod reordered;

use demo::play::{Doors, Report, play};
use scenarios::expected;

/// Plays Bella's story through these doors.
async fn play_bella(doors: &Doors) -> Report {
    let told = play(doors, &expected::bella(), "bella", &mut |_| {}).await;
    told.unwrap_or_else(|error| panic!("{error}")).report
}
