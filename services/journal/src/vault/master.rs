use std::fmt;
use std::path::Path;

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

    /// Reads the master key from a file: 32 bytes as they are, or 64 hexadecimal digits, with or
    /// without a line's end. No 32 bytes are 64 digits, so neither is taken for the other.
    ///
    /// # Errors
    /// [`VaultError::MasterKeyFile`], [`VaultError::MasterKeyLength`].
    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        let bytes = std::fs::read(path).map_err(VaultError::MasterKeyFile)?;
        Self::from_contents(&bytes)
    }

    /// The same from what stands in such a file.
    ///
    /// # Errors
    /// [`VaultError::MasterKeyLength`].
    pub fn from_contents(bytes: &[u8]) -> Result<Self, VaultError> {
        let as_they_are = bytes.try_into().ok();
        as_they_are
            .or_else(|| from_hex(bytes.trim_ascii()))
            .map(Self)
            .ok_or(VaultError::MasterKeyLength)
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
            .map_err(|_| VaultError::MasterKeyLength)?;
        Ok(key)
    }
}

fn from_hex(digits: &[u8]) -> Option<[u8; KEY_BYTES]> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    let mut key = [0; KEY_BYTES];
    if digits.len() != 2 * KEY_BYTES {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::try_from(value(pair[0])? * 16 + value(pair[1])?).ok()?;
    }
    Some(key)
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
    fn a_master_key_file_has_32_bytes_or_64_digits() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("master.key");
        let digits = |count: usize, end: &str| ("0a".repeat(count) + end).into_bytes();
        let files = [
            (vec![], None),
            (vec![5; 31], None),
            (vec![5; 32], Some([5; 32])),
            (vec![5; 33], None),
            (digits(32, ""), Some([10; 32])),
            (digits(32, "\n"), Some([10; 32])),
            (digits(32, "\r\n").to_ascii_uppercase(), Some([10; 32])),
            (digits(31, ""), None),
            (digits(31, "0g"), None),
            (digits(33, ""), None),
        ];
        for (contents, fits) in files {
            std::fs::write(&path, &contents).expect("written");
            match MasterKey::from_file(&path) {
                Ok(key) => assert_eq!(Some(key.0), fits, "{contents:?}"),
                Err(VaultError::MasterKeyLength) => assert_eq!(fits, None, "{contents:?}"),
                Err(error) => panic!("{contents:?}: {error}"),
            }
        }
        let missing = MasterKey::from_file(&folder.path().join("none"));
        assert!(matches!(missing, Err(VaultError::MasterKeyFile(_))));
    }
}
