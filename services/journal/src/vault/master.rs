use std::fmt;

use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};

use super::VaultError;
use super::crypto::{KEY_BYTES, WrappingKey, encode};

/// The key above all data keys: 32 random bytes that are kept apart from the vault.
#[derive(Clone)]
pub struct MasterKey([u8; KEY_BYTES]);

impl MasterKey {
    /// Takes 32 random bytes as the master key.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// Wraps data keys in a vault without a generation of its own.
    pub(super) fn wrapping_key(&self) -> Result<WrappingKey, VaultError> {
        WrappingKey::new(&self.derive(b"wrap data keys")?)
    }

    /// Wraps the wrapping keys of the generations.
    pub(super) fn generation_key(&self) -> Result<WrappingKey, VaultError> {
        WrappingKey::new(&self.derive(b"wrap wrapping keys")?)
    }

    /// A value that only this master key gives and that says nothing about it.
    pub(super) fn proof(&self) -> Result<String, VaultError> {
        Ok(encode(&self.derive(b"proof of the master key")?))
    }

    fn derive(&self, purpose: &[u8]) -> Result<[u8; KEY_BYTES], VaultError> {
        let mut key = [0; KEY_BYTES];
        Salt::new(HKDF_SHA256, b"doorbraak vault v1")
            .extract(&self.0)
            .expand(&[purpose], HKDF_SHA256)
            .and_then(|derived| derived.fill(&mut key))
            .map_err(|_| VaultError::MasterKey)?;
        Ok(key)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}
