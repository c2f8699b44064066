//! The claims of an access token, checked one by one; pure, the time is an argument.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::{TokenError, Verified, VerifierConfig};

pub(crate) type Claims = Map<String, Value>;

/// Longest accepted text claim; anything longer is not an identifier.
const MAX_TEXT: usize = 512;

/// Turns the claims of a token whose signature was verified into a [`Verified`].
pub(crate) fn accept(
    claims: &Claims,
    config: &VerifierConfig,
    now: Timestamp,
) -> Result<Verified, TokenError> {
    let issuer = text(claims, "iss")?;
    if issuer != config.issuer {
        return Err(TokenError::Issuer);
    }
    check_audience(claims, &config.audience)?;
    let expires_at = check_times(claims, config, now)?;
    Ok(Verified {
        issuer,
        subject: text(claims, "sub")?,
        organisation: organisation(claims)?,
        roles: optional_texts(claims, "roles")?,
        regions: optional_texts(claims, "regions")?,
        acr: match claims.get("acr") {
            None => None,
            Some(_) => Some(text(claims, "acr")?),
        },
        token_id: token_id(claims)?,
        authorised_party: text(claims, "azp")?,
        expires_at,
    })
}

fn check_times(
    claims: &Claims,
    config: &VerifierConfig,
    now: Timestamp,
) -> Result<Timestamp, TokenError> {
    let expires = moment(claims, "exp")?;
    let not_before = moment(claims, "nbf")?;
    let issued = moment(claims, "iat")?;
    if expires <= issued || expires <= not_before {
        return Err(TokenError::InvalidClaim("exp"));
    }
    if expires.duration_since(issued) > config.max_lifetime {
        return Err(TokenError::LifetimeTooLong);
    }
    // Compared as durations: adding the leeway to a moment at the calendar's end would overflow.
    if now.duration_since(expires) >= config.leeway {
        return Err(TokenError::Expired);
    }
    if not_before.max(issued).duration_since(now) > config.leeway {
        return Err(TokenError::NotYetValid);
    }
    Ok(expires)
}

pub(crate) fn check_audience(claims: &Claims, expected: &str) -> Result<(), TokenError> {
    let found = match claims.get("aud") {
        None => return Err(TokenError::MissingClaim("aud")),
        Some(Value::String(one)) => one == expected,
        Some(Value::Array(many)) if many.iter().all(Value::is_string) => {
            many.iter().any(|one| one == expected)
        }
        Some(_) => return Err(TokenError::InvalidClaim("aud")),
    };
    if found {
        Ok(())
    } else {
        Err(TokenError::Audience)
    }
}

/// `org`: an OIN, 20 digits.
fn organisation(claims: &Claims) -> Result<String, TokenError> {
    let organisation = text(claims, "org")?;
    if organisation.len() == 20 && organisation.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(organisation)
    } else {
        Err(TokenError::InvalidClaim("org"))
    }
}

/// `jti` of at least 128 bits (OAuth-NL): a UUID, 32 hexadecimal digits, or 22 base64url
/// characters, of which each carries six bits.
fn token_id(claims: &Claims) -> Result<String, TokenError> {
    let token_id = text(claims, "jti")?;
    let bare: String = token_id.chars().filter(|c| *c != '-').collect();
    let hexadecimal = bare.chars().all(|c| c.is_ascii_hexdigit());
    let base64url = token_id
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let wide_enough = if hexadecimal {
        bare.len() >= 32
    } else {
        base64url && token_id.len() >= 22
    };
    if wide_enough {
        Ok(token_id)
    } else {
        Err(TokenError::InvalidClaim("jti"))
    }
}

pub(crate) fn text(claims: &Claims, name: &'static str) -> Result<String, TokenError> {
    match claims.get(name) {
        None => Err(TokenError::MissingClaim(name)),
        Some(Value::String(text)) if !text.trim().is_empty() && text.len() <= MAX_TEXT => {
            Ok(text.clone())
        }
        Some(_) => Err(TokenError::InvalidClaim(name)),
    }
}

fn optional_texts(claims: &Claims, name: &'static str) -> Result<Vec<String>, TokenError> {
    let Some(value) = claims.get(name) else {
        return Ok(Vec::new());
    };
    value
        .as_array()
        .and_then(|items| {
            items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect()
        })
        .ok_or(TokenError::InvalidClaim(name))
}

/// A NumericDate (RFC 7519 §2): seconds since 1970, fractions allowed and cut off.
pub(crate) fn moment(claims: &Claims, name: &'static str) -> Result<Timestamp, TokenError> {
    let value = claims.get(name).ok_or(TokenError::MissingClaim(name))?;
    let seconds = value
        .as_i64()
        // A float beyond i64 saturates and is refused by the calendar's own limits below.
        .or_else(|| value.as_f64().map(|seconds| seconds.floor() as i64))
        .ok_or(TokenError::InvalidClaim(name))?;
    Timestamp::from_second(seconds).map_err(|_| TokenError::InvalidClaim(name))
}
