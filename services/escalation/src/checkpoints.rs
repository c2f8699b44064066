//! Checkpoints of the log: the platform signs what the log held, and every organisation keeps it.
//! After that nobody changes, deletes or reorders an event unseen, with full rights on the database
//! either.
//!
//! `notary` lets the tree follow the log and signs; the relay sends what was signed; `audit`
//! holds the log against everything that was signed; `api::transparency` gives the proofs.

mod audit;
mod notary;
pub mod store;

use jiff::SignedDuration;

pub use audit::{Audit, Difference, audit};
pub use notary::{Notary, NotaryError};

/// After how many new events a checkpoint is signed at once.
pub const EVENTS: u64 = 1_000;

/// How long a new event waits for a checkpoint at most.
pub const EVERY: SignedDuration = SignedDuration::from_mins(60);

/// How checkpoints are signed.
#[derive(Clone)]
pub struct Settings {
    /// The secret key (Ed25519, the seed of RFC 8032).
    pub secret: [u8; 32],
    /// A checkpoint is signed when the log grew by so many events ([`EVENTS`]),
    pub events: u64,
    /// or when it grew at all and the last one is this old ([`EVERY`]).
    pub every: SignedDuration,
}
