use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use journal::Engine;
use journal::vault::{FRESH_BYTES, MasterKey, NONCE_BYTES, Sealed, Sealer, Vault, VaultError};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::AnyConnection;

use crate::place::Place;

on_both_engines!(
    what_was_sealed_opens_again,
    another_master_key_is_refused,
    a_forgotten_owner_stays_forgotten,
    a_forgotten_key_leaves_no_bytes,
    a_text_does_not_open_for_another_owner,
    a_lost_key_is_not_an_erased_one,
);

pub(crate) const NAME: &str = "Bella de Vries, Jan van Scorelstraat 12";
pub(crate) const OWNER: &str = "case/1/person/bella";

pub(crate) async fn open(place: &Place) -> Vault {
    Vault::open(&place.vault_url, MasterKey::from_bytes([7; 32]))
        .await
        .expect("the vault opens")
}

/// Bytes that differ at each call and repeat in each run.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    static SEED: AtomicU64 = AtomicU64::new(1);
    StdRng::seed_from_u64(SEED.fetch_add(1, Ordering::Relaxed)).random()
}

async fn sealer(vault: &Vault, owner: &str) -> Sealer {
    let at: Timestamp = "2026-11-02T08:30:00Z".parse().expect("a time");
    let fresh = random::<FRESH_BYTES>();
    vault.sealer(owner, at, fresh).await.expect("a sealer")
}

pub(crate) async fn seal(vault: &Vault, owner: &str, text: &str) -> Sealed {
    let nonce = random::<NONCE_BYTES>();
    sealer(vault, owner)
        .await
        .seal(text, nonce)
        .expect("sealed")
}

pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

async fn what_was_sealed_opens_again(place: Place) {
    let vault = open(&place).await;
    let texts = [NAME, "", "regel 1\nregel 2 € 🏠\u{0}"];
    let mut sealed = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        sealed.push(seal(&vault, &format!("case/{index}/text"), text).await);
    }
    // A second sealer of one owner uses the same key, from another seed.
    sealed.push(seal(&vault, "case/0/text", "more").await);
    vault.close().await;

    let stored: Vec<Sealed> = sealed
        .iter()
        .map(|one| Sealed::parse(one.as_str()).expect("a sealed text"))
        .collect();
    let vault = open(&place).await;
    let opened = vault.unseal_all(&stored).await.expect("opened");
    let expected = [NAME, "", "regel 1\nregel 2 € 🏠\u{0}", "more"];
    assert_eq!(opened, expected.map(|text| Some(text.to_owned())));
    assert_eq!(
        vault
            .unseal_for("case/0/text", &stored[3])
            .await
            .expect("opened"),
        Some("more".to_owned())
    );

    assert!(!holds(sealed[0].as_str().as_bytes(), "Bella"));
    assert_eq!(format!("{:?}", sealed[0]), "Sealed(…)");
    let key_ids: Vec<_> = sealed
        .iter()
        .map(|one| one.as_str().split('.').nth(1))
        .collect();
    assert_eq!(key_ids[0], key_ids[3]);
    assert_ne!(key_ids[0], key_ids[1]);
}

async fn another_master_key_is_refused(place: Place) {
    open(&place).await.close().await;
    let refused = Vault::open(&place.vault_url, MasterKey::from_bytes([8; 32])).await;
    assert!(
        matches!(refused, Err(VaultError::WrongMasterKey)),
        "{refused:?}"
    );
    open(&place).await;
}

async fn a_forgotten_owner_stays_forgotten(place: Place) {
    let vault = open(&place).await;
    let kept = seal(&vault, "case/1/person/child", "Tom").await;
    let erased = seal(&vault, OWNER, NAME).await;
    let late = sealer(&vault, OWNER).await;
    assert!(vault.forget(OWNER).await.expect("forgotten"));
    assert!(!vault.forget(OWNER).await.expect("nothing left to forget"));

    // A sealer from before the erasure seals what nobody can open; a new one starts afresh.
    let after = late.seal(NAME, [3; NONCE_BYTES]).expect("sealed");
    let anew = seal(&vault, OWNER, "new").await;
    vault.close().await;
    let vault = open(&place).await;
    let opened = vault.unseal_all(&[kept, erased, after, anew]).await;
    assert_eq!(
        opened.expect("opened"),
        [Some("Tom".to_owned()), None, None, Some("new".to_owned())]
    );
}

pub(crate) async fn wrapped_key(connection: &mut AnyConnection) -> String {
    sqlx::query_scalar("select wrapped from vault_key where owner = $1")
        .bind(OWNER)
        .fetch_one(connection)
        .await
        .expect("the key's row")
}

async fn a_forgotten_key_leaves_no_bytes(place: Place) {
    let vault = open(&place).await;
    let sealed = seal(&vault, OWNER, NAME).await;
    let mut connection = Place::connect(&place.vault_url).await;
    let wrapped = wrapped_key(&mut connection).await;

    if place.engine == Engine::Sqlite {
        let with_key = |place: &Place| {
            let files = place.files();
            files
                .iter()
                .filter(|(_, bytes)| holds(bytes, &wrapped))
                .count()
        };
        assert!(with_key(&place) > 0, "the search finds a key that is there");
        vault.forget(OWNER).await.expect("forgotten");
        assert_eq!(with_key(&place), 0);
        for (path, bytes) in place.files() {
            assert!(!holds(&bytes, "Bella"), "{}", path.display());
        }
    } else {
        vault.forget(OWNER).await.expect("forgotten");
        let dead: i64 = sqlx::query_scalar("select count(*) from vault_key")
            .fetch_one(&mut connection)
            .await
            .expect("a count");
        assert_eq!(dead, 0);
    }
    assert_eq!(
        vault.unseal_for(OWNER, &sealed).await.expect("answered"),
        None
    );
}

async fn a_text_does_not_open_for_another_owner(place: Place) {
    let vault = open(&place).await;
    let of_bella = seal(&vault, OWNER, NAME).await;
    let of_tom = seal(&vault, "case/1/person/tom", "Tom").await;

    // The whole text in another person's field.
    let moved = vault.unseal_for("case/1/person/tom", &of_bella).await;
    assert!(matches!(moved, Err(VaultError::WrongOwner)), "{moved:?}");

    // A scope ends at a slash: case 1 is not case 10.
    let elsewhere = seal(&vault, "case/10/person/tom", "Tom").await;
    let moved = vault.unseal_for("case/1", &elsewhere).await;
    assert!(matches!(moved, Err(VaultError::WrongOwner)), "{moved:?}");
    let own = vault.unseal_for("case/10", &elsewhere).await;
    assert_eq!(own.expect("opened"), Some("Tom".to_owned()));

    // The text under another person's key id.
    let bella: Vec<&str> = of_bella.as_str().split('.').collect();
    let tom: Vec<&str> = of_tom.as_str().split('.').collect();
    let spliced = [bella[0], tom[1], bella[2], bella[3]].join(".");
    let spliced = Sealed::parse(spliced).expect("the right form");
    let opened = vault.unseal_for("case/1", &spliced).await;
    assert!(matches!(opened, Err(VaultError::Tampered)), "{opened:?}");

    // The key's row given to another owner.
    let mut connection = Place::connect(&place.vault_url).await;
    sqlx::query("update vault_key set owner = 'case/2/text' where owner = $1")
        .bind(OWNER)
        .execute(&mut connection)
        .await
        .expect("the row is changed");
    let opened = vault.unseal_for("case", &of_bella).await;
    assert!(matches!(opened, Err(VaultError::Tampered)), "{opened:?}");
}

async fn a_lost_key_is_not_an_erased_one(place: Place) {
    let vault = open(&place).await;
    let sealed = seal(&vault, OWNER, NAME).await;
    let mut connection = Place::connect(&place.vault_url).await;
    sqlx::query("delete from vault_key")
        .execute(&mut connection)
        .await
        .expect("the key is lost");
    let opened = vault.unseal_for(OWNER, &sealed).await;
    assert!(matches!(opened, Err(VaultError::UnknownKey)), "{opened:?}");

    let garbage = Sealed::parse("v1.only.two");
    assert!(matches!(garbage, Err(VaultError::Malformed)), "{garbage:?}");
}
