//! Where one test keeps its databases, and a look at everything in them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use journal::Engine;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use tempfile::TempDir;

/// A folder of its own, or databases of its own on the server.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) engine: Engine,
    pub(crate) url: String,
    pub(crate) vault_url: String,
    pub(crate) account_url: String,
    _folder: Option<Arc<TempDir>>,
    databases: Vec<String>,
}

/// Every row of every table, by table, in an order of their own.
pub(crate) type Dump = BTreeMap<String, Vec<String>>;

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let url = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
        Self {
            engine: Engine::Sqlite,
            url: url("log"),
            vault_url: url("vault"),
            account_url: url("account"),
            _folder: Some(Arc::new(folder)),
            databases: Vec::new(),
        }
    }

    pub(crate) async fn postgres() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("escalation_{}_{number}", std::process::id());
        let databases = ["log", "vault", "account"].map(|kind| format!("{name}_{kind}"));
        let mut admin = connect(&server()).await;
        for database in &databases {
            run(
                &mut admin,
                format!("drop database if exists {database} with (force)"),
            )
            .await;
            run(&mut admin, format!("create database {database}")).await;
        }
        Self {
            engine: Engine::Postgres,
            url: on_server(&databases[0]),
            vault_url: on_server(&databases[1]),
            account_url: on_server(&databases[2]),
            _folder: None,
            databases: databases.into(),
        }
    }

    /// A copy of the log's database as it is now, which nobody may have open: its URL.
    pub(crate) async fn copy_of_log(&mut self) -> String {
        match self.engine {
            Engine::Sqlite => {
                let file = self.url.trim_start_matches("sqlite://");
                let copy = format!("{file}.copy");
                // All of it: what is not written back yet stands in the write-ahead log.
                for beside in ["", "-wal", "-shm"] {
                    let from = format!("{file}{beside}");
                    if std::fs::exists(&from).unwrap() {
                        std::fs::copy(from, format!("{copy}{beside}")).unwrap();
                    }
                }
                format!("sqlite://{copy}")
            }
            Engine::Postgres => {
                let copy = format!("{}_copy", self.databases[0]);
                let mut admin = connect(&server()).await;
                let log = &self.databases[0];
                // A pool that is being closed may still have one open.
                let gone = format!(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity
                     where datname = '{log}'"
                );
                run(&mut admin, gone).await;
                run(&mut admin, format!("create database {copy} template {log}")).await;
                self.databases.push(copy.clone());
                on_server(&copy)
            }
        }
    }

    pub(crate) async fn remove(self) {
        let mut admin = connect(&server()).await;
        for database in &self.databases {
            run(&mut admin, format!("drop database {database} with (force)")).await;
        }
    }

    /// A statement outside the service, to spoil or prepare what is stored.
    pub(crate) async fn run(&self, sql: &str) {
        let mut connection = connect(&self.url).await;
        run(&mut connection, sql.to_owned()).await;
        connection.close().await.unwrap();
    }

    /// Every table of the log's database whose name passes.
    pub(crate) async fn dump(&self, passes: impl Fn(&str) -> bool) -> Dump {
        let tables = match self.engine {
            Engine::Sqlite => "select name from sqlite_master where type = 'table'",
            Engine::Postgres => {
                "select table_name::text from information_schema.tables
                 where table_schema = 'public'"
            }
        };
        let mut connection = connect(&self.url).await;
        let rows = sqlx::raw_sql(AssertSqlSafe(tables.to_owned()))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let mut dump = Dump::new();
        for table in rows.iter().map(|row| row.get::<String, _>(0)) {
            // The one table that is not ours; its types are not those of the other tables.
            if table == "_sqlx_migrations" || table.starts_with("sqlite_") || !passes(&table) {
                continue;
            }
            let rows = sqlx::raw_sql(AssertSqlSafe(format!("select * from {table}")))
                .fetch_all(&mut connection)
                .await
                .unwrap();
            let mut lines: Vec<String> = rows.iter().map(line).collect();
            lines.sort();
            dump.insert(table, lines);
        }
        connection.close().await.unwrap();
        dump
    }

    /// Every read model.
    pub(crate) async fn views(&self) -> Dump {
        let views = self
            .dump(|table| table.ends_with("_view") && table != "sent_view")
            .await;
        assert_eq!(views.len(), 28, "{:?}", views.keys());
        views
    }
}

fn line(row: &AnyRow) -> String {
    let cells: Vec<String> = (0..row.len())
        .map(|column| {
            let text = row.try_get::<Option<String>, _>(column);
            let number = || {
                row.try_get::<Option<i64>, _>(column)
                    .map(|n| n.map(|n| n.to_string()))
            };
            text.or_else(|_| number())
                .unwrap()
                .unwrap_or_else(|| "null".to_owned())
        })
        .collect();
    cells.join("|")
}

fn server() -> String {
    std::env::var("DOORBRAAK_TEST_POSTGRES").expect(
        "set DOORBRAAK_TEST_POSTGRES to a PostgreSQL server for tests, \
         such as postgres://postgres@127.0.0.1:5432/postgres",
    )
}

fn on_server(database: &str) -> String {
    let server = server();
    let (base, _) = server.rsplit_once('/').expect("a URL with a database");
    format!("{base}/{database}")
}

async fn connect(url: &str) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url).await.unwrap()
}

async fn run(connection: &mut AnyConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await
        .unwrap();
}
