//! What every process of a story exports as traces: a collector that keeps the bytes as they came.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use demo::play::Doors;
use demo::services::PartyService;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use prost::Message;
use reqwest::Client;
use scenarios::processes::PLATFORM;

use crate::search::Looked;
use crate::world::World;

/// How long the last spans may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was exported so far. Clones are the same collector.
#[derive(Clone, Default)]
pub(crate) struct Collector(Arc<Mutex<Received>>);

#[derive(Default)]
struct Received {
    /// Where it listens.
    address: String,
    /// Each request as it came, until it is looked through.
    bodies: Vec<Bytes>,
    /// How many spans stood in all of them.
    spans: usize,
    /// Which service has a span in which trace.
    traces: BTreeSet<(String, Vec<u8>)>,
    /// What cannot be looked through.
    unread: Vec<String>,
}

impl Collector {
    /// Listens on a free port.
    pub(crate) async fn listen() -> Self {
        let collector = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        collector.received(|received| received.address = address);
        let taking = collector.clone();
        let take = move |headers: HeaderMap, body: Bytes| async move {
            taking.take(&headers, body);
            StatusCode::OK
        };
        let router = Router::new().route("/v1/traces", post(take));
        tokio::spawn(async move { axum::serve(listener, router).await });
        collector
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        self.received(|received| received.address.clone())
    }

    fn received<T>(&self, with: impl FnOnce(&mut Received) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take(&self, headers: &HeaderMap, body: Bytes) {
        let packed = headers.get(header::CONTENT_ENCODING);
        let read = ExportTraceServiceRequest::decode(body.clone());
        self.received(|received| match (packed, read) {
            (None, Ok(export)) => {
                received.note(export);
                received.bodies.push(body);
            }
            (packed, read) => received.unread.push(format!("{packed:?} {:?}", read.err())),
        });
    }

    /// Waits until every process has exported what it did before now: a request to each, in a
    /// trace of its own, comes after all of it.
    pub(crate) async fn settle(&self, doors: &Doors) {
        let client = Client::builder().no_proxy().build().unwrap();
        let trace = self.received(|received| {
            let number = received.spans as u128 + 1;
            (number << 64 | 0x7e57).to_be_bytes()
        });
        let hex: String = trace.iter().map(|byte| format!("{byte:02x}")).collect();
        let addresses = doors.addresses();
        let parties = addresses.parties.iter();
        let parties = parties.map(|(service, at)| (service.name(), at.api.clone()));
        let services = std::iter::once((PLATFORM, addresses.platform.clone())).chain(parties);
        let mut waiting = BTreeSet::new();
        for (service, base) in services {
            let request = client.get(format!("{base}/readyz"));
            let parent = format!("00-{hex}-00f067aa0ba902b7-01");
            let answer = request.header("traceparent", parent).send().await.unwrap();
            assert!(answer.status().is_success(), "{service}");
            waiting.insert((service.to_owned(), trace.to_vec()));
        }
        assert_eq!(waiting.len(), 1 + PartyService::ALL.len());
        let begun = Instant::now();
        while !self.received(|received| received.traces.is_superset(&waiting)) {
            let late = begun.elapsed() > PATIENCE;
            assert!(!late, "not all of {waiting:?} came");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Received {
    fn note(&mut self, export: ExportTraceServiceRequest) {
        for sent in export.resource_spans {
            let attributes = sent.resource.map(|resource| resource.attributes);
            let mut named = attributes.into_iter().flatten();
            let named = named.find(|one| one.key == "service.name");
            let service = match named.and_then(|one| one.value?.value) {
                Some(Value::StringValue(name)) => name,
                other => format!("{other:?}"),
            };
            let spans = sent.scope_spans.into_iter().flat_map(|scope| scope.spans);
            for span in spans {
                self.spans += 1;
                self.traces.insert((service.clone(), span.trace_id));
            }
        }
    }
}

impl World<'_> {
    /// What every process exported since this was last asked: nothing personal may stand there.
    pub(crate) async fn traces(&mut self, kind: &'static str) {
        self.collector.settle(&self.doors).await;
        let (bodies, unread) = self.collector.received(|received| {
            let unread = received.unread.clone();
            (std::mem::take(&mut received.bodies), unread)
        });
        assert_eq!(unread, [""; 0], "sent, and not to be read");
        let mut looked = Looked::default();
        for (number, body) in bodies.iter().enumerate() {
            looked.places += 1;
            looked.bytes += body.len() as u64;
            let (found, place) = (self.searcher.in_bytes(body), format!("export {number}"));
            let markers = &self.planted.markers;
            self.finds.judge(kind, &place, &found, markers, |_| false);
        }
        self.finds.add(kind, looked);
    }
}
