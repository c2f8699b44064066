//! Every personal field of every story carries a marker that stands nowhere else. The stories are
//! told to the real processes; then all that these hold, answer, show and export is searched for the
//! markers, in the common encodings, and each find must be one that the matrix or the contract allows.

#![allow(
    clippy::unwrap_used,
    reason = "a test says best where it stopped by stopping there"
)]

mod askers;
mod browser;
mod collector;
mod encodings;
mod erasing;
mod finds;
mod law;
mod matrix;
mod oracle;
mod pages;
mod placed;
mod plant;
mod roles;
mod search;
mod seeded;
mod sweep;
mod telling;
mod told;
mod world;

use scenarios::expected::{AISHA, BELLA, DOG, Tale, WILLEM, YOUTHS};
use scenarios::processes::{Store, scratch};
use scenarios::servers::Postgres;

use told::told;

/// All stories.
const TALES: [&Tale; 5] = [&BELLA, &WILLEM, &AISHA, &DOG, &YOUTHS];

#[tokio::test(flavor = "multi_thread")]
async fn bella_leaves_nothing_behind() {
    let cuts = ["2026-03-09T09", "2026-04-01T09"];
    told(&BELLA, &cuts, Store::Sqlite, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bella_leaves_nothing_behind_on_postgresql() {
    let folder = scratch();
    let postgres = Postgres::start(folder.path());
    let store = Store::Postgres(postgres.url());
    told(&BELLA, &["2026-03-30T09"], store, Some(&postgres)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn willem_leaves_nothing_behind() {
    told(
        &WILLEM,
        &["2026-06-09T08", "2026-06-15T08"],
        Store::Sqlite,
        None,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn aisha_leaves_nothing_behind() {
    told(&AISHA, &["2026-09-14T08"], Store::Sqlite, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_assistance_dog_leaves_nothing_behind() {
    told(&DOG, &["2026-10-19T08"], Store::Sqlite, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_youths_leave_nothing_behind() {
    told(&YOUTHS, &[], Store::Sqlite, None).await;
}
