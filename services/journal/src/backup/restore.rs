//! Putting a backup back, and erasing again what was erased since it was made.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use sqlx::{AnyConnection, Connection};

use super::{BackupError, Erased, LOG, Manifest, VAULT, copy};
use crate::Engine;
use crate::vault::{MasterKey, Vault};

/// What is to be put back, and where. No `Debug`: a database URL may hold a password.
#[derive(Clone)]
pub struct Restoring<'a> {
    /// Whose databases these are.
    pub service: &'a str,
    /// The folder with the log's copy.
    pub from: &'a Path,
    /// The folder with the vault's copy: of the same backup or of a later one.
    pub vault_from: &'a Path,
    /// The URL of an empty database for the log.
    pub log: &'a str,
    /// The URL of one for the vault.
    pub vault: &'a str,
    /// What there is besides, by name and URL.
    pub others: &'a [(&'a str, &'a str)],
    /// The vault's master key, which is in no backup.
    pub master: MasterKey,
    /// What was erased until the last list was written.
    pub erased: &'a [Erased],
}

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the log's folder said.
    pub manifest: Manifest,
    /// How many keys of the vault's copy had been erased since, and were erased again.
    pub erased_again: usize,
    /// The erasures that the vault's copy knew nothing of.
    pub unknown_erasures: BTreeSet<String>,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Manifest { made_at, log, .. } = &self.manifest;
        writeln!(
            f,
            "put back as it was on {made_at}, at position {}",
            log.position
        )?;
        write!(f, "keys erased again: {}", self.erased_again)?;
        for erasure in &self.unknown_erasures {
            write!(f, "\nerased since the vault was copied: {erasure}")?;
        }
        Ok(())
    }
}

/// Puts copies back into empty databases, and erases again.
///
/// # Errors
/// [`BackupError`]. Nothing is put back when the copies do not fit each other or a database is not
/// empty; what fails later leaves databases behind that must be taken away before the next try.
pub async fn restore(restoring: Restoring<'_>) -> Result<Restored, BackupError> {
    let Restoring { log, vault, .. } = restoring;
    let manifest = Manifest::of(restoring.from)?;
    let of_vault = Manifest::of(restoring.vault_from)?;
    let engine = Engine::of(log)?;
    for each in [&manifest, &of_vault] {
        if each.service != restoring.service {
            let why = format!("it is of {}, not of {}", each.service, restoring.service);
            return Err(BackupError::Unfit(why));
        }
        if each.engine != engine.name() {
            let why = format!("it is of {}, and goes back to that only", each.engine);
            return Err(BackupError::Unfit(why));
        }
    }
    if of_vault.log.position < manifest.log.position {
        return Err(BackupError::VaultIsOlder {
            vault: of_vault.log.position,
            log: manifest.log.position,
        });
    }
    let mut copies = vec![
        (restoring.vault_from, of_vault.database(VAULT)?, vault),
        (restoring.from, manifest.database(LOG)?, log),
    ];
    for (name, url) in restoring.others {
        copies.push((restoring.from, manifest.database(name)?, *url));
    }
    for (_, copied, url) in &copies {
        copy::refuse_unless_empty(&copied.name, url).await?;
    }
    for (folder, copied, url) in &copies {
        copy::put_back(&folder.join(&copied.file), url).await?;
    }
    let mut connection = AnyConnection::connect(log).await?;
    let head = copy::head_of(&mut connection, engine).await?;
    connection.close().await?;
    if head != manifest.log {
        let why = format!(
            "the log stands at position {}, and the manifest says {}",
            head.position, manifest.log.position
        );
        return Err(BackupError::Unfit(why));
    }
    let vault = Vault::open(vault, restoring.master).await?;
    let again = vault.erase_again(restoring.erased).await;
    vault.close().await;
    let (erased_again, unknown_erasures) = again?;
    Ok(Restored {
        manifest,
        erased_again,
        unknown_erasures,
    })
}
