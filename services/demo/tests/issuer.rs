//! What a developer and a story may count on from the development token issuer.

// A test may stop at the first surprise, its helpers included.
#![allow(clippy::unwrap_used)]

use std::net::Ipv4Addr;

use chassis::{Clock, Entropy, Parties};
use demo::{issuer::Issuer, personas::PERSONAS};
use jiff::{SignedDuration, Timestamp, ToSpan};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use token::{TokenError, Verifier, VerifierConfig};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// An issuer behind a real server, and a service's verifier that trusts it.
struct Running {
    url: String,
    client: Client,
    clock: Clock,
    verifier: Verifier,
    shutdown: CancellationToken,
    server: JoinHandle<std::io::Result<()>>,
}

impl Running {
    async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}/dev", listener.local_addr().unwrap());
        let clock = Clock::at(now());
        let issuer = Issuer::start(
            &url,
            "doorbraak",
            &Parties::embedded().unwrap(),
            clock.clone(),
            Entropy::seeded(1),
        )
        .unwrap();
        let verifier = Verifier::new(VerifierConfig {
            issuer: issuer.url().to_owned(),
            audience: "doorbraak".to_owned(),
            jwks_url: issuer.jwks_url(),
            leeway: SignedDuration::ZERO,
            max_lifetime: SignedDuration::from_hours(1),
        });
        let shutdown = CancellationToken::new();
        let server = tokio::spawn(chassis::server::serve(
            listener,
            issuer.router(),
            shutdown.clone(),
        ));
        Self {
            url,
            client: Client::new(),
            clock,
            verifier: verifier.unwrap(),
            shutdown,
            server,
        }
    }

    async fn ask_token(&self, body: Value) -> Response {
        let url = format!("{}/token", self.url);
        self.client.post(url).json(&body).send().await.unwrap()
    }

    async fn token(&self, persona: &str) -> String {
        let answer = self.ask_token(json!({"persona": persona})).await;
        let body: Value = answer.json().await.unwrap();
        body["access_token"].as_str().unwrap().to_owned()
    }

    async fn stop(self) {
        self.shutdown.cancel();
        self.server.await.unwrap().unwrap();
    }
}

fn now() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn a_service_accepts_a_personas_token_with_what_the_persona_is() {
    let running = Running::start().await;
    let token = running.token("koen").await;
    let verified = running.verifier.verify(&token, now()).await.unwrap();
    assert_eq!(verified.subject(), "koen");
    assert_eq!(verified.organisation(), "00000099000000004000");
    assert_eq!(verified.roles(), ["care_professional", "agency_liaison"]);
    assert_eq!(
        verified.acr(),
        Some("http://eidas.europa.eu/LoA/substantial")
    );
    assert_eq!(verified.authorised_party(), "doorbraak-dev");
    assert_eq!(verified.expires_at(), now() + 1.hour());
    running.stop().await;
}

#[tokio::test]
async fn a_service_accepts_the_token_of_every_persona() {
    let running = Running::start().await;
    for persona in PERSONAS {
        let token = running.token(persona.name).await;
        let verified = running.verifier.verify(&token, now()).await.unwrap();
        assert_eq!(verified.subject(), persona.name);
    }
    running.stop().await;
}

#[tokio::test]
async fn a_token_holds_for_an_hour_of_the_storys_clock() {
    let running = Running::start().await;
    running.clock.set(now() + 480.hours());
    let token = running.token("noor").await;
    let at = |time| running.verifier.verify(&token, time);
    assert!(at(now() + 480.hours()).await.is_ok());
    assert_eq!(at(now()).await.unwrap_err(), TokenError::NotYetValid);
    assert_eq!(
        at(now() + 481.hours()).await.unwrap_err(),
        TokenError::Expired
    );
    running.stop().await;
}

#[tokio::test]
async fn two_tokens_never_share_an_identifier() {
    let running = Running::start().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let token = running.token("noor").await;
        let verified = running.verifier.verify(&token, now()).await.unwrap();
        ids.push(verified.token_id().to_owned());
    }
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids[0].len(), 32, "128 bits");
    running.stop().await;
}

#[tokio::test]
async fn an_unknown_persona_is_404_and_hears_who_there_is() {
    let running = Running::start().await;
    let answer = running.ask_token(json!({"persona": "nobody"})).await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert_eq!(
        answer.json::<Value>().await.unwrap(),
        json!({
            "type": "urn:doorbraak:problem:not-found",
            "status": 404,
            "title": "Nothing is found here",
            "detail": "There is no such persona. There are noor, petra, anna, sem, ine, tara, \
                       bas, koen, roos, dirk, lotte, lena, hanna, fatma, olga, bella, joost, ilse, \
                       mina, sietske, jelle, wiebe, douwe, tjitske, youssef."
        })
    );
    running.stop().await;
}

#[tokio::test]
async fn a_request_without_a_persona_is_400() {
    let running = Running::start().await;
    let answer = running.ask_token(json!({})).await;
    assert_eq!(answer.status(), 400);
    assert_eq!(
        answer.json::<Value>().await.unwrap()["invalidParams"],
        json!([{"name": "/persona", "reason": "is one of the two: persona, or system"}])
    );
    running.stop().await;
}

#[tokio::test]
async fn an_organisations_own_system_gets_a_token_that_is_nobodys() {
    let running = Running::start().await;
    let answer = running.ask_token(json!({"system": "leeuwarden"})).await;
    let token: Value = answer.json().await.unwrap();
    let token = token["access_token"].as_str().unwrap();
    let verified = running.verifier.verify(token, now()).await.unwrap();
    assert!(verified.is_system());
    assert_eq!(verified.organisation(), "00000099000000011000");
    assert_eq!(verified.subject(), verified.authorised_party());
    assert_eq!(verified.acr(), None);
    let noor = running.token("noor").await;
    assert!(
        !running
            .verifier
            .verify(&noor, now())
            .await
            .unwrap()
            .claims_system()
    );
    for wrong in [
        json!({"system": "nobody"}),
        json!({"system": "leeuwarden", "persona": "noor"}),
    ] {
        assert!(running.ask_token(wrong).await.status().is_client_error());
    }
    running.stop().await;
}

#[tokio::test]
async fn the_personas_are_listed_with_organisation_and_roles() {
    let running = Running::start().await;
    let url = format!("{}/personas", running.url);
    let list: Value = running
        .client
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(list["items"].as_array().unwrap().len(), 25);
    assert_eq!(
        list["items"][0],
        json!({
            "persona": "noor",
            "organisation": {"name": "utrecht", "oin": "00000099000000001000"},
            "roles": ["raiser", "case_director"]
        })
    );
    running.stop().await;
}

#[tokio::test]
async fn only_the_public_half_of_the_key_is_published() {
    let running = Running::start().await;
    let answer = reqwest::get(format!("{}/jwks.json", running.url)).await;
    let set: Value = answer.unwrap().json().await.unwrap();
    let mut fields: Vec<_> = set["keys"][0].as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(fields, ["alg", "e", "kid", "kty", "n", "use"]);
    running.stop().await;
}
