//! A log that whoever runs it cannot change unseen: the hashes, proofs and signatures of a
//! transparency log. Pure: no I/O, no clock, no randomness. It knows nothing of cases.
//!
//! * [`Leaf`] is one event of the log, as far as it is hashed: [`Row`] is what the database says of
//!   it, [`Cause`] what its sender knows of it.
//! * [`tree`] is the Merkle tree of RFC 6962, section 2.1; [`Inclusion`] and [`Consistency`] are
//!   its proofs, verified as in RFC 9162, sections 2.1.3.2 and 2.1.4.2.
//! * [`Checkpoint`] is what the log's owner signs: how many leaves, and their root (C2SP
//!   tlog-checkpoint), as a [`note`] with an Ed25519 signature (C2SP signed-note).

mod checkpoint;
mod hash;
mod leaf;
pub mod note;
mod proof;
pub mod tree;

pub use checkpoint::{Checkpoint, CheckpointError, origin_of};
pub use hash::{Hash, HashError, leaf_hash, node_hash, sha256};
pub use leaf::{Cause, Leaf, Row};
pub use proof::{Consistency, Inclusion, ProofError};
