//! kill -9 of a service, which is started again after a while.

use super::{Came, pick};
use crate::plan::Fault;
use crate::world::World;

pub(super) async fn kill(world: &mut World, among: Vec<String>, fault: &Fault) -> Came {
    let name = pick(&among, fault);
    world.restart(&name, fault.lasts).await;
    Came::To(name)
}
