//! Envelopes, events and tokens that nobody would write: nothing panics, nothing takes memory
//! without bound, nothing that was sent is repeated in a refusal.
//!
//! `DOORBRAAK_SEED` repeats a run, `DOORBRAAK_FULL` makes it long.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says best where it stopped by stopping there, and prints its seed"
)]

mod events;
mod issuer;
mod memory;
mod run;
mod tokens;
