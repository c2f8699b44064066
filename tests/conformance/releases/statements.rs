//! The statements of earlier releases on the tables of today.

use account::Account;
use journal::vault::{MasterKey, Vault};
use journal::{Db, Pools, Statement};

use super::contracting;
use super::record::{Kept, releases};
use crate::place::Place;

on_both_engines!(
    every_statement_of_a_release_fits_the_tables_of_today,
    a_column_that_is_renamed_or_dropped_is_seen,
);

impl Place {
    fn url_of(&self, kept: Kept) -> &str {
        match kept {
            Kept::Log => &self.log,
            Kept::Vault => &self.vault,
            Kept::Account => &self.account,
            Kept::Party => &self.party,
        }
    }
}

/// Makes the tables as the services make them.
async fn make_tables(place: &Place) {
    escalation::open_log(&place.log)
        .await
        .unwrap()
        .close()
        .await;
    let vault = Vault::open(&place.vault, MasterKey::from_bytes([1; 32])).await;
    vault.unwrap().close().await;
    Account::open(&place.account).await.unwrap().close().await;
    let party = Db::open(&place.party, gateway::migrations()).await;
    party.unwrap().close().await;
}

/// Prepares statements; the name of the first that does not fit.
async fn prepare(place: &Place, kept: Kept, statements: &[Statement]) -> Result<(), String> {
    let pools = Pools::open(place.url_of(kept), kept.migrations()).await;
    let pools = pools.unwrap();
    let prepared = pools.prepare_all(statements).await;
    pools.close().await;
    prepared
}

async fn every_statement_of_a_release_fits_the_tables_of_today(place: Place) {
    make_tables(&place).await;
    let mut prepared = 0;
    for release in releases() {
        for kept in Kept::ALL {
            if contracting::is_over(&release, kept) {
                continue;
            }
            let statements = release.statements(kept);
            let fits = prepare(&place, kept, &statements).await;
            assert_eq!(fits, Ok(()), "{} on its {}", release.version, kept.name());
            prepared += statements.len();
        }
    }
    assert!(prepared > 300, "{prepared} statements were prepared");
}

/// What a careless migration would do.
async fn a_column_that_is_renamed_or_dropped_is_seen(place: Place) {
    make_tables(&place).await;
    let release = releases().pop().unwrap();
    for (kept, careless, undone) in [
        (
            Kept::Log,
            "alter table journal_inbox rename column trace to span",
            "alter table journal_inbox rename column span to trace",
        ),
        (
            Kept::Log,
            "alter table case_view rename column owner to owned_by",
            "alter table case_view rename column owned_by to owner",
        ),
        (
            Kept::Vault,
            "alter table vault_redaction rename column sealed to text",
            "alter table vault_redaction rename column text to sealed",
        ),
        (
            Kept::Party,
            "alter table outbox drop column digest",
            "alter table outbox add column digest text",
        ),
        (
            Kept::Account,
            "alter table access_line rename to looked_line",
            "alter table looked_line rename to access_line",
        ),
    ] {
        let statements = release.statements(kept);
        place.run(kept, careless).await;
        let seen = prepare(&place, kept, &statements).await;
        let seen = seen.expect_err(careless);
        assert!(seen.contains(" on "), "it names the statement: {seen}");
        place.run(kept, undone).await;
        let fits = prepare(&place, kept, &statements).await;
        assert_eq!(fits, Ok(()), "{undone}");
    }
}

impl Place {
    /// A statement by somebody with all rights on one of the databases.
    async fn run(&self, kept: Kept, sql: &str) {
        use sqlx::{AnyConnection, AssertSqlSafe, Connection};

        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(self.url_of(kept)).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut connection)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        connection.close().await.unwrap();
    }
}
