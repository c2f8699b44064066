use std::borrow::Cow;

use sqlx::AnyConnection;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::JournalError;

/// The first number a service may use for its own migrations.
const FIRST_OF_SERVICE: i64 = 1000;

/// A migration from its number, a few words and its text (`include_str!` of a file).
///
/// Numbers below 1000 are the journal's.
#[must_use]
pub fn migration(version: i64, description: &'static str, sql: &'static str) -> Migration {
    Migration::new(
        version,
        Cow::Borrowed(description),
        MigrationType::Simple,
        sqlx::SqlStr::from_static(sql),
        false,
    )
}

pub(crate) fn of_journal() -> Vec<Migration> {
    vec![
        migration(1, "log", include_str!("../migrations/journal/0001_log.sql")),
        migration(
            2,
            "inbox",
            include_str!("../migrations/journal/0002_inbox.sql"),
        ),
        migration(
            3,
            "checkpoint",
            include_str!("../migrations/journal/0003_checkpoint.sql"),
        ),
        migration(
            4,
            "transparency",
            include_str!("../migrations/journal/0004_transparency.sql"),
        ),
        migration(
            5,
            "trace",
            include_str!("../migrations/journal/0005_trace.sql"),
        ),
    ]
}

pub(crate) fn of_vault() -> Vec<Migration> {
    vec![
        migration(
            1,
            "vault",
            include_str!("../migrations/vault/0001_vault.sql"),
        ),
        migration(
            2,
            "subjects and wrapping",
            include_str!("../migrations/vault/0002_subjects_and_wrapping.sql"),
        ),
    ]
}

/// Puts a service's migrations after the journal's.
pub(crate) fn with_service(service: Vec<Migration>) -> Result<Vec<Migration>, JournalError> {
    if let Some(wrong) = service.iter().find(|m| m.version < FIRST_OF_SERVICE) {
        return Err(JournalError::MigrationNumber {
            version: wrong.version,
        });
    }
    let mut all = of_journal();
    all.extend(service);
    Ok(all)
}

/// Applies what is missing. Refuses a database whose applied migrations differ from these.
pub(crate) async fn run(
    connection: &mut AnyConnection,
    migrations: Vec<Migration>,
) -> Result<(), JournalError> {
    Migrator::with_migrations(migrations)
        .run_direct(None, connection, false)
        .await?;
    Ok(())
}
