//! The key that signs the development tokens: made at start, never stored.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chassis::Entropy;
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, encode,
    jwk::{Jwk, PublicKeyUse},
};
use serde::Serialize;
use serde_json::{Value, json};

/// Why a token cannot be signed.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The cryptographic library could not make a key.
    #[error("no signing key could be made")]
    Generate,
    /// The key cannot be used for signing.
    #[error("the token cannot be signed")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

/// An RSA key of 2048 bits, for RS256.
pub(super) struct SigningKey {
    id: String,
    private: EncodingKey,
    public: Jwk,
}

impl SigningKey {
    /// Makes a key. Its bytes come from the cryptographic library's own source of randomness, its
    /// name from `entropy`; no outcome of a story depends on either.
    pub(super) fn generate(entropy: &Entropy) -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Generate)?;
        let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError::Generate)?;
        // PEM is the form in which the JWT library takes a PKCS#8 key.
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(der.as_ref())
        );
        let private = EncodingKey::from_rsa_pem(pem.as_bytes())?;
        let id = hexadecimal(&entropy.bytes::<8>());
        let mut public = Jwk::from_encoding_key(&private, Algorithm::RS256)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            id,
            private,
            public,
        })
    }

    /// Signs claims as an access token (RFC 9068: `typ` is `at+jwt`).
    pub(super) fn sign(&self, claims: &impl Serialize) -> Result<String, KeyError> {
        self.sign_as("at+jwt", claims)
    }

    /// Signs claims as a token of this type.
    pub(super) fn sign_as(&self, kind: &str, claims: &impl Serialize) -> Result<String, KeyError> {
        let mut header = Header::new(Algorithm::RS256);
        header.typ = Some(kind.to_owned());
        header.kid = Some(self.id.clone());
        Ok(encode(&header, claims, &self.private)?)
    }

    /// The public half as a key set (RFC 7517).
    pub(super) fn published(&self) -> Value {
        json!({"keys": [self.public]})
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
