//! Erasing once more, in a vault that was put back from a copy, what was erased after that was made.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row;

use super::{Vault, VaultError, sql};
use crate::backup::Erased;

impl Vault {
    /// Deletes the keys of this list that are there, under the erasures by which they went. Answers
    /// how many those were, and which erasures this vault knew nothing of. Doing it again changes
    /// nothing.
    ///
    /// # Errors
    /// As for [`Vault::forget`].
    pub async fn erase_again(
        &self,
        erased: &[Erased],
    ) -> Result<(usize, BTreeSet<String>), VaultError> {
        let rows = sqlx::query(sql::ALL_FORGOTTEN.text(self.engine()))
            .fetch_all(&self.pools.writer)
            .await?;
        let mut known = BTreeSet::new();
        for row in &rows {
            known.extend(row.try_get::<Option<String>, _>("erasure")?);
        }
        let mut by_erasure: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
        for one in erased {
            let keys = by_erasure.entry(one.erasure.as_deref()).or_default();
            keys.push(one.key.clone());
        }
        let mut deleted = 0;
        let mut tx = self.begin().await?;
        for (erasure, keys) in &by_erasure {
            deleted += self.delete_in(&mut tx, keys, *erasure).await?;
        }
        tx.commit().await?;
        self.overwrite_deleted().await?;
        let names = by_erasure.into_keys().flatten().map(str::to_owned);
        let unknown = names.filter(|name| !known.contains(name)).collect();
        Ok((deleted, unknown))
    }
}
