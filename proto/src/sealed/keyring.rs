//! The keys of one receiver while it changes them.

use super::{ReceiverKeys, SealError, opened_by};

/// The key that others seal for now and, for as long as something sealed before may still come,
/// the one they sealed for until then.
#[derive(Clone, Debug)]
pub struct Keyring {
    current: ReceiverKeys,
    previous: Option<ReceiverKeys>,
}

impl Keyring {
    /// A receiver with these keys. A previous key that is the current one means that there is none.
    #[must_use]
    pub fn new(current: ReceiverKeys, previous: Option<ReceiverKeys>) -> Self {
        let previous = previous.filter(|keys| keys.public_key() != current.public_key());
        Self { current, previous }
    }

    /// Opens what was sealed for either key with the same `info`.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`] when the text names a key that is neither; otherwise as for
    /// [`ReceiverKeys::open`].
    pub fn open(&self, info: &[u8], sealed: &str) -> Result<Vec<u8>, SealError> {
        let keys = [Some(&self.current), self.previous.as_ref()];
        opened_by(keys.into_iter().flatten(), info, sealed)
    }
}

impl From<ReceiverKeys> for Keyring {
    fn from(current: ReceiverKeys) -> Self {
        Self::new(current, None)
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::super::seal_for;
    use super::*;

    fn keys(seed: u64) -> ReceiverKeys {
        ReceiverKeys::generate(&mut StdRng::seed_from_u64(seed))
    }

    fn sealed_for(keys: &ReceiverKeys) -> String {
        let mut rng = StdRng::seed_from_u64(7);
        seal_for(&keys.public_key(), b"handoff 1", b"Bella", &mut rng).expect("a key")
    }

    /// The form of before key ids: it names no key, so every key is tried.
    fn without_key_id(sealed: &str) -> String {
        let parts: Vec<&str> = sealed.split('.').collect();
        format!("v1.{}.{}", parts[2], parts[3])
    }

    #[test]
    fn what_was_sealed_before_a_change_of_keys_opens_after_it() {
        let (old, new) = (keys(1), keys(2));
        let overlap = Keyring::new(new.clone(), Some(old.clone()));
        for sealed in [sealed_for(&old), sealed_for(&new)] {
            assert_eq!(overlap.open(b"handoff 1", &sealed), Ok(b"Bella".to_vec()));
            let earlier = without_key_id(&sealed);
            assert_eq!(overlap.open(b"handoff 1", &earlier), Ok(b"Bella".to_vec()));
        }
    }

    #[test]
    fn a_key_that_is_gone_is_told_from_a_text_that_was_changed() {
        let (old, new) = (keys(1), keys(2));
        let after = Keyring::from(new.clone());
        let sealed = sealed_for(&old);
        assert_eq!(
            after.open(b"handoff 1", &sealed),
            Err(SealError::UnknownKey)
        );
        assert_eq!(
            after.open(b"handoff 1", &without_key_id(&sealed)),
            Err(SealError::Open)
        );
        // The key is there, the context is another.
        let sealed = sealed_for(&new);
        assert_eq!(after.open(b"handoff 2", &sealed), Err(SealError::Open));
    }

    #[test]
    fn a_key_id_says_no_more_than_the_public_key() {
        let svb = keys(1);
        let sealed = sealed_for(&svb);
        assert!(sealed.starts_with(&format!("v2.{}.", svb.key_id())));
        assert!(svb.public_key().starts_with(&svb.key_id()));
    }
}
