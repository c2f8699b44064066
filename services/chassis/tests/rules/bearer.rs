use std::sync::Arc;

use axum::{Router, body::Body, extract::FromRef, http::Request, routing::get};
use chassis::{Clock, bearer::Bearer};
use jiff::SignedDuration;
use serde_json::json;
use token::{Verifier, VerifierConfig};

use crate::answer::{Answer, ask};

#[derive(Clone, FromRef)]
struct State {
    verifier: Arc<Verifier>,
    clock: Clock,
}

/// A service whose token issuer cannot be reached: nothing listens on port 9 (discard) here.
fn router() -> Router {
    let verifier = Verifier::new(VerifierConfig {
        issuer: "http://127.0.0.1:9".to_owned(),
        audience: "doorbraak".to_owned(),
        jwks_url: "http://127.0.0.1:9/jwks.json".to_owned(),
        leeway: SignedDuration::ZERO,
        max_lifetime: SignedDuration::from_hours(1),
    });
    let state = State {
        verifier: Arc::new(verifier.unwrap()),
        clock: Clock::at("2026-03-02T09:00:00Z".parse().unwrap()),
    };
    Router::new()
        .route("/me", get(|_: Bearer| async { "known" }))
        .with_state(state)
}

async fn ask_with(authorization: &[&str]) -> Answer {
    let mut request = Request::get("/me");
    for value in authorization {
        request = request.header("authorization", *value);
    }
    ask(router(), request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn without_a_token_it_is_401_and_says_how_to_send_one() {
    let cases: [&[&str]; 4] = [&[], &["Basic bm9vcjpub29y"], &["Bearer"], &["Bearer  "]];
    for authorization in cases {
        let answer = ask_with(authorization).await;
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer realm=\"doorbraak\""
        );
        assert_eq!(
            answer.problem(),
            json!({
                "type": "urn:doorbraak:problem:unauthorized",
                "status": 401,
                "title": "A valid access token is needed",
                "detail": "Send an access token as Authorization: Bearer."
            })
        );
    }
}

#[tokio::test]
async fn a_token_in_the_address_is_no_token() {
    let request = Request::get("/me?access_token=a.b.c")
        .body(Body::empty())
        .unwrap();
    assert_eq!(ask(router(), request).await.status, 401);
}

#[tokio::test]
async fn a_token_that_is_not_accepted_is_401_with_the_reason_and_is_not_repeated() {
    let answer = ask_with(&["bearer not-a-token"]).await;
    assert_eq!(
        answer.header("www-authenticate"),
        "Bearer realm=\"doorbraak\", error=\"invalid_token\""
    );
    assert_eq!(
        answer.problem(),
        json!({
            "type": "urn:doorbraak:problem:unauthorized",
            "status": 401,
            "title": "A valid access token is needed",
            "detail": "The token is not a well-formed JWT."
        })
    );
}

#[tokio::test]
async fn two_authorization_headers_are_refused() {
    let answer = ask_with(&["Bearer a.b.c", "Bearer d.e.f"]).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.problem()["detail"], "Send one Authorization header.");
}

#[tokio::test]
async fn when_the_issuers_keys_cannot_be_had_it_is_503_and_not_the_callers_fault() {
    // {"alg":"RS256","typ":"at+jwt","kid":"k"} . {} . (no signature)
    let token = "eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsifQ.e30.AA";
    let answer = ask_with(&[&format!("Bearer {token}")]).await;
    assert_eq!(answer.status, 503);
    assert_eq!(
        answer.problem()["detail"],
        "Access tokens cannot be checked at the moment."
    );
}
