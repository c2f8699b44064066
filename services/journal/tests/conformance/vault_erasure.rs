//! Texts about several people: a key each, and what is left when one of them is erased.

use jiff::Timestamp;
use journal::Engine;
use journal::vault::{Sealed, Vault, VaultError};
use sqlx::Row;

use crate::place::Place;
use crate::vault::{holds, open, random};

on_both_engines!(
    a_text_goes_with_any_of_its_subjects,
    a_redaction_stands_where_the_text_was,
    a_text_is_redacted_again_and_again,
    a_redaction_that_was_replaced_is_forgotten,
    an_erasure_holds_at_once_in_another_process,
    many_text_keys_are_stored_at_once,
    an_erased_text_leaves_no_bytes,
);

const CASE: &str = "case/1";
const BELLA: &str = "case/1/person/bella";
const FATHER: &str = "case/1/person/father";
const TEXT: &str = "Bella de Vries zorgt voor haar broer; haar vader drinkt";

pub(crate) fn at() -> Timestamp {
    "2026-11-02T08:30:00Z".parse().expect("a time")
}

pub(crate) fn list(subjects: &[&str]) -> Vec<String> {
    subjects.iter().map(|&subject| subject.to_owned()).collect()
}

/// A text under a key of its own, not stored yet.
fn pending(vault: &Vault, text: &str, about: &[&str]) -> Sealed {
    let sealer = vault
        .text_sealer("case/1/text", &list(about), at(), random())
        .expect("a sealer");
    sealer.seal(text, random()).expect("sealed")
}

async fn text(vault: &Vault, text: &str, about: &[&str]) -> Sealed {
    let sealed = pending(vault, text, about);
    vault.store_pending().await.expect("stored");
    sealed
}

async fn read(vault: &Vault, sealed: &Sealed) -> Option<String> {
    vault.unseal_for(CASE, sealed).await.expect("answered")
}

async fn redact(vault: &Vault, sealed: &Sealed, text: &str, about: &[&str]) -> bool {
    let fresh = (random(), random());
    vault
        .redact((CASE, sealed), text, &list(about), at(), fresh)
        .await
        .expect("answered")
}

async fn a_text_goes_with_any_of_its_subjects(place: Place) {
    let vault = open(&place).await;
    let both = text(&vault, TEXT, &[CASE, BELLA, FATHER]).await;
    let of_bella = text(&vault, "Bella studeert", &[CASE, BELLA]).await;
    let of_nobody = text(&vault, "de wachttijd is lang", &[CASE]).await;
    let key = |sealed: &Sealed| sealed.as_str().split('.').nth(1).map(str::to_owned);
    assert_ne!(key(&both), key(&of_bella), "each text has its own key");

    let went = vault.erase("erasure-1", &list(&[FATHER])).await;
    let went = went.expect("erased");
    assert_eq!(went, Vec::from_iter(key(&both)));
    assert_eq!(read(&vault, &both).await, None);
    assert_eq!(read(&vault, &of_bella).await, Some("Bella studeert".into()));

    // Again changes nothing and answers the same; another erasure does not claim its keys.
    let again = vault.erase("erasure-1", &list(&[FATHER])).await;
    assert_eq!(again.expect("erased"), went);
    let other = vault.erase("erasure-2", &list(&[FATHER])).await;
    assert_eq!(other.expect("erased"), Vec::<String>::new());

    vault.erase("erasure-3", &list(&[CASE])).await.expect("ok");
    assert_eq!(read(&vault, &of_bella).await, None);
    assert_eq!(read(&vault, &of_nobody).await, None);
}

async fn a_redaction_stands_where_the_text_was(place: Place) {
    let vault = open(&place).await;
    let both = text(&vault, TEXT, &[CASE, BELLA, FATHER]).await;
    let without_father = "Bella de Vries zorgt voor haar broer";
    assert!(redact(&vault, &both, "first try", &[CASE, BELLA]).await);
    assert!(redact(&vault, &both, without_father, &[CASE, BELLA]).await);
    assert_eq!(read(&vault, &both).await, Some(TEXT.to_owned()));

    vault.erase("e-1", &list(&[FATHER])).await.expect("erased");
    assert_eq!(read(&vault, &both).await, Some(without_father.to_owned()));
    let all = vault.unseal_all(std::slice::from_ref(&both)).await;
    assert_eq!(all.expect("opened"), [Some(without_father.to_owned())]);
    let elsewhere = vault.unseal_for("case/2", &both).await;
    assert!(matches!(elsewhere, Err(VaultError::WrongOwner)));

    vault.erase("e-2", &list(&[BELLA])).await.expect("erased");
    assert_eq!(read(&vault, &both).await, None);
    assert!(!redact(&vault, &both, "too late", &[CASE]).await);
}

async fn a_text_is_redacted_again_and_again(place: Place) {
    let vault = open(&place).await;
    let both = text(&vault, TEXT, &[CASE, BELLA, FATHER]).await;
    let refused = vault
        .redact(("case/2", &both), "x", &[], at(), (random(), random()))
        .await;
    assert!(matches!(refused, Err(VaultError::WrongOwner)));
    assert!(redact(&vault, &both, "without father", &[CASE, BELLA]).await);
    vault.erase("e-1", &list(&[FATHER])).await.expect("erased");
    assert!(redact(&vault, &both, "without anybody", &[CASE]).await);
    assert_eq!(read(&vault, &both).await, Some("without father".into()));
    vault.erase("e-2", &list(&[BELLA])).await.expect("erased");
    assert_eq!(read(&vault, &both).await, Some("without anybody".into()));
    vault.erase("e-3", &list(&[CASE])).await.expect("erased");
    assert_eq!(read(&vault, &both).await, None);
}

async fn a_redaction_that_was_replaced_is_forgotten(place: Place) {
    let vault = open(&place).await;
    let both = text(&vault, TEXT, &[CASE, BELLA, FATHER]).await;
    let mut connection = Place::connect(&place.vault_url).await;
    let mut copies = Vec::new();
    for version in ["first try", "second try", "Bella zorgt"] {
        assert!(redact(&vault, &both, version, &[CASE, BELLA]).await);
        let kept: String = sqlx::query_scalar("select sealed from vault_redaction")
            .fetch_one(&mut connection)
            .await
            .expect("one redaction");
        copies.push(Sealed::parse(kept).expect("sealed"));
    }
    // A copy of the two that were replaced opens no more, though nobody was erased.
    let opened = vault.unseal_all(&copies).await.expect("opened");
    assert_eq!(opened, [None, None, Some("Bella zorgt".to_owned())]);
    assert_eq!(read(&vault, &both).await, Some(TEXT.to_owned()));
}

async fn an_erasure_holds_at_once_in_another_process(place: Place) {
    let (here, there) = (open(&place).await, open(&place).await);
    let both = text(&here, TEXT, &[CASE, BELLA, FATHER]).await;
    assert_eq!(read(&there, &both).await, Some(TEXT.to_owned()));
    here.erase("e-1", &list(&[BELLA])).await.expect("erased");
    assert_eq!(read(&there, &both).await, None);
}

async fn many_text_keys_are_stored_at_once(place: Place) {
    let vault = open(&place).await;
    let clone = vault.clone();
    let texts: Vec<Sealed> = (0..100)
        .map(|number| pending(&clone, &format!("text {number}"), &[CASE, BELLA]))
        .collect();
    let early = vault.unseal_for(CASE, &texts[0]).await;
    assert!(matches!(early, Err(VaultError::UnknownKey)), "{early:?}");

    vault.store_pending().await.expect("stored");
    vault.store_pending().await.expect("nothing left to store");
    let opened = open(&place).await.unseal_all(&texts).await.expect("opened");
    let expected: Vec<_> = (0..100).map(|n| Some(format!("text {n}"))).collect();
    assert_eq!(opened, expected);
    let went = vault.erase("e-1", &list(&[BELLA])).await.expect("erased");
    assert_eq!(went.len(), 100);
}

async fn an_erased_text_leaves_no_bytes(place: Place) {
    let vault = open(&place).await;
    let both = text(&vault, TEXT, &[CASE, BELLA, FATHER]).await;
    redact(&vault, &both, "Bella alleen", &[CASE, BELLA]).await;
    let mut connection = Place::connect(&place.vault_url).await;
    let rows = sqlx::query("select wrapped from vault_key")
        .fetch_all(&mut connection)
        .await
        .expect("the keys");
    let keys: Vec<String> = rows.iter().map(|row| row.get("wrapped")).collect();
    assert_eq!(keys.len(), 2, "the text's and the redaction's");
    vault.erase("e-1", &list(&[BELLA])).await.expect("erased");
    let left: i64 = sqlx::query_scalar("select count(*) from vault_subject")
        .fetch_one(&mut connection)
        .await
        .expect("a count");
    assert_eq!(left, 0);
    if place.engine == Engine::Sqlite {
        for (path, bytes) in place.files() {
            assert!(!holds(&bytes, "Bella"), "{}", path.display());
            for key in &keys {
                assert!(!holds(&bytes, key), "{}", path.display());
            }
        }
    }
}
