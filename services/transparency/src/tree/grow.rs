//! Appending leaves without reading the tree.

use super::{Node, Range};
use crate::{Hash, node_hash};

/// What is needed of a tree to append to it: the full subtrees that its root is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// From the largest to the smallest.
    nodes: Vec<Hash>,
}

impl Frontier {
    /// The frontier of a tree of `size` leaves, from the hashes of [`Range::nodes`] of its whole;
    /// none when they are not as many.
    #[must_use]
    pub fn of(size: u64, nodes: Vec<Hash>) -> Option<Self> {
        (size.count_ones() as usize == nodes.len()).then_some(Self { size, nodes })
    }

    /// How many leaves the tree has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The tree's root; none of an empty tree.
    #[must_use]
    pub fn root(&self) -> Option<Hash> {
        Range::hash(&self.nodes)
    }

    /// Appends a leaf's hash, and gives the full subtrees that it completes, itself first.
    pub fn append(&mut self, leaf: Hash) -> Vec<(Node, Hash)> {
        let mut node = Node {
            level: 0,
            index: self.size,
        };
        let mut hash = leaf;
        let mut complete = vec![(node, hash)];
        // Each full subtree of the same height to its left makes a higher one with it.
        for _ in 0..self.size.trailing_ones() {
            let Some(left) = self.nodes.pop() else { break };
            hash = node_hash(&left, &hash);
            node = Node {
                level: node.level + 1,
                index: node.index >> 1,
            };
            complete.push((node, hash));
        }
        self.nodes.push(hash);
        self.size += 1;
        complete
    }
}
