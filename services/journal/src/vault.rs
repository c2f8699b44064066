//! The key vault: personal text is sealed under data keys, and erasing means deleting a key, so
//! that the text is gone from events, views and copies of them at once.
//!
//! A key has an owner: a person's fields share one ([`Vault::sealer`]), a text about several
//! people has one of its own ([`Vault::text_sealer`]). It also has subjects: whom its texts are
//! about, or what else is erased together. Erasing one of them ([`Vault::erase`]) deletes the
//! key; the text then opens to the redaction that was recorded before, or to nothing.
//!
//! The vault is a database of its own, apart from the log, so that a copy of the log holds no
//! keys. Each data key is wrapped with a wrapping key, which is replaced now and then
//! ([`Vault::rotate`]), and that with the master key, which is never stored beside it. A backup
//! of the vault must expire within the term in which an erasure has to be complete.
//!
//! No key is kept in memory between two calls: every opening asks the database, so an erasure
//! holds at once in every process.

mod about;
mod again;
mod copy;
mod crypto;
mod erase;
mod error;
mod keep;
mod master;
mod sealed;
mod sealer;
mod sql;
mod wrapping;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{Any, Row, Transaction};

pub use crate::migration::of_vault as migrations;
pub use about::Opened;
pub use copy::CopyHolds;
pub use error::VaultError;
pub use master::MasterKey;
pub use sealed::Sealed;
pub use sealer::{FRESH_BYTES, NONCE_BYTES, Sealer};
pub(crate) use sql::ALL_FORGOTTEN;
pub use wrapping::{ROTATION_BYTES, Rotated};

use crate::pools::Pools;
use crate::{Engine, JournalError, Statement, migration};
use crypto::DataKey;
use erase::is_under;
use keep::{NewKey, Pending, json};
use wrapping::Masters;

/// How often a text may have been redacted and erased after another.
const REDACTIONS: usize = 16;

/// An opened vault. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    pools: Pools,
    masters: Masters,
    pending: Arc<Pending>,
}

/// Every statement of the vault on its own database, for the test that prepares them on both
/// engines.
#[must_use]
pub fn statements() -> Vec<Statement> {
    sql::ALL.to_vec()
}

impl Vault {
    /// Opens the vault (URL as for [`crate::Db::open`], another database than the log's), and
    /// makes it when it does not exist. The first opening fixes the master key.
    ///
    /// # Errors
    /// [`VaultError::WrongMasterKey`] when the vault is under another master key;
    /// [`VaultError::Journal`] when the database cannot be opened.
    pub async fn open(url: &str, master: MasterKey) -> Result<Self, VaultError> {
        Self::open_with(url, master, None).await
    }

    /// The same while the master key changes: `other` opens what is under it. First every replica
    /// gets the new key as `other`, then as `master` with the old one as `other`; the next
    /// [`Vault::rotate`] puts everything under `master`, after which the old one is destroyed.
    ///
    /// # Errors
    /// As for [`Vault::open`].
    pub async fn open_with(
        url: &str,
        master: MasterKey,
        other: Option<MasterKey>,
    ) -> Result<Self, VaultError> {
        let masters: Vec<_> = [master].into_iter().chain(other).collect();
        let masters = Masters::new(&masters)?;
        let pools = Pools::open(url, migration::of_vault()).await?;
        sqlx::query(sql::KEEP_PROOF.text(pools.engine))
            .bind(masters.first_proof()?)
            .execute(&pools.writer)
            .await?;
        let row = sqlx::query(sql::PROOF.text(pools.engine))
            .fetch_one(&pools.writer)
            .await?;
        if !masters.knows(row.try_get("value")?) {
            pools.close().await;
            return Err(VaultError::WrongMasterKey);
        }
        Ok(Self {
            pools,
            masters,
            pending: Arc::default(),
        })
    }

    /// The sealer of one owner, such as `register/<organisation>/<person>`: loads the owner's data
    /// key, or makes it from `fresh` random bytes (`entropy.bytes()`), which are otherwise unused.
    /// Its texts are about the owner. After [`Vault::forget`] or [`Vault::erase`] an owner gets a
    /// new key; what was sealed before stays erased.
    ///
    /// # Errors
    /// [`VaultError`] when the key cannot be stored or unwrapped.
    pub async fn sealer(
        &self,
        owner: &str,
        at: Timestamp,
        fresh: [u8; FRESH_BYTES],
    ) -> Result<Sealer, VaultError> {
        let wanted = [(owner.to_owned(), vec![owner.to_owned()], fresh)];
        let mut sealers = self.sealers(&wanted, at).await?;
        sealers.pop().ok_or(VaultError::UnknownKey)
    }

    /// The same for several owners, with what the texts of each are about; new keys are stored in
    /// one transaction.
    ///
    /// # Errors
    /// As for [`Vault::sealer`].
    pub async fn sealers(
        &self,
        wanted: &[(String, Vec<String>, [u8; FRESH_BYTES])],
        at: Timestamp,
    ) -> Result<Vec<Sealer>, VaultError> {
        let mut found = Vec::with_capacity(wanted.len());
        let mut new = Vec::new();
        for (owner, subjects, fresh) in wanted {
            let key = NewKey::new(owner, subjects, at, fresh)?;
            let loaded = self.load(owner, &self.pools.reader).await?;
            if loaded.is_none() {
                new.push(key);
            }
            found.push(loaded);
        }
        if !new.is_empty() {
            self.keep(&new).await?;
        }
        let mut sealers = Vec::with_capacity(wanted.len());
        for ((owner, ..), found) in wanted.iter().zip(found) {
            // Another process may have been first; the stored key is the one that counts.
            let sealer = match found {
                Some(sealer) => Some(sealer),
                None => self.load(owner, &self.pools.writer).await?,
            };
            sealers.push(sealer.ok_or(VaultError::UnknownKey)?);
        }
        Ok(sealers)
    }

    async fn load(&self, owner: &str, pool: &sqlx::AnyPool) -> Result<Option<Sealer>, VaultError> {
        let row = sqlx::query(sql::KEY_OF_OWNER.text(self.engine()))
            .bind(owner)
            .fetch_optional(pool)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let key = DataKey::new(&self.masters.data_key(&row)?)?;
        Ok(Some(Sealer::new(owner, row.try_get("key_id")?, key)))
    }

    /// Opens one sealed text that must belong to `scope`, which is its owner or begins it up to a
    /// `/`: a text moved into another person's field or another case does not open. `None` when it
    /// was erased and nothing stands in its place.
    ///
    /// # Errors
    /// [`VaultError::WrongOwner`]; otherwise as for [`Vault::unseal_all`].
    pub async fn unseal_for(
        &self,
        scope: &str,
        sealed: &Sealed,
    ) -> Result<Option<String>, VaultError> {
        let standing = self.standing(std::slice::from_ref(sealed)).await?;
        let Some((sealed, held)) = standing.into_iter().next() else {
            return Ok(None);
        };
        match &held {
            Held::Key { owner, .. } if !is_under(owner, scope) => Err(VaultError::WrongOwner),
            held => open(&sealed, held),
        }
    }

    /// Opens many sealed texts, whosever they are, with one look into the vault, in their order;
    /// `None` for each that was erased. Only where no owner is known, as in a search through a
    /// whole log; elsewhere [`Vault::unseal_for`].
    ///
    /// # Errors
    /// [`VaultError::Malformed`] when a text is no sealed text; [`VaultError::Tampered`] when it
    /// was changed or carried to another owner's key; [`VaultError::UnknownKey`] when its key was
    /// never in this vault, which is not the same as erased.
    pub async fn unseal_all(&self, sealed: &[Sealed]) -> Result<Vec<Option<String>>, VaultError> {
        let standing = self.standing(sealed).await?;
        standing
            .iter()
            .map(|(sealed, held)| open(sealed, held))
            .collect()
    }

    /// Closes all connections and waits for those in use.
    pub async fn close(&self) {
        self.pools.close().await;
    }

    /// Prepares statements on the vault without running them.
    ///
    /// # Errors
    /// The name of the first statement that does not fit, with the database's words.
    pub async fn prepare_all(&self, statements: &[Statement]) -> Result<(), String> {
        crate::db::prepare_all(&self.pools, statements).await
    }

    const fn engine(&self) -> Engine {
        self.pools.engine
    }

    async fn begin(&self) -> Result<Transaction<'static, Any>, VaultError> {
        Ok(match self.engine() {
            Engine::Sqlite => self.pools.writer.begin_with("begin immediate").await?,
            Engine::Postgres => self.pools.writer.begin().await?,
        })
    }

    /// What stands for these texts now, in their order: each text itself, or the last redaction
    /// in its place when its key is gone.
    async fn standing(&self, sealed: &[Sealed]) -> Result<Vec<(Sealed, Held)>, VaultError> {
        let mut standing = sealed.to_vec();
        let mut held = self.keys(&standing).await?;
        for _ in 0..REDACTIONS {
            let gone: Vec<String> = held
                .iter()
                .filter(|(_, held)| matches!(held, Held::Forgotten))
                .map(|(key_id, _)| key_id.clone())
                .collect();
            if gone.is_empty() {
                break;
            }
            let instead = self.redactions(&gone).await?;
            if instead.is_empty() {
                break;
            }
            for text in &mut standing {
                if let Some(redaction) = instead.get(text.key_id()?) {
                    *text = redaction.clone();
                }
            }
            held = self.keys(&standing).await?;
        }
        standing
            .into_iter()
            .map(|text| {
                let found = held.get(text.key_id()?).ok_or(VaultError::UnknownKey)?;
                Ok((text, found.clone()))
            })
            .collect()
    }

    async fn redactions(&self, key_ids: &[String]) -> Result<HashMap<String, Sealed>, VaultError> {
        let rows = sqlx::query(sql::REDACTIONS.text(self.engine()))
            .bind(json(key_ids)?)
            .fetch_all(&self.pools.reader)
            .await?;
        rows.iter()
            .map(|row| {
                let sealed: String = row.try_get("sealed")?;
                Ok((row.try_get("key_id")?, Sealed::parse(sealed)?))
            })
            .collect()
    }

    /// What the vault holds for the keys of these texts.
    async fn keys(&self, sealed: &[Sealed]) -> Result<HashMap<String, Held>, VaultError> {
        let ids = sealed
            .iter()
            .map(Sealed::key_id)
            .collect::<Result<Vec<_>, _>>()?;
        let rows = sqlx::query(sql::KEYS.text(self.engine()))
            .bind(json(&ids)?)
            .fetch_all(&self.pools.reader)
            .await?;
        let mut held = HashMap::with_capacity(rows.len());
        for row in &rows {
            let key_id: String = row.try_get("key_id")?;
            let state = if row.try_get::<&str, _>("wrapped")?.is_empty() {
                Held::Forgotten
            } else {
                let key = DataKey::new(&self.masters.data_key(row)?)?;
                let owner: String = row.try_get("owner")?;
                Held::Key { owner, key }
            };
            held.insert(key_id, state);
        }
        Ok(held)
    }
}

/// What the vault holds for a key id.
#[derive(Clone)]
enum Held {
    Key { owner: String, key: DataKey },
    Forgotten,
}

fn open(sealed: &Sealed, held: &Held) -> Result<Option<String>, VaultError> {
    match held {
        Held::Forgotten => Ok(None),
        Held::Key { owner, key } => sealed.open(owner, key).map(Some),
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault")
            .field("engine", &self.pools.engine)
            .finish_non_exhaustive()
    }
}

impl From<sqlx::Error> for VaultError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(JournalError::from(error))
    }
}
