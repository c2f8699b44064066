//! Copies of a service's databases that fit together, and putting them back.
//!
//! The log is copied first, the vault after it and everything else last, each at one moment of its
//! own. A text's key is stored before the text, so every text of the copied log has its key in the
//! vault that was copied later, unless it was erased in between; whatever accounts for what the log
//! says was done is written after it, or before anybody is shown anything. So the copies fit
//! without a moment in which nobody may write.
//!
//! The master key is in none of them. The vault's copy goes to a folder of its own, for other
//! people to keep, and for another term; both folders hold a [`Manifest`].

mod copy;
mod erased;
mod error;
mod files;
mod manifest;
mod restore;

use std::path::Path;

use jiff::Timestamp;
use uuid::Uuid;

pub use erased::{Erased, erased_of, read_erased, write_erased};
pub use error::BackupError;
pub use manifest::{Copied, LogHead, Manifest};
pub use restore::{Restored, Restoring, restore};

use crate::Engine;
use files::{fresh_folder, in_folder};
use manifest::{FORMAT, MANIFEST};

/// The name of a service's log among its databases.
pub const LOG: &str = "log";
/// The name of a service's vault among its databases.
pub const VAULT: &str = "vault";

/// What is to be copied, and whereto. No `Debug`: a database URL may hold a password.
#[derive(Clone, Copy)]
pub struct Backup<'a> {
    /// The backup's own id, random.
    pub id: Uuid,
    /// Whose databases these are, such as `escalation`.
    pub service: &'a str,
    /// The version of the program.
    pub version: &'a str,
    /// When this is.
    pub at: Timestamp,
    /// The URL of the log.
    pub log: &'a str,
    /// The URL of the vault.
    pub vault: &'a str,
    /// What there is besides, by name and URL.
    pub others: &'a [(&'a str, &'a str)],
    /// An empty folder, or one that is to be made, for everything but the vault.
    pub to: &'a Path,
    /// The same for the vault; neither folder lies in the other.
    pub vault_to: &'a Path,
}

impl Backup<'_> {
    /// Copies the databases, while the service runs.
    ///
    /// # Errors
    /// [`BackupError`]; what was written until then is no backup: it has no manifest.
    pub async fn make(&self) -> Result<Manifest, BackupError> {
        if self.to.starts_with(self.vault_to) || self.vault_to.starts_with(self.to) {
            return Err(BackupError::Together);
        }
        fresh_folder(self.to)?;
        fresh_folder(self.vault_to)?;
        let engine = Engine::of(self.log)?;
        let (log, head) = copy::copy(LOG, self.log, self.to).await?;
        let (vault, _) = copy::copy(VAULT, self.vault, self.vault_to).await?;
        let mut beside = vec![log];
        for (name, url) in self.others {
            beside.push(copy::copy(name, url, self.to).await?.0);
        }
        let manifest = |databases| Manifest {
            format: FORMAT,
            id: self.id,
            service: self.service.to_owned(),
            version: self.version.to_owned(),
            made_at: self.at,
            engine: engine.name().to_owned(),
            log: head.clone(),
            databases,
        };
        // Last, and the log's after the vault's: a folder without a manifest is no backup.
        in_folder(self.vault_to, MANIFEST, &manifest(vec![vault]).to_text()?)?;
        let manifest = manifest(beside);
        in_folder(self.to, MANIFEST, &manifest.to_text()?)?;
        Ok(manifest)
    }
}
