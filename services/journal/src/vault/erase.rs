//! Forgetting keys, and what is shown in place of what was under them.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use super::keep::{NewKey, json};
use super::sealer::{FRESH_BYTES, NONCE_BYTES};
use super::{Held, Sealed, Vault, VaultError, sql};
use crate::Engine;

impl Vault {
    /// Deletes an owner's key, and with it everything that was sealed under it; answers whether
    /// there was one. On SQLite the key's bytes are overwritten in the file and in the
    /// write-ahead log before this returns; on PostgreSQL the dead row is vacuumed, and
    /// [`Vault::rotate`] makes what older pages and copies hold useless.
    ///
    /// # Errors
    /// [`VaultError::Lingers`] when the key is deleted but its bytes could not be overwritten
    /// yet: call it again. [`VaultError::Journal`] for the rest.
    pub async fn forget(&self, owner: &str) -> Result<bool, VaultError> {
        let mut tx = self.begin().await?;
        let found = sqlx::query(sql::KEY_OF_OWNER.text(self.engine()))
            .bind(owner)
            .fetch_optional(&mut *tx)
            .await?;
        let found: Option<String> = found.map(|row| row.try_get("key_id")).transpose()?;
        let deleted = self
            .delete_in(&mut tx, &Vec::from_iter(found), None)
            .await?;
        tx.commit().await?;
        self.overwrite_deleted().await?;
        Ok(deleted > 0)
    }

    /// Deletes every key that is about any of these subjects. A text of which a redaction was
    /// recorded before ([`Vault::redact`]) opens to that from then on, unless the redaction is
    /// about one of them too. Answers the ids of all keys that went by this `erasure`, also those
    /// of an earlier call: doing it again changes nothing and answers the same.
    ///
    /// # Errors
    /// As for [`Vault::forget`].
    pub async fn erase(
        &self,
        erasure: &str,
        subjects: &[String],
    ) -> Result<Vec<String>, VaultError> {
        let engine = self.engine();
        let mut tx = self.begin().await?;
        let found = sqlx::query(sql::KEYS_OF_SUBJECTS.text(engine))
            .bind(json(subjects)?)
            .fetch_all(&mut *tx)
            .await?;
        let found = key_ids(&found)?;
        self.delete_in(&mut tx, &found, Some(erasure)).await?;
        tx.commit().await?;
        // Also when this call found nothing: the one before may have been cut off here.
        let went = self.erased_by(erasure).await?;
        if went.is_empty() {
            return Ok(went);
        }
        self.overwrite_deleted().await?;
        Ok(went)
    }

    /// The ids of the keys that went by an erasure.
    ///
    /// # Errors
    /// [`VaultError::Journal`].
    pub async fn erased_by(&self, erasure: &str) -> Result<Vec<String>, VaultError> {
        let rows = sqlx::query(sql::KEYS_OF_ERASURE.text(self.engine()))
            .bind(erasure)
            .fetch_all(&self.pools.writer)
            .await?;
        key_ids(&rows)
    }

    /// Records what a text that belongs to `scope` reads as once its own key is gone: a version
    /// without the people who are not in `subjects`, which are whom it is still about. A later
    /// redaction takes the place of an earlier one. Answers whether there was anything to redact;
    /// not when the text was erased without a redaction.
    ///
    /// # Errors
    /// [`VaultError::WrongOwner`]; otherwise as for [`Vault::unseal_all`].
    pub async fn redact(
        &self,
        (scope, sealed): (&str, &Sealed),
        text: &str,
        subjects: &[String],
        at: Timestamp,
        (fresh, nonce): ([u8; FRESH_BYTES], [u8; NONCE_BYTES]),
    ) -> Result<bool, VaultError> {
        let standing = self.standing(std::slice::from_ref(sealed)).await?;
        let Some((standing, held)) = standing.into_iter().next() else {
            return Ok(false);
        };
        let Held::Key { owner, .. } = held else {
            return Ok(false);
        };
        if !is_under(&owner, scope) {
            return Err(VaultError::WrongOwner);
        }
        let engine = self.engine();
        let replaced = standing.key_id()?;
        let before = sqlx::query(sql::REDACTIONS.text(engine))
            .bind(json(&[replaced])?)
            .fetch_optional(&self.pools.writer)
            .await?;
        let before: Option<String> = before.map(|row| row.try_get("sealed")).transpose()?;
        let key_of_before = match before {
            Some(before) => vec![Sealed::parse(before)?.key_id()?.to_owned()],
            None => Vec::new(),
        };
        // Owners are unique, so the key's own id makes the owner of the redaction's key.
        let id = super::sealer::split(&fresh).0;
        let key = NewKey::new(&format!("{scope}/redaction/{id}"), subjects, at, &fresh)?;
        let instead = key.sealer()?.seal(text, nonce)?;
        let mut tx = self.begin().await?;
        self.delete_in(&mut tx, &key_of_before, None).await?;
        self.keep_in(&mut tx, std::slice::from_ref(&key)).await?;
        sqlx::query(sql::KEEP_REDACTION.text(engine))
            .bind(replaced)
            .bind(instead.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Deletes keys with what they are about, and notes that this was on purpose.
    pub(super) async fn delete_in(
        &self,
        connection: &mut AnyConnection,
        key_ids: &[String],
        erasure: Option<&str>,
    ) -> Result<usize, VaultError> {
        if key_ids.is_empty() {
            return Ok(0);
        }
        let engine = self.engine();
        let deleted = sqlx::query(sql::DELETE_KEYS.text(engine))
            .bind(json(key_ids)?)
            .fetch_all(&mut *connection)
            .await?;
        let deleted = self::key_ids(&deleted)?;
        let list = json(&deleted)?;
        sqlx::query(sql::DELETE_SUBJECTS.text(engine))
            .bind(json(key_ids)?)
            .execute(&mut *connection)
            .await?;
        let note = match erasure {
            Some(erasure) => sqlx::query(sql::NOTE_ERASED.text(engine))
                .bind(list)
                .bind(erasure),
            None => sqlx::query(sql::NOTE_FORGOTTEN.text(engine)).bind(list),
        };
        note.execute(&mut *connection).await?;
        if let Some(last) = deleted.last() {
            sqlx::query(sql::NOTE_DELETION.text(engine))
                .bind(last.as_str())
                .execute(connection)
                .await?;
        }
        Ok(deleted.len())
    }

    pub(super) async fn overwrite_deleted(&self) -> Result<(), VaultError> {
        match self.engine() {
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
                for vacuum in sql::VACUUM {
                    sqlx::raw_sql(*vacuum).execute(&self.pools.writer).await?;
                }
            }
        }
        Ok(())
    }
}

/// Whether an owner is a scope itself or stands below it.
pub(super) fn is_under(owner: &str, scope: &str) -> bool {
    owner
        .strip_prefix(scope)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn key_ids(rows: &[sqlx::any::AnyRow]) -> Result<Vec<String>, VaultError> {
    rows.iter().map(|row| Ok(row.try_get("key_id")?)).collect()
}
