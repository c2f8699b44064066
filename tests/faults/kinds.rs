//! Each kind of fault: how it is made and how it is lifted.

mod clock;
mod disk;
mod hang;
mod network;
mod server;
mod service;

use crate::plan::{Fault, Kind};
use crate::world::World;

/// What became of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// It happened, to this.
    To(String),
    /// It could not be made here, and why.
    Not(String),
}

/// Makes a fault, waits as long as it lasts, and lifts it.
pub(crate) async fn happen(world: &mut World, fault: &Fault) -> Came {
    match fault.kind {
        Kind::KillService => service::kill(world, world.replicas(), fault).await,
        Kind::KillParty | Kind::Away => service::kill(world, parties(world), fault).await,
        Kind::KillNats => server::kill_nats(world, fault).await,
        Kind::KillPostgres => server::kill_postgres(world, fault).await,
        Kind::CutNetwork => network::cut(world, fault).await,
        Kind::SlowNetwork => network::slow(world, fault).await,
        Kind::FullDisk => disk::full(world, fault).await,
        Kind::SlowDisk => disk::slow(world, fault).await,
        Kind::ClockJump => clock::jump(world, fault).await,
        Kind::Hang => hang::stop(world, fault).await,
    }
}

fn parties(world: &World) -> Vec<String> {
    let replicas = world.replicas();
    let mut services = world.services();
    services.retain(|name| !replicas.contains(name));
    services
}

/// One of several.
fn pick<T: Clone>(of: &[T], fault: &Fault) -> T {
    of[fault.choice % of.len()].clone()
}
