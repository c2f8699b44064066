//! An issuer of tokens whose key set is served over HTTP, so that claims that nobody would write
//! arrive with a signature that holds.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use token::{IdConfig, IdVerifier, Verifier, VerifierConfig};
use tokio::net::TcpListener;

/// The moment of the claims in the corpus.
pub(crate) fn now() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

pub(crate) struct Issuer {
    key: EncodingKey,
    jwks_url: String,
}

impl Issuer {
    pub(crate) async fn start() -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(der.as_ref())
        );
        let key = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
        jwk.common.key_id = Some("first".to_owned());
        let keys = json!({ "keys": [jwk] });

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let jwks_url = format!("http://{}/jwks", listener.local_addr().unwrap());
        let router = Router::new().route("/jwks", get(async move || Json(keys)));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { key, jwks_url }
    }

    pub(crate) fn access(&self) -> Verifier {
        Verifier::new(VerifierConfig {
            issuer: "https://login.example".to_owned(),
            audience: "escalation".to_owned(),
            jwks_url: self.jwks_url.clone(),
            leeway: SignedDuration::from_secs(30),
            max_lifetime: SignedDuration::from_hours(1),
        })
        .unwrap()
    }

    pub(crate) fn identity(&self) -> IdVerifier {
        IdVerifier::new(IdConfig {
            issuer: "https://login.example".to_owned(),
            client_id: "escalation".to_owned(),
            jwks_url: self.jwks_url.clone(),
            leeway: SignedDuration::from_secs(30),
        })
        .unwrap()
    }

    /// Signs whatever stands for the claims, JSON or not.
    pub(crate) fn sign(&self, typ: &str, claims: &[u8]) -> String {
        let header: Value = json!({ "alg": "RS256", "typ": typ, "kid": "first" });
        let message = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims)
        );
        let signature = crypto::sign(message.as_bytes(), &self.key, Algorithm::RS256).unwrap();
        format!("{message}.{signature}")
    }
}
