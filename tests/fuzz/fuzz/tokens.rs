use fuzz::corpus;
use fuzz::mutate::{MARKER, mutated};
use fuzz::reading::{ACCEPTED, Broken, Reading, refused};
use rand::RngExt as _;
use token::TokenError;

use crate::issuer::{Issuer, now};
use crate::memory::bounded;
use crate::run::{Tally, rng, rounds, seed};

/// Every refusal of a token by its name, without what a variant holds.
fn code(error: &TokenError) -> Reading {
    match error {
        TokenError::MissingClaim(_) => "missing_claim",
        TokenError::InvalidClaim(_) => "invalid_claim",
        _ if error.is_unavailable() => "unavailable",
        _ => "refused",
    }
}

#[tokio::test]
async fn access_tokens_that_nobody_signed() {
    let issuer = Issuer::start().await;
    let verifier = issuer.access();
    let mut specimens = corpus::tokens().unwrap();
    let claims = corpus::claims().unwrap();
    let right = &claims
        .iter()
        .find(|(name, _)| name == "person.json")
        .unwrap()
        .1;
    specimens.push((
        "signed".to_owned(),
        issuer.sign("at+jwt", right).into_bytes(),
    ));
    let (seed, mut tally) = (seed(), Tally::default());
    let mut rng = rng(seed);
    for round in 0..rounds(5_000) {
        let (name, specimen) = &specimens[rng.random_range(0..specimens.len())];
        let bytes = mutated(specimen, &specimens, &mut rng);
        let input = String::from_utf8_lossy(&bytes).into_owned();
        let came = match verifier.verify(&input, now()).await {
            // A change after the last byte that counts leaves it as it was signed.
            Ok(_)
                if specimens
                    .last()
                    .is_some_and(|(_, signed)| input.as_bytes() == signed) =>
            {
                ACCEPTED
            }
            Ok(_) => panic!("seed {seed}, round {round}, from {name}: accepted {input}"),
            Err(error) => refused(code(&error), &error, MARKER).unwrap(),
        };
        assert_ne!(came, "unavailable", "seed {seed}, round {round}");
        tally.add(came);
    }
    tally.saw("access tokens, bytes", seed, &["refused"]);
}

#[tokio::test]
async fn claims_that_nobody_would_sign() {
    let issuer = Issuer::start().await;
    let (access, identity) = (issuer.access(), issuer.identity());
    let specimens = corpus::claims().unwrap();
    let (seed, mut tally) = (seed(), Tally::default());
    let mut rng = rng(seed);
    for _ in 0..rounds(1_500) {
        let (_, specimen) = &specimens[rng.random_range(0..specimens.len())];
        let claims = mutated(specimen, &specimens, &mut rng);
        let token = issuer.sign("at+jwt", &claims);
        let came = match access.verify(&token, now()).await {
            Ok(_) => ACCEPTED,
            Err(error) => refused(code(&error), &error, MARKER).unwrap(),
        };
        tally.add(came);
        let token = issuer.sign("JWT", &claims);
        if let Err(error) = identity.verify(&token, "nonce", now()).await {
            assert_eq!(
                refused("", &error, MARKER),
                Ok::<_, Broken>(""),
                "seed {seed}"
            );
        }
    }
    tally.saw(
        "claims",
        seed,
        &[ACCEPTED, "refused", "missing_claim", "invalid_claim"],
    );
}

#[test]
fn a_token_takes_no_memory_beyond_its_length() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let issuer = runtime.block_on(Issuer::start());
    let verifier = issuer.access();
    for (name, specimen) in corpus::tokens().unwrap() {
        let input = String::from_utf8_lossy(&specimen).repeat(200);
        let came = bounded(input.as_bytes(), || {
            runtime.block_on(verifier.verify(&input, now()))
        });
        assert!(came.is_err(), "{name}");
    }
}
