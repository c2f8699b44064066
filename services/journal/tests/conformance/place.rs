use std::path::PathBuf;
use std::sync::Arc;

use journal::{CauseKey, Db, Engine, NewEvent, Tx};
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;
use uuid::Uuid;

/// Where one test keeps its databases: a folder of its own, or databases of its own on the
/// server.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) engine: Engine,
    pub(crate) url: String,
    pub(crate) vault_url: String,
    folder: Option<Arc<TempDir>>,
    databases: Vec<String>,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
        Self {
            engine: Engine::Sqlite,
            url: url("log"),
            vault_url: url("vault"),
            folder: Some(Arc::new(folder)),
            databases: Vec::new(),
        }
    }

    pub(crate) async fn postgres(test: &str) -> Self {
        let rule = test.rsplit("::").next().unwrap_or(test);
        let name = format!("journal_{}_{}", std::process::id(), rule);
        let databases = vec![short(&name, "_log"), short(&name, "_vault")];
        let mut admin = admin().await;
        for database in &databases {
            run(&mut admin, format!("drop database if exists {database}")).await;
            run(&mut admin, format!("create database {database}")).await;
        }
        Self {
            engine: Engine::Postgres,
            url: on_server(&databases[0]),
            vault_url: on_server(&databases[1]),
            folder: None,
            databases,
        }
    }

    pub(crate) async fn db(&self) -> Db {
        Db::open(&self.url, Vec::new())
            .await
            .expect("the log opens")
    }

    /// The same with an empty vault of its own beside it, for a copy of the first: its URL.
    pub(crate) async fn other_vault(&mut self) -> String {
        match self.engine {
            Engine::Sqlite => self.vault_url.replace("vault.db", "copy.db"),
            Engine::Postgres => {
                let name = short(&self.databases[1], "_copy");
                let mut admin = admin().await;
                run(&mut admin, format!("drop database if exists {name}")).await;
                run(&mut admin, format!("create database {name}")).await;
                self.databases.push(name.clone());
                on_server(&name)
            }
        }
    }

    /// The files of a SQLite place, with what is in them.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = self.folder.as_ref().expect("only a SQLite place has files");
        std::fs::read_dir(folder.path())
            .expect("the folder is readable")
            .map(|entry| {
                let path = entry.expect("an entry").path();
                let bytes = std::fs::read(&path).expect("the file is readable");
                (path, bytes)
            })
            .collect()
    }

    /// A plain connection, to look at or spoil what is stored.
    pub(crate) async fn connect(url: &str) -> AnyConnection {
        sqlx::any::install_default_drivers();
        AnyConnection::connect(url).await.expect("a connection")
    }

    pub(crate) async fn remove(self) {
        let mut admin = admin().await;
        for database in &self.databases {
            run(&mut admin, format!("drop database {database} with (force)")).await;
        }
    }
}

/// PostgreSQL cuts names at 63 bytes; keep the end that tells them apart.
fn short(name: &str, suffix: &str) -> String {
    format!("{}{suffix}", &name[..name.len().min(63 - suffix.len())])
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

async fn admin() -> AnyConnection {
    Place::connect(&server()).await
}

async fn run(connection: &mut AnyConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await
        .expect("the server allows it");
}

/// An event of a stream, told apart by stream and version.
pub(crate) fn event(stream: &str, version: i64) -> NewEvent {
    NewEvent {
        stream: stream.to_owned(),
        version,
        id: Uuid::from_bytes(id_bytes(stream, version)),
        kind: "case-raised".to_owned(),
        kind_version: 1,
        at: "2026-11-02T08:30:00Z".parse().expect("a time"),
        actor: json!({"person": "p-1"}),
        cause: cause(&format!("{stream}-{version}")),
        data: json!({"stream": stream, "version": version}),
    }
}

fn id_bytes(stream: &str, version: i64) -> [u8; 16] {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let mut hasher = DefaultHasher::new();
    stream.hash(&mut hasher);
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&hasher.finish().to_be_bytes());
    bytes[8..].copy_from_slice(&version.to_be_bytes());
    bytes
}

pub(crate) fn cause(message: &str) -> CauseKey {
    CauseKey::new("00000099000000002000", message)
}

pub(crate) async fn begin(db: &Db) -> Tx {
    db.begin().await.expect("a transaction starts")
}

/// Appends events in a transaction of their own.
pub(crate) async fn append(db: &Db, events: Vec<NewEvent>) {
    let mut tx = begin(db).await;
    tx.append(events).await.expect("the events fit");
    tx.commit().await.expect("the commit succeeds");
}
