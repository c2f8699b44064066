//! The organisation's own numbers, for Prometheus.

use std::sync::Arc;

use axum::{extract::State, response::IntoResponse};
use chassis::{Problem, numbers};
use prometheus_client::registry::Registry;

use crate::{api::App, core::Core, error::GatewayError, quarantine};

/// Every number: its column, its name, and what it means.
const NUMBERS: [(&str, &str, &str); 6] = [
    (
        "waiting",
        "waiting",
        "Events that wait for the platform's name of their case",
    ),
    (
        "unanswered",
        "outbox",
        "Events that the platform has not answered yet",
    ),
    (
        "first",
        "first_unanswered",
        "The count of the first event that the platform has not answered; 0 when there is none",
    ),
    (
        "refused",
        "refused",
        "Events that the platform refused, ever",
    ),
    (
        "quarantine",
        "quarantine",
        "Messages of the platform that could not be read, of the last 30 days",
    ),
    (
        "lately",
        "quarantined_last_hour",
        "Messages of the platform that could not be read in the last hour",
    ),
];

/// `GET /metrics`, without login.
pub(super) async fn metrics(State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    let registry = registry(&app.core).await?;
    Ok(numbers::answer(&registry))
}

async fn registry(core: &Arc<Core>) -> Result<Registry, GatewayError> {
    use sqlx::Row;

    let lately = quarantine::expiry_of_an_hour_ago(core.clock.now());
    let row = sqlx::query(crate::sql::NUMBERS)
        .bind(lately.as_microsecond())
        .fetch_one(core.db.reader())
        .await?;
    let mut registry = Registry::with_prefix("doorbraak_party");
    for (column, name, help) in NUMBERS {
        numbers::count(&mut registry, name, help, row.try_get(column)?);
    }
    Ok(registry)
}
