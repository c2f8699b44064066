//! Who is calling: an access token, checked against its issuer's published keys.
//!
//! A service asks a [`Verifier`] about the bearer token of a request and gets a [`Verified`] or a
//! reason for refusal. Only a `Verifier` can make a `Verified`, so holding one is the proof. The
//! rules are those of OAuth-NL 1.1, RFC 9068 (the `at+jwt` profile) and RFC 8725: fixed
//! algorithms, an explicit token type, every claim checked. The time is an argument.

mod claims;
mod error;
mod id_token;
mod keys;
mod verified;
mod verifier;

pub use error::{ConfigError, TokenError};
pub use id_token::{IdConfig, IdVerifier, Identity};
pub use verified::{SYSTEM, Verified};
pub use verifier::{Verifier, VerifierConfig};
