//! The list of what was erased: kept beside backups of the vault, so that one that is put back does
//! not bring back what was erased after it was made. It holds names of keys and of erasures, which
//! say nothing of anybody.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sqlx::Row;

use super::{BackupError, files};
use crate::pools::Pools;
use crate::vault;

/// A key that was deleted on purpose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// Its id.
    pub key: String,
    /// By which erasure it went; none when its owner was simply forgotten.
    pub erasure: Option<String>,
}

/// Everything that was deleted from a vault until now. Needs no master key.
///
/// # Errors
/// [`BackupError::Journal`] when the vault cannot be read.
pub async fn erased_of(vault_url: &str) -> Result<Vec<Erased>, BackupError> {
    let pools = Pools::open(vault_url, vault::migrations()).await?;
    let rows = sqlx::query(vault::ALL_FORGOTTEN.text(pools.engine()))
        .fetch_all(pools.reader())
        .await?;
    let erased = rows
        .iter()
        .map(|row| {
            Ok(Erased {
                key: row.try_get("key_id")?,
                erasure: row.try_get("erasure")?,
            })
        })
        .collect::<Result<_, sqlx::Error>>()?;
    pools.close().await;
    Ok(erased)
}

/// Writes a list, one line each, in place of what was there.
///
/// # Errors
/// [`BackupError::File`].
pub fn write_erased(path: &Path, erased: &[Erased]) -> Result<(), BackupError> {
    let mut text = String::new();
    for one in erased {
        let line = serde_json::to_string(one);
        text += &line.map_err(|error| BackupError::Unfit(error.to_string()))?;
        text.push('\n');
    }
    files::replace(path, &text)
}

/// Reads a list.
///
/// # Errors
/// [`BackupError::File`], [`BackupError::Erasures`].
pub fn read_erased(path: &Path) -> Result<Vec<Erased>, BackupError> {
    let text = std::fs::read_to_string(path).map_err(|source| BackupError::File {
        path: path.to_owned(),
        source,
    })?;
    let read = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|_| BackupError::Erasures {
            path: path.to_owned(),
            line: number + 1,
        })
    };
    text.lines().enumerate().map(read).collect()
}
