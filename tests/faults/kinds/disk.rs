//! A full disk, of a limited size; a slow disk, by a library that waits before every flush.

use std::time::{Duration, Instant};

use super::Came;
use crate::plan::Fault;
use crate::world::{PATIENCE, World};

pub(super) async fn full(world: &mut World, fault: &Fault) -> Came {
    let of_nats = fault.choice.is_multiple_of(2);
    let disk = if of_nats {
        &world.disks.nats
    } else {
        &world.disks.postgres
    };
    if let Some(reason) = &disk.not_mounted {
        return Came::Not(format!("no disk of limited size: {reason}"));
    }
    disk.fill();
    tokio::time::sleep(fault.lasts).await;
    disk.free();
    // What an operator does once there is room again.
    if of_nats {
        // It may go on with a stream that it can no longer write ("error opening msg block file")
        // and say nothing else: after a full disk it is started again.
        world.processes.nats.kill();
        world.processes.nats.restart();
        return Came::To("nats, which was started again".to_owned());
    }
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
