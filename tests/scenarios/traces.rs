//! What one organisation handed in is followed, in one trace, to the one that hears of it; and spans
//! hold ids, codes and routes, never what people wrote.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use scenarios::expected::BELLA;
use scenarios::processes::{Processes, Setup, Store};

use super::tell;

/// How long the spans may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);

/// A collector of traces, as far as this test needs one: every span, with the service that sent it.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<(String, Span)>>>);

impl Collector {
    /// Listens on a free port; gives its address.
    async fn listen(&self) -> String {
        let collector = self.clone();
        let take = move |body: Bytes| async move { collector.take(&body) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/v1/traces", post(take));
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    fn take(&self, body: &[u8]) {
        for sent in ExportTraceServiceRequest::decode(body)
            .unwrap()
            .resource_spans
        {
            let resource = sent.resource.unwrap();
            let named = |key: &str| {
                let found = resource.attributes.iter().find(|one| one.key == key);
                found.map(|one| text(one.value.as_ref().unwrap().value.as_ref().unwrap()))
            };
            let service = named("service.name").unwrap();
            let spans = sent.scope_spans.into_iter().flat_map(|scope| scope.spans);
            let mut kept = self.0.lock().unwrap();
            kept.extend(spans.map(|span| (service.clone(), span)));
        }
    }

    /// Which spans of which services stand in each trace.
    fn traces(&self) -> BTreeMap<Vec<u8>, BTreeSet<(String, String)>> {
        let mut traces: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (service, span) in self.0.lock().unwrap().iter() {
            let steps = traces.entry(span.trace_id.clone()).or_default();
            steps.insert((service.clone(), span.name.clone()));
        }
        traces
    }

    /// Everything that the spans say of themselves.
    fn said(&self) -> String {
        let spans = self.0.lock().unwrap();
        let attributes = spans.iter().flat_map(|(_, span)| &span.attributes);
        let values = attributes.filter_map(|one| one.value.as_ref()?.value.as_ref());
        values.map(|value| text(value) + "\n").collect()
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::StringValue(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_followed_from_the_municipality_to_the_svb() {
    let collector = Collector::default();
    let story = BELLA
        .story()
        .until(|line| line.at < "2026-03-02T10:05:00Z".parse().unwrap());
    let setup = Setup {
        platform: Store::Sqlite,
        parties: Store::Sqlite,
        logged: "warn",
        store_key: true,
        collector: Some(collector.listen().await),
    };
    let start = story.begins().unwrap().to_string();
    let world = Processes::set_up(&setup, &start).await;
    tell(&world.doors(), "traces", &story).await;

    let steps = [
        ("municipality", "request"),
        ("escalation", "event"),
        ("escalation", "relay"),
        ("svb", "inbound"),
    ];
    let steps = BTreeSet::from(steps.map(|(service, span)| (service.to_owned(), span.to_owned())));
    let begun = Instant::now();
    while !collector
        .traces()
        .values()
        .any(|trace| trace.is_superset(&steps))
    {
        assert!(
            begun.elapsed() < PATIENCE,
            "no trace holds all of {steps:?}:\n{:#?}",
            collector.traces().values()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    let said = collector.said();
    for personal in [
        "Bella",
        "Sam",
        "Voorbeeld",
        "999990342",
        "999990019",
        "ZAAK-2026",
    ] {
        assert!(
            !said.contains(personal),
            "{personal} stands in a span:\n{said}"
        );
    }
}
