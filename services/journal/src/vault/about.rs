//! Opening a text for somebody who may see what is about some subjects only.

use sqlx::Row;

use super::erase::is_under;
use super::{Held, Sealed, Vault, VaultError, open, sql};

/// What became of opening a text.
#[derive(Clone, PartialEq, Eq)]
pub enum Opened {
    /// It opened to this.
    Text(String),
    /// It was erased and nothing stands in its place.
    Erased,
    /// It is about somebody whom the reader may not see.
    Withheld,
}

impl Vault {
    /// Opens one sealed text as [`Vault::unseal_for`] does, if `may` holds of every subject that it
    /// is about.
    ///
    /// # Errors
    /// As for [`Vault::unseal_for`].
    pub async fn unseal_about(
        &self,
        scope: &str,
        sealed: &Sealed,
        may: impl Fn(&str) -> bool,
    ) -> Result<Opened, VaultError> {
        let Some((sealed, held, subjects)) = self.about(scope, sealed).await? else {
            return Ok(Opened::Erased);
        };
        if !subjects.iter().all(|subject| may(subject)) {
            return Ok(Opened::Withheld);
        }
        let text = open(&sealed, &held)?;
        // Without subjects nobody knows whom it is about: erased between the two looks.
        Ok(match text {
            Some(text) if !subjects.is_empty() => Opened::Text(text),
            Some(_) | None => Opened::Erased,
        })
    }

    /// What one sealed text that belongs to `scope` is about, or the redaction that stands in its
    /// place; nothing when it was erased.
    ///
    /// # Errors
    /// As for [`Vault::unseal_for`].
    pub async fn subjects_of(
        &self,
        scope: &str,
        sealed: &Sealed,
    ) -> Result<Vec<String>, VaultError> {
        let about = self.about(scope, sealed).await?;
        Ok(about.map(|(_, _, subjects)| subjects).unwrap_or_default())
    }

    /// What stands for a text, how it opens and what it is about; nothing when it was erased.
    async fn about(
        &self,
        scope: &str,
        sealed: &Sealed,
    ) -> Result<Option<(Sealed, Held, Vec<String>)>, VaultError> {
        let standing = self.standing(std::slice::from_ref(sealed)).await?;
        let Some((sealed, held)) = standing.into_iter().next() else {
            return Ok(None);
        };
        let Held::Key { owner, .. } = &held else {
            return Ok(None);
        };
        if !is_under(owner, scope) {
            return Err(VaultError::WrongOwner);
        }
        let rows = sqlx::query(sql::SUBJECTS_OF_KEY.text(self.engine()))
            .bind(sealed.key_id()?)
            .fetch_all(&self.pools.reader)
            .await?;
        let subjects = rows.iter().map(|row| row.try_get("subject"));
        let subjects = subjects.collect::<Result<Vec<String>, sqlx::Error>>()?;
        Ok(Some((sealed, held, subjects)))
    }
}
