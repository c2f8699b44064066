//! Reading the party files: every mistake in every file is named at once.

use std::{collections::BTreeMap, fmt, path::Path};

use proto::Oin;
use serde_json::Value;

use super::exchange::{self, Door};
use super::{Parties, Party, PartyKind, contact, embedded, file::PartyFile};

/// One mistake in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyFault {
    /// The file, or the folder.
    pub file: String,
    /// The field as a JSON pointer; empty when it is about the file as a whole.
    pub field: String,
    /// What is wrong.
    pub reason: String,
}

impl PartyFault {
    pub(super) fn new(file: &str, field: &str, reason: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            field: field.to_owned(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for PartyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            field,
            reason,
        } = self;
        if field.is_empty() {
            write!(f, "{file}: {reason}")
        } else {
            write!(f, "{file}: {field}: {reason}")
        }
    }
}

/// Every mistake in the list of organisations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartiesError(pub Vec<PartyFault>);

impl fmt::Display for PartiesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list of organisations is not valid")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for PartiesError {}

impl Parties {
    /// The organisations built into the program: those of `deploy/parties`.
    ///
    /// # Errors
    /// [`PartiesError`]; a test shows that the files in the repository have none.
    pub fn embedded() -> Result<Self, PartiesError> {
        let files = embedded::FILES
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Self::from_files(files.collect())
    }

    /// The organisations in `folder`: its `*.toml` files.
    ///
    /// # Errors
    /// [`PartiesError`] with every mistake in every file.
    pub fn load(folder: &Path) -> Result<Self, PartiesError> {
        let files = read_folder(folder).map_err(|error| {
            let folder = folder.display().to_string();
            PartiesError(vec![PartyFault::new(&folder, "", error.to_string())])
        })?;
        Self::from_files(files)
    }

    /// The organisations in these files: short name → TOML text.
    ///
    /// # Errors
    /// [`PartiesError`] with every mistake in every file.
    pub fn from_files(files: BTreeMap<String, String>) -> Result<Self, PartiesError> {
        let mut faults = Vec::new();
        let mut by_oin: BTreeMap<Oin, Party> = BTreeMap::new();
        for (name, text) in files {
            match parse(&name, &text) {
                Err(found) => faults.extend(found),
                Ok(party) => {
                    faults.extend(against_its_kind(&party));
                    faults.extend(contact::faults(&file(&party.name), &party.contacts));
                    if let Some(other) = by_oin.get(&party.oin) {
                        let reason = format!("is also the number of {}", file(&other.name));
                        faults.push(PartyFault::new(&file(&name), "/oin", reason));
                    } else {
                        by_oin.insert(party.oin.clone(), party);
                    }
                }
            }
        }
        let platforms: Vec<&str> = by_oin
            .values()
            .filter(|party| party.kind == PartyKind::Platform)
            .map(|party| party.name.as_str())
            .collect();
        // A file that could not be read may well be the platform's.
        if platforms.len() > 1 || (platforms.is_empty() && faults.is_empty()) {
            let reason = match platforms.len() {
                0 => "no organisation has the kind platform".to_owned(),
                _ => format!("more than one platform: {}", platforms.join(", ")),
            };
            faults.push(PartyFault::new("parties", "", reason));
        }
        if faults.is_empty() {
            Ok(Self { by_oin })
        } else {
            Err(PartiesError(faults))
        }
    }
}

fn file(name: &str) -> String {
    format!("{name}.toml")
}

fn read_folder(folder: &Path) -> std::io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_toml = path
            .extension()
            .is_some_and(|extension| extension == "toml");
        if let (true, Some(name)) = (is_toml, path.file_stem().and_then(|name| name.to_str())) {
            files.insert(name.to_owned(), std::fs::read_to_string(&path)?);
        }
    }
    Ok(files)
}

fn parse(name: &str, text: &str) -> Result<Party, Vec<PartyFault>> {
    let one = |reason: String| vec![PartyFault::new(&file(name), "", reason)];
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(kebab) {
        return Err(one("the name must be in kebab-case".to_owned()));
    }
    let table: Value = toml::from_str(text).map_err(|error| one(error.message().to_owned()))?;
    let content: PartyFile = proto::check(&table).map_err(|invalid| {
        invalid
            .into_iter()
            .map(|param| PartyFault::new(&file(name), &param.name, param.reason))
            .collect::<Vec<_>>()
    })?;
    let door = match &content.exchange {
        Some(exchange) => exchange.door().map_err(|(field, reason)| {
            let line = exchange::line_of(text, field);
            let reason = format!("{reason} (line {line})");
            vec![PartyFault::new(
                &file(name),
                &format!("/exchange/{field}"),
                reason,
            )]
        })?,
        None => Door::Nats,
    };
    Ok(content.into_party(name, door))
}

/// What no schema can say: what belongs to which kind of organisation.
fn against_its_kind(party: &Party) -> Vec<PartyFault> {
    let regional = party.kind == PartyKind::RegionalBody;
    let mut faults = Vec::new();
    for (field, listed) in [("/regions", &party.regions), ("/themes", &party.themes)] {
        let reason = match (regional, listed.is_empty()) {
            (true, true) => "a regional body lists at least one",
            (false, false) => "only a regional body lists these",
            _ => continue,
        };
        faults.push(PartyFault::new(&file(&party.name), field, reason));
    }
    if party.kind == PartyKind::Platform && party.door != Door::Nats {
        let reason = "the platform sends letters to itself by no door; leave exchange out";
        faults.push(PartyFault::new(&file(&party.name), "/exchange", reason));
    }
    if party.kind == PartyKind::Municipality && party.region.is_none() {
        let reason = "a municipality names its region";
        faults.push(PartyFault::new(&file(&party.name), "/region", reason));
    }
    faults
}
