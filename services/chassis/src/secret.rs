//! Secrets come from files, never from the environment or the command line, where other programs
//! can read them.

use std::{fmt, path::Path};

/// How many bytes a key has.
const KEY_BYTES: usize = 32;

/// A secret text, hidden from `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// Why a secret cannot be used. Names the file, never what is in it.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file cannot be read, or is not text.
    #[error("the secret file {path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is empty.
    #[error("the secret file {0} is empty")]
    Empty(String),
    /// It is not what a key looks like.
    #[error("is no key of 32 bytes, as they are or in hexadecimal digits")]
    NoKey,
}

impl Secret {
    /// Takes a text that is a secret, for instance one made at start.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Reads a secret from a file; white space around it is not part of it.
    ///
    /// # Errors
    /// [`SecretError`] when the file cannot be read or holds nothing.
    pub fn from_file(path: &Path) -> Result<Self, SecretError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| SecretError::Unreadable {
            path: shown.clone(),
            source,
        })?;
        match text.trim() {
            "" => Err(SecretError::Empty(shown)),
            secret => Ok(Self::new(secret)),
        }
    }

    /// A key of 32 bytes, written as 64 hexadecimal digits. What is wrong is said without the key.
    ///
    /// # Errors
    /// [`SecretError::NoKey`].
    pub fn key(&self) -> Result<[u8; KEY_BYTES], SecretError> {
        from_digits(self.0.as_bytes()).ok_or(SecretError::NoKey)
    }

    /// The secret itself: only for the call that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Reads a key from a file: 32 bytes as they are, or 64 hexadecimal digits, with or without white
/// space around them. No 32 bytes are 64 digits, so neither is taken for the other.
///
/// # Errors
/// [`SecretError::Unreadable`], [`SecretError::NoKey`].
pub fn key_from_file(path: &Path) -> Result<[u8; KEY_BYTES], SecretError> {
    let bytes = std::fs::read(path).map_err(|source| SecretError::Unreadable {
        path: path.display().to_string(),
        source,
    })?;
    let as_they_are = bytes.as_slice().try_into().ok();
    as_they_are
        .or_else(|| from_digits(bytes.trim_ascii()))
        .ok_or(SecretError::NoKey)
}

fn from_digits(digits: &[u8]) -> Option<[u8; KEY_BYTES]> {
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

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_without_its_line_end_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seed");
        std::fs::write(&path, "SUACSECRET\n").unwrap();
        let secret = Secret::from_file(&path).unwrap();
        assert_eq!(secret.expose(), "SUACSECRET");
        assert_eq!(format!("{secret:?}"), "Secret(hidden)");
    }

    #[test]
    fn a_key_file_has_32_bytes_or_64_digits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let digits = |count: usize, end: &str| ("0a".repeat(count) + end).into_bytes();
        let files = [
            (vec![], None),
            (vec![5; 31], None),
            (vec![5; 32], Some([5; 32])),
            (vec![0xff; 32], Some([0xff; 32])),
            (vec![5; 33], None),
            (digits(32, ""), Some([10; 32])),
            (digits(32, "\n"), Some([10; 32])),
            (digits(32, "\r\n").to_ascii_uppercase(), Some([10; 32])),
            (digits(31, ""), None),
            (digits(31, "0g"), None),
            (digits(33, ""), None),
        ];
        for (contents, fits) in files {
            std::fs::write(&path, &contents).unwrap();
            match key_from_file(&path) {
                Ok(key) => assert_eq!(Some(key), fits, "{contents:?}"),
                Err(SecretError::NoKey) => assert_eq!(fits, None, "{contents:?}"),
                Err(error) => panic!("{contents:?}: {error}"),
            }
        }
        let missing = key_from_file(&folder.path().join("none"));
        assert!(matches!(missing, Err(SecretError::Unreadable { .. })));
    }

    #[test]
    fn an_empty_secret_file_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seed");
        std::fs::write(&path, " \n").unwrap();
        let error = Secret::from_file(&path).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("the secret file {} is empty", path.display())
        );
    }
}
