//! A cut and a slow network: of one service to one server, or of all services to it.

use std::time::Duration;

use super::Came;
use crate::plan::Fault;
use crate::proxy::Line;
use crate::world::{Server, World};

/// The longest delay of a slow line, in milliseconds.
const SLOWEST: usize = 150;

pub(super) async fn cut(world: &World, fault: &Fault) -> Came {
    // Half of the cuts are noticed at once, of the others nobody is told.
    let (line, how) = match fault.choice / 2 % 2 {
        0 => (Line::Cut, "broken"),
        _ => (Line::Silent, "silent"),
    };
    let to = disturb(world, fault, line).await;
    Came::To(format!("{to}, {how}"))
}

pub(super) async fn slow(world: &World, fault: &Fault) -> Came {
    let by = 20 + fault.choice / 7 % (SLOWEST - 20);
    let delay = Duration::from_millis(u64::try_from(by).unwrap_or_default());
    let to = disturb(world, fault, Line::Slow(delay)).await;
    Came::To(format!("{to}, by {by} ms"))
}

async fn disturb(world: &World, fault: &Fault, state: Line) -> String {
    let server = match fault.choice % 2 {
        0 => Server::Nats,
        _ => Server::Postgres,
    };
    let services = world.services();
    // One in three disturbs everybody.
    let among = services.len() * 3 / 2;
    let hit = services.get(fault.choice / 4 % among);
    let lines = world.lines.iter();
    let lines: Vec<_> = lines
        .filter(|((name, to), _)| *to == server && hit.is_none_or(|hit| hit == name))
        .collect();
    for (_, proxy) in &lines {
        proxy.set(state);
    }
    tokio::time::sleep(fault.lasts).await;
    for (_, proxy) in &lines {
        proxy.set(Line::Open);
    }
    let who = hit.map_or("everybody", String::as_str);
    format!("{who} to {server:?}")
}
