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
        let standing = self.standing(std::slice::from_ref(sealed)).await?;
        let Some((sealed, held)) = standing.into_iter().next() else {
            return Ok(Opened::Erased);
        };
        let Held::Key { owner, .. } = &held else {
            return Ok(Opened::Erased);
        };
        if !is_under(owner, scope) {
            return Err(VaultError::WrongOwner);
        }
        let rows = sqlx::query(sql::SUBJECTS_OF_KEY.text(self.engine()))
            .bind(sealed.key_id()?)
            .fetch_all(&self.pools.reader)
            .await?;
        for row in &rows {
            if !may(row.try_get("subject")?) {
                return Ok(Opened::Withheld);
            }
        }
        let text = open(&sealed, &held)?;
        // Without subjects nobody knows whom it is about: erased between the two looks.
        Ok(match text {
            Some(text) if !rows.is_empty() => Opened::Text(text),
            Some(_) | None => Opened::Erased,
        })
    }
}
