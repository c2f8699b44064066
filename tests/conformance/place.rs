//! Where one test keeps its databases, and somebody with all rights on them.

use std::sync::Arc;

use chassis::Entropy;
use scenarios::servers::{create_database, shared_postgres};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use tempfile::TempDir;

/// The platform's log, vault and logs of who saw what, and a party's database and vault.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) log: String,
    pub(crate) vault: String,
    pub(crate) account: String,
    pub(crate) party: String,
    pub(crate) party_vault: String,
    _folder: Option<Arc<TempDir>>,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let url = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
        Self {
            log: url("log"),
            vault: url("vault"),
            account: url("account"),
            party: url("party"),
            party_vault: url("party_vault"),
            _folder: Some(Arc::new(folder)),
        }
    }

    pub(crate) async fn postgres() -> Self {
        let server = shared_postgres();
        let run = Entropy::system().uuid_v4().simple().to_string();
        Self {
            log: create_database(&server, &format!("log_{run}")).await,
            vault: create_database(&server, &format!("vault_{run}")).await,
            account: create_database(&server, &format!("account_{run}")).await,
            party: create_database(&server, &format!("party_{run}")).await,
            party_vault: create_database(&server, &format!("party_vault_{run}")).await,
            _folder: None,
        }
    }

    /// Somebody with all rights on the platform's log.
    pub(crate) async fn attacker(&self) -> Attacker {
        sqlx::any::install_default_drivers();
        Attacker {
            connection: AnyConnection::connect(&self.log).await.unwrap(),
        }
    }
}

/// Everything that the log, the tree over it and the checkpoints consist of.
const TABLES: [&str; 6] = [
    "journal_head",
    "journal_event",
    "journal_inbox",
    "journal_checkpoint",
    "journal_merkle_node",
    "signed_checkpoint",
];

/// Somebody with all rights on a database.
pub(crate) struct Attacker {
    connection: AnyConnection,
}

impl Attacker {
    pub(crate) async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut self.connection)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    pub(crate) async fn number(&mut self, sql: &str) -> i64 {
        let row = sqlx::query(AssertSqlSafe(sql.to_owned()))
            .fetch_one(&mut self.connection)
            .await
            .unwrap();
        row.get(0)
    }

    /// Puts the honest tables aside.
    pub(crate) async fn keep(&mut self) {
        for table in TABLES {
            let sql = format!("create table kept_{table} as select * from {table}");
            self.run(&sql).await;
        }
    }

    /// Puts them back.
    pub(crate) async fn restore(&mut self) {
        let mut sql = String::from("begin;");
        for table in TABLES {
            sql += &format!("delete from {table}; insert into {table} select * from kept_{table};");
        }
        self.run(&(sql + "commit;")).await;
    }
}
