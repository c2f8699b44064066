//! A process that hangs: it is there, holds its connections, and does nothing.

use std::process::Command;

use super::{Came, parties, pick};
use crate::plan::Fault;
use crate::world::World;

pub(super) async fn stop(world: &mut World, fault: &Fault) -> Came {
    // A party in the first place; one of four an escalation service.
    let among = match fault.choice / 8 % 4 {
        0 => world.replicas(),
        _ => parties(world),
    };
    let name = pick(&among, fault);
    let pid = world.process(&name).pid().expect("it runs").to_string();
    signal("-STOP", &pid);
    tokio::time::sleep(fault.lasts).await;
    signal("-CONT", &pid);
    Came::To(name)
}

fn signal(signal: &str, pid: &str) {
    let sent = Command::new("kill").args([signal, pid]).status();
    assert!(sent.is_ok_and(|sent| sent.success()), "kill {signal} {pid}");
}
