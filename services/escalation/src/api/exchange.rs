//! The door besides the bus: the same events in and out over HTTP, for an organisation's own
//! systems and for nobody in person.

mod batch;
mod feed;
mod hand_in;
mod system;

pub(super) use feed::{confirm, fetch};
pub(super) use hand_in::hand_in;
