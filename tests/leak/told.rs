//! One story told and searched, then everybody in it erased and all searched again.

use jiff::Timestamp;
use scenarios::expected::Tale;
use scenarios::processes::Store;
use scenarios::servers::Postgres;

use crate::pages::{DUTCH, LANGUAGES};
use crate::plant::plant;
use crate::telling::Telling;
use crate::world::{Kept, World};

/// Tells a story in parts, and looks at everything after each part, at the end, and when everybody
/// was erased.
pub(crate) async fn told(tale: &Tale, cuts: &[&str], store: Store, postgres: Option<&Postgres>) {
    let planted = plant(tale.name, tale.text);
    let mut telling = Telling::new(tale.name, &planted.text, cuts);
    let mut world = World::start(planted, store, postgres, true).await;
    let mut at = Timestamp::UNIX_EPOCH;
    for part in 0..telling.parts() {
        at = telling.tell(part, &world.doors).await;
        if part + 1 < telling.parts() {
            world.answers("answers", at, &telling, Kept::All).await;
            world.pages("pages", &telling, Kept::All, DUTCH).await;
        }
    }
    world.text("what playing says", tale.name, &telling.said);
    world.ask_for_access(at, &telling).await;
    world
        .answers("answers", at, &telling, Kept::AllForEachRole)
        .await;
    world
        .pages("pages", &telling, Kept::AllForEachRole, LANGUAGES)
        .await;
    world.refusals(at).await;
    world.typed(&telling).await;
    world.traces("traces").await;
    world.files(false);
    world.erase(at, &telling).await;
    world
        .answers("answers after erasure", at, &telling, Kept::Nothing)
        .await;
    world
        .pages("pages after erasure", &telling, Kept::Nothing, DUTCH)
        .await;
    world.traces("traces after erasure").await;
    world.files(true);
    world.finish(tale.name);
}
