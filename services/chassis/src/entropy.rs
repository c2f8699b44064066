//! Randomness, as an argument. The only place in the workspace that asks the machine for it.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use rand::{
    Rng, SeedableRng, TryCryptoRng, TryRng,
    rngs::{StdRng, SysRng},
};
use uuid::Uuid;

/// A shared source of randomness, good enough for keys when it was made by [`Entropy::system`].
///
/// Clones draw from the same stream.
#[derive(Clone)]
pub struct Entropy(Arc<Mutex<StdRng>>);

impl Entropy {
    /// Seeded by the operating system.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: without it no key is safe, and no
    /// process should start.
    #[expect(
        clippy::expect_used,
        reason = "without randomness a process must not start"
    )]
    pub fn system() -> Self {
        let rng = StdRng::try_from_rng(&mut SysRng)
            .expect("the operating system must be able to give random bytes");
        Self(Arc::new(Mutex::new(rng)))
    }

    /// The same numbers for the same seed: for tests and for stories that must repeat. Never for
    /// a key that protects real data.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.lock().fill_bytes(&mut bytes);
        bytes
    }

    /// A UUIDv7 (RFC 9562): sorts by `at`, in milliseconds, and is random beyond that. A time
    /// before 1970 counts as 1970.
    pub fn uuid_v7(&self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// A UUIDv4 (RFC 9562): says nothing about when it was made.
    pub fn uuid_v4(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// This source as a generator for libraries that want one.
    pub fn rng(&self) -> EntropyRng {
        EntropyRng(self.clone())
    }

    /// A poisoned lock is no reason to stop: the generator has no state that a panic could break.
    fn lock(&self) -> MutexGuard<'_, StdRng> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entropy")
    }
}

/// [`Entropy`] behind the traits of the `rand` crates.
#[derive(Clone, Debug)]
pub struct EntropyRng(Entropy);

impl TryRng for EntropyRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.lock().next_u32())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.lock().next_u64())
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        self.0.lock().fill_bytes(dst);
        Ok(())
    }
}

/// The generator behind it, ChaCha, is a cryptographic one.
impl TryCryptoRng for EntropyRng {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let (one, two) = (Entropy::seeded(7), Entropy::seeded(7));
        assert_eq!(one.bytes::<16>(), two.bytes::<16>());
        assert_eq!(one.rng().next_u64(), two.rng().next_u64());
        assert_ne!(one.bytes::<16>(), Entropy::seeded(8).bytes::<16>());
    }

    #[test]
    fn a_uuid_v7_carries_the_given_time_in_milliseconds() {
        let at = "2026-03-02T09:00:00.123Z".parse().unwrap();
        let id = Entropy::seeded(1).uuid_v7(at);
        assert_eq!(id.get_version_num(), 7);
        let (seconds, nanoseconds) = id.get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanoseconds), (1_772_442_000, 123_000_000));
    }

    #[test]
    fn two_system_sources_differ() {
        assert_ne!(
            Entropy::system().bytes::<32>(),
            Entropy::system().bytes::<32>()
        );
    }
}
