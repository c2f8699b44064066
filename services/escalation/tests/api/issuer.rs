//! A token issuer with a key made on the spot, published by a real HTTP server.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use axum::{Json, Router, routing::get};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};
use token::{Verifier, VerifierConfig};

use crate::people::Person;

const ISSUER: &str = "https://login.example";
const AUDIENCE: &str = "doorbraak";

pub(crate) struct Issuer {
    private: EncodingKey,
    jwks_url: String,
}

impl Issuer {
    pub(crate) async fn start() -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let body = STANDARD.encode(der.as_ref());
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
        let private = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
        let mut jwk = Jwk::from_encoding_key(&private, Algorithm::RS256).unwrap();
        jwk.common.key_id = Some("test".to_owned());
        let keys = json!({ "keys": [jwk] });
        let router = Router::new().route("/jwks", get(move || async move { Json(keys) }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let jwks_url = format!("http://{}/jwks", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { private, jwks_url }
    }

    pub(crate) fn verifier(&self) -> Verifier {
        Verifier::new(VerifierConfig {
            issuer: ISSUER.to_owned(),
            audience: AUDIENCE.to_owned(),
            jwks_url: self.jwks_url.clone(),
            leeway: SignedDuration::from_secs(30),
            max_lifetime: SignedDuration::from_hours(1),
        })
        .unwrap()
    }

    /// A token of half an hour for this person.
    pub(crate) fn token(&self, at: Timestamp, person: &Person) -> String {
        self.sign(&json!({
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": person.name,
            "exp": at.as_second() + 1_800,
            "nbf": at.as_second(),
            "iat": at.as_second(),
            "jti": "0194c2f0-7a3b-7c11-9d52-3b1f5a6c7d8e",
            "azp": "doorbraak-web",
            "org": person.organisation,
            "roles": person.roles,
        }))
    }

    fn sign(&self, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some("test".to_owned());
        encode(&header, claims, &self.private).unwrap()
    }
}
