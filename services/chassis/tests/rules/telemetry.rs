use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use axum::{Router, routing::get};
use tracing_subscriber::fmt;

use crate::answer::{ask, get as get_request};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn every_log_line_of_a_request_carries_its_id_and_none_the_address_as_typed() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);

    let router = Router::new().route(
        "/people/{id}",
        get(|| async { tracing::info!("looked somebody up") }),
    );
    let id = "0197a1b2-0000-7000-8000-000000000001";
    let mut request = get_request("/people/999990342?name=Bella");
    let value = id.parse().unwrap();
    request.headers_mut().insert("x-request-id", value);
    ask(router, request).await;
    drop(guard);

    let logged = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let told = ["looked somebody up", "answered a request"];
    for text in told {
        let line = logged.lines().find(|line| line.contains(text)).unwrap();
        assert!(line.contains(id), "{line}");
        assert!(line.contains("/people/{id}"), "{line}");
    }
    assert!(!logged.contains("999990342"), "{logged}");
    assert!(!logged.contains("Bella"), "{logged}");
}
