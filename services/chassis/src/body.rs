//! Reading a JSON body: every mistake in it is answered at once, and always as a problem.

use axum::{
    body::{Bytes, HttpBody},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::Problem;
use proto::InvalidParam;

/// The largest request body, in bytes: the same bound as for an event on the wire.
pub const MAX_BYTES: usize = 64 * 1024;

/// A JSON body that fits its schema.
///
/// Refuses with 415 (content type), 413 (more than [`MAX_BYTES`]) or 400 (no JSON, or every field
/// that does not fit, all at once).
#[derive(Clone, Copy, Debug)]
pub struct Checked<T>(pub T);

impl<S, T> FromRequest<S> for Checked<T>
where
    S: Send + Sync,
    T: DeserializeOwned + JsonSchema + 'static,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let value = json(request).await?;
        proto::check(&value)
            .map(Checked)
            .map_err(Problem::bad_request)
    }
}

/// The JSON in a body, whatever its shape: for bodies whose schema depends on a field in them.
///
/// # Errors
/// 415, 413 or 400, as for [`Checked`].
pub async fn json(request: Request) -> Result<Value, Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::unsupported_media_type());
    }
    let bytes = read(request).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        // Only the place: the parser's own words could repeat what was sent.
        Problem::bad_request(vec![InvalidParam {
            name: String::new(),
            reason: format!(
                "is not JSON (line {}, column {})",
                error.line(),
                error.column()
            ),
        }])
    })
}

/// `application/json`, with parameters or not. Structured suffixes are other formats.
fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

async fn read(request: Request) -> Result<Bytes, Problem> {
    let body = request.into_body();
    // What a caller announces as too large is not read at all.
    if body.size_hint().lower() > MAX_BYTES as u64 {
        return Err(Problem::too_large());
    }
    axum::body::to_bytes(body, MAX_BYTES)
        .await
        .map_err(|error| {
            if is_length_limit(&error) {
                Problem::too_large()
            } else {
                Problem::bad_request(Vec::new()).with_detail("The request body broke off.")
            }
        })
}

/// Whether reading stopped at the limit. axum wraps the reason, so the chain of causes is searched.
fn is_length_limit(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}
