//! How often, from which seed, and what came of it.

use std::collections::BTreeMap;

use fuzz::reading::Reading;
use rand::SeedableRng;
use rand::rngs::StdRng;

/// From `DOORBRAAK_SEED`, or another one each time.
pub(crate) fn seed() -> u64 {
    match std::env::var("DOORBRAAK_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => rand::random(),
    }
}

pub(crate) fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

/// So many inputs by default, and fifty times as many with `DOORBRAAK_FULL`.
pub(crate) fn rounds(default: usize) -> usize {
    match std::env::var_os("DOORBRAAK_FULL") {
        Some(_) => default * 50,
        None => default,
    }
}

/// How often each reading came out.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<Reading, usize>);

impl Tally {
    pub(crate) fn add(&mut self, reading: Reading) {
        *self.0.entry(reading).or_default() += 1;
    }

    /// Prints what came out; a run that never saw one of these readings tried too little.
    pub(crate) fn saw(&self, what: &str, seed: u64, expected: &[Reading]) {
        println!("fuzz {what}: seed {seed}, {:?}", self.0);
        for reading in expected {
            assert!(
                self.0.contains_key(reading),
                "{what} never came to {reading}"
            );
        }
    }
}
