//! Who logged in: the ID token of an OpenID provider (OpenID Connect Core 1.0, section 3.1.3.7). It
//! says who sits there, to one application, and gives access to nothing.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::claims::{self, Claims};
use crate::keys::Keys;
use crate::verifier::{claims_of, keys_at, signed_header};
use crate::{ConfigError, TokenError};

/// What an [`IdVerifier`] accepts.
#[derive(Debug, Clone)]
pub struct IdConfig {
    /// The one accepted `iss`.
    pub issuer: String,
    /// The application's own name at the provider, which must be among the token's `aud`.
    pub client_id: String,
    /// Where the provider publishes its keys (JWKS), `http` or `https`.
    pub jwks_url: String,
    /// How far the clocks of provider and application may differ.
    pub leeway: SignedDuration,
}

/// Who logged in. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// `sub`: the person, as an opaque name of the provider's. Personal data: never log it.
    pub subject: String,
    /// `name`: what people call them, when the provider says so. Personal data: never log it.
    pub name: Option<String>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// Checks ID tokens of one provider for one application.
pub struct IdVerifier {
    config: IdConfig,
    keys: Keys,
}

impl IdVerifier {
    /// Makes a verifier; the keys are fetched with the first token.
    ///
    /// # Errors
    /// When a setting cannot work: an empty issuer or client, a key address that is no `http(s)`
    /// URL.
    pub fn new(config: IdConfig) -> Result<Self, ConfigError> {
        if config.issuer.is_empty() {
            return Err(ConfigError::Setting("issuer"));
        }
        if config.client_id.is_empty() {
            return Err(ConfigError::Setting("client_id"));
        }
        let keys = keys_at(&config.jwks_url)?;
        Ok(Self { config, keys })
    }

    /// Checks an ID token as of `now`, as the answer to the login that was begun with `nonce`.
    ///
    /// # Errors
    /// [`TokenError::Unavailable`] when the provider's keys cannot be had; every other variant
    /// means that nobody is logged in.
    pub async fn verify(
        &self,
        token: &str,
        nonce: &str,
        now: Timestamp,
    ) -> Result<Identity, TokenError> {
        let header = signed_header(token)?;
        // An access token is no ID token (RFC 8725, section 3.11).
        if !header
            .typ
            .as_deref()
            .is_none_or(|typ| typ.eq_ignore_ascii_case("jwt"))
        {
            return Err(TokenError::Type);
        }
        let claims = claims_of(token, &header, &self.keys, now).await?;
        self.accept(&claims, nonce, now)
    }

    fn accept(&self, claims: &Claims, nonce: &str, now: Timestamp) -> Result<Identity, TokenError> {
        let IdConfig {
            issuer,
            client_id,
            leeway,
            ..
        } = &self.config;
        if claims::text(claims, "iss")? != *issuer {
            return Err(TokenError::Issuer);
        }
        claims::check_audience(claims, client_id)?;
        let authorised = claims
            .get("azp")
            .is_none_or(|azp| azp == client_id.as_str());
        if !authorised {
            return Err(TokenError::Audience);
        }
        if claims::text(claims, "nonce")? != nonce {
            return Err(TokenError::Nonce);
        }
        let (expires, issued) = (
            claims::moment(claims, "exp")?,
            claims::moment(claims, "iat")?,
        );
        if now.duration_since(expires) >= *leeway {
            return Err(TokenError::Expired);
        }
        if issued.duration_since(now) > *leeway {
            return Err(TokenError::NotYetValid);
        }
        Ok(Identity {
            subject: claims::text(claims, "sub")?,
            name: claims
                .get("name")
                .and_then(Value::as_str)
                .map(str::to_owned),
        })
    }
}

impl fmt::Debug for IdVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdVerifier")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
