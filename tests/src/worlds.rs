//! Worlds in this process.

use bus::Faults;
use demo::embedded::{Ports, World, WorldConfig};
use demo::play::{Doors, Story};
use demo::services::PartyService;
use tempfile::TempDir;

use crate::expected;

/// The whole product in this process, in a folder that goes with it.
pub struct Embedded {
    world: World,
    folder: TempDir,
}

/// Starts the whole product in this process, its clocks where Bella's story begins.
pub async fn embedded(faults: Option<Faults>, seed: u64) -> Embedded {
    begin(&expected::bella(), faults, seed).await
}

/// The same, its clocks where this story begins.
pub async fn embedded_for(story: &Story) -> Embedded {
    begin(story, None, 1).await
}

async fn begin(story: &Story, faults: Option<Faults>, seed: u64) -> Embedded {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let config = WorldConfig {
        folder: folder.path().to_owned(),
        faults,
        start: story.begins(),
        seed: Some(seed),
        ports: Ports::Free,
        plain: false,
        doors: std::collections::BTreeMap::new(),
    };
    let world = World::start(config)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    Embedded { world, folder }
}

impl Embedded {
    /// The ways in.
    pub fn doors(&self) -> &Doors {
        self.world.doors()
    }

    /// Stops one party's service; until it is started again the doors do without it.
    pub async fn stop_party(&mut self, service: PartyService) {
        let stopped = self.world.stop_party(service).await;
        stopped.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Starts a party's service again on what it had.
    pub async fn start_party(&mut self, service: PartyService) {
        let started = self.world.start_party(service).await;
        started.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Stops everything.
    pub async fn stop(self) {
        self.world.stop().await;
        drop(self.folder);
    }
}
