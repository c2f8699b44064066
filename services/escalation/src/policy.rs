//! The policy files that the program is built with; a folder of the same files can replace them.

mod activities;
mod catalogues;
mod change;
mod organisations;
mod retention;

use std::path::Path;

use ladder::catalogue::LegalBasisCatalogue;
use ladder::{Calendar, Ladder, Rules};

pub use activities::{activities, embedded_activities};
pub use catalogues::Catalogues;
pub use change::{ChangeError, change, closures, in_words};
pub use organisations::profiles;
pub use retention::{load_retention, retention};

const LEGAL_BASES: &str = "legal-bases.toml";

/// Why the policy files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// `ladder.toml`.
    #[error(transparent)]
    Ladder(#[from] ladder::LadderError),
    /// `calendar.toml`.
    #[error(transparent)]
    Calendar(#[from] ladder::CalendarError),
    /// `rules.toml`, `provisions.toml`, `legal-bases.toml` or `retention.toml`.
    #[error(transparent)]
    Catalogue(#[from] ladder::FileError),
    /// `processing-activities.toml`.
    #[error(transparent)]
    Activities(#[from] account::RegisterError),
    /// `rules.toml` or `provisions.toml` names an organisation that does not take part.
    #[error(
        "{file}: {entry} names organisation {oin}, which is in no party file; add its file to \
         deploy/parties, or name another"
    )]
    Stranger {
        /// Which file.
        file: &'static str,
        /// The rule or provision.
        entry: String,
        /// The number that nobody has.
        oin: String,
    },
    /// A provision rests on a law that the rules do not know.
    #[error(
        "{file}: provision {entry} names law {law}, which is no statute in rules.toml; add the \
         statute there, or name another"
    )]
    NoStatute {
        /// Which file.
        file: &'static str,
        /// The provision.
        entry: String,
        /// The law.
        law: String,
    },
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
        include_str!("../../../deploy/legal-bases.toml"),
    )
}

/// The rules of a folder with `ladder.toml`, `calendar.toml` and `legal-bases.toml`.
///
/// # Errors
/// [`PolicyError`] when a file cannot be read or is not valid.
pub fn load(folder: &Path) -> Result<Rules, PolicyError> {
    let ladder = read(folder, "ladder.toml")?;
    let calendar = read(folder, "calendar.toml")?;
    rules(&ladder, &calendar, &read(folder, LEGAL_BASES)?)
}

/// The rules of a folder with `ladder.toml` and `calendar.toml` only: enough to say which dates
/// would be others. They permit no sharing.
///
/// # Errors
/// As [`load`].
pub fn load_ladder(folder: &Path) -> Result<Rules, PolicyError> {
    let ladder = read(folder, "ladder.toml")?;
    rules(&ladder, &read(folder, "calendar.toml")?, "")
}

fn read(folder: &Path, name: &str) -> Result<String, PolicyError> {
    let file = folder.join(name);
    std::fs::read_to_string(&file).map_err(|source| PolicyError::Read {
        file: file.display().to_string(),
        source,
    })
}

fn rules(ladder: &str, calendar: &str, legal_bases: &str) -> Result<Rules, PolicyError> {
    Ok(Rules {
        ladder: Ladder::from_toml(ladder)?,
        calendar: Calendar::from_toml(calendar)?,
        closures: Default::default(),
        legal_bases: LegalBasisCatalogue::from_toml(legal_bases, LEGAL_BASES)?,
        organisations: Default::default(),
    })
}
