//! Whether a process lives, and whether it can do its work. Without login, without details.

use std::future::Future;

use axum::{Json, Router, routing::get};
use serde_json::{Value, json};

use crate::problem::Problem;

/// What a service that cannot do its work is missing, in plain words: `database`, `bus`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReady(pub Vec<&'static str>);

/// `GET /healthz`: the process answers. `GET /readyz`: `check` found everything it needs; 503
/// names what is missing.
pub fn routes<C, F>(check: C) -> Router
where
    C: Fn() -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), NotReady>> + Send,
{
    Router::new()
        .route("/healthz", get(|| async { Json(json!({"status": "ok"})) }))
        .route(
            "/readyz",
            get(move || {
                let check = check.clone();
                async move { ready(check().await) }
            }),
        )
}

fn ready(found: Result<(), NotReady>) -> Result<Json<Value>, Problem> {
    match found {
        Ok(()) => Ok(Json(json!({"status": "ready"}))),
        Err(NotReady(missing)) => Err(Problem::unavailable(format!(
            "Not available: {}.",
            missing.join(", ")
        ))),
    }
}
