//! What holds for every tree: honest proofs prove, and nothing else does.

use proptest::prelude::*;
use transparency::tree::{self, Frontier, Node, Range};
use transparency::{Consistency, Hash, Inclusion, node_hash};

use super::{consistency, defined, grown, inclusion, leaves};

/// A hash with one bit turned.
fn turned(hash: &Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8 % 32] ^= 1 << (bit % 8);
    Hash::from_bytes(bytes)
}

/// Every proof that differs in one place: a bit turned, a hash left out, added or swapped.
fn mutants(proof: &[Hash], bit: usize) -> Vec<Vec<Hash>> {
    let mut mutants = Vec::new();
    for at in 0..proof.len() {
        let mut mutant = proof.to_vec();
        mutant[at] = turned(&mutant[at], bit);
        mutants.push(mutant);
        let mut mutant = proof.to_vec();
        mutant.remove(at);
        mutants.push(mutant);
        let mut mutant = proof.to_vec();
        mutant.insert(at, turned(&proof[at], bit));
        mutants.push(mutant);
        if at > 0 {
            let mut mutant = proof.to_vec();
            mutant.swap(at - 1, at);
            mutants.push(mutant);
        }
    }
    let mut longer = proof.to_vec();
    longer.push(Hash::from_bytes([bit as u8; 32]));
    mutants.push(longer);
    mutants
}

proptest! {
    #[test]
    fn a_grown_tree_is_the_defined_one(size in 1usize..200) {
        let leaves = leaves(size);
        let mut frontier = Frontier::default();
        let mut stored: std::collections::BTreeMap<Node, Hash> = Default::default();
        for leaf in &leaves {
            for (node, hash) in frontier.append(*leaf) {
                prop_assert!(stored.insert(node, hash).is_none());
            }
        }
        prop_assert_eq!(frontier.root(), Some(defined(&leaves)));
        // What was stored is enough for every earlier root, and to go on from there.
        for earlier in 1..=size {
            let nodes = Range::whole(earlier as u64).nodes();
            let hashes: Vec<Hash> = nodes.iter().map(|node| stored[node]).collect();
            prop_assert_eq!(Range::hash(&hashes), Some(defined(&leaves[..earlier])));
            let mut again = Frontier::of(earlier as u64, hashes).unwrap();
            for leaf in &leaves[earlier..] {
                again.append(*leaf);
            }
            prop_assert_eq!(&again, &frontier);
        }
    }

    #[test]
    fn a_leaf_is_proved_and_nothing_else(size in 1usize..130, at in any::<prop::sample::Index>(), bit in 0usize..256) {
        let leaves = leaves(size);
        let index = at.index(size);
        let root = defined(&leaves);
        let proof = inclusion(&leaves, index);
        let verify = |proof: &Inclusion, leaf: &Hash, index: usize, size: usize, root: &Hash| {
            proof.verify(leaf, index as u64, size as u64, root)
        };
        prop_assert_eq!(verify(&proof, &leaves[index], index, size, &root), Ok(()));
        prop_assert!(verify(&proof, &turned(&leaves[index], bit), index, size, &root).is_err());
        prop_assert!(verify(&proof, &leaves[index], index, size, &turned(&root, bit)).is_err());
        for other in (0..size).filter(|other| *other != index) {
            prop_assert!(verify(&proof, &leaves[index], other, size, &root).is_err());
        }
        prop_assert!(verify(&proof, &leaves[index], size, size, &root).is_err());
        for mutant in mutants(&proof.0, bit) {
            prop_assert!(verify(&Inclusion(mutant), &leaves[index], index, size, &root).is_err());
        }
    }

    #[test]
    fn the_past_is_proved_and_no_other(to in 1usize..130, at in any::<prop::sample::Index>(), bit in 0usize..256) {
        let from = 1 + at.index(to);
        let leaves = leaves(to);
        let (old, new) = (defined(&leaves[..from]), defined(&leaves));
        let proof = consistency(&leaves, from);
        let verify = |proof: &Consistency, from: usize, old: &Hash, to: usize, new: &Hash| {
            proof.verify(from as u64, old, to as u64, new)
        };
        prop_assert_eq!(verify(&proof, from, &old, to, &new), Ok(()));
        prop_assert!(verify(&proof, from, &turned(&old, bit), to, &new).is_err());
        prop_assert!(verify(&proof, from, &old, to, &turned(&new, bit)).is_err());
        for mutant in mutants(&proof.0, bit) {
            prop_assert!(verify(&Consistency(mutant), from, &old, to, &new).is_err());
        }
        // Any event of the past that is another one.
        let changed = at.index(from);
        let mut rewritten = leaves;
        rewritten[changed] = turned(&rewritten[changed], bit);
        let forged = consistency(&rewritten, from);
        prop_assert!(verify(&forged, from, &old, to, &defined(&rewritten)).is_err());
    }

    #[test]
    fn two_events_that_change_places_change_the_root(size in 2usize..130, a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let (a, b) = (a.index(size), b.index(size));
        prop_assume!(a != b);
        let honest = leaves(size);
        let mut swapped = honest.clone();
        swapped.swap(a, b);
        prop_assert_ne!(grown(&honest).root(), grown(&swapped).root());
    }
}

#[test]
fn nothing_is_proved_of_what_is_not_there() {
    assert_eq!(tree::inclusion(0, 0), None);
    assert_eq!(tree::inclusion(3, 3), None);
    assert_eq!(tree::consistency(0, 3), None);
    assert_eq!(tree::consistency(4, 3), None);
    assert_eq!(Frontier::default().root(), None);
    assert_eq!(Frontier::of(3, leaves(1)), None);
}

/// The empty log is the beginning of every log, and a proof of that has no hashes.
#[test]
fn everything_begins_with_nothing() {
    let [old, new] = [leaves(2)[0], leaves(2)[1]];
    assert_eq!(Consistency(vec![]).verify(0, &old, 5, &new), Ok(()));
    assert!(Consistency(vec![old]).verify(0, &old, 5, &new).is_err());
    assert!(Consistency(vec![]).verify(5, &old, 4, &new).is_err());
    assert!(Consistency(vec![]).verify(4, &old, 4, &new).is_err());
    assert!(Consistency(vec![]).verify(4, &old, 4, &old).is_ok());
}

/// A leaf cannot be passed off as a node, nor a node as a leaf.
#[test]
fn a_node_is_no_leaf() {
    let [left, right] = [leaves(2)[0], leaves(2)[1]];
    let joined = [left.as_bytes().as_slice(), right.as_bytes()].concat();
    assert_ne!(node_hash(&left, &right), transparency::leaf_hash(&joined));
}
