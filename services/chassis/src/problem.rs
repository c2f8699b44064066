//! One shape for everything that goes wrong over HTTP: `application/problem+json` (RFC 9457), as
//! the API Design Rules ask (`/core/error-handling/problem-details`).

use std::borrow::Cow;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use proto::InvalidParam;

/// What every `type` of a problem begins with; the code follows. Stable: clients may compare it.
pub const TYPE_PREFIX: &str = "urn:doorbraak:problem:";

/// The content type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// A refusal or a failure, as the caller gets to see it. Never holds personal data or what went
/// wrong inside: that belongs in the log.
///
/// The content is boxed, because nearly every function of an API may return one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Problem(Box<Content>);

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    /// A stable URI for this kind of problem: [`TYPE_PREFIX`] and a code in kebab-case.
    #[serde(rename = "type")]
    type_uri: String,
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    /// A short sentence, the same for every problem of this type.
    title: Cow<'static, str>,
    /// What is the matter this time.
    detail: String,
    /// Every field that is wrong, all at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invalid_params: Vec<InvalidParam>,
    /// Headers that belong to the status, such as `Allow`.
    #[serde(skip)]
    headers: HeaderMap,
}

fn as_number<S: serde::Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u16(status.as_u16())
}

impl Problem {
    /// A problem of the kind `code` (kebab-case, stable) with its short title. The detail starts
    /// out equal to the title.
    pub fn new(status: StatusCode, code: &str, title: impl Into<Cow<'static, str>>) -> Self {
        let title = title.into();
        Self(Box::new(Content {
            type_uri: format!("{TYPE_PREFIX}{code}"),
            status,
            detail: title.to_string(),
            title,
            invalid_params: Vec::new(),
            headers: HeaderMap::new(),
        }))
    }

    /// Says what is the matter this time.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = detail.into();
        self
    }

    /// Says which fields are wrong, all of them.
    #[must_use]
    pub fn with_invalid_params(mut self, invalid_params: Vec<InvalidParam>) -> Self {
        self.0.invalid_params = invalid_params;
        self
    }

    /// Adds a response header that belongs to this problem.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    /// 400, with every invalid field. Also for what does not fit the schema: never 422.
    pub fn bad_request(invalid_params: Vec<InvalidParam>) -> Self {
        let mut problem = Self::new(
            StatusCode::BAD_REQUEST,
            "invalid-input",
            "The request is not valid",
        );
        let detail = match invalid_params.len() {
            0 => "The request cannot be read.".to_owned(),
            1 => "1 field is not valid.".to_owned(),
            count => format!("{count} fields are not valid."),
        };
        problem.0.invalid_params = invalid_params;
        problem.with_detail(detail)
    }

    /// 401 with `WWW-Authenticate: Bearer` (RFC 6750). `detail` must not repeat the token.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "A valid access token is needed",
        )
        .with_detail(detail)
        .with_header(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"doorbraak\""),
        )
    }

    /// 403: known, but not allowed to do this.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "This is not allowed").with_detail(detail)
    }

    /// 404: does not exist, or its existence is not the caller's business.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Nothing is found here").with_detail(detail)
    }

    /// 409: conflicts with how things stand now.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "conflict",
            "This conflicts with how things stand now",
        )
        .with_detail(detail)
    }

    /// 413: more than [`crate::body::MAX_BYTES`].
    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The request is too large",
        )
        .with_detail(format!(
            "A request body is at most {} bytes.",
            crate::body::MAX_BYTES
        ))
    }

    /// 415: the body is not `application/json`.
    pub fn unsupported_media_type() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The content type is not supported",
        )
        .with_detail("Send the body as application/json.")
    }

    /// 500, without a word about what happened inside.
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side",
        )
        .with_detail(
            "The request could not be completed. Mention the x-request-id when you ask about it.",
        )
    }

    /// 503: try again later.
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "This is not available now",
        )
        .with_detail(detail)
        .with_header(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// The problem for a bare status, as frameworks answer it: a missing route, a wrong method.
    pub fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found("There is nothing at this address."),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                status,
                "method-not-allowed",
                "This method is not allowed here",
            )
            .with_detail("The Allow header lists the methods of this address."),
            // API Design Rules, /core/error-handling/invalid-input: 400, not 422.
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
                Self::bad_request(Vec::new())
            }
            StatusCode::UNAUTHORIZED => Self::unauthorized("Send an access token."),
            StatusCode::FORBIDDEN => Self::forbidden("You may not do this."),
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::unsupported_media_type(),
            StatusCode::SERVICE_UNAVAILABLE => Self::unavailable("Try again in a moment."),
            StatusCode::GATEWAY_TIMEOUT => Self::new(
                status,
                "timeout",
                "The request took too long",
            )
            .with_detail(
                "It may or may not have been carried out; try again with the same Idempotency-Key.",
            ),
            StatusCode::INTERNAL_SERVER_ERROR => Self::internal(),
            other => Self::new(
                other,
                &format!("http-{}", other.as_u16()),
                other.canonical_reason().unwrap_or("The request failed"),
            ),
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The stable URI of this kind of problem.
    pub fn type_uri(&self) -> &str {
        &self.0.type_uri
    }

    /// The short sentence for this kind of problem.
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// What is the matter this time.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// Every field that is wrong.
    pub fn invalid_params(&self) -> &[InvalidParam] {
        &self.0.invalid_params
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.0.title, self.0.detail)
    }
}

impl std::error::Error for Problem {}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        // Texts and numbers only, so this cannot fail; an empty body would still carry the status.
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.0.status;
        *response.headers_mut() = self.0.headers;
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        response
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body(problem: &Problem) -> serde_json::Value {
        serde_json::to_value(problem).unwrap()
    }

    #[test]
    fn a_problem_has_a_stable_type_a_status_a_title_and_a_detail() {
        assert_eq!(
            body(&Problem::conflict("Already answered.")),
            json!({
                "type": "urn:doorbraak:problem:conflict",
                "status": 409,
                "title": "This conflicts with how things stand now",
                "detail": "Already answered."
            })
        );
    }

    #[test]
    fn invalid_fields_are_listed_all_at_once_with_400() {
        let problem = Problem::bad_request(vec![
            InvalidParam {
                name: "/story".into(),
                reason: "is required".into(),
            },
            InvalidParam {
                name: "/to".into(),
                reason: "is no OIN".into(),
            },
        ]);
        assert_eq!(
            body(&problem),
            json!({
                "type": "urn:doorbraak:problem:invalid-input",
                "status": 400,
                "title": "The request is not valid",
                "detail": "2 fields are not valid.",
                "invalidParams": [
                    {"name": "/story", "reason": "is required"},
                    {"name": "/to", "reason": "is no OIN"}
                ]
            })
        );
    }

    #[test]
    fn a_schema_error_of_a_framework_is_400_and_not_422() {
        assert_eq!(
            Problem::from_status(StatusCode::UNPROCESSABLE_ENTITY).status(),
            400
        );
    }

    #[test]
    fn a_status_without_a_name_of_its_own_is_still_a_whole_problem() {
        assert_eq!(
            body(&Problem::from_status(StatusCode::GONE)),
            json!({"type": "urn:doorbraak:problem:http-410", "status": 410, "title": "Gone", "detail": "Gone"})
        );
    }
}
