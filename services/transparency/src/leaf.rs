//! One event of the log, as it is hashed.
//!
//! A leaf has two halves. What the database says of the event is one hash, which tells nobody
//! anything; what its sender knows of it is the other, and the sender can make that one itself.
//! So a party checks that its event stands in the log as it was sent, and is told nothing else.

use crate::{Hash, leaf_hash, sha256};

/// Everything that the log stores of an event, as it is stored. Sealed fields stay sealed, so a
/// key that is deleted changes no leaf.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Its place in the whole log, from 1.
    pub position: i64,
    /// The stream it belongs to.
    pub stream: &'a str,
    /// Its version in that stream, from 1.
    pub version: i64,
    /// Its own id.
    pub id: &'a str,
    /// Its kind.
    pub kind: &'a str,
    /// The version of that kind's shape.
    pub kind_version: i64,
    /// When it was recorded, as stored.
    pub at: &'a str,
    /// Who did it, as stored.
    pub actor: &'a str,
    /// Its body, as stored.
    pub data: &'a str,
}

impl Row<'_> {
    /// The hash of the row: of a name for this form, and of each field with its length before it,
    /// the body by its own SHA-256.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut bytes = Vec::new();
        field(&mut bytes, b"doorbraak-log-row-v1");
        number(&mut bytes, self.position);
        field(&mut bytes, self.stream.as_bytes());
        number(&mut bytes, self.version);
        field(&mut bytes, self.id.as_bytes());
        field(&mut bytes, self.kind.as_bytes());
        number(&mut bytes, self.kind_version);
        field(&mut bytes, self.at.as_bytes());
        field(&mut bytes, self.actor.as_bytes());
        field(&mut bytes, sha256(self.data.as_bytes()).as_bytes());
        sha256(&bytes)
    }
}

/// What made the event happen, as far as its sender knows it.
#[derive(Clone, Copy)]
pub struct Cause<'a> {
    /// Who sent it: an OIN when it was a party's message.
    pub sender: &'a str,
    /// The sender's id of the message: source and id of a wire event.
    pub message: &'a str,
    /// SHA-256 of the message as it came in; none when no message was sent, such as for a deadline.
    pub digest: Option<&'a str>,
}

impl Cause<'_> {
    /// The hash of the cause: of a name for this form, and of each field with its length before it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut bytes = Vec::new();
        field(&mut bytes, b"doorbraak-log-cause-v1");
        field(&mut bytes, self.sender.as_bytes());
        field(&mut bytes, self.message.as_bytes());
        // An absent digest and an empty one are not the same.
        if let Some(digest) = self.digest {
            field(&mut bytes, digest.as_bytes());
        }
        sha256(&bytes)
    }
}

/// The two halves of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The event's place in the whole log, from 1; the leaf's index is one less.
    pub position: i64,
    /// [`Row::hash`].
    pub row: Hash,
    /// [`Cause::hash`].
    pub cause: Hash,
}

impl Leaf {
    /// The leaf's hash in the tree.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut bytes = Vec::new();
        field(&mut bytes, b"doorbraak-log-leaf-v1");
        number(&mut bytes, self.position);
        field(&mut bytes, self.row.as_bytes());
        field(&mut bytes, self.cause.as_bytes());
        leaf_hash(&bytes)
    }
}

/// A length of 8 bytes, the highest first, and the bytes: two fields never run into each other.
fn field(to: &mut Vec<u8>, bytes: &[u8]) {
    to.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
    to.extend_from_slice(bytes);
}

fn number(to: &mut Vec<u8>, number: i64) {
    field(to, &number.to_be_bytes());
}
