//! Verifying what the log's owner says, as in RFC 9162, sections 2.1.3.2 and 2.1.4.2.

use serde::{Deserialize, Serialize};

use crate::{Hash, node_hash};

/// A proof that does not prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf, or the smaller tree, lies outside the tree.
    #[error("what is to be proved lies outside the tree")]
    Outside,
    /// The proof has too few or too many hashes.
    #[error("the proof has another length than this tree needs")]
    Length,
    /// It leads to another root.
    #[error("the proof leads to another root")]
    Root,
}

/// Proves that one leaf stands in a tree; see [`crate::tree::inclusion`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Inclusion(pub Vec<Hash>);

impl Inclusion {
    /// Whether leaf `index` with this hash stands in the tree of `size` leaves with this root.
    ///
    /// # Errors
    /// [`ProofError`] when that is not proved.
    pub fn verify(
        &self,
        leaf: &Hash,
        index: u64,
        size: u64,
        root: &Hash,
    ) -> Result<(), ProofError> {
        if index >= size {
            return Err(ProofError::Outside);
        }
        let (mut at, mut last) = (index, size - 1);
        let mut hash = *leaf;
        for sibling in &self.0 {
            if last == 0 {
                return Err(ProofError::Length);
            }
            if at & 1 == 1 || at == last {
                hash = node_hash(sibling, &hash);
                while at & 1 == 0 && at != 0 {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node_hash(&hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        match (last, hash == *root) {
            (0, true) => Ok(()),
            (0, false) => Err(ProofError::Root),
            _ => Err(ProofError::Length),
        }
    }
}

/// Proves that a smaller tree is the beginning of a larger; see [`crate::tree::consistency`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Consistency(pub Vec<Hash>);

impl Consistency {
    /// Whether the tree of `from` leaves with root `old` is the beginning of the tree of `to`
    /// leaves with root `new`. Nothing is the beginning of everything: `from` may be 0, with an
    /// empty proof, and then `old` counts for nothing.
    ///
    /// # Errors
    /// [`ProofError`] when that is not proved.
    pub fn verify(&self, from: u64, old: &Hash, to: u64, new: &Hash) -> Result<(), ProofError> {
        if from > to {
            return Err(ProofError::Outside);
        }
        if from == 0 || from == to {
            return match (self.0.is_empty(), from == 0 || old == new) {
                (false, _) => Err(ProofError::Length),
                (true, false) => Err(ProofError::Root),
                (true, true) => Ok(()),
            };
        }
        let mut hashes = self.0.iter();
        // A full subtree is its own first node: the verifier knows it.
        let first = if from.is_power_of_two() {
            *old
        } else {
            *hashes.next().ok_or(ProofError::Length)?
        };
        let (mut at, mut last) = (from - 1, to - 1);
        while at & 1 == 1 {
            at >>= 1;
            last >>= 1;
        }
        let (mut older, mut newer) = (first, first);
        for sibling in hashes {
            if last == 0 {
                return Err(ProofError::Length);
            }
            if at & 1 == 1 || at == last {
                older = node_hash(sibling, &older);
                newer = node_hash(sibling, &newer);
                while at & 1 == 0 && at != 0 {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                newer = node_hash(&newer, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        match (last, older == *old && newer == *new) {
            (0, true) => Ok(()),
            (0, false) => Err(ProofError::Root),
            _ => Err(ProofError::Length),
        }
    }
}
