//! Whether a process lives, and whether it can do its work. Without login, without details.

use std::future::Future;

use axum::{Json, Router, routing::get};
use clap::Args;
use serde_json::{Value, json};

use crate::problem::Problem;

/// What a service that cannot do its work is missing, in plain words: `database`, `bus`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReady(pub Vec<&'static str>);

/// The settings of `healthcheck`: for a container that has no shell and no other program.
#[derive(Args, Clone, Debug)]
pub struct HealthcheckArgs {
    /// What to ask.
    #[arg(long, default_value = "http://127.0.0.1:8080/healthz")]
    pub url: String,
}

impl HealthcheckArgs {
    /// Asks a running process how it is.
    ///
    /// # Errors
    /// When it does not answer, or not with success.
    pub async fn run(&self) -> Result<(), reqwest::Error> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        client
            .get(&self.url)
            .send()
            .await?
            .error_for_status()
            .map(|_| ())
    }
}

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
