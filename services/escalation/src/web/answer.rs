//! From a page to a response, and from what went wrong to a page that says what to do.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use screens::{Here, Page, page};

use super::Web;
use super::visitor::Visitor;

/// What a page may load and do: files of this service, and nothing that stands in the page itself.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      font-src 'self'; connect-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// Why a page is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// Nobody is logged in, or not any more.
    LoggedOut,
    /// The API answered with this status, or would have.
    Status(StatusCode),
}

impl Failure {
    /// Something of ours failed; it was logged where it happened.
    pub(super) const OURS: Self = Self::Status(StatusCode::SERVICE_UNAVAILABLE);
    /// It is not there, or not for the reader.
    pub(super) const MISSING: Self = Self::Status(StatusCode::NOT_FOUND);
}

impl IntoResponse for Failure {
    /// The status alone; [`frame`] makes a page of it, for it knows who reads.
    fn into_response(self) -> Response {
        let status = match self {
            Self::LoggedOut => StatusCode::UNAUTHORIZED,
            Self::Status(status) => status,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A page.
///
/// # Errors
/// [`Failure::OURS`] when it cannot be rendered.
pub(super) fn page(page: &impl Page) -> Result<Response, Failure> {
    with_status(StatusCode::OK, page)
}

/// A page in which something that was filled in is wrong.
///
/// # Errors
/// As [`page`].
pub(super) fn wrong(page: &impl Page) -> Result<Response, Failure> {
    with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
}

fn with_status(status: StatusCode, page: &impl Page) -> Result<Response, Failure> {
    match page.render() {
        Ok(html) => Ok((status, Html(html)).into_response()),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            Err(Failure::OURS)
        }
    }
}

/// Around every page: finds out who asks, makes pages of failures, and says what a page may load.
pub(super) async fn frame(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let visitor = Visitor::of(&web, request.uri(), request.headers());
    request.extensions_mut().insert(visitor.clone());
    let reads = request.method() == Method::GET;
    let wanted = request.uri().path().to_owned();
    let response = next.run(request).await;
    let failure = response.extensions().get::<Failure>().copied();
    let mut response = match failure {
        None => response,
        Some(Failure::LoggedOut) if reads && web.0.screens.login.is_some() => {
            Redirect::to(&format!("/aanmelden?naar={wanted}")).into_response()
        }
        Some(failure) => {
            let status = failure.into_response().status();
            let shown = page::Problem::of(visitor.frame(Here::Elsewhere), status.as_u16());
            with_status(status, &shown).unwrap_or_else(|_| status.into_response())
        }
    };
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        );
    }
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Cookie, Accept-Language"),
    );
    response
}
