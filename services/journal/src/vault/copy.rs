//! What a copy of the vault still opens: a backup that was put back elsewhere, or a replica that
//! was left behind.

use sqlx::Row;

use super::keep::json;
use super::{Vault, VaultError, sql};

/// What a copy of a vault holds of the keys that were deleted since.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CopyHolds {
    /// How many of the keys that the vault deleted on purpose stand in the copy.
    pub deleted: usize,
    /// How many of those the copy opens with the master keys that it was opened with.
    pub open: usize,
}

impl Vault {
    /// Holds a copy against this vault. Nothing is erased before `open` is 0 for every copy that
    /// is left: then the copy's wrapping key was destroyed, or the master key of then is not known
    /// any more.
    ///
    /// # Errors
    /// [`VaultError::Journal`] when either cannot be read.
    pub async fn held_by(&self, copy: &Self) -> Result<CopyHolds, VaultError> {
        let mut holds = CopyHolds::default();
        let mut after = String::new();
        loop {
            let rows = sqlx::query(sql::KEYS_AFTER.text(copy.engine()))
                .bind(after.as_str())
                .fetch_all(&copy.pools.reader)
                .await?;
            let Some(last) = rows.last() else {
                return Ok(holds);
            };
            after = last.try_get("key_id")?;
            let ids: Vec<String> = rows
                .iter()
                .map(|row| row.try_get("key_id"))
                .collect::<Result<_, _>>()?;
            let deleted = self.deleted_of(&ids).await?;
            for (id, row) in ids.iter().zip(&rows) {
                if deleted.contains(id) {
                    holds.deleted += 1;
                    holds.open += usize::from(copy.masters.data_key(row).is_ok());
                }
            }
        }
    }

    /// Which of these keys were deleted on purpose.
    async fn deleted_of(&self, key_ids: &[String]) -> Result<Vec<String>, VaultError> {
        let rows = sqlx::query(sql::FORGOTTEN.text(self.engine()))
            .bind(json(key_ids)?)
            .fetch_all(&self.pools.reader)
            .await?;
        rows.iter().map(|row| Ok(row.try_get("key_id")?)).collect()
    }
}
