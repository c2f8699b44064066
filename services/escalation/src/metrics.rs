//! Numbers for whoever runs the service, in the text format of OpenMetrics. Counts, ages and codes
//! only: never a case, a person or what somebody wrote.

mod state;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderName;
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use chassis::numbers;
use chassis::problem::Problem;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::api::Platform;
pub(crate) use state::followers;

/// The upper bounds of the buckets of a request's time, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// How long requests take, by what was asked and by the first digit of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: String,
    route: String,
    status: String,
}

/// Which refusal, by its stable code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: String,
}

/// What is counted as it happens.
#[derive(Clone)]
pub(crate) struct Counters {
    requests: Family<Asked, Histogram, fn() -> Histogram>,
    refusals: Family<Code, Counter>,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            requests: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            refusals: Family::default(),
        }
    }
}

impl Counters {
    /// Counts a refusal by gate or rules, whichever door it was asked at.
    pub(crate) fn refused(&self, code: &str) {
        let code = code.to_owned();
        self.refusals.get_or_create(&Code { code }).inc();
    }

    fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix("doorbraak");
        registry.register(
            "request_seconds",
            "How long requests took",
            self.requests.clone(),
        );
        registry.register(
            "refusals",
            "Commands that were refused, by code",
            self.refusals.clone(),
        );
        registry
    }
}

/// Measures a request.
pub(crate) async fn measure(
    State(counters): State<Counters>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = request.method().to_string();
    // The route and never the address as typed: that could hold anything.
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("(none)", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = format!("{}xx", response.status().as_u16() / 100);
    let asked = Asked {
        method,
        route,
        status,
    };
    counters
        .requests
        .get_or_create(&asked)
        .observe(started.elapsed().as_secs_f64());
    response
}

/// `GET /metrics`, without login.
pub(crate) fn routes(platform: Platform) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .with_state(Arc::new(platform))
}

async fn metrics(
    State(platform): State<Arc<Platform>>,
) -> Result<([(HeaderName, &'static str); 1], String), Problem> {
    let mut registry = platform.executor.counters().registry();
    state::register(&platform, &mut registry)
        .await
        .map_err(|error| {
            tracing::error!(%error, "the numbers could not be read");
            Problem::unavailable("Try again in a moment.")
        })?;
    Ok(numbers::answer(&registry))
}
