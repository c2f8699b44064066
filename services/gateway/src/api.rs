//! The HTTP door of a party's service: its own systems and its own people, nobody else.

mod answer;
mod cases;
mod checkpoints;
mod events;
mod inbox;
mod metrics;
mod staff;

use std::sync::Arc;

use axum::{
    Router,
    extract::FromRef,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use chassis::{Clock, Problem, health};
use journal::vault::VaultError;
use proto::InvalidParam;
use token::Verifier;

use crate::{
    core::Core,
    error::{GatewayError, HandInError},
};

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) core: Arc<Core>,
    pub(crate) verifier: Arc<Verifier>,
}

impl FromRef<App> for Arc<Verifier> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.verifier)
    }
}

impl FromRef<App> for Clock {
    fn from_ref(app: &App) -> Self {
        app.core.clock.clone()
    }
}

/// The routes, without the layers that every service shares.
pub(crate) fn router(app: App) -> Router {
    let core = Arc::clone(&app.core);
    let ready = move || {
        let core = Arc::clone(&core);
        async move {
            match core.db.head().await {
                Ok(_) => Ok(()),
                Err(_) => Err(health::NotReady(vec!["database"])),
            }
        }
    };
    Router::new()
        .route("/v1/events", post(events::hand_in))
        .route("/v1/inbox", get(inbox::inbox))
        .route("/v1/handoffs/{id}/answer", post(answer::answer))
        .route("/v1/cases", get(cases::cases))
        .route("/v1/checkpoints", get(checkpoints::checkpoints))
        .route("/metrics", get(metrics::metrics))
        .with_state(app)
        .merge(health::routes(ready))
}

/// The longest `Idempotency-Key` that is taken, in characters.
const LONGEST_KEY: usize = 128;

/// The caller's `Idempotency-Key`, if there is one.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY)
        .map(Some)
        .ok_or_else(|| {
            Problem::bad_request(vec![InvalidParam::new(
                "Idempotency-Key",
                "has 1 to 128 visible ASCII characters",
            )])
        })
}

impl From<HandInError> for Problem {
    fn from(error: HandInError) -> Self {
        match error {
            HandInError::Invalid(params) => Problem::bad_request(params),
            HandInError::TooLarge => Problem::too_large(),
            HandInError::NotFound(detail) => Problem::not_found(detail),
            HandInError::Conflict(detail) => Problem::conflict(detail),
            HandInError::Failed(error) => error.into(),
        }
    }
}

impl From<GatewayError> for Problem {
    fn from(error: GatewayError) -> Self {
        tracing::error!(%error, "a request could not be carried out");
        match error {
            GatewayError::Journal(_)
            | GatewayError::Append(_)
            | GatewayError::Database(_)
            | GatewayError::Vault(VaultError::Journal(_)) => {
                Problem::unavailable("Nothing was stored. Try again in a moment.")
            }
            GatewayError::Envelope(_)
            | GatewayError::Unreadable(_)
            | GatewayError::Seal(_)
            | GatewayError::Vault(_) => Problem::internal(),
        }
    }
}

/// The answer to what was taken: it is on its way, and has this id.
fn accepted(id: uuid::Uuid) -> (StatusCode, axum::Json<serde_json::Value>) {
    (
        StatusCode::ACCEPTED,
        axum::Json(serde_json::json!({ "id": id })),
    )
}
