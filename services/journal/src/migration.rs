use std::borrow::Cow;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, Row};

use crate::{Engine, JournalError};

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

/// The word in a migration's description before the number that a service must know to run beside
/// it: `"no handoff card (needs 1021)"`. It stands with every migration that takes something away
/// which an earlier release used.
const NEEDS: &str = "(needs ";

/// The journal's own migrations, which stand before those of every service.
#[must_use]
pub fn of_journal() -> Vec<Migration> {
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

/// The vault's migrations.
#[must_use]
pub fn of_vault() -> Vec<Migration> {
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

/// Applies what is missing. What a later release applied stays as it is, so that the release before
/// it runs beside it.
///
/// # Errors
/// [`JournalError::Foreign`] when an unknown migration is no later one; [`JournalError::TooOld`] when
/// a later one took away what this release uses; [`JournalError::Migration`] when an applied one
/// differs from this release's.
pub(crate) async fn run(
    connection: &mut AnyConnection,
    engine: Engine,
    migrations: Vec<Migration>,
) -> Result<(), JournalError> {
    if has_been_migrated(connection, engine).await? {
        let applied = "select version, description from _sqlx_migrations order by version";
        let applied = sqlx::query(applied).fetch_all(&mut *connection).await?;
        let applied = applied
            .iter()
            .map(|row| Ok((row.try_get("version")?, row.try_get("description")?)))
            .collect::<Result<Vec<(i64, String)>, sqlx::Error>>()?;
        let known: Vec<i64> = migrations.iter().map(|known| known.version).collect();
        may_run_beside(&applied, &known)?;
    }
    let mut migrator = Migrator::with_migrations(migrations);
    migrator.set_ignore_missing(true);
    migrator.run_direct(None, connection, false).await?;
    Ok(())
}

/// Whether any release was here before. Asked without making the table: that is done under a lock.
async fn has_been_migrated(
    connection: &mut AnyConnection,
    engine: Engine,
) -> Result<bool, JournalError> {
    let tables = match engine {
        Engine::Sqlite => "select name from sqlite_master where name = '_sqlx_migrations'",
        Engine::Postgres => {
            "select tablename::text from pg_catalog.pg_tables
             where tablename = '_sqlx_migrations' and schemaname = any (current_schemas(false))"
        }
    };
    let found = sqlx::query(tables).fetch_optional(connection).await?;
    Ok(found.is_some())
}

/// Whether a release that knows these migrations may run on tables that have those: each that it
/// does not know has a later number than its own of the same range (the journal's, the service's),
/// and does without what it uses.
fn may_run_beside(applied: &[(i64, String)], known: &[i64]) -> Result<(), JournalError> {
    for (version, description) in applied {
        if known.contains(version) {
            continue;
        }
        let own = known
            .iter()
            .filter(|own| (**own < FIRST_OF_SERVICE) == (*version < FIRST_OF_SERVICE));
        let newest = own.copied().max().unwrap_or_default();
        if *version < newest {
            return Err(JournalError::Foreign { version: *version });
        }
        let needs = description.split_once(NEEDS);
        let needs = needs.and_then(|(_, rest)| rest.split(')').next()?.parse::<i64>().ok());
        if needs.is_some_and(|needs| newest < needs) {
            return Err(JournalError::TooOld { version: *version });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(last: (i64, &str)) -> Vec<(i64, String)> {
        let before = [(1, "log"), (2, "inbox"), (1000, "views"), (1021, "waiting")];
        let all = before.into_iter().chain([last]);
        all.map(|(version, text)| (version, text.to_owned()))
            .collect()
    }

    const KNOWN: [i64; 4] = [1, 2, 1000, 1021];

    #[test]
    fn what_a_later_release_added_is_no_reason_to_stop() {
        for later in [3, 1022, 2000] {
            let beside = may_run_beside(&applied((later, "more")), &KNOWN);
            assert!(beside.is_ok(), "{later}: {beside:?}");
        }
    }

    #[test]
    fn an_unknown_migration_between_ones_own_is_of_something_else() {
        let beside = may_run_beside(&applied((1005, "other")), &KNOWN);
        assert!(
            matches!(beside, Err(JournalError::Foreign { version: 1005 })),
            "{beside:?}"
        );
    }

    #[test]
    fn a_release_stops_where_a_later_one_took_away_what_it_uses() {
        let beside = |needs| {
            let text = format!("no card (needs {needs})");
            may_run_beside(&applied((1030, &text)), &KNOWN)
        };
        assert!(beside(1021).is_ok());
        let stopped = beside(1022);
        assert!(
            matches!(stopped, Err(JournalError::TooOld { version: 1030 })),
            "{stopped:?}"
        );
    }
}
