//! A jump of our own clocks: first one service lives in the past, then all jump ahead, one after
//! the other, over deadlines.

use jiff::SignedDuration;

use super::{Came, pick};
use crate::plan::Fault;
use crate::world::World;

pub(super) async fn jump(world: &World, fault: &Fault) -> Came {
    let now = world.now.get();
    let behind = pick(&world.services(), fault);
    let past = now - SignedDuration::from_mins(90);
    world.set_clock(&behind, past).await;
    tokio::time::sleep(fault.lasts).await;
    let hours = 20 + i64::try_from(fault.choice % 30).unwrap_or_default();
    world.advance(now + SignedDuration::from_hours(hours)).await;
    Came::To(format!(
        "{behind} 90 minutes back, then all {hours} hours ahead"
    ))
}
