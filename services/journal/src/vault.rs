//! The key vault: personal text is sealed under a data key per owner, and erasing means deleting
//! that key, so that the text is gone from events, views and copies of them at once.
//!
//! The vault is a database of its own, apart from the log, so that a copy of the log holds no
//! keys. Each data key is wrapped with the master key, which is never stored beside it. A backup
//! of the vault must expire within the term in which an erasure has to be complete.

mod crypto;
mod error;
mod master;
mod sealed;
mod sealer;
mod sql;

use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use sqlx::Row;

pub use error::VaultError;
pub use master::MasterKey;
pub use sealed::Sealed;
pub use sealer::{FRESH_BYTES, NONCE_BYTES, Sealer};

use crate::cause::no_nul;
use crate::pools::Pools;
use crate::{Engine, JournalError, Statement, migration};
use crypto::{DataKey, WrappingKey};

/// An opened vault. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    pools: Pools,
    wrapping: WrappingKey,
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
    /// [`VaultError::WrongMasterKey`] when the vault was made with another master key;
    /// [`VaultError::Journal`] when the database cannot be opened.
    pub async fn open(url: &str, master: MasterKey) -> Result<Self, VaultError> {
        let pools = Pools::open(url, migration::of_vault()).await?;
        let wrapping = master.wrapping_key()?;
        let proof = master.proof()?;
        sqlx::query(sql::KEEP_PROOF.text(pools.engine))
            .bind(proof.as_str())
            .execute(&pools.writer)
            .await?;
        let row = sqlx::query(sql::PROOF.text(pools.engine))
            .fetch_one(&pools.writer)
            .await?;
        if row.try_get::<&str, _>("value")? != proof {
            pools.close().await;
            return Err(VaultError::WrongMasterKey);
        }
        Ok(Self { pools, wrapping })
    }

    /// The sealer of one owner, such as `case/<id>/person/<key>`: loads the owner's data key, or
    /// makes it from `fresh` random bytes (`entropy.bytes()`), which are otherwise unused. After
    /// [`Vault::forget`] an owner gets a new key; what was sealed before stays erased.
    ///
    /// # Errors
    /// [`VaultError`] when the key cannot be stored or unwrapped.
    pub async fn sealer(
        &self,
        owner: &str,
        at: Timestamp,
        fresh: [u8; FRESH_BYTES],
    ) -> Result<Sealer, VaultError> {
        no_nul("owner", owner)?;
        let engine = self.pools.engine;
        let found = sqlx::query(sql::KEY_OF_OWNER.text(engine))
            .bind(owner)
            .fetch_optional(&self.pools.reader)
            .await?;
        let row = if let Some(row) = found {
            row
        } else {
            let (key_id, wrapped) = sealer::make_key(owner, &fresh, &self.wrapping)?;
            sqlx::query(sql::KEEP_KEY.text(engine))
                .bind(key_id)
                .bind(owner)
                .bind(wrapped)
                .bind(at.to_string())
                .execute(&self.pools.writer)
                .await?;
            // Another process may have been first; the stored key is the one that counts.
            sqlx::query(sql::KEY_OF_OWNER.text(engine))
                .bind(owner)
                .fetch_one(&self.pools.writer)
                .await?
        };
        let key_id: String = row.try_get("key_id")?;
        let key = DataKey::unwrap(row.try_get("wrapped")?, &key_id, owner, &self.wrapping)?;
        Ok(Sealer::new(owner, key_id, key))
    }

    /// Opens one sealed text; `None` when its owner was forgotten.
    ///
    /// # Errors
    /// As for [`Vault::unseal_all`].
    pub async fn unseal(&self, sealed: &Sealed) -> Result<Option<String>, VaultError> {
        let mut opened = self.unseal_all(std::slice::from_ref(sealed)).await?;
        Ok(opened.pop().flatten())
    }

    /// Opens one sealed text that must belong to this owner: the way to read where the owner is
    /// known, so that a text moved into another person's field does not open.
    ///
    /// # Errors
    /// [`VaultError::WrongOwner`]; otherwise as for [`Vault::unseal_all`].
    pub async fn unseal_for(
        &self,
        owner: &str,
        sealed: &Sealed,
    ) -> Result<Option<String>, VaultError> {
        let keys = self.keys(std::slice::from_ref(sealed)).await?;
        match keys.get(sealed.key_id()?) {
            Some(Held::Key { owner: of, .. }) if of != owner => Err(VaultError::WrongOwner),
            held => open(sealed, held),
        }
    }

    /// Opens many sealed texts with one look into the vault, in their order; `None` for each
    /// whose owner was forgotten.
    ///
    /// # Errors
    /// [`VaultError::Malformed`] when a text is no sealed text; [`VaultError::Tampered`] when it
    /// was changed or carried to another owner's key; [`VaultError::UnknownKey`] when its key was
    /// never in this vault, which is not the same as erased.
    pub async fn unseal_all(&self, sealed: &[Sealed]) -> Result<Vec<Option<String>>, VaultError> {
        let keys = self.keys(sealed).await?;
        sealed
            .iter()
            .map(|one| open(one, keys.get(one.key_id()?)))
            .collect()
    }

    /// Deletes an owner's key, and with it everything that was sealed under it; answers whether
    /// there was one. On SQLite the key's bytes are overwritten in the file and in the
    /// write-ahead log before this returns; on PostgreSQL the dead row is vacuumed (the server's
    /// own write-ahead log and backups expire by their own rules).
    ///
    /// # Errors
    /// [`VaultError::Lingers`] when the key is deleted but its bytes could not be overwritten
    /// yet: call it again. [`VaultError::Journal`] for the rest.
    pub async fn forget(&self, owner: &str) -> Result<bool, VaultError> {
        let engine = self.pools.engine;
        let mut tx = match engine {
            Engine::Sqlite => self.pools.writer.begin_with("begin immediate").await?,
            Engine::Postgres => self.pools.writer.begin().await?,
        };
        let deleted = sqlx::query(sql::DELETE_KEY.text(engine))
            .bind(owner)
            .fetch_all(&mut *tx)
            .await?;
        for row in &deleted {
            sqlx::query(sql::NOTE_FORGOTTEN.text(engine))
                .bind(row.try_get::<&str, _>("key_id")?)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        self.overwrite_deleted().await?;
        Ok(!deleted.is_empty())
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

    async fn overwrite_deleted(&self) -> Result<(), VaultError> {
        match self.pools.engine {
            Engine::Sqlite => {
                // secure_delete zeroes the page; the checkpoint carries it into the file and
                // empties the log that still holds the old page. It waits for readers itself.
                let row = sqlx::query(sql::EMPTY_WAL)
                    .fetch_one(&self.pools.writer)
                    .await?;
                if row.try_get::<i64, _>("busy")? != 0 {
                    return Err(VaultError::Lingers);
                }
            }
            Engine::Postgres => {
                sqlx::raw_sql(sql::VACUUM)
                    .execute(&self.pools.writer)
                    .await?;
            }
        }
        Ok(())
    }

    /// What the vault holds for the keys of these texts.
    async fn keys(&self, sealed: &[Sealed]) -> Result<HashMap<String, Held>, VaultError> {
        let ids = sealed
            .iter()
            .map(Sealed::key_id)
            .collect::<Result<Vec<_>, _>>()?;
        let ids = serde_json::to_string(&ids).map_err(|_| VaultError::Malformed)?;
        let rows = sqlx::query(sql::KEYS.text(self.pools.engine))
            .bind(ids)
            .fetch_all(&self.pools.reader)
            .await?;
        let mut held = HashMap::with_capacity(rows.len());
        for row in &rows {
            let key_id: String = row.try_get("key_id")?;
            let wrapped: &str = row.try_get("wrapped")?;
            let state = if wrapped.is_empty() {
                Held::Forgotten
            } else {
                let owner: String = row.try_get("owner")?;
                let key = DataKey::unwrap(wrapped, &key_id, &owner, &self.wrapping)?;
                Held::Key { owner, key }
            };
            held.insert(key_id, state);
        }
        Ok(held)
    }
}

/// What the vault holds for a key id.
enum Held {
    Key { owner: String, key: DataKey },
    Forgotten,
}

fn open(sealed: &Sealed, held: Option<&Held>) -> Result<Option<String>, VaultError> {
    match held {
        None => Err(VaultError::UnknownKey),
        Some(Held::Forgotten) => Ok(None),
        Some(Held::Key { owner, key }) => sealed.open(owner, key).map(Some),
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
