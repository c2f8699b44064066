//! What copies of a vault still open after an erasure, and what makes them useless.

use journal::vault::{CopyHolds, MasterKey, Vault, VaultError};
use sqlx::{AnyConnection, Row};

use crate::place::Place;
use crate::vault::{NAME, open, random, seal};
use crate::vault_erasure::{at, list};

on_both_engines!(a_copy_is_useless_once_the_master_key_changed);

const OWNERS: [&str; 3] = ["case/1/text/a", "case/1/text/b", "case/2/text"];

fn key(byte: u8) -> MasterKey {
    MasterKey::from_bytes([byte; 32])
}

/// Copies the keys and the wrapping keys, as a backup does.
async fn copy(from: &mut AnyConnection, to: &str) {
    Vault::open(to, key(7)).await.expect("made").close().await;
    let mut there = Place::connect(to).await;
    let wrapping = "select generation, wrapped, master from vault_wrapping";
    for row in sqlx::query(wrapping)
        .fetch_all(&mut *from)
        .await
        .expect("read")
    {
        sqlx::query("insert into vault_wrapping values ($1, $2, $3, '')")
            .bind(row.get::<i64, _>(0))
            .bind(row.get::<String, _>(1))
            .bind(row.get::<String, _>(2))
            .execute(&mut there)
            .await
            .expect("written");
    }
    let keys = "select key_id, owner, wrapped, generation from vault_key";
    for row in sqlx::query(keys).fetch_all(from).await.expect("read") {
        sqlx::query(
            "insert into vault_key (key_id, owner, wrapped, created_at, generation)
             values ($1, $2, $3, '', $4)",
        )
        .bind(row.get::<String, _>(0))
        .bind(row.get::<String, _>(1))
        .bind(row.get::<String, _>(2))
        .bind(row.get::<i64, _>(3))
        .execute(&mut there)
        .await
        .expect("written");
    }
}

async fn a_copy_is_useless_once_the_master_key_changed(mut place: Place) {
    let vault = open(&place).await;
    vault.rotate(at(), random(), random).await.expect("rotated");
    for owner in OWNERS {
        seal(&vault, owner, NAME).await;
    }
    let backup = place.other_vault().await;
    let mut connection = Place::connect(&place.vault_url).await;
    copy(&mut connection, &backup).await;

    let old = Vault::open(&backup, key(7)).await.expect("opened");
    let none = CopyHolds::default();
    assert_eq!(vault.held_by(&old).await.expect("compared"), none);
    vault
        .erase("e-1", &list(&OWNERS[..2]))
        .await
        .expect("erased");
    // The wrapping key of the vault changes after an erasure; that in the copy is what it was.
    vault.rotate(at(), random(), random).await.expect("rotated");
    let open = CopyHolds {
        deleted: 2,
        open: 2,
    };
    assert_eq!(vault.held_by(&old).await.expect("compared"), open);
    vault.close().await;
    old.close().await;

    // The master key changes. While the old one is at hand, so is the copy.
    let url = place.vault_url.as_str();
    let both = Vault::open_with(url, key(8), Some(key(7))).await;
    let both = both.expect("opened");
    both.rotate(at(), random(), random).await.expect("rotated");
    let old = Vault::open_with(&backup, key(8), Some(key(7))).await;
    let old = old.expect("opened");
    assert_eq!(both.held_by(&old).await.expect("compared"), open);
    old.close().await;
    // Once it was destroyed, nothing opens the copy.
    let old = Vault::open(&backup, key(8)).await;
    assert!(matches!(old, Err(VaultError::WrongMasterKey)));
    both.close().await;
}
