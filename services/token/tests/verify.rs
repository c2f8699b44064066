//! What the verifier accepts and refuses, against a real key server on the loopback address.

// A test may stop at once: the panic names the line.
#![allow(clippy::unwrap_used)]

use jiff::{SignedDuration, ToSpan};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use token::{ConfigError, TokenError, Verified, Verifier, VerifierConfig};

#[path = "verify/id_tokens.rs"]
mod id_tokens;
#[path = "verify/issuer.rs"]
mod issuer;
use issuer::{AUDIENCE, ISSUER, Issuer, SigningKey, claims, now};

async fn verify(issuer: &Issuer, token: &str) -> Result<Verified, TokenError> {
    issuer.verifier().verify(token, now()).await
}

/// Verifies a token that is right but for one claim: changed, or removed with `Value::Null`.
async fn with_claim(name: &str, value: Value) -> Result<Verified, TokenError> {
    let issuer = Issuer::start().await;
    let mut changed = claims();
    if value.is_null() {
        changed.as_object_mut().unwrap().remove(name);
    } else {
        changed[name] = value;
    }
    verify(&issuer, &issuer.key.sign(&changed)).await
}

#[tokio::test]
async fn a_right_token_tells_who_is_calling() {
    let issuer = Issuer::start().await;
    let verified = verify(&issuer, &issuer.key.sign(&claims())).await.unwrap();
    assert_eq!(verified.issuer(), ISSUER);
    assert_eq!(verified.subject(), "p-7f3a");
    assert_eq!(verified.organisation(), "00000099000000001000");
    assert_eq!(verified.roles(), ["raiser", "case_director"]);
    assert_eq!(verified.regions(), ["midden-nederland"]);
    assert_eq!(
        verified.acr(),
        Some("http://eidas.europa.eu/LoA/substantial")
    );
    assert_eq!(verified.token_id(), "0194c2f0-7a3b-7c11-9d52-3b1f5a6c7d8e");
    assert_eq!(verified.authorised_party(), "doorbraak-web");
    assert_eq!(verified.expires_at(), now() + 5.minutes());
    assert!(!format!("{verified:?}").contains("p-7f3a"));
}

#[tokio::test]
async fn both_allowed_algorithms_and_both_spellings_of_the_type_are_accepted() {
    let issuer = Issuer::start().await;
    for algorithm in [Algorithm::RS256, Algorithm::PS256] {
        for typ in ["at+jwt", "AT+JWT", "application/at+jwt"] {
            let token = issuer.key.sign_as(algorithm, Some(typ), &claims());
            assert!(verify(&issuer, &token).await.is_ok(), "{algorithm:?} {typ}");
        }
    }
}

#[tokio::test]
async fn each_missing_claim_is_refused_by_name() {
    for name in [
        "iss", "aud", "exp", "nbf", "iat", "jti", "azp", "sub", "org",
    ] {
        assert_eq!(
            with_claim(name, Value::Null).await,
            Err(TokenError::MissingClaim(name))
        );
    }
    for name in ["roles", "regions", "acr"] {
        assert!(with_claim(name, Value::Null).await.is_ok(), "{name}");
    }
}

#[tokio::test]
async fn each_claim_of_the_wrong_form_is_refused_by_name() {
    let wrong = [
        ("iss", json!(7)),
        ("aud", json!({"a": 1})),
        ("aud", json!([7])),
        ("exp", json!("tomorrow")),
        ("nbf", json!(true)),
        ("iat", json!(1e300)),
        ("jti", json!("short")),
        ("jti", json!("0123456789abcdef0123456789abcde")),
        ("jti", json!("not base64url, but long enough")),
        ("azp", json!(" ")),
        ("sub", json!("")),
        ("org", json!("0000009900000000100")),
        ("org", json!("0000009900000000100A")),
        ("roles", json!("raiser")),
        ("roles", json!(["raiser", 7])),
        ("regions", json!({})),
        ("acr", json!(2)),
    ];
    for (name, value) in wrong {
        assert_eq!(
            with_claim(name, value.clone()).await,
            Err(TokenError::InvalidClaim(name)),
            "{value}"
        );
    }
}

#[tokio::test]
async fn another_issuer_or_audience_is_refused() {
    assert_eq!(
        with_claim("iss", json!("https://elsewhere.example")).await,
        Err(TokenError::Issuer)
    );
    assert_eq!(
        with_claim("aud", json!("another-service")).await,
        Err(TokenError::Audience)
    );
    assert_eq!(
        with_claim("aud", json!(["another-service"])).await,
        Err(TokenError::Audience)
    );
    assert!(
        with_claim("aud", json!(["another-service", AUDIENCE]))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_token_holds_from_nbf_until_exp_give_or_take_the_leeway() {
    let issuer = Issuer::start().await;
    let verifier = issuer.verifier();
    let token = issuer.key.sign(&claims());
    // Issued at now, expires five minutes later, leeway 30 seconds.
    let expected = [
        (-31, Err(TokenError::NotYetValid)),
        (-30, Ok(())),
        (329, Ok(())),
        (330, Err(TokenError::Expired)),
    ];
    for (seconds, outcome) in expected {
        let at = now() + SignedDuration::from_secs(seconds);
        assert_eq!(
            verifier.verify(&token, at).await.map(|_| ()),
            outcome,
            "{seconds}"
        );
    }
    assert_eq!(
        with_claim("iat", json!((now() + 1.minute()).as_second())).await,
        Err(TokenError::NotYetValid)
    );
}

#[tokio::test]
async fn a_token_that_lives_too_long_is_refused() {
    let hour = (now() + 1.hour()).as_second();
    assert!(with_claim("exp", json!(hour)).await.is_ok());
    assert_eq!(
        with_claim("exp", json!(hour + 1)).await,
        Err(TokenError::LifetimeTooLong)
    );
    assert_eq!(
        with_claim("exp", json!(now().as_second())).await,
        Err(TokenError::InvalidClaim("exp"))
    );
}

#[tokio::test]
async fn other_algorithms_are_refused_even_with_a_matching_signature() {
    let issuer = Issuer::start().await;
    let unsigned = issuer::unsigned(&claims(), issuer.key.kid());
    let with_public_key = issuer.key.sign_hs256_with_public_key(&claims());
    let rs512 = issuer
        .key
        .sign_as(Algorithm::RS512, Some("at+jwt"), &claims());
    for token in [unsigned, with_public_key, rs512] {
        assert_eq!(verify(&issuer, &token).await, Err(TokenError::Algorithm));
    }
    assert_eq!(issuer.fetches(), 0, "refused before any key is looked up");
}

#[tokio::test]
async fn a_key_published_for_one_algorithm_verifies_no_other() {
    let issuer = Issuer::start().await;
    let mut published = issuer.key.public();
    published["alg"] = json!("PS256");
    issuer.publish(vec![published]);
    assert_eq!(
        verify(&issuer, &issuer.key.sign(&claims())).await,
        Err(TokenError::Algorithm)
    );
}

#[tokio::test]
async fn another_kind_of_token_is_refused() {
    let issuer = Issuer::start().await;
    for typ in [Some("JWT"), Some("logout+jwt"), None] {
        let token = issuer.key.sign_as(Algorithm::RS256, typ, &claims());
        assert_eq!(
            verify(&issuer, &token).await,
            Err(TokenError::Type),
            "{typ:?}"
        );
    }
}

#[tokio::test]
async fn a_token_without_key_name_or_with_critical_extensions_is_refused() {
    let issuer = Issuer::start().await;
    let nameless = issuer.key.sign_with(&claims(), |header| header.kid = None);
    assert_eq!(
        verify(&issuer, &nameless).await,
        Err(TokenError::MissingKeyId)
    );
    let critical = issuer.key.sign_with(&claims(), |header| {
        header.crit = Some(vec!["b64".to_owned()]);
    });
    assert_eq!(
        verify(&issuer, &critical).await,
        Err(TokenError::CriticalExtension)
    );
}

#[tokio::test]
async fn a_forged_signature_or_changed_content_is_refused() {
    let issuer = Issuer::start().await;
    let forger = SigningKey::generate(issuer.key.kid());
    assert_eq!(
        verify(&issuer, &forger.sign(&claims())).await,
        Err(TokenError::Signature)
    );
    let mut other = claims();
    other["roles"] = json!(["table_member"]);
    let (honest, wished) = (issuer.key.sign(&claims()), issuer.key.sign(&other));
    let part = |token: &str, n: usize| token.split('.').nth(n).unwrap().to_owned();
    let spliced = format!(
        "{}.{}.{}",
        part(&honest, 0),
        part(&wished, 1),
        part(&honest, 2)
    );
    assert_eq!(verify(&issuer, &spliced).await, Err(TokenError::Signature));
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let issuer = Issuer::start().await;
    let long = format!("{}.{}", issuer.key.sign(&claims()), "a".repeat(9000));
    for text in ["", "abc", "a.b.c", "....", &long] {
        assert_eq!(
            verify(&issuer, text).await.unwrap_err(),
            TokenError::Malformed,
            "{text:.10}"
        );
    }
}

#[tokio::test]
async fn an_unknown_key_causes_at_most_one_fetch_a_minute() {
    let issuer = Issuer::start().await;
    let verifier = issuer.verifier();
    let known = issuer.key.sign(&claims());
    let unknown = SigningKey::generate("unknown").sign(&claims());

    assert!(verifier.verify(&known, now()).await.is_ok());
    assert!(verifier.verify(&known, now()).await.is_ok());
    assert_eq!(issuer.fetches(), 1, "known keys are kept");

    let expected_fetches = [(59, 1), (60, 2), (61, 2), (119, 2), (120, 3)];
    for (seconds, fetches) in expected_fetches {
        let at = now() + SignedDuration::from_secs(seconds);
        assert_eq!(
            verifier.verify(&unknown, at).await,
            Err(TokenError::UnknownKey)
        );
        assert_eq!(issuer.fetches(), fetches, "after {seconds} seconds");
    }
}

#[tokio::test]
async fn concurrent_requests_share_one_fetch() {
    let issuer = Issuer::start().await;
    let verifier = std::sync::Arc::new(issuer.verifier());
    let token = issuer.key.sign(&claims());
    let all: Vec<_> = (0..50)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token.clone());
            tokio::spawn(async move { verifier.verify(&token, now()).await })
        })
        .collect();
    for one in all {
        assert!(one.await.unwrap().is_ok());
    }
    assert_eq!(issuer.fetches(), 1);
}

#[tokio::test]
async fn a_rotated_key_is_accepted_and_a_withdrawn_one_refused() {
    let issuer = Issuer::start().await;
    let verifier = issuer.verifier();
    let old = issuer.key.sign(&claims());
    assert!(verifier.verify(&old, now()).await.is_ok());

    let next = SigningKey::generate("next");
    issuer.publish(vec![next.public()]);
    let later = now() + 1.minute();
    assert!(verifier.verify(&next.sign(&claims()), later).await.is_ok());
    assert_eq!(issuer.fetches(), 2);
    assert_eq!(
        verifier.verify(&old, later).await,
        Err(TokenError::UnknownKey)
    );
}

#[tokio::test]
async fn keys_are_fetched_again_after_an_hour() {
    let issuer = Issuer::start().await;
    let verifier = issuer.verifier();
    assert!(
        verifier
            .verify(&issuer.key.sign(&claims()), now())
            .await
            .is_ok()
    );
    issuer.publish(vec![]);
    let later = now() + 1.hour();
    let fresh = issuer.key.sign(&issuer::claims_at(later));
    assert_eq!(
        verifier.verify(&fresh, later).await,
        Err(TokenError::UnknownKey)
    );
    assert_eq!(issuer.fetches(), 2);
}

#[tokio::test]
async fn without_the_issuers_keys_the_service_is_unavailable_and_recovers() {
    let issuer = Issuer::start().await;
    let verifier = issuer.verifier();
    let token = issuer.key.sign(&claims());

    issuer.break_down(true);
    let error = verifier.verify(&token, now()).await.unwrap_err();
    assert!(error.is_unavailable());

    issuer.break_down(false);
    assert!(verifier.verify(&token, now()).await.is_ok());

    // With keys at hand an unknown name may be a rotated key: nobody can know.
    issuer.break_down(true);
    let unknown = SigningKey::generate("unknown").sign(&claims());
    for seconds in [60, 61] {
        let at = now() + SignedDuration::from_secs(seconds);
        let error = verifier.verify(&unknown, at).await.unwrap_err();
        assert_eq!(error, TokenError::Unavailable);
        assert!(verifier.verify(&token, at).await.is_ok());
    }
    // Three times each before it was given up, and once with success.
    assert_eq!(issuer.fetches(), 7);
}

#[tokio::test]
async fn a_hiccup_of_the_issuer_turns_nobody_away() {
    let issuer = Issuer::start().await;
    let verifier = issuer.verifier();
    issuer.fail(2);
    let token = issuer.key.sign(&claims());
    assert!(verifier.verify(&token, now()).await.is_ok());
    assert_eq!(issuer.fetches(), 3);
}

#[test]
fn settings_that_cannot_work_are_named() {
    let right = VerifierConfig {
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        jwks_url: "http://127.0.0.1:1/jwks".to_owned(),
        leeway: SignedDuration::ZERO,
        max_lifetime: SignedDuration::from_hours(1),
    };
    let refused = |change: &dyn Fn(&mut VerifierConfig)| {
        let mut config = right.clone();
        change(&mut config);
        Verifier::new(config).unwrap_err()
    };
    assert!(matches!(
        refused(&|c| c.jwks_url = "file:///keys".to_owned()),
        ConfigError::JwksUrl(_)
    ));
    assert!(matches!(
        refused(&|c| c.audience = String::new()),
        ConfigError::Setting("audience")
    ));
    assert!(matches!(
        refused(&|c| c.leeway = SignedDuration::from_secs(-1)),
        ConfigError::Setting("leeway")
    ));
    assert!(Verifier::new(right).is_ok());
}
