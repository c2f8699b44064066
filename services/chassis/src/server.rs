//! The HTTP server of every service: the same headers, the same errors, the same graceful stop.

use std::{io, time::Duration};

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use crate::{
    body,
    entropy::Entropy,
    problem::{self, Problem},
    telemetry,
};

/// The version of the HTTP APIs, on every response (API Design Rules, `/core/version-header`).
/// A service whose API moves on sets the header itself.
pub const API_VERSION: &str = "1.0.0";

/// The header that carries it.
const API_VERSION_HEADER: &str = "api-version";

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How long requests under way may still take when the process has been asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Cancelled when the process has been asked to stop; every request that [`serve`] takes has it as an
/// extension. An answer that goes on for long ends with it, so that stopping waits for none.
#[derive(Clone, Debug)]
pub struct Stopping(pub CancellationToken);

/// Serves `router`, with the [standard layers](standard), until `shutdown`; then takes no new
/// requests and lets those under way finish, for at most ten seconds.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let router = router.layer(Extension(Stopping(shutdown.clone())));
    let server = axum::serve(listener, standard(router))
        .with_graceful_shutdown(shutdown.clone().cancelled_owned());
    let out_of_grace = async {
        shutdown.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = server => ended,
        () = out_of_grace => {
            tracing::warn!("stopped while requests were still under way");
            Ok(())
        }
    }
}

/// A token that is cancelled when the process is asked to stop (Ctrl-C or SIGTERM).
///
/// # Errors
/// When the signals cannot be listened to.
pub fn shutdown_on_signal() -> io::Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let shutdown = CancellationToken::new();
    let cancelled = shutdown.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("asked to stop");
        cancelled.cancel();
    });
    Ok(shutdown)
}

/// What every response of every service has in common. From the outside in: security headers and
/// `API-Version`; a request id; every error as a problem, whoever made it; a panic is a 500; a
/// request takes at most thirty seconds.
pub fn standard(router: Router) -> Router {
    standard_within(TIMEOUT, router)
}

/// [`standard`], with another limit than thirty seconds.
pub fn standard_within(limit: Duration, router: Router) -> Router {
    router
        .layer(DefaultBodyLimit::max(body::MAX_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            limit,
        ))
        .layer(CatchPanicLayer::custom(|_| {
            Problem::internal().into_response()
        }))
        .layer(middleware::from_fn(errors_as_problems))
        // A request id decides nothing, so it need not repeat from run to run.
        .layer(middleware::from_fn_with_state(
            Entropy::system(),
            telemetry::request_id,
        ))
        .layer(middleware::from_fn(headers))
}

/// Errors made by the framework (a missing route, a wrong method, an unreadable query) become
/// problems; their own headers, such as `Allow`, stay. Problems and pages pass unchanged.
async fn errors_as_problems(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let kind = content_type(response.headers());
    if kind.starts_with(problem::CONTENT_TYPE) || kind.starts_with("text/html") {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let (problem, body) = Problem::from_status(status).into_response().into_parts();
    parts.status = problem.status;
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    for (name, value) in &problem.headers {
        if !parts.headers.contains_key(name) {
            parts.headers.insert(name, value.clone());
        }
    }
    Response::from_parts(parts, body)
}

/// The headers of the API Design Rules (`/core/transport/security-headers`) and of internet.nl. A
/// handler that sets one of them itself knows better. There is no `Access-Control-Allow-Origin`:
/// no other origin may read, except where a handler of an open document says so.
async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = if content_type(response.headers()).starts_with("text/html") {
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    } else {
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (API_VERSION_HEADER, API_VERSION),
        ("cache-control", "no-store"),
        ("content-security-policy", policy),
        ("referrer-policy", "no-referrer"),
        ("strict-transport-security", "max-age=31536000"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ] {
        if !headers.contains_key(name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

fn content_type(headers: &HeaderMap) -> &str {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}
