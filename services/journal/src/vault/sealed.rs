use std::fmt;

use serde::{Deserialize, Serialize};

use super::VaultError;
use super::crypto::{DataKey, decode};
use super::sealer::NONCE_BYTES;

/// A sealed text as it stands in events and views: `v1.<key id>.<nonce>.<ciphertext>`, each part
/// in base64url. Only the vault that sealed it opens it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

struct Parts<'s> {
    key_id: &'s str,
    nonce: [u8; NONCE_BYTES],
    ciphertext: &'s str,
}

impl Sealed {
    pub(super) fn new(key_id: &str, nonce: &str, ciphertext: &str) -> Self {
        Self(format!("v1.{key_id}.{nonce}.{ciphertext}"))
    }

    /// Takes a text that was stored as [`Sealed::as_str`].
    ///
    /// # Errors
    /// [`VaultError::Malformed`] when it has another form.
    pub fn parse(text: impl Into<String>) -> Result<Self, VaultError> {
        let sealed = Self(text.into());
        sealed.parts()?;
        Ok(sealed)
    }

    /// The text to store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn key_id(&self) -> Result<&str, VaultError> {
        Ok(self.parts()?.key_id)
    }

    pub(super) fn open(&self, owner: &str, key: &DataKey) -> Result<String, VaultError> {
        let parts = self.parts()?;
        key.open(parts.ciphertext, parts.nonce, parts.key_id, owner)
    }

    fn parts(&self) -> Result<Parts<'_>, VaultError> {
        let mut parts = self.0.split('.');
        match (
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) {
            (Some("v1"), Some(key_id), Some(nonce), Some(ciphertext), None)
                if !key_id.is_empty() && !key_id.contains('\0') =>
            {
                let nonce = decode(nonce)
                    .and_then(|bytes| bytes.try_into().ok())
                    .ok_or(VaultError::Malformed)?;
                Ok(Parts {
                    key_id,
                    nonce,
                    ciphertext,
                })
            }
            _ => Err(VaultError::Malformed),
        }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}
