//! Traces over OpenTelemetry: what one request led to, across services, followed from end to end.
//!
//! A span holds what a log line of it would hold: ids and routes, never personal data. What passes a
//! trace on writes W3C Trace Context: the attribute `traceparent` of an event, and the header of the
//! same name.

use std::collections::HashMap;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{TraceContextExt, TracerProvider};
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracerProvider, Tracer};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The name of the header and of the attribute.
pub const TRACEPARENT: &str = "traceparent";

/// Exports the spans of this process as long as it lives. Dropped, it sends what still waits.
#[must_use = "what still waits is sent when this is dropped"]
pub struct Traces(Option<SdkTracerProvider>);

/// Where this process stands: the `traceparent` of the current span. None outside any span, and
/// where nothing was started that follows spans.
#[must_use]
pub fn current() -> Option<String> {
    of(&Span::current())
}

/// The `traceparent` of a span.
#[must_use]
pub fn of(span: &Span) -> Option<String> {
    let context = span.context();
    if !context.span().span_context().is_valid() {
        return None;
    }
    let mut carrier = HashMap::new();
    TraceContextPropagator::new().inject_context(&context, &mut carrier);
    carrier.remove(TRACEPARENT)
}

/// Makes a span, not yet entered, a part of somebody else's trace. What is no `traceparent` is
/// passed over: the span begins a trace of its own then.
pub fn follow(span: &Span, traceparent: Option<&str>) {
    let Some(traceparent) = traceparent else {
        return;
    };
    let carrier = HashMap::from([(TRACEPARENT.to_owned(), traceparent.to_owned())]);
    let context = TraceContextPropagator::new().extract(&carrier);
    if context.span().span_context().is_valid() {
        // It fails where nobody follows spans.
        let _ = span.set_parent(context);
    }
}

/// What makes the spans of a service, and what exports them: to the collector at `endpoint` (its
/// address without path, OTLP over HTTP), or nowhere. Everything is sampled.
///
/// # Errors
/// An address that is none.
pub(crate) fn start(
    service: &str,
    endpoint: Option<&str>,
) -> Result<(Tracer, Traces), opentelemetry_otlp::ExporterBuildError> {
    let resource = Resource::builder()
        .with_service_name(service.to_owned())
        .build();
    let provider = SdkTracerProvider::builder().with_resource(resource);
    let Some(endpoint) = endpoint else {
        return Ok((provider.build().tracer("doorbraak"), Traces(None)));
    };
    let exporter = SpanExporter::builder()
        .with_http()
        .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
        .build()?;
    let provider = provider.with_batch_exporter(exporter).build();
    Ok((provider.tracer("doorbraak"), Traces(Some(provider))))
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Some(provider) = &self.0
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(%error, "the last spans were not exported");
        }
    }
}

#[cfg(test)]
mod tests {
    use tracing::{Instrument, info_span, subscriber};
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    const CALLER: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /// The ids of trace and span in a `traceparent`.
    fn ids(traceparent: &str) -> (&str, &str) {
        let mut parts = traceparent.split('-').skip(1);
        (parts.next().unwrap(), parts.next().unwrap())
    }

    fn following<T>(body: impl FnOnce() -> T) -> T {
        let (tracer, _traces) = start("test", None).unwrap();
        let layer = tracing_opentelemetry::layer().with_tracer(tracer);
        subscriber::with_default(tracing_subscriber::registry().with(layer), body)
    }

    #[test]
    fn a_span_that_follows_stands_in_the_callers_trace_under_an_id_of_its_own() {
        following(|| {
            let span = info_span!("work");
            follow(&span, Some(CALLER));
            let here = span.in_scope(|| current().unwrap());
            assert_eq!(ids(&here).0, ids(CALLER).0);
            assert_ne!(ids(&here).1, ids(CALLER).1);
        });
    }

    #[test]
    fn what_is_no_traceparent_begins_a_trace() {
        following(|| {
            for given in [None, Some(""), Some("00-0-0-01"), Some("BSN 999990019")] {
                let span = info_span!("work");
                follow(&span, given);
                let here = of(&span).unwrap();
                assert_ne!(ids(&here).0, "0".repeat(32), "{given:?}");
            }
        });
    }

    #[test]
    fn a_span_within_a_span_stands_in_the_same_trace() {
        following(|| {
            let outer = info_span!("outer");
            let (a, b) = outer.in_scope(|| (current(), of(&info_span!("inner"))));
            assert_eq!(ids(&a.unwrap()).0, ids(&b.unwrap()).0);
        });
    }

    #[test]
    fn without_anybody_who_follows_spans_there_is_no_trace() {
        let here = std::future::ready(()).instrument(info_span!("work"));
        drop(here);
        assert_eq!(current(), None);
    }
}
