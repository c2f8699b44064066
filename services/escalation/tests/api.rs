//! The HTTP API, on real SQLite files, with tokens of a real issuer.

// A test may stop at once: the panic names the line.
#![allow(clippy::unwrap_used)]

#[path = "api/issuer.rs"]
mod issuer;
#[path = "api/people.rs"]
mod people;
#[path = "api/story.rs"]
mod story;
#[path = "api/world.rs"]
mod world;

#[path = "api/bella.rs"]
mod bella;
