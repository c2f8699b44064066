//! The published examples of others, and properties that hold for every tree.

#![allow(
    clippy::unwrap_used,
    reason = "a test says best where it stopped by stopping there"
)]

#[path = "transparency/notes.rs"]
mod notes;
#[path = "transparency/properties.rs"]
mod properties;
#[path = "transparency/vectors.rs"]
mod vectors;

use transparency::tree::{self, Frontier, Range};
use transparency::{Hash, leaf_hash, node_hash};

/// The root as RFC 6962 defines it, word for word: what the tree is held against.
fn defined(leaves: &[Hash]) -> Hash {
    if let [one] = leaves {
        return *one;
    }
    let half = leaves.len().next_power_of_two() / 2;
    node_hash(&defined(&leaves[..half]), &defined(&leaves[half..]))
}

/// The hash of a range of leaves, from its full subtrees.
fn range_hash(leaves: &[Hash], range: Range) -> Hash {
    let nodes: Vec<Hash> = range
        .nodes()
        .into_iter()
        .map(|node| {
            let (start, length) = ((node.index as usize) << node.level, 1 << node.level);
            defined(&leaves[start..start + length])
        })
        .collect();
    Range::hash(&nodes).unwrap()
}

fn proof(leaves: &[Hash], ranges: Vec<Range>) -> Vec<Hash> {
    let hashes = ranges.into_iter().map(|range| range_hash(leaves, range));
    hashes.collect()
}

fn inclusion(leaves: &[Hash], index: usize) -> transparency::Inclusion {
    let ranges = tree::inclusion(index as u64, leaves.len() as u64).unwrap();
    transparency::Inclusion(proof(leaves, ranges))
}

fn consistency(leaves: &[Hash], from: usize) -> transparency::Consistency {
    let ranges = tree::consistency(from as u64, leaves.len() as u64).unwrap();
    transparency::Consistency(proof(leaves, ranges))
}

/// Leaves that all differ.
fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

fn grown(leaves: &[Hash]) -> Frontier {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier
}
