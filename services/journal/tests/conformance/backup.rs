//! Copies that fit together while others write, what is refused, and what is erased again.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use journal::backup::{
    Backup, BackupError, Erased, Manifest, Restored, Restoring, erased_of, read_erased, restore,
    write_erased,
};
use journal::vault::{MasterKey, Sealed, Vault, VaultError};
use journal::{Db, Engine, NewEvent};
use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use crate::place::{Place, append, event};
use crate::vault::{NAME, open, random, seal};
use crate::vault_erasure::{at, list};

on_both_engines!(
    every_text_of_a_copied_log_opens_with_the_vault_that_was_copied_after_it,
    a_copy_that_does_not_fit_is_not_put_back,
    what_was_erased_since_the_copy_is_erased_again,
);

const SERVICE: &str = "journal-test";

fn master() -> MasterKey {
    MasterKey::from_bytes([7; 32])
}

/// Where copies go: one folder for the log, another for the vault.
struct Shelf(TempDir);

impl Shelf {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    fn folder(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    async fn back_up(&self, place: &Place, name: &str) -> Result<Manifest, BackupError> {
        self.back_up_to(
            place,
            &self.folder(name),
            &self.folder(&format!("{name}-vault")),
        )
        .await
    }

    async fn back_up_to(
        &self,
        place: &Place,
        to: &Path,
        vault_to: &Path,
    ) -> Result<Manifest, BackupError> {
        let backup = Backup {
            id: Uuid::from_bytes(random()),
            service: SERVICE,
            version: "0.1.0",
            at: at(),
            log: &place.url,
            vault: &place.vault_url,
            others: &[],
            to,
            vault_to,
        };
        backup.make().await
    }

    async fn put_back(
        &self,
        (log, vault): (&str, &str),
        place: &Place,
        erased: &[Erased],
    ) -> Result<Restored, BackupError> {
        restore(Restoring {
            service: SERVICE,
            from: &self.folder(log),
            vault_from: &self.folder(vault),
            log: &place.url,
            vault: &place.vault_url,
            others: &[],
            master: master(),
            erased,
        })
        .await
    }
}

/// An empty place of the same kind.
async fn another(place: &Place, name: &str) -> Place {
    match place.engine {
        Engine::Sqlite => Place::sqlite(),
        Engine::Postgres => Place::postgres(&format!("back::{name}")).await,
    }
}

/// Takes away what [`another`] made.
async fn done(place: Place) {
    if place.engine == Engine::Postgres {
        place.remove().await;
    }
}

/// An event with a text whose key is stored before it.
async fn told(vault: &Vault, number: i64) -> NewEvent {
    let owner = format!("case/{number}/text");
    let sealed = seal(vault, &owner, &format!("{NAME} {number}")).await;
    NewEvent {
        data: json!({"text": sealed.as_str()}),
        ..event(&format!("case/{number}"), 1)
    }
}

/// Every text of a log, opened.
async fn texts(db: &Db, vault: &Vault) -> Result<Vec<Option<String>>, VaultError> {
    let events = db.read_after(0, 10_000).await.expect("read");
    let text = |data: &serde_json::Value| {
        let text = data["text"].as_str().expect("a text").to_owned();
        Sealed::parse(text).expect("sealed")
    };
    let sealed: Vec<Sealed> = events.iter().map(|event| text(&event.data)).collect();
    vault.unseal_all(&sealed).await
}

async fn every_text_of_a_copied_log_opens_with_the_vault_that_was_copied_after_it(place: Place) {
    let (db, vault) = (place.db().await, open(&place).await);
    for number in 0..20 {
        append(&db, vec![told(&vault, number).await]).await;
    }
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (db, vault, stop) = (db.clone(), vault.clone(), Arc::clone(&stop));
        async move {
            let mut number = 20;
            while !stop.load(Ordering::Relaxed) {
                append(&db, vec![told(&vault, number).await]).await;
                number += 1;
            }
            number
        }
    });
    let shelf = Shelf::new();
    let mut manifests = Vec::new();
    for name in ["one", "two", "three"] {
        manifests.push(shelf.back_up(&place, name).await.expect("backed up"));
    }
    stop.store(true, Ordering::Relaxed);
    let written = writer.await.expect("it wrote");
    let last = manifests.last().expect("three").log.position;
    assert!(
        last > 20 && last <= written,
        "{last} of {written}: others wrote meanwhile"
    );
    for (name, manifest) in ["one", "two", "three"].into_iter().zip(&manifests) {
        let back = another(&place, name).await;
        let vault = format!("{name}-vault");
        let put_back = shelf.put_back((name, &vault), &back, &[]);
        let restored = put_back.await.expect("put back");
        assert_eq!(&restored.manifest, manifest);
        let (db, vault) = (back.db().await, open(&back).await);
        assert_eq!(
            db.head().await.expect("read").position,
            manifest.log.position
        );
        let texts = texts(&db, &vault).await.expect("every key is there");
        assert!(texts.iter().all(Option::is_some), "nothing was erased");
        assert_eq!(texts.len() as i64, manifest.log.position);
        // Life goes on where it was.
        append(&db, vec![told(&vault, 5_000).await]).await;
        db.close().await;
        vault.close().await;
        done(back).await;
    }
}

async fn a_copy_that_does_not_fit_is_not_put_back(place: Place) {
    let (db, vault) = (place.db().await, open(&place).await);
    append(&db, vec![told(&vault, 1).await]).await;
    let shelf = Shelf::new();
    shelf.back_up(&place, "early").await.expect("backed up");
    append(&db, vec![told(&vault, 2).await]).await;
    shelf.back_up(&place, "late").await.expect("backed up");

    let same = shelf.folder("same");
    for vault in [same.clone(), same.join("vault")] {
        let together = shelf.back_up_to(&place, &same, &vault).await;
        assert!(
            matches!(together, Err(BackupError::Together)),
            "{together:?}"
        );
    }
    let twice = shelf.back_up(&place, "late").await;
    assert!(matches!(twice, Err(BackupError::NotEmpty(_))), "{twice:?}");

    // A vault of before the log: the second text would have no key.
    let back = another(&place, "unfit").await;
    let older = shelf.put_back(("late", "early-vault"), &back, &[]).await;
    assert!(
        matches!(older, Err(BackupError::VaultIsOlder { vault: 1, log: 2 })),
        "{older:?}"
    );
    // Onto what is there.
    let onto = shelf.put_back(("late", "late-vault"), &place, &[]).await;
    assert!(matches!(onto, Err(BackupError::InUse(_))), "{onto:?}");
    // Another service's.
    let (from, vault_from) = (shelf.folder("late"), shelf.folder("late-vault"));
    let others = restore(Restoring {
        service: "another",
        from: &from,
        vault_from: &vault_from,
        log: &back.url,
        vault: &back.vault_url,
        others: &[],
        master: master(),
        erased: &[],
    });
    assert!(matches!(others.await, Err(BackupError::Unfit(_))));
    // A file that changed on the shelf, by one byte.
    let file = std::fs::read_dir(&from).expect("read").find_map(|entry| {
        let path = entry.expect("an entry").path();
        path.extension()
            .is_some_and(|end| end != "json")
            .then_some(path)
    });
    let file = file.expect("a copy");
    let mut bytes = std::fs::read(&file).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, &bytes).expect("written");
    let changed = shelf.put_back(("late", "late-vault"), &back, &[]).await;
    assert!(matches!(changed, Err(BackupError::Unfit(_))), "{changed:?}");
    // A folder in which the copying was broken off.
    std::fs::remove_file(from.join("manifest.json")).expect("removed");
    let broken_off = shelf.put_back(("late", "late-vault"), &back, &[]).await;
    assert!(
        matches!(broken_off, Err(BackupError::Manifest { .. })),
        "{broken_off:?}"
    );
    // None of these left anything behind: what fits is put back there. A later vault fits too.
    let fits = shelf.put_back(("early", "late-vault"), &back, &[]).await;
    assert_eq!(fits.expect("put back").manifest.log.position, 1);
    done(back).await;
    db.close().await;
    vault.close().await;
}

async fn what_was_erased_since_the_copy_is_erased_again(place: Place) {
    let (db, vault) = (place.db().await, open(&place).await);
    for number in 0..4 {
        append(&db, vec![told(&vault, number).await]).await;
    }
    let erase = async |name: &str, owner: &str| {
        let went = vault.erase(name, &list(&[owner])).await.expect("erased");
        assert_eq!(went.len(), 1);
    };
    erase("case/0/erasure/before", "case/0/text").await;
    let shelf = Shelf::new();
    shelf.back_up(&place, "copy").await.expect("backed up");
    erase("case/1/erasure/after", "case/1/text").await;
    assert!(vault.forget("case/2/text").await.expect("forgotten"));
    let file = shelf.folder("erased.ndjson");
    for _ in 0..2 {
        // Written anew in place of what was there.
        let erased = erased_of(&place.vault_url).await.expect("listed");
        write_erased(&file, &erased).expect("written");
    }
    let erased = read_erased(&file).expect("read");
    assert_eq!(erased.len(), 3);

    let opened = async |place: &Place| {
        let (db, vault) = (place.db().await, open(place).await);
        let texts = texts(&db, &vault).await.expect("every key is known");
        let open: Vec<bool> = texts.iter().map(Option::is_some).collect();
        db.close().await;
        vault.close().await;
        open
    };
    // Without the list the copy brings back what was erased.
    let back = another(&place, "forgetful").await;
    let restored = shelf.put_back(("copy", "copy-vault"), &back, &[]).await;
    assert_eq!(restored.expect("put back").erased_again, 0);
    assert_eq!(opened(&back).await, [false, true, true, true]);
    done(back).await;

    let back = another(&place, "mindful").await;
    let restored = shelf.put_back(("copy", "copy-vault"), &back, &erased).await;
    let restored = restored.expect("put back");
    assert_eq!(restored.erased_again, 2);
    assert_eq!(
        Vec::from_iter(restored.unknown_erasures),
        ["case/1/erasure/after"]
    );
    assert_eq!(opened(&back).await, [false, false, false, true]);
    let there = open(&back).await;
    let went = there.erased_by("case/1/erasure/after").await.expect("read");
    assert_eq!(went.len(), 1);
    there.close().await;
    done(back).await;

    std::fs::write(&file, "{\"key\": 1}\n").expect("written");
    let unreadable = read_erased(&file);
    assert!(
        matches!(unreadable, Err(BackupError::Erasures { line: 1, .. })),
        "{unreadable:?}"
    );
    db.close().await;
    vault.close().await;
}
