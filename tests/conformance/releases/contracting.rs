//! Expand, then contract: a migration adds, and takes away only what no release uses any more that
//! may still run. What it takes away is listed in `tests/releases/contracting.toml`.

use std::collections::BTreeSet;
use std::fs;

use super::record::{Kept, Release, checksum, folder, order, releases};

/// What takes something away from whoever runs the release before, in any case of letters.
const CONTRACTS: [&str; 7] = [
    "drop table",
    "drop column",
    "rename to",
    "rename column",
    "set not null",
    "alter column",
    "add constraint",
];

/// A migration that takes something away.
struct Contracting {
    database: String,
    migration: i64,
    /// The earliest release that does without it.
    unused_since: String,
}

fn listed() -> Vec<Contracting> {
    let file = folder().join("contracting.toml");
    let text = fs::read_to_string(&file).expect("the list of contracting migrations");
    let table: toml::Table = text.parse().expect("TOML");
    let entries = table.get("contracting").and_then(toml::Value::as_array);
    let entries = entries.into_iter().flatten();
    entries
        .map(|entry| Contracting {
            database: entry["database"].as_str().expect("text").to_owned(),
            migration: entry["migration"].as_integer().expect("a number"),
            unused_since: entry["unused_since"].as_str().expect("text").to_owned(),
        })
        .collect()
}

/// Whether a later release took away what this one uses: it cannot run beside today's any more.
pub(super) fn is_over(release: &Release, kept: Kept) -> bool {
    listed()
        .iter()
        .filter(|entry| entry.database == kept.name())
        .any(|entry| order(&release.version) < order(&entry.unused_since))
}

/// The words by which a migration takes something away, or makes what earlier releases write
/// impossible.
fn contracts(sql: &str) -> Vec<&'static str> {
    let lines = sql
        .lines()
        .map(|line| line.split("--").next().unwrap_or_default());
    let plain = lines.collect::<Vec<_>>().join(" ").to_lowercase();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found: Vec<&str> = CONTRACTS
        .into_iter()
        .filter(|words| plain.contains(words))
        .collect();
    // A column that every row must have and nobody fills in: the release before does not know it.
    for statement in plain.split(';').filter(|one| one.contains("add column")) {
        if statement.contains("not null") && !statement.contains("default") {
            found.push("add column not null");
        }
    }
    // Of a table that this very migration makes, nobody has expectations.
    for statement in plain
        .split(';')
        .filter(|one| one.contains("create unique index"))
    {
        let table = statement.split(" on ").nth(1).unwrap_or_default();
        let table = table.split([' ', '(']).next().unwrap_or_default();
        if !plain.contains(&format!("create table {table} ")) {
            found.push("create unique index");
        }
    }
    found
}

#[test]
fn no_migration_of_a_release_was_edited_or_taken_away() {
    for release in releases() {
        for kept in Kept::ALL {
            let today = kept.migrations();
            for (version, recorded) in release.migrations(kept) {
                let same = today.iter().find(|one| one.version == version);
                let same = same.map(checksum);
                let name = format!("{} {version} of {}", kept.name(), release.version);
                assert_eq!(same.as_deref(), Some(recorded.as_str()), "{name}");
            }
        }
    }
}

#[test]
fn what_takes_something_away_is_listed_with_the_release_that_does_without() {
    let releases = releases();
    let (first, versions) = (
        &releases[0],
        releases.iter().map(|one| one.version.as_str()),
    );
    let versions: BTreeSet<&str> = versions.collect();
    let listed = listed();
    for kept in Kept::ALL {
        let of_the_first = first.migrations(kept);
        for migration in kept.migrations() {
            // Before the first release nobody ran anything that could be taken away.
            if of_the_first
                .iter()
                .any(|(version, _)| *version == migration.version)
            {
                continue;
            }
            let found = contracts(migration.sql.as_str());
            let entry = listed.iter().find(|entry| {
                (entry.database.as_str(), entry.migration) == (kept.name(), migration.version)
            });
            let name = format!("{} {} ({found:?})", kept.name(), migration.version);
            assert_eq!(
                entry.is_some(),
                !found.is_empty(),
                "{name}: contracting.toml"
            );
            let Some(entry) = entry else { continue };
            assert!(
                versions.contains(entry.unused_since.as_str()),
                "{name}: {} is no release that was recorded",
                entry.unused_since
            );
            // So that a release that is older than that stops instead of going wrong.
            assert!(
                migration.description.contains("(needs "),
                "{name}: its description says which number a service must know"
            );
        }
    }
}

#[test]
fn a_careless_migration_is_recognised() {
    for careless in [
        "alter table case_view\n    rename column owner to owned_by",
        "ALTER TABLE case_view DROP COLUMN owner;",
        "drop table draft_view",
        "alter table case_view alter column owner set not null",
        "alter table case_view add column mood text not null",
        "create table other (id text not null); create unique index one on case_view (owner)",
    ] {
        assert_ne!(contracts(careless), [""; 0], "{careless}");
    }
    for harmless in [
        "-- nothing is dropped: drop table\ncreate table mood_view (id text not null primary key)",
        "alter table case_view add column mood text",
        "alter table case_view add column mood text not null default ''",
        "create table mood (id text not null); create unique index one on mood (id)",
        "create index one on case_view (owner)",
    ] {
        assert_eq!(contracts(harmless), [""; 0], "{harmless}");
    }
}
