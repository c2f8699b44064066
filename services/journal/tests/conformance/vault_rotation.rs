//! Wrapping keys change while several processes work, and what was under an old one is useless.

use journal::Engine;
use journal::vault::{MasterKey, Rotated, Sealed, Vault, VaultError};
use sqlx::{AnyConnection, Row};

use crate::place::Place;
use crate::vault::{NAME, OWNER, holds, open, random, seal, wrapped_key};
use crate::vault_erasure::{at, list};

on_both_engines!(
    a_new_wrapping_key_changes_nothing_for_readers,
    keys_made_during_a_change_are_not_lost,
    an_old_page_is_useless_after_a_change,
    the_master_key_changes_without_a_stop,
    a_change_is_due_after_an_erasure,
);

async fn rotate(vault: &Vault) -> Rotated {
    let rotated = vault.rotate(at(), random(), random).await;
    rotated.expect("rotated")
}

async fn opens(vault: &Vault, sealed: &Sealed) {
    let opened = vault.unseal_for(OWNER, sealed).await.expect("opened");
    assert_eq!(opened, Some(NAME.to_owned()));
}

async fn a_new_wrapping_key_changes_nothing_for_readers(place: Place) {
    let (here, there) = (open(&place).await, open(&place).await);
    let before = seal(&here, OWNER, NAME).await;
    let mut connection = Place::connect(&place.vault_url).await;
    let first = wrapped_key(&mut connection).await;
    for generation in 1..=3 {
        let rotated = rotate(&here).await;
        assert_eq!((rotated.generation, rotated.keys), (generation, 1));
        assert_eq!(rotated.destroyed, u64::from(generation > 1));
        opens(&there, &before).await;
        // The other process, which did not hear of it, seals under the same key of the owner.
        opens(&here, &seal(&there, OWNER, NAME).await).await;
    }
    assert_ne!(wrapped_key(&mut connection).await, first);
    if place.engine == Engine::Sqlite {
        for (path, bytes) in place.files() {
            assert!(!holds(&bytes, &first), "{}", path.display());
        }
    }
    opens(&open(&place).await, &before).await;
}

async fn keys_made_during_a_change_are_not_lost(place: Place) {
    let (here, there) = (open(&place).await, open(&place).await);
    rotate(&here).await;
    let sealing = tokio::spawn(async move {
        let mut sealed = Vec::new();
        for number in 0..60 {
            sealed.push(seal(&there, &format!("case/{number}/text"), NAME).await);
        }
        sealed
    });
    for _ in 0..6 {
        rotate(&here).await;
    }
    let sealed = sealing.await.expect("all were sealed");
    rotate(&here).await;
    let opened = here.unseal_all(&sealed).await.expect("opened");
    assert!(opened.iter().all(|text| text.as_deref() == Some(NAME)));
    let mut connection = Place::connect(&place.vault_url).await;
    let left: i64 = sqlx::query_scalar("select count(*) from vault_wrapping")
        .fetch_one(&mut connection)
        .await
        .expect("a count");
    assert_eq!(left, 1);
}

/// The rows of a key as they stood in a page, or in a copy of the database.
struct Page {
    key_id: String,
    wrapped: String,
    generation: i64,
    wrapping: String,
    master: String,
}

async fn page(connection: &mut AnyConnection) -> Page {
    let row = sqlx::query(
        "select k.key_id, k.wrapped, k.generation, w.wrapped as wrapping, w.master
         from vault_key k join vault_wrapping w on w.generation = k.generation where owner = $1",
    )
    .bind(OWNER)
    .fetch_one(connection)
    .await
    .expect("the key's row");
    Page {
        key_id: row.get("key_id"),
        wrapped: row.get("wrapped"),
        generation: row.get("generation"),
        wrapping: row.get("wrapping"),
        master: row.get("master"),
    }
}

/// Puts a key back; with its wrapping key, or under the generation that took its number's place.
async fn put_back(connection: &mut AnyConnection, page: &Page, generation: i64) {
    sqlx::query("delete from vault_forgotten where key_id = $1")
        .bind(page.key_id.as_str())
        .execute(&mut *connection)
        .await
        .expect("the note of the erasure is gone");
    sqlx::query("delete from vault_key where key_id = $1")
        .bind(page.key_id.as_str())
        .execute(&mut *connection)
        .await
        .expect("an earlier try is gone");
    sqlx::query(
        "insert into vault_key (key_id, owner, wrapped, created_at, generation)
         values ($1, $2, $3, '', $4)",
    )
    .bind(page.key_id.as_str())
    .bind(OWNER)
    .bind(page.wrapped.as_str())
    .bind(generation)
    .execute(connection)
    .await
    .expect("the key is back");
}

async fn an_old_page_is_useless_after_a_change(place: Place) {
    let vault = open(&place).await;
    rotate(&vault).await;
    let sealed = seal(&vault, OWNER, NAME).await;
    let mut connection = Place::connect(&place.vault_url).await;
    let old = page(&mut connection).await;

    // Without a change, a page that is put back opens everything again: that is the danger.
    vault.erase("e-1", &list(&[OWNER])).await.expect("erased");
    put_back(&mut connection, &old, old.generation).await;
    opens(&vault, &sealed).await;

    vault.erase("e-2", &list(&[OWNER])).await.expect("erased");
    let generation = rotate(&vault).await.generation;
    put_back(&mut connection, &old, generation).await;
    let opened = vault.unseal_for(OWNER, &sealed).await;
    assert!(matches!(opened, Err(VaultError::Tampered)), "{opened:?}");
}

async fn the_master_key_changes_without_a_stop(place: Place) {
    let key = |byte: u8| MasterKey::from_bytes([byte; 32]);
    let url = place.vault_url.as_str();
    let first = open(&place).await;
    rotate(&first).await;
    let sealed = seal(&first, OWNER, NAME).await;
    let mut connection = Place::connect(url).await;
    let old = page(&mut connection).await;
    first.close().await;

    // One replica knows the new key too, another has it as its own.
    let behind = Vault::open_with(url, key(7), Some(key(8))).await;
    let behind = behind.expect("opened");
    let ahead = Vault::open_with(url, key(8), Some(key(7))).await;
    let ahead = ahead.expect("opened");
    assert!(ahead.rotation_is_due().await.expect("answered"));
    assert!(!behind.rotation_is_due().await.expect("answered"));
    rotate(&ahead).await;
    assert!(!behind.rotation_is_due().await.expect("answered"));
    opens(&behind, &sealed).await;
    // Whoever still has the old one first does not take the vault back to it.
    rotate(&behind).await;
    assert!(!ahead.rotation_is_due().await.expect("answered"));
    opens(&ahead, &seal(&behind, OWNER, NAME).await).await;

    let only_old = Vault::open(url, key(7)).await;
    assert!(matches!(only_old, Err(VaultError::WrongMasterKey)));
    let vault = Vault::open(url, key(8))
        .await
        .expect("the new key is enough");
    opens(&vault, &sealed).await;

    // A whole copy of before, wrapping key and all, is useless without the old master key.
    vault.erase("e-1", &list(&[OWNER])).await.expect("erased");
    sqlx::query("insert into vault_wrapping values ($1, $2, $3, '')")
        .bind(old.generation)
        .bind(old.wrapping.as_str())
        .bind(old.master.as_str())
        .execute(&mut connection)
        .await
        .expect("the wrapping key is back");
    put_back(&mut connection, &old, old.generation).await;
    let opened = vault.unseal_for(OWNER, &sealed).await;
    assert!(
        matches!(opened, Err(VaultError::WrongMasterKey)),
        "{opened:?}"
    );
}

async fn a_change_is_due_after_an_erasure(place: Place) {
    let vault = open(&place).await;
    assert!(
        vault.rotation_is_due().await.expect("answered"),
        "the first"
    );
    rotate(&vault).await;
    assert!(!vault.rotation_is_due().await.expect("answered"));
    seal(&vault, OWNER, NAME).await;
    vault
        .erase("e-0", &list(&["nobody"]))
        .await
        .expect("erased");
    assert!(!vault.rotation_is_due().await.expect("answered"));
    vault.erase("e-1", &list(&[OWNER])).await.expect("erased");
    assert!(
        open(&place)
            .await
            .rotation_is_due()
            .await
            .expect("answered")
    );
    rotate(&vault).await;
    assert!(!vault.rotation_is_due().await.expect("answered"));
}
