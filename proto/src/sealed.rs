//! What one organisation encrypts for another and the platform passes on unread.
//!
//! HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305. A sealed text is
//! `v2.<key id>.<encapsulated key>.<ciphertext>`, the last two base64url without padding; the key id
//! is the beginning of the public key that it was sealed for, so that a receiver that changes its
//! keys knows which one opens it. `v1.<encapsulated key>.<ciphertext>`, the form of before, names
//! no key and still opens. Base mode does not prove who sealed: that follows from the
//! authenticated sender of the event.

mod keyring;

use std::fmt;

pub use keyring::Keyring;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand::CryptoRng;
use thiserror::Error;

/// Enough of a public key to tell an organisation's few keys apart: 48 bits.
const KEY_ID_CHARACTERS: usize = 8;

type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type EncappedKey = <X25519HkdfSha256 as Kem>::EncappedKey;

/// Why sealing or opening failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealError {
    /// The receiver's public key is no X25519 key in base64url.
    #[error("the public key is no X25519 key in base64url")]
    PublicKey,
    /// The secret key is no X25519 key.
    #[error("the secret key is no X25519 key")]
    SecretKey,
    /// The text is neither `v2.<key id>.<key>.<ciphertext>` nor `v1.<key>.<ciphertext>`.
    #[error("this is no sealed text")]
    Shape,
    /// Encryption failed.
    #[error("sealing failed")]
    Seal,
    /// It was sealed for a key that the receiver does not have, or no longer.
    #[error("this was sealed for a key that is neither the current nor the previous one")]
    UnknownKey,
    /// Another receiver, another context, or a changed text.
    #[error("this was not sealed for this receiver and context, or it was changed")]
    Open,
}

/// The key pair with which an organisation opens what is sealed for it.
#[derive(Clone)]
pub struct ReceiverKeys {
    secret: PrivateKey,
    public: PublicKey,
}

impl ReceiverKeys {
    /// A new key pair from the given source of randomness.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let (secret, public) = X25519HkdfSha256::gen_keypair_with_rng(rng);
        Self { secret, public }
    }

    /// The key pair that belongs to a secret key as [`ReceiverKeys::secret`] gave it.
    ///
    /// # Errors
    /// [`SealError::SecretKey`].
    pub fn from_secret(secret: &str) -> Result<Self, SealError> {
        let bytes = URL_SAFE_NO_PAD
            .decode(secret)
            .map_err(|_| SealError::SecretKey)?;
        let secret = PrivateKey::from_bytes(&bytes).map_err(|_| SealError::SecretKey)?;
        let public = X25519HkdfSha256::sk_to_pk(&secret);
        Ok(Self { secret, public })
    }

    /// The public key, base64url: what others seal with.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.public.to_bytes())
    }

    /// The secret key, base64url, to be kept where only its organisation can read it.
    pub fn secret(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.secret.to_bytes())
    }

    /// What a sealed text calls this key: the first eight characters of the public key.
    pub fn key_id(&self) -> String {
        key_id(&self.public_key())
    }

    /// Opens what was sealed for this key with the same `info`.
    ///
    /// # Errors
    /// [`SealError::Shape`] when it is no sealed text, [`SealError::UnknownKey`] when it names
    /// another key, [`SealError::Open`] otherwise.
    pub fn open(&self, info: &[u8], sealed: &str) -> Result<Vec<u8>, SealError> {
        opened_by(std::iter::once(self), info, sealed)
    }

    fn open_parts(&self, info: &[u8], parts: &Parts<'_>) -> Result<Vec<u8>, SealError> {
        let key = URL_SAFE_NO_PAD
            .decode(parts.key)
            .map_err(|_| SealError::Shape)?;
        let key = EncappedKey::from_bytes(&key).map_err(|_| SealError::Shape)?;
        let ciphertext = URL_SAFE_NO_PAD
            .decode(parts.ciphertext)
            .map_err(|_| SealError::Shape)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.secret,
            &key,
            info,
            &ciphertext,
            b"",
        )
        .map_err(|_| SealError::Open)
    }
}

/// The parts of a sealed text.
struct Parts<'s> {
    key_id: Option<&'s str>,
    key: &'s str,
    ciphertext: &'s str,
}

impl<'s> Parts<'s> {
    fn of(sealed: &'s str) -> Result<Self, SealError> {
        let parts: Vec<&str> = sealed.split('.').collect();
        match parts.as_slice() {
            ["v1", key, ciphertext] => Ok(Self {
                key_id: None,
                key,
                ciphertext,
            }),
            ["v2", key_id, key, ciphertext] => Ok(Self {
                key_id: Some(key_id),
                key,
                ciphertext,
            }),
            _ => Err(SealError::Shape),
        }
    }
}

/// Opens with the key that the text names; with the first that fits where it names none.
fn opened_by<'k>(
    keys: impl Iterator<Item = &'k ReceiverKeys>,
    info: &[u8],
    sealed: &str,
) -> Result<Vec<u8>, SealError> {
    let parts = Parts::of(sealed)?;
    let mut answer = Err(SealError::UnknownKey);
    for keys in keys {
        if parts.key_id.is_none_or(|named| named == keys.key_id()) {
            answer = keys.open_parts(info, &parts);
        }
        if answer.is_ok() {
            break;
        }
    }
    answer
}

fn key_id(public_key: &str) -> String {
    public_key.chars().take(KEY_ID_CHARACTERS).collect()
}

impl fmt::Debug for ReceiverKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverKeys")
            .field("public", &self.public_key())
            .finish_non_exhaustive()
    }
}

/// Seals a plaintext for the holder of a public key. `info` binds it to its context, such as the
/// handoff it belongs to: with another `info` it does not open.
///
/// # Errors
/// [`SealError::PublicKey`] or [`SealError::Seal`].
pub fn seal_for(
    public_key: &str,
    info: &[u8],
    plaintext: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<String, SealError> {
    let bytes = URL_SAFE_NO_PAD
        .decode(public_key)
        .map_err(|_| SealError::PublicKey)?;
    let receiver = PublicKey::from_bytes(&bytes).map_err(|_| SealError::PublicKey)?;
    let (key, ciphertext) = hpke::single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &receiver, info, plaintext, b"", rng)
    .map_err(|_| SealError::Seal)?;
    Ok(format!(
        "v2.{}.{}.{}",
        key_id(&URL_SAFE_NO_PAD.encode(receiver.to_bytes())),
        URL_SAFE_NO_PAD.encode(key.to_bytes()),
        URL_SAFE_NO_PAD.encode(ciphertext)
    ))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn keys(seed: u64) -> ReceiverKeys {
        ReceiverKeys::generate(&mut StdRng::seed_from_u64(seed))
    }

    fn sealed_for(keys: &ReceiverKeys) -> String {
        let mut rng = StdRng::seed_from_u64(7);
        seal_for(&keys.public_key(), b"handoff 1", b"Bella", &mut rng).expect("a key")
    }

    #[test]
    fn the_receiver_reads_what_was_sealed() {
        let svb = keys(1);
        let reloaded = ReceiverKeys::from_secret(&svb.secret()).expect("its own secret");
        assert_eq!(reloaded.public_key(), svb.public_key());
        assert_eq!(
            reloaded.open(b"handoff 1", &sealed_for(&svb)),
            Ok(b"Bella".to_vec())
        );
    }

    #[test]
    fn nobody_else_reads_it() {
        let svb = keys(1);
        let sealed = sealed_for(&svb);
        let other = keys(2);
        assert_eq!(
            other.open(b"handoff 1", &sealed),
            Err(SealError::UnknownKey)
        );
        // Nor when the text is made to name their key.
        let renamed = sealed.replace(&svb.key_id(), &other.key_id());
        assert_eq!(other.open(b"handoff 1", &renamed), Err(SealError::Open));
    }

    #[test]
    fn it_does_not_open_for_another_handoff() {
        let svb = keys(1);
        assert_eq!(
            svb.open(b"handoff 2", &sealed_for(&svb)),
            Err(SealError::Open)
        );
    }

    #[test]
    fn a_changed_text_does_not_open() {
        let svb = keys(1);
        let mut sealed = sealed_for(&svb);
        let changed = if sealed.ends_with('A') { "Q" } else { "A" };
        let at = sealed.len() - 4;
        sealed.replace_range(at..=at, changed);
        assert_eq!(svb.open(b"handoff 1", &sealed), Err(SealError::Open));
    }

    #[test]
    fn what_is_no_key_or_no_sealed_text_is_told_apart() {
        let mut rng = StdRng::seed_from_u64(7);
        assert_eq!(
            seal_for("not a key", b"", b"", &mut rng),
            Err(SealError::PublicKey)
        );
        assert_eq!(
            ReceiverKeys::from_secret("AAAA").map(|_| ()),
            Err(SealError::SecretKey)
        );
        for wrong in ["", "v1", "v1..", "v2.AAAA.AAAA", "v3.A.A.A", "v1.AAAA.AAAA"] {
            assert_eq!(keys(1).open(b"", wrong), Err(SealError::Shape), "{wrong}");
        }
    }

    #[test]
    fn debug_does_not_show_the_secret() {
        let svb = keys(1);
        assert!(!format!("{svb:?}").contains(&svb.secret()));
    }
}
