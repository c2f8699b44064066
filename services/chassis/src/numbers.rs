//! Numbers for Prometheus, as every service gives them.

use std::sync::atomic::AtomicU64;

use axum::http::{HeaderName, header};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// A gauge of seconds.
pub type Seconds = Gauge<f64, AtomicU64>;

/// Adds a number of seconds, as it is at this moment.
pub fn seconds(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Seconds::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

/// Adds a count, as it is at this moment.
pub fn count(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

/// The answer to a request for the numbers, in the text format of OpenMetrics 1.0.
#[must_use]
pub fn answer(registry: &Registry) -> ([(HeaderName, &'static str); 1], String) {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = encode(&mut text, registry);
    let format = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, format)], text)
}
