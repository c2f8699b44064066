//! Who logged in: which ID tokens say so.

use jiff::ToSpan;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use token::{IdConfig, IdVerifier, TokenError};

use crate::issuer::{AUDIENCE, CLIENT, ISSUER, Issuer, now};

fn claims() -> Value {
    json!({
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "p-7f3a",
        "exp": (now() + 5.minutes()).as_second(),
        "iat": now().as_second(),
        "nonce": "n-1",
        "name": "Noor Verzonnen",
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

#[tokio::test]
async fn an_id_token_says_who_logged_in_and_hides_it() {
    let issuer = Issuer::start().await;
    for typ in [None, Some("JWT"), Some("jwt")] {
        let token = issuer.key.sign_as(Algorithm::PS256, typ, &claims());
        let identity = issuer.id_verifier().verify(&token, "n-1", now()).await;
        let identity = identity.unwrap();
        assert_eq!(identity.subject, "p-7f3a");
        assert_eq!(identity.name.as_deref(), Some("Noor Verzonnen"));
        assert!(!format!("{identity:?}").contains("Noor"));
    }
}

#[tokio::test]
async fn an_id_token_for_another_login_application_issuer_or_time_lets_nobody_in() {
    let issuer = Issuer::start().await;
    let verifier = issuer.id_verifier();
    let minutes = |minutes: i64| json!((now() + minutes.minutes()).as_second());
    for (claims, error) in [
        (with("nonce", json!("n-2")), TokenError::Nonce),
        (
            with("nonce", Value::Null),
            TokenError::InvalidClaim("nonce"),
        ),
        (with("aud", json!(AUDIENCE)), TokenError::Audience),
        (with("azp", json!("another")), TokenError::Audience),
        (
            with("iss", json!("https://elsewhere.example")),
            TokenError::Issuer,
        ),
        (with("exp", minutes(-1)), TokenError::Expired),
        (with("iat", minutes(1)), TokenError::NotYetValid),
        (with("sub", json!("")), TokenError::InvalidClaim("sub")),
    ] {
        let token = issuer.key.sign_as(Algorithm::RS256, Some("JWT"), &claims);
        let refused = verifier.verify(&token, "n-1", now()).await;
        assert_eq!(refused, Err(error), "{claims}");
    }
    // An access token is no ID token, and an ID token no access token.
    let access = issuer.key.sign(&claims());
    assert_eq!(
        verifier.verify(&access, "n-1", now()).await,
        Err(TokenError::Type)
    );
    let id = issuer.key.sign_as(Algorithm::RS256, Some("JWT"), &claims());
    let refused = issuer.verifier().verify(&id, now()).await;
    assert_eq!(refused, Err(TokenError::Type));
}

#[test]
fn a_setting_that_cannot_work_is_refused() {
    let config = |issuer: &str, client: &str, jwks: &str| {
        IdVerifier::new(IdConfig {
            issuer: issuer.to_owned(),
            client_id: client.to_owned(),
            jwks_url: jwks.to_owned(),
            leeway: jiff::SignedDuration::ZERO,
        })
    };
    assert!(config(ISSUER, CLIENT, "https://login.example/jwks").is_ok());
    assert!(config("", CLIENT, "https://login.example/jwks").is_err());
    assert!(config(ISSUER, "", "https://login.example/jwks").is_err());
    assert!(config(ISSUER, CLIENT, "file:///keys").is_err());
}
