//! What each organisation is told of what happens to a case: the pure rules write the log, the
//! relay follows it over the local bus, and each organisation reads its own letters.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "letters/course.rs"]
mod course;
#[path = "letters/endings.rs"]
mod endings;
#[path = "letters/moves.rs"]
mod moves;
#[path = "letters/orders.rs"]
mod orders;
#[path = "letters/overdue.rs"]
mod overdue;
#[path = "letters/passes.rs"]
mod passes;
#[path = "letters/said.rs"]
mod said;
#[path = "letters/signals.rs"]
mod signals;
#[path = "letters/silence.rs"]
mod silence;
#[path = "letters/story.rs"]
mod story;
#[path = "letters/tables.rs"]
mod tables;
