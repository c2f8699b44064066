//! Secrets come from files, never from the environment or the command line, where other programs
//! can read them.

use std::{fmt, path::Path};

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
    #[error("is no key of 32 bytes in hexadecimal digits")]
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
    pub fn key(&self) -> Result<[u8; 32], SecretError> {
        let text = self.0.as_str();
        if text.len() != 64 || !text.is_ascii() {
            return Err(SecretError::NoKey);
        }
        let mut key = [0; 32];
        for (index, byte) in key.iter_mut().enumerate() {
            let digits = &text[2 * index..2 * index + 2];
            *byte = u8::from_str_radix(digits, 16).map_err(|_| SecretError::NoKey)?;
        }
        Ok(key)
    }

    /// The secret itself: only for the call that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
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
