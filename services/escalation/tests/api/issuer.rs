//! A token issuer with a key made on the spot, published by a real HTTP server.

#![allow(
    dead_code,
    reason = "not every test binary that has this issuer logs somebody in"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::{Engine, engine::general_purpose::STANDARD};
use escalation::web::{Login, Provider};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};
use token::{Verifier, VerifierConfig};

use crate::people::Person;

const ISSUER: &str = "https://login.example";
const AUDIENCE: &str = "doorbraak";

/// What the screens are called here.
const CLIENT: &str = "doorbraak-screens";

/// What each code is good for: an access token and an ID token.
type Tokens = Arc<Mutex<HashMap<String, (String, String)>>>;

pub(crate) struct Issuer {
    private: EncodingKey,
    url: String,
    tokens: Tokens,
}

/// A code becomes tokens, once, for whoever proves to have begun the login.
async fn redeem(
    tokens: Tokens,
    sent: HashMap<String, String>,
) -> Result<Json<Value>, (StatusCode, Json<Value>)> {
    let code = sent.get("code").cloned().unwrap_or_default();
    let given = tokens.lock().unwrap().remove(&code);
    match given.filter(|_| sent.get("code_verifier").is_some_and(|it| it.len() >= 43)) {
        Some((access, id)) => Ok(Json(json!({
            "access_token": access, "token_type": "Bearer", "id_token": id,
        }))),
        None => {
            let refusal = Json(json!({ "error": "invalid_grant" }));
            Err((StatusCode::BAD_REQUEST, refusal))
        }
    }
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
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let issuer = Self {
            private,
            url,
            tokens: Arc::default(),
        };
        let tokens = Arc::clone(&issuer.tokens);
        let router = Router::new()
            .route("/jwks", get(move || async move { Json(keys) }))
            .route("/token", post(move |Form(sent)| redeem(tokens, sent)));
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    pub(crate) fn verifier(&self) -> Verifier {
        Verifier::new(VerifierConfig {
            issuer: ISSUER.to_owned(),
            audience: AUDIENCE.to_owned(),
            jwks_url: self.jwks_url(),
            leeway: SignedDuration::from_secs(30),
            max_lifetime: SignedDuration::from_hours(1),
        })
        .unwrap()
    }

    fn jwks_url(&self) -> String {
        format!("{}/jwks", self.url)
    }

    /// The way in by this issuer.
    pub(crate) fn login(&self) -> Login {
        Login::new(Provider {
            issuer: ISSUER.to_owned(),
            jwks_url: self.jwks_url(),
            authorize_url: "https://login.example/authorize".to_owned(),
            token_url: format!("{}/token", self.url),
            client_id: CLIENT.to_owned(),
            client_secret: None,
            public_url: "https://doorbraak.example".to_owned(),
            leeway: SignedDuration::from_secs(30),
        })
        .unwrap()
    }

    /// A code with which this person comes back: `access` is whose access token it leads to, and
    /// `nonce` what the ID token answers.
    pub(crate) fn code(
        &self,
        at: Timestamp,
        person: &Person,
        access: &Person,
        nonce: &str,
    ) -> String {
        let id = json!({
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": person.name,
            "exp": at.as_second() + 300,
            "iat": at.as_second(),
            "nonce": nonce,
            "name": format!("{} de Vries", person.name),
        });
        let (access, id) = (self.token(at, access), self.sign_as("JWT", &id));
        let code = format!("code-{}-{nonce}", person.name);
        self.tokens
            .lock()
            .unwrap()
            .insert(code.clone(), (access, id));
        code
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
        self.sign_as("at+jwt", claims)
    }

    fn sign_as(&self, kind: &str, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.typ = Some(kind.to_owned());
        header.kid = Some("test".to_owned());
        encode(&header, claims, &self.private).unwrap()
    }
}
