//! What a release commits about itself: its statements and migrations per database, an event of
//! each kind as it stood in the log, and a message of each kind as it went over the wire.

use std::fs;
use std::path::{Path, PathBuf};

use escalation::service;
use journal::{Engine, Statement};
use serde_json::{Map, Value, json};
use sqlx::migrate::Migration;

/// The version in Cargo.toml.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A kind of database that services keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// The platform's log with its views.
    Log,
    /// A key vault, the platform's or a party's.
    Vault,
    /// The logs of who saw what.
    Account,
    /// A party's log with its own tables.
    Party,
}

impl Kept {
    pub(crate) const ALL: [Self; 4] = [Self::Log, Self::Vault, Self::Account, Self::Party];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Vault => "vault",
            Self::Account => "account",
            Self::Party => "party",
        }
    }

    /// What makes its tables today.
    pub(crate) fn migrations(self) -> Vec<Migration> {
        let after_the_journals = |own| [journal::migrations(), own].concat();
        match self {
            Self::Log => after_the_journals(service::migrations()),
            Self::Vault => journal::vault::migrations(),
            Self::Account => account::migrations(),
            Self::Party => after_the_journals(gateway::migrations()),
        }
    }

    /// What is asked of it today.
    fn statements(self) -> Vec<Statement> {
        match self {
            Self::Log => [journal::statements(), service::statements()].concat(),
            Self::Vault => journal::vault::statements(),
            Self::Account => account::statements(),
            Self::Party => [journal::statements(), gateway::statements()].concat(),
        }
    }
}

/// An earlier release, as it recorded itself.
pub(crate) struct Release {
    pub(crate) version: String,
    databases: Value,
    /// Rows of the log, one an event.
    pub(crate) events: Vec<Value>,
    /// Whole messages; `in` to a party and `out` from one.
    pub(crate) wire: Vec<Value>,
}

impl Release {
    /// Its statements on one kind of database.
    pub(crate) fn statements(&self, kept: Kept) -> Vec<Statement> {
        let written = self.databases[kept.name()]["statements"].as_array();
        let written = written.unwrap_or_else(|| panic!("{}: {kept:?}", self.version));
        written
            .iter()
            .map(|one| {
                Statement::each(
                    text(one, "name"),
                    text(one, "sqlite"),
                    text(one, "postgres"),
                )
            })
            .collect()
    }

    /// The number and checksum of each of its migrations.
    pub(crate) fn migrations(&self, kept: Kept) -> Vec<(i64, String)> {
        let written = self.databases[kept.name()]["migrations"].as_array();
        let written = written.unwrap_or_else(|| panic!("{}: {kept:?}", self.version));
        let read = |one: &Value| {
            let number = one["version"].as_i64().expect("a number");
            (number, text(one, "checksum").to_owned())
        };
        written.iter().map(read).collect()
    }
}

/// A text that lives as long as the process: statements are constants everywhere else.
fn text(value: &Value, name: &str) -> &'static str {
    let text = value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {value}"));
    Box::leak(text.to_owned().into_boxed_str())
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("releases")
}

/// Every release that was recorded, the earliest first.
pub(crate) fn releases() -> Vec<Release> {
    let folders = fs::read_dir(folder()).expect("the folder of releases");
    let folders = folders.map(|entry| entry.expect("an entry").path());
    let folders = folders.filter(|path| path.is_dir());
    let mut releases: Vec<Release> = folders.map(|path| read(&path)).collect();
    releases.sort_by_key(|release| order(&release.version));
    assert!(!releases.is_empty(), "no release is recorded");
    releases
}

/// The numbers of a version, to be compared.
pub(crate) fn order(version: &str) -> Vec<u64> {
    let numbers = version.split('.');
    numbers
        .map(|number| number.parse().expect("a folder is named after a version"))
        .collect()
}

fn read(folder: &Path) -> Release {
    let file = |name: &str| {
        let path = folder.join(name);
        let how = "docs/upgrading.md says how a release is recorded";
        fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}; {how}", path.display()))
    };
    let lines = |name: &str| -> Vec<Value> {
        let text = file(name);
        let lines = text.lines().map(serde_json::from_str);
        lines.map(|line| line.expect("JSON")).collect()
    };
    let version = folder.file_name().expect("a name").to_string_lossy();
    Release {
        version: version.into_owned(),
        databases: serde_json::from_str(&file("databases.json")).expect("JSON"),
        events: lines("events.ndjson"),
        wire: lines("wire.ndjson"),
    }
}

/// Under `DOORBRAAK_RELEASE=1` this release records itself; the events are written by `ladder`.
pub(crate) fn write_when_asked() {
    if std::env::var_os("DOORBRAAK_RELEASE").is_none() {
        return;
    }
    let folder = folder().join(VERSION);
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join("databases.json"), databases()).expect("written");
    fs::write(folder.join("wire.ndjson"), wire()).expect("written");
}

/// What the version in Cargo.toml recorded, and what it would record today. None when it did not
/// record itself yet: then it is in the making.
pub(crate) fn recorded_and_today() -> Option<[(String, String); 2]> {
    let folder = folder().join(VERSION);
    let recorded = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let (before, sent) = (recorded("databases.json")?, recorded("wire.ndjson")?);
    Some([(before, databases()), (sent, wire())])
}

/// The migrations and statements of every kind of database, as they are today.
fn databases() -> String {
    let mut databases = Map::new();
    for kept in Kept::ALL {
        let migrations = kept.migrations();
        let migrations = migrations.iter().map(|one| {
            json!({"version": one.version, "description": one.description,
                "checksum": checksum(one)})
        });
        let statements = kept.statements();
        let statements = statements.iter().map(|one| {
            json!({"name": one.name, "sqlite": one.text(Engine::Sqlite),
                "postgres": one.text(Engine::Postgres)})
        });
        let database = json!({"migrations": migrations.collect::<Vec<_>>(),
            "statements": statements.collect::<Vec<_>>()});
        databases.insert(kept.name().to_owned(), database);
    }
    let mut written = serde_json::to_string_pretty(&databases).expect("JSON");
    written.push('\n');
    written
}

/// A message of each kind, as it is today.
fn wire() -> String {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proto/golden");
    let mut files: Vec<PathBuf> = fs::read_dir(golden)
        .expect("the golden messages")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let mut written = String::new();
    for file in files {
        let message = fs::read_to_string(&file).expect("a message");
        let message: Value = serde_json::from_str(&message).expect("JSON");
        let out = file.to_string_lossy().ends_with(".out.json");
        let line = json!({"direction": if out { "out" } else { "in" }, "message": message});
        written += &format!("{line}\n");
    }
    written
}

/// By which a migration that was edited is told.
pub(crate) fn checksum(migration: &Migration) -> String {
    let bytes = migration.checksum.iter();
    bytes.map(|byte| format!("{byte:02x}")).collect()
}
