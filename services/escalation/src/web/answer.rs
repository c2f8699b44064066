//! From a page to a response, and from what went wrong to a page that says what to do.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use screens::{Frame, Here, Page, in_query, page};

use super::Web;
use super::fields::Unsent;
use super::labels;
use super::open::is_browser;
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

/// A page about something that the reader may not do.
///
/// # Errors
/// As [`page`].
pub(super) fn refused(page: &impl Page) -> Result<Response, Failure> {
    with_status(StatusCode::FORBIDDEN, page)
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

/// Whether a page of ours sent this, as far as the browser says (Fetch Metadata): what another site
/// put in a form is not shown as if the reader had written it.
fn is_from_here(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_none_or(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
}

/// Around every page: finds out who asks, makes pages of failures, and says what a page may load.
pub(super) async fn frame(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let visitor = Visitor::of(&web, request.uri(), request.headers());
    request.extensions_mut().insert(visitor.clone());
    let reads = request.method() == Method::GET;
    let wanted = visitor.asking().address.clone();
    let sent_to = request.uri().path().to_owned();
    let ours = is_from_here(request.headers());
    let browser = is_browser(request.headers());
    let response = next.run(request).await;
    let failure = response.extensions().get::<Failure>().copied();
    // An address of a form that was typed, or asked for again.
    let status = response.status();
    let unsent = browser && status == StatusCode::METHOD_NOT_ALLOWED;
    let failure = failure.or(unsent.then_some(Failure::Status(status)));
    let mut response = match failure {
        None => response,
        Some(Failure::LoggedOut) if reads && web.0.screens.login.is_some() => {
            Redirect::to(&format!("/aanmelden?naar={}", in_query(&wanted))).into_response()
        }
        Some(failure) => {
            let status = failure.into_response().status();
            let frame = visitor.frame(Here::Elsewhere);
            let unsent = response.extensions().get::<Unsent>().filter(|_| ours);
            let shown = match unsent {
                Some(Unsent(values)) => {
                    let label = |frame: &Frame, name: &str| labels::of(frame, &sent_to, name);
                    let unsent = page::Unsent::of(frame, sent_to.clone(), values, label);
                    with_status(status, &unsent)
                }
                None => with_status(status, &page::Problem::of(frame, status.as_u16())),
            };
            shown.unwrap_or_else(|_| status.into_response())
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
