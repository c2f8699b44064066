use std::fmt;

use super::crypto::{DataKey, KEY_BYTES, encode};
use super::{Sealed, VaultError};

/// The random bytes of one nonce.
pub const NONCE_BYTES: usize = 12;
const KEY_ID_BYTES: usize = 16;
/// The random bytes a new data key takes: its id, the key itself and the nonce of its wrapping.
pub const FRESH_BYTES: usize = KEY_ID_BYTES + KEY_BYTES + NONCE_BYTES;

/// Seals texts of one owner.
#[derive(Clone)]
pub struct Sealer {
    owner: String,
    key_id: String,
    key: DataKey,
}

impl Sealer {
    pub(super) fn new(owner: &str, key_id: String, key: DataKey) -> Self {
        Self {
            owner: owner.to_owned(),
            key_id,
            key,
        }
    }

    /// Seals a text. The nonce is random and never used twice (`entropy.bytes()`): a nonce used
    /// for two texts of one owner gives both away.
    ///
    /// # Errors
    /// [`VaultError::Unsealable`] for a text beyond the cipher's limit of 64 GiB.
    pub fn seal(&self, plaintext: &str, nonce: [u8; NONCE_BYTES]) -> Result<Sealed, VaultError> {
        let ciphertext = self.key.seal(plaintext, nonce, &self.key_id, &self.owner)?;
        Ok(Sealed::new(&self.key_id, &encode(&nonce), &ciphertext))
    }

    /// Whose texts it seals.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer")
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

/// What the random bytes of a new data key are: its id, the key and the nonce of its wrapping.
pub(super) fn split(fresh: &[u8; FRESH_BYTES]) -> (String, [u8; KEY_BYTES], [u8; NONCE_BYTES]) {
    let (id, rest) = fresh.split_at(KEY_ID_BYTES);
    let (key_bytes, nonce_bytes) = rest.split_at(KEY_BYTES);
    let (mut key, mut nonce) = ([0; KEY_BYTES], [0; NONCE_BYTES]);
    key.copy_from_slice(key_bytes);
    nonce.copy_from_slice(nonce_bytes);
    (encode(id), key, nonce)
}
