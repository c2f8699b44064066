use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::VaultError;
use super::sealer::NONCE_BYTES;

/// The length of a master key and of a data key, in bytes (AES-256).
pub(super) const KEY_BYTES: usize = 32;

/// A key that wraps other keys: that of a generation, or one derived from the master key.
#[derive(Clone)]
pub(super) struct WrappingKey(Arc<LessSafeKey>);

/// One owner's data key, ready for use.
#[derive(Clone)]
pub(super) struct DataKey(Arc<LessSafeKey>);

impl WrappingKey {
    pub(super) fn new(bytes: &[u8; KEY_BYTES]) -> Result<Self, VaultError> {
        cipher(bytes).map(|key| Self(Arc::new(key)))
    }

    /// Wraps a data key; only the same owner and key id unwrap it.
    pub(super) fn wrap(
        &self,
        data_key: &[u8],
        nonce: [u8; NONCE_BYTES],
        key_id: &str,
        owner: &str,
    ) -> Result<String, VaultError> {
        let mut wrapped = nonce.to_vec();
        wrapped.extend(seal(
            &self.0,
            nonce,
            &wrap_context(key_id, owner),
            data_key,
        )?);
        Ok(encode(&wrapped))
    }

    /// The key inside, for wrapping it anew; only the owner and key id it was wrapped for open it.
    pub(super) fn unwrap(
        &self,
        wrapped: &str,
        key_id: &str,
        owner: &str,
    ) -> Result<[u8; KEY_BYTES], VaultError> {
        let bytes = decode(wrapped).ok_or(VaultError::Tampered)?;
        let (nonce, ciphertext) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(VaultError::Tampered)?;
        let context = wrap_context(key_id, owner);
        let key = open(&self.0, *nonce, &context, ciphertext)?;
        key.as_slice().try_into().map_err(|_| VaultError::Tampered)
    }
}

impl DataKey {
    pub(super) fn new(bytes: &[u8; KEY_BYTES]) -> Result<Self, VaultError> {
        cipher(bytes).map(|key| Self(Arc::new(key)))
    }

    pub(super) fn seal(
        &self,
        plaintext: &str,
        nonce: [u8; NONCE_BYTES],
        key_id: &str,
        owner: &str,
    ) -> Result<String, VaultError> {
        let ciphertext = seal(
            &self.0,
            nonce,
            &text_context(key_id, owner),
            plaintext.as_bytes(),
        )?;
        Ok(encode(&ciphertext))
    }

    pub(super) fn open(
        &self,
        ciphertext: &str,
        nonce: [u8; NONCE_BYTES],
        key_id: &str,
        owner: &str,
    ) -> Result<String, VaultError> {
        let ciphertext = decode(ciphertext).ok_or(VaultError::Malformed)?;
        let plaintext = open(&self.0, nonce, &text_context(key_id, owner), &ciphertext)?;
        String::from_utf8(plaintext).map_err(|_| VaultError::Tampered)
    }
}

pub(super) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Binds a wrapped key to its id and owner. A key id holds no `|`, so no two pairs look alike.
fn wrap_context(key_id: &str, owner: &str) -> String {
    format!("doorbraak vault key v1|{key_id}|{owner}")
}

/// Binds a sealed text to its key's id and owner.
fn text_context(key_id: &str, owner: &str) -> String {
    format!("doorbraak vault text v1|{key_id}|{owner}")
}

fn cipher(key: &[u8; KEY_BYTES]) -> Result<LessSafeKey, VaultError> {
    let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| VaultError::MasterKey)?;
    Ok(LessSafeKey::new(key))
}

fn seal(
    key: &LessSafeKey,
    nonce: [u8; NONCE_BYTES],
    context: &str,
    plaintext: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let mut buffer = plaintext.to_vec();
    key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::from(context),
        &mut buffer,
    )
    .map_err(|_| VaultError::Unsealable)?;
    Ok(buffer)
}

fn open(
    key: &LessSafeKey,
    nonce: [u8; NONCE_BYTES],
    context: &str,
    ciphertext: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let mut buffer = ciphertext.to_vec();
    let plaintext = key
        .open_in_place(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(context),
            &mut buffer,
        )
        .map_err(|_| VaultError::Tampered)?;
    Ok(plaintext.to_vec())
}
