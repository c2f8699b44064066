use std::fmt;
use std::path::Path;

use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};

use super::VaultError;
use super::crypto::{KEY_BYTES, WrappingKey, encode};

/// The key above all data keys: 32 random bytes that are kept apart from the vault.
pub struct MasterKey([u8; KEY_BYTES]);

impl MasterKey {
    /// Takes 32 random bytes as the master key.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads the master key from a file of exactly 32 bytes.
    ///
    /// # Errors
    /// [`VaultError::MasterKeyFile`], [`VaultError::MasterKeyLength`].
    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        let bytes = std::fs::read(path).map_err(VaultError::MasterKeyFile)?;
        let bytes = bytes.try_into().map_err(|_| VaultError::MasterKeyLength)?;
        Ok(Self(bytes))
    }

    pub(super) fn wrapping_key(&self) -> Result<WrappingKey, VaultError> {
        WrappingKey::new(&self.derive(b"wrap data keys")?)
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
            .map_err(|_| VaultError::MasterKeyLength)?;
        Ok(key)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_master_key_file_has_exactly_32_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("master.key");
        for (length, fits) in [(0, false), (31, false), (32, true), (33, false)] {
            std::fs::write(&path, vec![5; length]).expect("written");
            let read = MasterKey::from_file(&path);
            match read {
                Ok(key) => assert!(fits && key.0 == [5; 32], "{length}"),
                Err(VaultError::MasterKeyLength) => assert!(!fits, "{length}"),
                Err(error) => panic!("{length}: {error}"),
            }
        }
        let missing = MasterKey::from_file(&folder.path().join("none"));
        assert!(matches!(missing, Err(VaultError::MasterKeyFile(_))));
    }
}
