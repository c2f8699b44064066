//! Whether a checkpoint goes on from those before it.

use std::collections::BTreeMap;

use transparency::{Consistency, Hash};

/// What a party made of a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It goes on from the one before it, or is the first.
    Consistent,
    /// The one before it has not come yet.
    Unlinked,
    /// It is older than the first that came; `verify` asks for the proof.
    Earlier,
    /// This installation knows no key of the platform's log.
    Unchecked,
    /// It is no checkpoint that the platform signed.
    Forged,
    /// The log was split in two: it goes on from elsewhere than what was signed before.
    Forked,
    /// What was signed before is not its beginning.
    Inconsistent,
}

impl State {
    /// Its word in the database and in answers.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::Unlinked => "unlinked",
            Self::Earlier => "earlier",
            Self::Unchecked => "unchecked",
            Self::Forged => "forged",
            Self::Forked => "forked",
            Self::Inconsistent => "inconsistent",
        }
    }

    /// Whether somebody must look into it.
    pub(crate) const fn is_finding(self) -> bool {
        match self {
            Self::Consistent | Self::Unlinked | Self::Earlier => false,
            Self::Unchecked | Self::Forged | Self::Forked | Self::Inconsistent => true,
        }
    }
}

/// A checkpoint with how it goes on from the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) size: u64,
    pub(crate) root: Hash,
    /// The size of the one before it; 0 for the first.
    pub(crate) previous: u64,
    pub(crate) proof: Consistency,
}

/// The checkpoints that were accepted: each the beginning of the next.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    roots: BTreeMap<u64, Hash>,
    /// What the first that was accepted went on from.
    before: u64,
}

impl Chain {
    /// Takes in one that was accepted before.
    pub(crate) fn accepted(&mut self, link: &Link) {
        if self.roots.range(..link.size).next().is_none() {
            self.before = link.previous;
        }
        self.roots.insert(link.size, link.root);
    }

    /// What a checkpoint is worth; a consistent one joins the chain.
    pub(crate) fn judge(&mut self, link: &Link) -> State {
        let Some((newest, root)) = self.roots.last_key_value() else {
            self.accepted(link);
            return State::Consistent;
        };
        if let Some(known) = self.roots.get(&link.size) {
            return if *known == link.root {
                State::Consistent
            } else {
                State::Forked
            };
        }
        if link.previous > *newest {
            return State::Unlinked;
        }
        if link.previous < *newest {
            // Only what came before the very first may still come after it.
            return if link.size <= self.before {
                State::Earlier
            } else {
                State::Forked
            };
        }
        let goes_on = link.proof.verify(*newest, root, link.size, &link.root);
        if goes_on.is_err() {
            return State::Inconsistent;
        }
        self.accepted(link);
        State::Consistent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use transparency::{leaf_hash, tree, tree::Frontier};

    /// A log of so many events; `story` makes its events different from another's.
    fn log(story: u8, size: u64) -> Vec<Hash> {
        (0..size).map(|n| leaf_hash(&[story, n as u8])).collect()
    }

    fn root(leaves: &[Hash]) -> Hash {
        let mut frontier = Frontier::default();
        for leaf in leaves {
            frontier.append(*leaf);
        }
        frontier.root().unwrap()
    }

    /// The checkpoint of a log, going on from `previous` events.
    fn link(leaves: &[Hash], previous: u64) -> Link {
        let size = leaves.len() as u64;
        let ranges = tree::consistency(previous, size).unwrap_or_default();
        let hash = |range: &tree::Range| root(&leaves[range.start as usize..range.end as usize]);
        Link {
            size,
            root: root(leaves),
            previous,
            proof: Consistency(ranges.iter().map(hash).collect()),
        }
    }

    #[test]
    fn a_log_that_grows_is_consistent() {
        let log = log(1, 20);
        let mut chain = Chain::default();
        for (previous, size) in [(0, 3), (3, 8), (8, 9), (9, 20)] {
            let state = chain.judge(&link(&log[..size], previous));
            assert_eq!(state, State::Consistent);
        }
        // The same once more, for instance from a replica.
        assert_eq!(chain.judge(&link(&log[..8], 3)), State::Consistent);
    }

    #[test]
    fn a_log_that_was_rewritten_is_found() {
        let honest = log(1, 8);
        let mut rewritten = log(1, 12);
        rewritten[2] = leaf_hash(b"something else");
        let accepted = || {
            let mut chain = Chain::default();
            assert_eq!(chain.judge(&link(&honest, 0)), State::Consistent);
            chain
        };
        assert_eq!(accepted().judge(&link(&rewritten, 8)), State::Inconsistent);
        // As if nothing was ever signed.
        assert_eq!(accepted().judge(&link(&rewritten, 0)), State::Forked);
        // Of the same size, smaller, and from a checkpoint that never was.
        assert_eq!(accepted().judge(&link(&rewritten[..8], 0)), State::Forked);
        assert_eq!(accepted().judge(&link(&rewritten[..5], 0)), State::Forked);
        assert_eq!(accepted().judge(&link(&rewritten, 5)), State::Forked);
    }

    #[test]
    fn one_that_overtook_another_waits_for_it() {
        let log = log(1, 20);
        let mut chain = Chain::default();
        assert_eq!(chain.judge(&link(&log[..3], 0)), State::Consistent);
        assert_eq!(chain.judge(&link(&log[..20], 8)), State::Unlinked);
        assert_eq!(chain.judge(&link(&log[..8], 3)), State::Consistent);
        assert_eq!(chain.judge(&link(&log[..20], 8)), State::Consistent);
    }

    #[test]
    fn who_joins_later_takes_older_ones_for_what_they_are() {
        let log = log(1, 20);
        let mut chain = Chain::default();
        assert_eq!(chain.judge(&link(&log[..9], 8)), State::Consistent);
        assert_eq!(chain.judge(&link(&log[..8], 3)), State::Earlier);
        assert_eq!(chain.judge(&link(&log[..20], 9)), State::Consistent);
        assert_eq!(chain.judge(&link(&log[..12], 8)), State::Forked);
    }
}
