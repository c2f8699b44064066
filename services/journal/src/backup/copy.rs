//! One database, copied as it is at one moment, while others write in it; and put back.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use sqlx::{AnyConnection, Connection, Row};
use tokio::process::Command;

use super::manifest::{Copied, LogHead};
use super::{BackupError, LOG, files};
use crate::{Engine, SHARD, sql};

/// Copies one database into a folder; for the log it says where that stood.
pub(super) async fn copy(
    name: &str,
    url: &str,
    folder: &Path,
) -> Result<(Copied, LogHead), BackupError> {
    sqlx::any::install_default_drivers();
    let engine = Engine::of(url)?;
    let file = match engine {
        Engine::Sqlite => format!("{name}.db"),
        Engine::Postgres => format!("{name}.dump"),
    };
    let path = folder.join(&file);
    let (schema, head) = match engine {
        Engine::Sqlite => copy_file(url, &path, name == LOG).await?,
        Engine::Postgres => dump(url, &path, name == LOG).await?,
    };
    files::settle(&path)?;
    let (bytes, sha256) = files::measured(&path)?;
    let copied = Copied {
        name: name.to_owned(),
        file,
        bytes,
        sha256,
        schema,
    };
    Ok((copied, head))
}

/// SQLite writes the copy itself, at one moment, without what was deleted.
async fn copy_file(
    url: &str,
    path: &Path,
    is_log: bool,
) -> Result<([i64; 2], LogHead), BackupError> {
    let from = sqlite_path(url)?;
    let mut connection = AnyConnection::connect(&read_only(&from)).await?;
    sqlx::query("vacuum into $1")
        .bind(path.display().to_string())
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    let mut copy = AnyConnection::connect(&read_only(path)).await?;
    let said = facts(&mut copy, Engine::Sqlite, is_log).await?;
    copy.close().await?;
    Ok(said)
}

/// PostgreSQL's own program dumps a moment that this transaction holds, so that what is said of the
/// log is true of the dump.
async fn dump(url: &str, path: &Path, is_log: bool) -> Result<([i64; 2], LogHead), BackupError> {
    refuse_password(url)?;
    let mut connection = AnyConnection::connect(url).await?;
    sqlx::raw_sql("begin isolation level repeatable read read only")
        .execute(&mut connection)
        .await?;
    let row = sqlx::query("select pg_export_snapshot()")
        .fetch_one(&mut connection)
        .await?;
    let snapshot: String = row.try_get(0)?;
    let said = facts(&mut connection, Engine::Postgres, is_log).await?;
    let mut program = Command::new("pg_dump");
    program.args(["--format=custom", "--no-owner", "--no-privileges"]);
    program.args(["--snapshot", &snapshot, "--dbname", url, "--file"]);
    program.arg(path);
    run("pg_dump", program).await?;
    sqlx::raw_sql("commit").execute(&mut connection).await?;
    connection.close().await?;
    Ok(said)
}

/// The last migrations in a database, and where its log stands when it is one.
async fn facts(
    connection: &mut AnyConnection,
    engine: Engine,
    is_log: bool,
) -> Result<([i64; 2], LogHead), BackupError> {
    let migrations = "select coalesce(max(case when version < 1000 then version end), 0),
             coalesce(max(version), 0)
         from _sqlx_migrations";
    let row = sqlx::query(migrations).fetch_one(&mut *connection).await?;
    let schema = [row.try_get(0)?, row.try_get(1)?];
    if !is_log {
        return Ok((schema, LogHead::default()));
    }
    Ok((schema, head_of(connection, engine).await?))
}

/// Where the log behind a connection stands.
pub(super) async fn head_of(
    connection: &mut AnyConnection,
    engine: Engine,
) -> Result<LogHead, BackupError> {
    let row = sqlx::query(sql::head::READ.text(engine))
        .bind(SHARD)
        .fetch_one(&mut *connection)
        .await?;
    let (position, answers): (i64, i64) = (row.try_get("position")?, row.try_get("answers")?);
    let last = "select id from journal_event where shard = $1 and position = $2";
    let row = sqlx::query(last)
        .bind(SHARD)
        .bind(position)
        .fetch_optional(connection)
        .await?;
    Ok(LogHead {
        position,
        answers,
        last_event: row.map(|row| row.try_get("id")).transpose()?,
    })
}

/// Refuses a destination that holds anything.
pub(super) async fn refuse_unless_empty(name: &str, url: &str) -> Result<(), BackupError> {
    sqlx::any::install_default_drivers();
    let in_use = match Engine::of(url)? {
        Engine::Sqlite => {
            let path = sqlite_path(url)?;
            let beside = |end: &str| PathBuf::from(format!("{}{end}", path.display()));
            ["", "-wal", "-journal"]
                .into_iter()
                .any(|end| beside(end).exists())
        }
        Engine::Postgres => {
            refuse_password(url)?;
            let mut connection = AnyConnection::connect(url).await?;
            let tables = "select count(*) from pg_catalog.pg_class c
                 join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = any (current_schemas(false))";
            let row = sqlx::query(tables).fetch_one(&mut connection).await?;
            let tables: i64 = row.try_get(0)?;
            connection.close().await?;
            tables > 0
        }
    };
    if in_use {
        return Err(BackupError::InUse(name.to_owned()));
    }
    Ok(())
}

/// Puts a copy back into an empty place; on PostgreSQL all of it or nothing.
pub(super) async fn put_back(from: &Path, url: &str) -> Result<(), BackupError> {
    match Engine::of(url)? {
        Engine::Sqlite => files::copy_to_new(from, &sqlite_path(url)?),
        Engine::Postgres => {
            let mut program = Command::new("pg_restore");
            program.args(["--no-owner", "--no-privileges", "--exit-on-error"]);
            program.args(["--single-transaction", "--dbname", url]);
            program.arg(from);
            run("pg_restore", program).await
        }
    }
}

async fn run(name: &'static str, mut program: Command) -> Result<(), BackupError> {
    let ended = program.stdin(Stdio::null()).output().await;
    let output = match ended {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(BackupError::NoProgram(name));
        }
        Err(source) => {
            let path = PathBuf::from(name);
            return Err(BackupError::File { path, source });
        }
    };
    if output.status.success() {
        return Ok(());
    }
    // The first line says what is wrong; what follows may quote what stands in a row.
    let said = String::from_utf8_lossy(&output.stderr);
    Err(BackupError::Program {
        program: name,
        said: said.lines().next().unwrap_or("it failed").to_owned(),
    })
}

fn refuse_password(url: &str) -> Result<(), BackupError> {
    let authority = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?']).next().unwrap_or_default();
    let with_password = authority
        .rsplit_once('@')
        .is_some_and(|(user, _)| user.contains(':'));
    if with_password || url.contains("password=") {
        return Err(BackupError::Password);
    }
    Ok(())
}

fn sqlite_path(url: &str) -> Result<PathBuf, BackupError> {
    let base = url.split('?').next().unwrap_or(url);
    match base.strip_prefix("sqlite://") {
        Some(path) if !path.is_empty() => Ok(PathBuf::from(path)),
        _ => Err(crate::JournalError::Url.into()),
    }
}

fn read_only(path: &Path) -> String {
    format!("sqlite://{}?mode=ro", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_reaches_the_list_of_processes() {
        for url in [
            "postgres://doorbraak:secret@db.example/log",
            "postgres://db.example/log?user=x&password=secret",
        ] {
            assert!(matches!(refuse_password(url), Err(BackupError::Password)));
        }
        for url in [
            "postgres://doorbraak@db.example:5432/log?sslmode=verify-full",
            "postgres://db.example/log",
        ] {
            assert!(refuse_password(url).is_ok());
        }
    }
}
