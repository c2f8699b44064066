//! What a case goes through before, beside and around the ladder.

#[path = "course/advice.rs"]
mod advice;
#[path = "course/climbing.rs"]
mod climbing;
#[path = "course/drafts.rs"]
mod drafts;
#[path = "course/ending.rs"]
mod ending;
#[path = "course/handoffs.rs"]
mod handoffs;
#[path = "course/pauses.rs"]
mod pauses;
#[path = "course/sharing.rs"]
mod sharing;
