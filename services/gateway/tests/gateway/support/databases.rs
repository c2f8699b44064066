//! Databases of the test's own: files in a folder, or databases on a server that tests may use.

use std::{
    collections::HashSet,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use journal::Engine;
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

/// Numbers the worlds of this process.
static WORLDS: AtomicU64 = AtomicU64::new(1);

pub(crate) struct Databases {
    folder: TempDir,
    world: u64,
    made: Mutex<HashSet<String>>,
}

impl Databases {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            world: WORLDS.fetch_add(1, Ordering::Relaxed),
            made: Mutex::default(),
        }
    }

    /// The URL of the database of this name; the same name gives the same database.
    pub(crate) async fn url(&self, name: &str) -> String {
        match crate::ENGINE {
            Engine::Sqlite => {
                let file = self.folder.path().join(format!("{name}.db"));
                format!("sqlite://{}", file.display())
            }
            Engine::Postgres => self.on_server(name).await,
        }
    }

    /// Every file of the databases, by name.
    #[allow(dead_code, reason = "PostgreSQL keeps its files to itself")]
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder can be read");
        entries
            .map(|entry| {
                let entry = entry.expect("an entry");
                let bytes = std::fs::read(entry.path()).expect("a file can be read");
                (entry.file_name().to_string_lossy().into_owned(), bytes)
            })
            .collect()
    }

    async fn on_server(&self, name: &str) -> String {
        let server = std::env::var("DOORBRAAK_TEST_POSTGRES")
            .expect("set DOORBRAAK_TEST_POSTGRES to the URL of a PostgreSQL server");
        let (base, _) = server
            .rsplit_once('/')
            .expect("a URL that names a database");
        let name = format!("gateway_{}_{}_{name}", std::process::id(), self.world);
        let new = self.made.lock().expect("no panic").insert(name.clone());
        if new {
            let mut admin = PgConnection::connect(&server)
                .await
                .expect("the server answers");
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
                .execute(&mut admin)
                .await
                .expect("a database of its own");
        }
        format!("{base}/{name}")
    }
}
