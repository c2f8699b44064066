//! The issuer of development tokens, in this process.

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use chassis::entropy::Entropy;
use chassis::parties::Parties;
use chassis::{Clock, server};
use demo::issuer::Issuer;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// An issuer whose clock moves with the others', and its dev port.
pub(super) async fn start_issuer(
    clock: &str,
    entropy: &Entropy,
    stop: CancellationToken,
) -> (Issuer, String) {
    let clock = Clock::at(clock.parse().expect("the story's time is valid"));
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("loopback has a free port");
    let dev = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("loopback has a free port");
    let address = |listener: &TcpListener| {
        format!(
            "http://{}",
            listener
                .local_addr()
                .expect("a bound listener has an address")
        )
    };
    let (base, dev_base) = (format!("{}/dev", address(&listener)), address(&dev));
    let parties = Parties::embedded().expect("the party files are valid");
    let issuer = Issuer::start(&base, "doorbraak", &parties, clock.clone(), entropy.clone())
        .expect("the issuer can make a key");
    tokio::spawn(server::serve(listener, issuer.router(), stop.clone()));
    tokio::spawn(server::serve(dev, clock_routes(clock), stop));
    (issuer, dev_base)
}

/// `POST /clock`, as on the dev ports of the services.
fn clock_routes(clock: Clock) -> Router {
    let set = move |Json(body): Json<Value>| async move {
        match body["now"].as_str().and_then(|now| now.parse().ok()) {
            Some(now) => {
                clock.set(now);
                StatusCode::NO_CONTENT
            }
            None => StatusCode::BAD_REQUEST,
        }
    };
    Router::new().route("/clock", post(set))
}
