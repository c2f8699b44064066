//! A token issuer for tests: keys made on the spot, published by a real HTTP server.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use axum::{Json, Router, http::StatusCode, routing::get};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};
use token::{IdConfig, IdVerifier, Verifier, VerifierConfig};

pub(crate) const ISSUER: &str = "https://login.example";
pub(crate) const AUDIENCE: &str = "escalation";
pub(crate) const CLIENT: &str = "doorbraak-screens";

/// The moment at which the tests take place.
pub(crate) fn now() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// The claims of a right token, issued now.
pub(crate) fn claims() -> Value {
    claims_at(now())
}

pub(crate) fn claims_at(at: Timestamp) -> Value {
    json!({
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "p-7f3a",
        "exp": (at + 5.minutes()).as_second(),
        "nbf": at.as_second(),
        "iat": at.as_second(),
        "jti": "0194c2f0-7a3b-7c11-9d52-3b1f5a6c7d8e",
        "azp": "doorbraak-web",
        "org": "00000099000000001000",
        "roles": ["raiser", "case_director"],
        "regions": ["midden-nederland"],
        "acr": "http://eidas.europa.eu/LoA/substantial",
    })
}

pub(crate) struct SigningKey {
    kid: String,
    private: EncodingKey,
}

impl SigningKey {
    pub(crate) fn generate(kid: &str) -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(der.as_ref())
        );
        Self {
            kid: kid.to_owned(),
            private: EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap(),
        }
    }

    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half as it stands in a key set, free of an algorithm.
    pub(crate) fn public(&self) -> Value {
        let mut jwk = Jwk::from_encoding_key(&self.private, Algorithm::RS256).unwrap();
        jwk.common.key_algorithm = None;
        jwk.common.key_id = Some(self.kid.clone());
        serde_json::to_value(jwk).unwrap()
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        self.sign_as(Algorithm::RS256, Some("at+jwt"), claims)
    }

    pub(crate) fn sign_as(
        &self,
        algorithm: Algorithm,
        typ: Option<&str>,
        claims: &Value,
    ) -> String {
        let mut header = Header::new(algorithm);
        header.typ = typ.map(str::to_owned);
        header.kid = Some(self.kid.clone());
        encode(&header, claims, &self.private).unwrap()
    }

    pub(crate) fn sign_with(&self, claims: &Value, change: impl Fn(&mut Header)) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(self.kid.clone());
        change(&mut header);
        encode(&header, claims, &self.private).unwrap()
    }

    /// The well-known confusion: the public key, known to all, used as a shared secret.
    pub(crate) fn sign_hs256_with_public_key(&self, claims: &Value) -> String {
        let secret = EncodingKey::from_secret(self.public().to_string().as_bytes());
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(self.kid.clone());
        encode(&header, claims, &secret).unwrap()
    }
}

/// A token with `alg: none` and an empty signature.
pub(crate) fn unsigned(claims: &Value, kid: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = json!({"alg": "none", "typ": "at+jwt", "kid": kid});
    format!("{}.{}.", part(&header), part(claims))
}

pub(crate) struct Issuer {
    pub(crate) key: SigningKey,
    jwks_url: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    keys: Mutex<Vec<Value>>,
    fetches: AtomicUsize,
    /// How many of the next questions it fails at.
    failing: AtomicUsize,
}

impl Issuer {
    pub(crate) async fn start() -> Self {
        let key = SigningKey::generate("first");
        let shared = Arc::new(Shared::default());
        let served = shared.clone();
        let router = Router::new().route(
            "/jwks",
            get(move || {
                let shared = served.clone();
                async move {
                    shared.fetches.fetch_add(1, Ordering::SeqCst);
                    let one_less = |left: usize| left.checked_sub(1);
                    let order = Ordering::SeqCst;
                    if shared.failing.fetch_update(order, order, one_less).is_ok() {
                        return Err(StatusCode::BAD_GATEWAY);
                    }
                    let keys = shared.keys.lock().unwrap().clone();
                    Ok(Json(json!({"keys": keys})))
                }
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let jwks_url = format!("http://{}/jwks", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let issuer = Self {
            key,
            jwks_url,
            shared,
        };
        // A key set may hold keys of other kinds; they are passed over.
        let other = json!({"kty": "EC", "crv": "P-256", "kid": "other", "x": "AA", "y": "AA"});
        let unheard = json!({"kty": "PQ", "kid": "unheard-of"});
        issuer.publish(vec![other, unheard, issuer.key.public()]);
        issuer
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

    pub(crate) fn id_verifier(&self) -> IdVerifier {
        IdVerifier::new(IdConfig {
            issuer: ISSUER.to_owned(),
            client_id: CLIENT.to_owned(),
            jwks_url: self.jwks_url.clone(),
            leeway: SignedDuration::from_secs(30),
        })
        .unwrap()
    }

    pub(crate) fn publish(&self, keys: Vec<Value>) {
        *self.shared.keys.lock().unwrap() = keys;
    }

    pub(crate) fn break_down(&self, broken: bool) {
        self.fail(if broken { usize::MAX } else { 0 });
    }

    /// It fails at so many of the next questions.
    pub(crate) fn fail(&self, times: usize) {
        self.shared.failing.store(times, Ordering::SeqCst);
    }

    pub(crate) fn fetches(&self) -> usize {
        self.shared.fetches.load(Ordering::SeqCst)
    }
}
