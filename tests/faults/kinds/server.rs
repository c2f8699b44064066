//! kill -9 of a server, which is started again after a while.

use super::Came;
use crate::plan::Fault;
use crate::world::World;

pub(super) async fn kill_nats(world: &mut World, fault: &Fault) -> Came {
    world.processes.nats.kill();
    tokio::time::sleep(fault.lasts).await;
    world.processes.nats.restart();
    Came::To("nats".to_owned())
}

pub(super) async fn kill_postgres(world: &mut World, fault: &Fault) -> Came {
    world.postgres.kill();
    tokio::time::sleep(fault.lasts).await;
    world.postgres.run();
    Came::To("postgres".to_owned())
}
