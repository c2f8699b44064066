use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BackupError, files};

/// The file that says what lies in a folder.
pub(super) const MANIFEST: &str = "manifest.json";

/// The form in which this release writes it.
pub(super) const FORMAT: u32 = 1;

/// What a folder of a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The form of this manifest; 1.
    pub format: u32,
    /// The backup's id: the same in the folder of the vault.
    pub id: Uuid,
    /// Whose databases these are.
    pub service: String,
    /// The version of the program that made the copies.
    pub version: String,
    /// When that began.
    pub made_at: Timestamp,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// Where the log stood when it was copied.
    pub log: LogHead,
    /// What lies beside this manifest.
    pub databases: Vec<Copied>,
}

/// Where a log stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogHead {
    /// The position of its last event.
    pub position: i64,
    /// The number of its last answer.
    pub answers: i64,
    /// The id of its last event.
    pub last_event: Option<String>,
}

/// A copied database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    /// Its name in the service: `log`, `vault`, `account`.
    pub name: String,
    /// Its file, beside the manifest.
    pub file: String,
    /// How large that is.
    pub bytes: u64,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
    /// The last migration of the journal (or of the vault) in it, and the last of the service.
    pub schema: [i64; 2],
}

impl Manifest {
    pub(super) fn to_text(&self) -> Result<String, BackupError> {
        let mut text = serde_json::to_string_pretty(self)
            .map_err(|error| BackupError::Unfit(error.to_string()))?;
        text.push('\n');
        Ok(text)
    }

    /// Reads the manifest of a folder, and holds it against the files beside it.
    ///
    /// # Errors
    /// [`BackupError::Manifest`] when it cannot be read; [`BackupError::Unfit`] when a file is not
    /// what it says.
    pub(super) fn of(folder: &Path) -> Result<Self, BackupError> {
        let path = folder.join(MANIFEST);
        let unreadable = |why: String| BackupError::Manifest {
            path: path.clone(),
            why,
        };
        let text = std::fs::read_to_string(&path).map_err(|error| unreadable(error.to_string()))?;
        let manifest: Self =
            serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        if manifest.format != FORMAT {
            return Err(unreadable(format!("its form is {}", manifest.format)));
        }
        for copied in &manifest.databases {
            // A name, never a way out of the folder.
            let name = Path::new(&copied.file).file_name();
            if name != Some(copied.file.as_ref()) {
                return Err(unreadable(format!("{} is no file beside it", copied.file)));
            }
            let (bytes, sha256) = files::measured(&folder.join(&copied.file))?;
            if (bytes, &sha256) != (copied.bytes, &copied.sha256) {
                let file = &copied.file;
                let why = format!("{file} is not what the manifest says ({bytes} bytes)");
                return Err(BackupError::Unfit(why));
            }
        }
        Ok(manifest)
    }

    pub(super) fn database(&self, name: &str) -> Result<&Copied, BackupError> {
        self.databases
            .iter()
            .find(|copied| copied.name == name)
            .ok_or_else(|| BackupError::Unfit(format!("it has no copy of the {name}")))
    }
}
