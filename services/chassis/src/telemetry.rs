//! Structured logs on standard error, with one id through every line that belongs to a request.
//!
//! Log lines never hold personal data. So a request is logged by its route (`/v1/cases/{id}`), not
//! by the address as typed, and a request id from outside is taken only when it is a UUID: free
//! text could hold anything.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument, Level, Metadata};
use tracing_subscriber::{
    EnvFilter, Layer, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};
use uuid::Uuid;

use crate::entropy::Entropy;
use crate::trace::{self, TRACEPARENT, Traces};

/// The header that carries a request's id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Why nothing can be followed.
#[derive(Debug, thiserror::Error)]
#[error(
    "OTLP_ENDPOINT: {0}; give the collector's address without a path, such as http://collector:4318"
)]
pub struct TelemetryError(#[from] opentelemetry_otlp::ExporterBuildError);

/// The id of the request at hand, for handlers that pass it on. A request extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrentRequest(pub Uuid);

/// Starts logging for this process: as JSON lines with `LOG_FORMAT=json`, else compact for people;
/// what is logged by `RUST_LOG` (default `info`), but never the messages of others. Spans go to the
/// collector at `OTLP_ENDPOINT`, when there is one. A second call changes nothing.
///
/// # Errors
/// An `OTLP_ENDPOINT` that is no address.
pub fn init(service: &str) -> Result<Traces, TelemetryError> {
    let collector = std::env::var("OTLP_ENDPOINT")
        .ok()
        .filter(|at| !at.is_empty());
    let (tracer, traces) = trace::start(service, collector.as_deref())?;
    // A span holds no log lines, and never more than whoever wrote the span put into it.
    let spans = tracing_opentelemetry::layer()
        .with_tracer(tracer)
        .with_location(false)
        .with_threads(false)
        .with_filter(filter_fn(|metadata| {
            metadata.is_span() && *metadata.level() <= Level::INFO
        }));
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,async_nats=warn"));
    let registry = tracing_subscriber::registry()
        .with(spans)
        .with(filter_fn(quotes_no_message));
    let lines = fmt::layer().with_writer(std::io::stderr);
    let json = std::env::var("LOG_FORMAT").is_ok_and(|format| format == "json");
    let started = if json {
        registry
            .with(
                lines
                    .json()
                    .flatten_event(true)
                    .with_span_list(false)
                    .with_filter(filter),
            )
            .try_init()
    } else {
        registry
            .with(lines.compact().with_target(false).with_filter(filter))
            .try_init()
    };
    if started.is_ok() {
        log_panics();
    }
    Ok(traces)
}

/// At its lowest level the broker's client logs every message as it stands on the wire, with what
/// people wrote in it: never here, whatever `RUST_LOG` says.
fn quotes_no_message(metadata: &Metadata<'_>) -> bool {
    *metadata.level() != Level::TRACE || !metadata.target().starts_with("async_nats")
}

/// A panic is logged by its place only: its message may quote what it choked on.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(%place, "a panic: this is a defect");
    }));
}

/// Gives a request its id (the caller's, when that is a UUID), a span that carries it through
/// every log line, and a line at the end; answers with the id.
pub async fn request_id(
    State(entropy): State<Entropy>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| Uuid::try_parse(value).ok())
        .unwrap_or_else(|| entropy.uuid_v4());
    request.extensions_mut().insert(CurrentRequest(id));
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(no such route)", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", %id, method = %request.method(), route);
    let caller = request.headers().get(TRACEPARENT);
    trace::follow(&span, caller.and_then(|value| value.to_str().ok()));
    async move {
        let started = Instant::now();
        let mut response = next.run(request).await;
        let status = response.status().as_u16();
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        if response.status().is_server_error() {
            tracing::warn!(status, milliseconds, "answered a request with a failure");
        } else {
            tracing::debug!(status, milliseconds, "answered a request");
        }
        // A UUID consists of characters that every header may hold.
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
    .instrument(span)
    .await
}
