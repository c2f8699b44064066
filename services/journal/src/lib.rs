//! The event log every service stands on: an append-only log with an inbox, followers and a key
//! vault, on SQLite and on PostgreSQL. It knows nothing about cases.
//!
//! What it promises, on both engines:
//!
//! * Positions in the log are gapless and become visible in their order, so that a follower that
//!   asks for "everything after position n" never misses an event. A transaction starts by
//!   taking the shard's head row ([`Db::begin`]); that lock orders everything.
//! * A stream's versions are unique and gapless: an append that expected another version stores
//!   nothing ([`AppendError::Conflict`]).
//! * A cause (sender and message) is answered once; a redelivery hears the stored outcome
//!   ([`Tx::claim`], [`Tx::settle`]). Answers have gapless numbers of their own.
//! * A Merkle tree grows over the log ([`Db::grow_tree`]), so that what was published of it once
//!   cannot be changed unseen.
//! * Copies of log and vault that fit together are made while others write ([`backup`]).
//! * Personal text is sealed under a key per owner; deleting the key erases it everywhere
//!   ([`vault::Vault`]).

pub mod backup;
mod cause;
mod db;
mod engine;
mod error;
mod event;
mod migration;
mod outcome;
mod pools;
mod server;
mod sql;
mod statement;
mod tx;
pub mod vault;

pub use cause::CauseKey;
pub use db::{Db, Head};
pub use engine::Engine;
pub use error::{AppendError, JournalError};
pub use event::{NewEvent, StoredEvent};
pub use migration::{migration, of_journal as migrations};
pub use outcome::{Answer, Claim, Outcome, Settled, StoredOutcome, Wrong};
pub use pools::Pools;
pub use server::{SUPPORTED, Server, ServerFault, server_of};
pub use sql::statements;
pub use statement::Statement;
pub use tx::Tx;

/// The shard every row belongs to. There is one for now; the column exists so that a home region
/// can become a shard without rewriting history.
pub const SHARD: &str = "nl";
