//! The data folder: the databases, and the secrets that were made once.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use chassis::{Entropy, secret::Secret};
use proto::sealed::ReceiverKeys;

use crate::services::PartyService;

/// A file or folder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct FolderError {
    path: String,
    source: io::Error,
}

/// A data folder. Only its owner may read what is in it.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    entropy: Entropy,
}

/// What the folder holds beside the databases.
const SECRETS: &str = "secrets";

impl Folder {
    /// Uses a folder, and makes it when it is not there.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn open(path: &Path, entropy: &Entropy) -> Result<Self, FolderError> {
        let path = std::path::absolute(path).map_err(at(path))?;
        let secrets = path.join(SECRETS);
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&secrets)
            .map_err(at(&secrets))?;
        Ok(Self {
            path,
            entropy: entropy.clone(),
        })
    }

    /// Deletes what a world keeps in a folder: its databases and secrets, and nothing else.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn clear(path: &Path) -> Result<(), FolderError> {
        Self::clear_databases(path)?;
        let secrets = path.join(SECRETS);
        gone(fs::remove_dir_all(&secrets)).map_err(at(&secrets))
    }

    /// Deletes the databases in a folder.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn clear_databases(path: &Path) -> Result<(), FolderError> {
        let parties = PartyService::ALL.map(|service| service.name().to_owned());
        let vaults = PartyService::ALL.map(vault_of);
        let platform = ["escalation", "vault", "account"].map(str::to_owned);
        for name in platform.into_iter().chain(parties).chain(vaults) {
            for suffix in ["", "-wal", "-shm"] {
                let file = path.join(format!("{name}.db{suffix}"));
                gone(fs::remove_file(&file)).map_err(at(&file))?;
            }
        }
        Ok(())
    }

    /// The URL of a database in it.
    pub(super) fn database(&self, name: &str) -> String {
        format!(
            "sqlite://{}",
            self.path.join(format!("{name}.db")).display()
        )
    }

    /// A key of 32 bytes, made when it is not there.
    ///
    /// # Errors
    /// [`FolderError`], also when the file holds something else.
    pub(super) fn key(&self, name: &str) -> Result<[u8; 32], FolderError> {
        let text = self.secret(name, || {
            let bytes = self.entropy.bytes::<32>();
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        })?;
        let broken = |error| FolderError {
            path: self.path.join(SECRETS).join(name).display().to_string(),
            source: io::Error::other(error),
        };
        Secret::new(text).key().map_err(broken)
    }

    /// A party's secret key for what is sealed for it alone, made when it is not there.
    ///
    /// # Errors
    /// [`FolderError`].
    pub(super) fn sealing_key(&self, service: PartyService) -> Result<String, FolderError> {
        self.secret(&format!("{service}-sealing-key"), || {
            ReceiverKeys::generate(&mut self.entropy.rng()).secret()
        })
    }

    fn secret(&self, name: &str, make: impl FnOnce() -> String) -> Result<String, FolderError> {
        let file = self.path.join(SECRETS).join(name);
        match fs::read_to_string(&file) {
            Ok(text) => return Ok(text.trim().to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(&file)(error)),
        }
        let text = make();
        let mut open = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&file)
            .map_err(at(&file))?;
        open.write_all(text.as_bytes()).map_err(at(&file))?;
        open.sync_all().map_err(at(&file))?;
        Ok(text)
    }
}

/// The name of a party's key vault: a database of its own.
pub(super) fn vault_of(service: PartyService) -> String {
    format!("{service}-vault")
}

fn at(path: &Path) -> impl Fn(io::Error) -> FolderError {
    let path = path.display().to_string();
    move |source| FolderError {
        path: path.clone(),
        source,
    }
}

/// What was not there is gone, too.
fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn folder(path: &Path, seed: u64) -> Folder {
        Folder::open(path, &Entropy::seeded(seed)).unwrap()
    }

    #[test]
    fn a_secret_is_made_once_and_only_its_owner_reads_it() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("data");
        let made = folder(&path, 1).key("master-key").unwrap();
        assert_eq!(folder(&path, 2).key("master-key").unwrap(), made);
        let file = path.join("secrets/master-key");
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_broken_key_is_refused_by_the_name_of_its_file() {
        let temp = tempfile::tempdir().unwrap();
        let folder = folder(temp.path(), 1);
        let file = temp.path().join("secrets/master-key");
        fs::write(&file, "zz").unwrap();
        assert_eq!(
            folder.key("master-key").unwrap_err().to_string(),
            format!(
                "{}: is no key of 32 bytes, as they are or in hexadecimal digits",
                file.display()
            )
        );
    }

    #[test]
    fn clearing_leaves_what_is_not_ours() {
        let temp = tempfile::tempdir().unwrap();
        folder(temp.path(), 1).key("master-key").unwrap();
        fs::write(temp.path().join("svb.db"), "").unwrap();
        fs::write(temp.path().join("notes.txt"), "mine").unwrap();
        Folder::clear(temp.path()).unwrap();
        let left: Vec<_> = fs::read_dir(temp.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["notes.txt"]);
    }
}
