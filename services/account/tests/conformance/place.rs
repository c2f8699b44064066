use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use account::{AccessLine, Account, Lines, Outcome, ProcessingLine, Shown, Status};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

pub(crate) const SVB: &str = "00000099000000002000";
pub(crate) const UTRECHT: &str = "00000099000000001000";

/// Where one test keeps its logs.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) url: String,
    _folder: Option<Arc<TempDir>>,
    database: Option<String>,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        Self {
            url: format!("sqlite://{}/account.db", folder.path().display()),
            _folder: Some(Arc::new(folder)),
            database: None,
        }
    }

    pub(crate) async fn postgres(rule: &str) -> Self {
        let name = format!("account_{}_{rule}", std::process::id());
        let name = name[..name.len().min(63)].to_owned();
        run(&server(), format!("create database {name}")).await;
        let server = server();
        let (base, _) = server.rsplit_once('/').expect("a URL with a database");
        Self {
            url: format!("{base}/{name}"),
            _folder: None,
            database: Some(name),
        }
    }

    pub(crate) async fn account(&self) -> Account {
        Account::open(&self.url).await.expect("the logs open")
    }

    /// A statement from outside, to spoil what is stored.
    pub(crate) async fn run(&self, sql: &str) {
        run(&self.url, sql.to_owned()).await;
    }

    pub(crate) async fn remove(self) {
        if let Some(database) = self.database {
            run(&server(), format!("drop database {database} with (force)")).await;
        }
    }
}

fn server() -> String {
    std::env::var("DOORBRAAK_TEST_POSTGRES").expect(
        "set DOORBRAAK_TEST_POSTGRES to a PostgreSQL server for tests, \
         such as postgres://postgres@127.0.0.1:5432/postgres",
    )
}

async fn run(url: &str, sql: String) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.expect("a connection");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .expect("the server allows it");
    connection.close().await.expect("it closes");
}

/// A look at these objects, told apart by its id.
pub(crate) fn access(id: &str, at: i64, objects: &[&str]) -> AccessLine {
    AccessLine {
        id: id.to_owned(),
        trace_id: "0".repeat(31) + "1",
        at,
        organisation: SVB.to_owned(),
        person_ref: "p-1".to_owned(),
        role: "agency_liaison".to_owned(),
        client: "doorbraak-web".to_owned(),
        operation: "readCase".to_owned(),
        processing_activity_id: "https://x.example/case".to_owned(),
        purpose: Some("own_law".to_owned()),
        ground: None,
        result: Outcome::Answered,
        shown: BTreeMap::from([(
            "identity".to_owned(),
            Shown {
                strength: "full".to_owned(),
                policies: BTreeSet::from(["liaison-full".to_owned()]),
            },
        )]),
        emergency: false,
        objects: objects.iter().map(|&object| object.to_owned()).collect(),
    }
}

/// Processing of somebody's data, told apart by its span.
pub(crate) fn processing(span: &str, at: i64) -> ProcessingLine {
    ProcessingLine {
        trace_id: "0".repeat(31) + "1",
        span_id: span.to_owned(),
        parent_span_id: Some("00f067aa0ba902b7".to_owned()),
        controller: SVB.to_owned(),
        status: Status::Ok,
        name: "readCase".to_owned(),
        start_time: at,
        end_time: at,
        processing_activity_id: "https://x.example/case".to_owned(),
        data_subject_id: Some("ab".repeat(32)),
        data_subject_id_type: Some("pseudonym-hmac-sha256".to_owned()),
        foreign_operation_processor: Some(UTRECHT.to_owned()),
    }
}

pub(crate) fn lines(access: &[AccessLine], processing: &[ProcessingLine]) -> Lines {
    Lines {
        access: access.to_vec(),
        processing: processing.to_vec(),
    }
}
