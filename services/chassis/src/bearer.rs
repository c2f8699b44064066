//! Who is calling, by the access token in the `Authorization` header and nowhere else: a token in
//! a URL ends up in logs.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use token::{TokenError, Verified, Verifier};

use crate::{clock::Clock, problem::Problem};

/// A caller whose access token was verified, as of the time of the state's [`Clock`].
///
/// Refuses with 401 and `WWW-Authenticate` (no token, or one that is not accepted) or 503 (the
/// issuer's keys cannot be had).
#[derive(Clone, Debug)]
pub struct Bearer(pub Verified);

impl<S> FromRequestParts<S> for Bearer
where
    S: Send + Sync,
    Arc<Verifier>: FromRef<S>,
    Clock: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let token = token_of(&parts.headers)?;
        let now = Clock::from_ref(state).now();
        Arc::<Verifier>::from_ref(state)
            .verify(token, now)
            .await
            .map(Bearer)
            .map_err(|error| refusal(&error))
    }
}

/// The token in `Authorization: Bearer …`; the word is case-insensitive (RFC 9110, section 11.1).
///
/// # Errors
/// 401 when there is none, or when there are several.
pub fn token_of(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let missing = || Problem::unauthorized("Send an access token as Authorization: Bearer.");
    let value = values.next().ok_or_else(missing)?;
    if values.next().is_some() {
        return Err(Problem::unauthorized("Send one Authorization header."));
    }
    value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .filter(|token| !token.is_empty())
        .ok_or_else(missing)
}

/// What a caller hears about a token that is not accepted (RFC 6750, section 3.1).
pub fn refusal(error: &TokenError) -> Problem {
    if error.is_unavailable() {
        tracing::warn!(%error, "an access token could not be checked");
        return Problem::unavailable("Access tokens cannot be checked at the moment.");
    }
    tracing::info!(%error, "an access token was refused");
    let mut detail = error.to_string();
    if let Some(first) = detail.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Problem::unauthorized(format!("{detail}.")).with_header(
        header::WWW_AUTHENTICATE,
        HeaderValue::from_static("Bearer realm=\"doorbraak\", error=\"invalid_token\""),
    )
}
