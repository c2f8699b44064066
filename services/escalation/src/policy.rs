//! The policy files that the program is built with; a folder of the same files can replace them.

mod change;

use std::path::Path;

use ladder::{Calendar, Ladder, Rules};

pub use change::{ChangeError, change, closures, in_words};

/// Why the policy files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// `ladder.toml`.
    #[error(transparent)]
    Ladder(#[from] ladder::LadderError),
    /// `calendar.toml`.
    #[error(transparent)]
    Calendar(#[from] ladder::CalendarError),
    /// A file cannot be read.
    #[error("{file}: {source}")]
    Read {
        /// Which.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The rules that are built in.
///
/// # Errors
/// [`PolicyError`] when a file is not valid.
pub fn embedded() -> Result<Rules, PolicyError> {
    rules(
        include_str!("../../../deploy/ladder.toml"),
        include_str!("../../../deploy/calendar.toml"),
    )
}

/// The rules of a folder with `ladder.toml` and `calendar.toml`.
///
/// # Errors
/// [`PolicyError`] when a file cannot be read or is not valid.
pub fn load(folder: &Path) -> Result<Rules, PolicyError> {
    let read = |name: &str| {
        let file = folder.join(name);
        std::fs::read_to_string(&file).map_err(|source| PolicyError::Read {
            file: file.display().to_string(),
            source,
        })
    };
    rules(&read("ladder.toml")?, &read("calendar.toml")?)
}

fn rules(ladder: &str, calendar: &str) -> Result<Rules, PolicyError> {
    Ok(Rules {
        ladder: Ladder::from_toml(ladder)?,
        calendar: Calendar::from_toml(calendar)?,
        closures: Default::default(),
    })
}
