//! The Merkle tree of RFC 6962, section 2.1: which nodes a root or a proof is made of.
//!
//! Only full subtrees are ever stored: they never change. What a proof needs is a list of ranges of
//! leaves; each range is made of at most one full subtree per level.

use crate::{Hash, node_hash};

mod grow;

pub use grow::Frontier;

/// A full subtree: level 0 is a leaf, level n holds 2^n leaves; the first of a level has index 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// How high above the leaves.
    pub level: u8,
    /// The how manieth of its level.
    pub index: u64,
}

/// Leaves from `start` up to and without `end`, as one node of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// The index of the first leaf.
    pub start: u64,
    /// The index after the last leaf.
    pub end: u64,
}

impl Range {
    /// The first `size` leaves: its hash is the root of a tree of that size.
    #[must_use]
    pub const fn whole(size: u64) -> Self {
        Self {
            start: 0,
            end: size,
        }
    }

    /// The full subtrees it is made of, from the largest to the smallest.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut start = self.start;
        while start < self.end {
            let level = (self.end - start).ilog2();
            nodes.push(Node {
                level: level as u8,
                index: start >> level,
            });
            start += 1 << level;
        }
        nodes
    }

    /// Its hash, from those of its [`Range::nodes`] in their order; none for an empty range.
    #[must_use]
    pub fn hash(nodes: &[Hash]) -> Option<Hash> {
        let (last, before) = nodes.split_last()?;
        Some(
            before
                .iter()
                .rev()
                .fold(*last, |hash, left| node_hash(left, &hash)),
        )
    }

    const fn len(&self) -> u64 {
        self.end - self.start
    }

    /// The two halves as RFC 6962 splits: at the largest power of two below the length.
    fn split(&self) -> (Self, Self) {
        let at = self.start + (1 << (self.len() - 1).ilog2());
        let (start, end) = (self.start, self.end);
        (Self { start, end: at }, Self { start: at, end })
    }
}

/// The ranges whose hashes prove that leaf `index` stands in a tree of `size` leaves (RFC 6962,
/// section 2.1.1), from the lowest to the highest; none unless `index` is in it.
#[must_use]
pub fn inclusion(index: u64, size: u64) -> Option<Vec<Range>> {
    if index >= size {
        return None;
    }
    let mut at = Range::whole(size);
    let mut proof = Vec::new();
    while at.len() > 1 {
        let (left, right) = at.split();
        let (inside, sibling) = if index < left.end {
            (left, right)
        } else {
            (right, left)
        };
        proof.push(sibling);
        at = inside;
    }
    proof.reverse();
    Some(proof)
}

/// The ranges whose hashes prove that the first `from` leaves of a tree of `to` leaves are a tree of
/// `from` leaves (RFC 6962, section 2.1.2); none unless `0 < from <= to`.
#[must_use]
pub fn consistency(from: u64, to: u64) -> Option<Vec<Range>> {
    if from == 0 || from > to {
        return None;
    }
    let mut at = Range::whole(to);
    // Whether `at` begins where the old tree does: its verifier then knows the hash already.
    let mut known = true;
    let mut proof = Vec::new();
    while at.end != from {
        let (left, right) = at.split();
        if from <= left.end {
            proof.push(right);
            at = left;
        } else {
            proof.push(left);
            at = right;
            known = false;
        }
    }
    if !known {
        proof.push(at);
    }
    proof.reverse();
    Some(proof)
}
