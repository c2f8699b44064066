use std::{fmt, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header};

use crate::{
    ConfigError, TokenError, Verified, claims,
    keys::{Key, Keys},
};

/// The only signature algorithms accepted (OAuth-NL 1.1: RS256 must, PS256 should be supported).
const ALGORITHMS: [Algorithm; 2] = [Algorithm::RS256, Algorithm::PS256];
/// Longest accepted token in bytes; the usual limit of an HTTP header.
const MAX_TOKEN: usize = 8 * 1024;

/// What a [`Verifier`] accepts.
#[derive(Debug, Clone)]
pub struct VerifierConfig {
    /// The one accepted `iss`.
    pub issuer: String,
    /// The service's own name, which must be among the token's `aud`.
    pub audience: String,
    /// Where the issuer publishes its keys (JWKS), `http` or `https`.
    pub jwks_url: String,
    /// How far the clocks of issuer and service may differ.
    pub leeway: SignedDuration,
    /// Longest accepted time between `iat` and `exp` (OAuth-NL: at most one hour for a person).
    pub max_lifetime: SignedDuration,
}

/// Checks access tokens of one issuer for one audience. Share one per process: it keeps the
/// issuer's keys.
pub struct Verifier {
    config: VerifierConfig,
    keys: Keys,
}

impl Verifier {
    /// Makes a verifier; the keys are fetched with the first token.
    ///
    /// # Errors
    /// When a setting cannot work: an empty issuer or audience, a negative duration, a key
    /// address that is no `http(s)` URL.
    pub fn new(config: VerifierConfig) -> Result<Self, ConfigError> {
        if config.issuer.is_empty() {
            return Err(ConfigError::Setting("issuer"));
        }
        if config.audience.is_empty() {
            return Err(ConfigError::Setting("audience"));
        }
        if config.leeway.is_negative() {
            return Err(ConfigError::Setting("leeway"));
        }
        if !config.max_lifetime.is_positive() {
            return Err(ConfigError::Setting("max_lifetime"));
        }
        let keys = keys_at(&config.jwks_url)?;
        Ok(Self { config, keys })
    }

    /// Checks a bearer token (without the word `Bearer`) as of `now`.
    ///
    /// # Errors
    /// [`TokenError::Unavailable`] when the issuer's keys cannot be had (answer 503); every other
    /// variant means that the token is refused (answer 401).
    pub async fn verify(&self, bearer: &str, now: Timestamp) -> Result<Verified, TokenError> {
        let header = check_header(bearer)?;
        let claims = claims_of(bearer, &header, &self.keys, now).await?;
        claims::accept(&claims, &self.config, now)
    }
}

/// The keys that an issuer publishes at this address.
pub(crate) fn keys_at(address: &str) -> Result<Keys, ConfigError> {
    let url = reqwest::Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or_else(|| ConfigError::JwksUrl(address.to_owned()))?;
    Keys::new(url).map_err(ConfigError::Client)
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

fn check_header(bearer: &str) -> Result<Header, TokenError> {
    let header = signed_header(bearer)?;
    let typ = header.typ.as_deref().unwrap_or_default();
    // RFC 9068 §4: "at+jwt" or "application/at+jwt"; media types ignore case.
    if !typ.eq_ignore_ascii_case("at+jwt") && !typ.eq_ignore_ascii_case("application/at+jwt") {
        return Err(TokenError::Type);
    }
    Ok(header)
}

/// The header of a token of whatever kind, with an allowed algorithm and no extensions.
pub(crate) fn signed_header(bearer: &str) -> Result<Header, TokenError> {
    if bearer.len() > MAX_TOKEN {
        return Err(TokenError::Malformed);
    }
    // `none` and unheard-of algorithms do not parse into a header, but have their own answer.
    let header = decode_header(bearer).map_err(|_| {
        if names_algorithm(bearer) {
            TokenError::Algorithm
        } else {
            TokenError::Malformed
        }
    })?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(TokenError::Algorithm);
    }
    if header.crit.is_some() {
        return Err(TokenError::CriticalExtension);
    }
    Ok(header)
}

fn names_algorithm(bearer: &str) -> bool {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    let parts: Vec<&str> = bearer.split('.').collect();
    parts.len() == 3
        && URL_SAFE_NO_PAD
            .decode(parts[0])
            .ok()
            .and_then(|json| serde_json::from_slice::<serde_json::Value>(&json).ok())
            .is_some_and(|header| header.get("alg").is_some_and(serde_json::Value::is_string))
}

/// What a token claims, when it is signed with the issuer's key that it names.
pub(crate) async fn claims_of(
    bearer: &str,
    header: &Header,
    keys: &Keys,
    now: Timestamp,
) -> Result<serde_json::Map<String, serde_json::Value>, TokenError> {
    let kid = header.kid.as_deref().filter(|kid| !kid.is_empty());
    let key = keys.find(kid.ok_or(TokenError::MissingKeyId)?, now).await?;
    check_signature(bearer, header, &key)
}

fn check_signature(
    bearer: &str,
    header: &Header,
    key: &Arc<Key>,
) -> Result<serde_json::Map<String, serde_json::Value>, TokenError> {
    if key
        .algorithm
        .is_some_and(|algorithm| algorithm != header.alg)
    {
        return Err(TokenError::Algorithm);
    }
    let mut validation = Validation::new(header.alg);
    // The library would use the machine's clock; the claims are checked in `claims` instead.
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    decode(bearer, &key.decoding, &validation)
        .map(|token| token.claims)
        .map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::InvalidSignature => TokenError::Signature,
            _ => TokenError::Malformed,
        })
}
