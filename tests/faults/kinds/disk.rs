//! A full disk, of a limited size; a slow disk, by a library that waits before every flush.

use std::time::{Duration, Instant};

use super::Came;
use crate::plan::Fault;
use crate::world::{PATIENCE, World};

/// PostgreSQL's. NATS 2.12.8 does not come back from a full disk by itself, nor surely when it is
/// started again; `docs/exchange.md` says what an operator does then.
pub(super) async fn full(world: &mut World, fault: &Fault) -> Came {
    let disk = &world.disks.postgres;
    if let Some(reason) = &disk.not_mounted {
        return Came::Not(format!("no disk of limited size: {reason}"));
    }
    disk.fill();
    tokio::time::sleep(fault.lasts).await;
    disk.free();
    let start = Instant::now();
    let mut started_again = "";
    while !world.postgres.answers().await {
        assert!(start.elapsed() < PATIENCE, "PostgreSQL does not come back");
        if start.elapsed() > Duration::from_secs(5) && world.postgres.has_ended() {
            world.postgres.run();
            started_again = ", which was started again";
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Came::To(format!("postgres{started_again}"))
}

pub(super) async fn slow(world: &World, fault: &Fault) -> Came {
    let slowed = match &world.disks.slowed {
        Ok(slowed) => slowed,
        Err(reason) => return Came::Not(format!("nothing makes a disk slow here: {reason}")),
    };
    let by = 20 + fault.choice % 180;
    std::fs::write(&slowed.by, by.to_string()).expect("the folder can be written");
    tokio::time::sleep(fault.lasts).await;
    std::fs::remove_file(&slowed.by).expect("the file is there");
    Came::To(format!("postgres, by {by} ms a flush"))
}
