//! New data keys: for an owner, and one for each text about several people.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::crypto::{DataKey, KEY_BYTES};
use super::sealer::{FRESH_BYTES, NONCE_BYTES, Sealer, split};
use super::wrapping::is_in_use;
use super::{Vault, VaultError, sql};
use crate::cause::no_nul;

/// How often a key is wrapped anew because its wrapping key was destroyed meanwhile.
const TRIES: u32 = 5;

/// A data key that is not stored yet.
#[derive(Clone)]
pub(super) struct NewKey {
    pub(super) key_id: String,
    pub(super) owner: String,
    pub(super) subjects: Vec<String>,
    key: [u8; KEY_BYTES],
    nonce: [u8; NONCE_BYTES],
    at: Timestamp,
}

impl NewKey {
    pub(super) fn new(
        owner: &str,
        subjects: &[String],
        at: Timestamp,
        fresh: &[u8; FRESH_BYTES],
    ) -> Result<Self, VaultError> {
        no_nul("owner", owner)?;
        for subject in subjects {
            no_nul("subject", subject)?;
        }
        let (key_id, key, nonce) = split(fresh);
        Ok(Self {
            key_id,
            owner: owner.to_owned(),
            subjects: subjects.to_vec(),
            key,
            nonce,
            at,
        })
    }

    pub(super) fn sealer(&self) -> Result<Sealer, VaultError> {
        let key = DataKey::new(&self.key)?;
        Ok(Sealer::new(&self.owner, self.key_id.clone(), key))
    }
}

/// Keys that texts were sealed under and that are not stored yet.
#[derive(Default)]
pub(super) struct Pending(Mutex<Vec<NewKey>>);

impl Pending {
    fn add(&self, key: NewKey) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(key);
    }

    fn all(&self) -> Vec<NewKey> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn stored(&self, keys: &[NewKey]) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|pending| !keys.iter().any(|key| key.key_id == pending.key_id));
    }
}

impl Vault {
    /// A sealer for one text, with a key of its own: the text is about `subjects`, and erasing
    /// one of them deletes it ([`Vault::erase`]) or leaves its redaction ([`Vault::redact`]).
    /// The key's owner is `scope` with the key's id. Does no I/O: **the key is stored by
    /// [`Vault::store_pending`], which must have returned before what was sealed is stored
    /// anywhere**, so that many texts cost one transaction.
    ///
    /// # Errors
    /// [`VaultError::Journal`] when scope or a subject cannot be stored.
    pub fn text_sealer(
        &self,
        scope: &str,
        subjects: &[String],
        at: Timestamp,
        fresh: [u8; FRESH_BYTES],
    ) -> Result<Sealer, VaultError> {
        let owner = format!("{scope}/{}", split(&fresh).0);
        let key = NewKey::new(&owner, subjects, at, &fresh)?;
        let sealer = key.sealer()?;
        self.pending.add(key);
        Ok(sealer)
    }

    /// Stores the keys of [`Vault::text_sealer`], of all clones of this vault, in one transaction;
    /// costs nothing when there are none.
    ///
    /// # Errors
    /// [`VaultError::Journal`]: none is stored, and the next call tries again.
    pub async fn store_pending(&self) -> Result<(), VaultError> {
        let keys = self.pending.all();
        if !keys.is_empty() {
            self.keep(&keys).await?;
            self.pending.stored(&keys);
        }
        Ok(())
    }

    /// Stores new keys with their subjects; the first key of an owner wins.
    pub(super) async fn keep(&self, keys: &[NewKey]) -> Result<(), VaultError> {
        for _ in 0..TRIES {
            let mut tx = self.begin().await?;
            match self.keep_in(&mut tx, keys).await {
                Ok(()) => {
                    tx.commit().await?;
                    return Ok(());
                }
                // The wrapping key changed under us: once more, with the newest.
                Err(KeepError::Database(error)) if is_in_use(&error) => tx.rollback().await?,
                Err(KeepError::Database(error)) => return Err(error.into()),
                Err(KeepError::Vault(error)) => return Err(error),
            }
        }
        Err(VaultError::Unwrappable)
    }

    /// The same in a transaction that is under way.
    pub(super) async fn keep_in(
        &self,
        connection: &mut AnyConnection,
        keys: &[NewKey],
    ) -> Result<(), KeepError> {
        let engine = self.engine();
        let newest = self.masters.newest(connection, engine).await?;
        let mut rows = Vec::with_capacity(keys.len());
        let mut subjects = Vec::new();
        for key in keys {
            let NewKey { key_id, owner, .. } = key;
            let wrapped = newest.key.wrap(&key.key, key.nonce, key_id, owner)?;
            rows.push([key_id.as_str(), owner.as_str(), &wrapped].map(str::to_owned));
            subjects.extend(key.subjects.iter().map(|subject| [key_id, subject]));
        }
        let at = keys.first().map(|key| key.at.to_string());
        sqlx::query(sql::KEEP_KEY.text(engine))
            .bind(json(&rows)?)
            .bind(at.unwrap_or_default())
            .bind(newest.generation)
            .execute(&mut *connection)
            .await?;
        sqlx::query(sql::KEEP_SUBJECTS.text(engine))
            .bind(json(&subjects)?)
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// Why keys were not stored; the database's own error tells whether to try again.
pub(super) enum KeepError {
    Database(sqlx::Error),
    Vault(VaultError),
}

impl From<sqlx::Error> for KeepError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<VaultError> for KeepError {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl From<KeepError> for VaultError {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::Database(error) => error.into(),
            KeepError::Vault(error) => error,
        }
    }
}

pub(super) fn json<T: serde::Serialize>(list: &[T]) -> Result<String, VaultError> {
    serde_json::to_string(list).map_err(|_| VaultError::Malformed)
}
