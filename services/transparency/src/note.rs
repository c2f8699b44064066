//! A text with signatures (C2SP signed-note), signed with Ed25519.
//!
//! ```text
//! text, one or more lines
//!
//! — name base64(key id of 4 bytes, signature of 64 bytes)
//! ```

use std::fmt;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::sha256;

/// Ed25519, as signed-note numbers its algorithms.
const ED25519_KEY: u8 = 1;

/// The mark before each signature: an em dash and a space.
const MARK: &str = "\u{2014} ";

/// A note that cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It has not the form of a signed note.
    #[error("has not the form of a signed note")]
    Form,
    /// This key did not sign it.
    #[error("bears no signature of this key")]
    Unsigned,
    /// The signature of this key does not fit the text.
    #[error("bears a signature that does not fit the text")]
    Signature,
}

/// A key or its name cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name is empty, or has a space, a control character or a plus.
    #[error("the name of a key has no spaces and no plus")]
    Name,
    /// It is no Ed25519 key.
    #[error("is no Ed25519 key of 32 bytes")]
    Key,
}

fn named(name: &str) -> Result<String, KeyError> {
    let wrong = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.contains(wrong) {
        return Err(KeyError::Name);
    }
    Ok(name.to_owned())
}

fn key_id(name: &str, public: &[u8]) -> [u8; 4] {
    let bytes = [name.as_bytes(), b"\n", &[ED25519_KEY], public].concat();
    let mut id = [0; 4];
    id.copy_from_slice(&sha256(&bytes).as_bytes()[..4]);
    id
}

/// Signs notes under a name.
pub struct Signer {
    name: String,
    pair: Ed25519KeyPair,
}

impl Signer {
    /// A signer from a secret of 32 bytes (the seed of RFC 8032).
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn new(name: &str, secret: &[u8; 32]) -> Result<Self, KeyError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(secret).map_err(|_| KeyError::Key)?;
        Ok(Self {
            name: named(name)?,
            pair,
        })
    }

    /// Who checks what it signs.
    ///
    /// # Errors
    /// [`KeyError::Key`], never with this library.
    pub fn verifier(&self) -> Result<Verifier, KeyError> {
        let bytes = self.pair.public_key().as_ref();
        Verifier::new(&self.name, bytes.try_into().map_err(|_| KeyError::Key)?)
    }

    /// The text with its signature. The text must end with its only or last line's end.
    ///
    /// # Errors
    /// [`NoteError::Form`] when the text cannot stand in a note.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        check_text(text)?;
        let id = key_id(&self.name, self.pair.public_key().as_ref());
        let signature = [id.as_slice(), self.pair.sign(text.as_bytes()).as_ref()].concat();
        let (name, signature) = (&self.name, STANDARD.encode(signature));
        Ok(format!("{text}\n{MARK}{name} {signature}\n"))
    }
}

/// Shows whose it is, never the secret.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Checks notes that one name signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    public: [u8; 32],
}

impl Verifier {
    /// A verifier from the signer's name and public key.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, public: [u8; 32]) -> Result<Self, KeyError> {
        Ok(Self {
            name: named(name)?,
            public,
        })
    }

    /// A verifier whose public key is written in base64url without padding.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(name: &str, public: &str) -> Result<Self, KeyError> {
        let bytes = URL_SAFE_NO_PAD.decode(public).map_err(|_| KeyError::Key)?;
        Self::new(name, bytes.try_into().map_err(|_| KeyError::Key)?)
    }

    /// The public key in base64url without padding.
    #[must_use]
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.public)
    }

    /// The key as other tools take it: `name+key id+base64` (C2SP signed-note, verifier key).
    #[must_use]
    pub fn vkey(&self) -> String {
        let id = u32::from_be_bytes(key_id(&self.name, &self.public));
        let key = STANDARD.encode([&[ED25519_KEY], self.public.as_slice()].concat());
        format!("{}+{id:08x}+{key}", self.name)
    }

    /// The text of a note that this key signed. Signatures of others are left alone, as signed-note
    /// asks.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn open<'n>(&self, note: &'n str) -> Result<&'n str, NoteError> {
        let end = note.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, signatures) = (&note[..=end], &note[end + 2..]);
        check_text(text)?;
        let lines = signatures.strip_suffix('\n').ok_or(NoteError::Form)?;
        let mut found = false;
        for line in lines.split('\n') {
            let (name, signature) = line
                .strip_prefix(MARK)
                .and_then(|line| line.split_once(' '))
                .ok_or(NoteError::Form)?;
            named(name).map_err(|_| NoteError::Form)?;
            let bytes = STANDARD.decode(signature).map_err(|_| NoteError::Form)?;
            let (id, signature) = bytes.split_at_checked(4).ok_or(NoteError::Form)?;
            if name != self.name || id != key_id(&self.name, &self.public) {
                continue;
            }
            UnparsedPublicKey::new(&ED25519, &self.public)
                .verify(text.as_bytes(), signature)
                .map_err(|_| NoteError::Signature)?;
            found = true;
        }
        if found {
            Ok(text)
        } else {
            Err(NoteError::Unsigned)
        }
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    let control = |c: char| c.is_control() && c != '\n';
    if !text.ends_with('\n') || text.contains(control) {
        return Err(NoteError::Form);
    }
    Ok(())
}
