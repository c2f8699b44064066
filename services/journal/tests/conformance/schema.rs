use journal::vault::{MasterKey, Vault};
use journal::{Db, Engine, JournalError, ServerFault, Statement, migration};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::place::{Place, append, begin, event};

on_both_engines!(
    every_statement_prepares,
    a_view_changes_with_the_log_or_not_at_all,
    a_service_cannot_take_the_journals_numbers,
    a_database_of_another_service_is_refused,
    what_a_later_release_added_stays_and_is_no_reason_to_stop,
    no_statement_walks_the_whole_log,
    a_server_tells_what_it_is,
);

const VIEW: &str = "create table ladder_view (stream text not null primary key, rung text)";

async fn every_statement_prepares(place: Place) {
    let db = place.db().await;
    let vault = Vault::open(&place.vault_url, MasterKey::from_bytes([1; 32]))
        .await
        .expect("the vault opens");
    assert_eq!(db.prepare_all(&journal::statements()).await, Ok(()));
    assert_eq!(
        vault.prepare_all(&journal::vault::statements()).await,
        Ok(())
    );

    let wrong = Statement::same("test.wrong", "select rung from no_such_table");
    let said = db.prepare_all(&[wrong]).await.expect_err("no such table");
    assert!(said.starts_with("test.wrong on "), "{said}");
}

async fn a_view_changes_with_the_log_or_not_at_all(place: Place) {
    let db = Db::open(&place.url, vec![migration(1000, "view", VIEW)])
        .await
        .expect("the log opens");
    for (stream, keep) in [("case/1", true), ("case/2", false)] {
        let mut tx = begin(&db).await;
        tx.append(vec![event(stream, 1)]).await.expect("appended");
        sqlx::query("insert into ladder_view (stream, rung) values ($1, $2)")
            .bind(stream)
            .bind(None::<String>)
            .execute(tx.conn())
            .await
            .expect("the view takes it");
        if keep {
            tx.commit().await.expect("committed");
        }
    }
    let rows: Vec<(String, Option<String>)> =
        sqlx::query_as("select stream, rung from ladder_view")
            .fetch_all(db.reader())
            .await
            .expect("read");
    assert_eq!(rows, [("case/1".to_owned(), None)]);

    sqlx::query("delete from ladder_view")
        .execute(db.reader())
        .await
        .expect_err("the reader only reads");
}

async fn a_service_cannot_take_the_journals_numbers(place: Place) {
    let refused = Db::open(&place.url, vec![migration(999, "view", VIEW)]).await;
    assert!(
        matches!(refused, Err(JournalError::MigrationNumber { version: 999 })),
        "{refused:?}"
    );
}

async fn a_database_of_another_service_is_refused(place: Place) {
    Db::open(&place.url, vec![migration(1000, "view", VIEW)])
        .await
        .expect("the log opens")
        .close()
        .await;
    let other = "create table party_view (stream text not null primary key)";
    let refused = Db::open(&place.url, vec![migration(1000, "party", other)]).await;
    assert!(
        matches!(refused, Err(JournalError::Migration(_))),
        "{refused:?}"
    );
    // Nor when it has no migration of that number: one of its own is later than the unknown one.
    let refused = Db::open(&place.url, vec![migration(1001, "party", other)]).await;
    assert!(
        matches!(refused, Err(JournalError::Foreign { version: 1000 })),
        "{refused:?}"
    );
}

/// Two releases on one database: the earlier one starts on tables that the later one made, and
/// not once the later one took away what it uses.
async fn what_a_later_release_added_stays_and_is_no_reason_to_stop(place: Place) {
    let ours = || vec![migration(1000, "view", VIEW)];
    let open = async |migrations| Db::open(&place.url, migrations).await;
    let first = open(ours()).await.expect("the log opens");
    let mut later = ours();
    later.push(migration(
        1001,
        "theme",
        "alter table ladder_view add column theme text",
    ));
    let second = open(later.clone()).await.expect("the later one opens");
    for (db, stream) in [(&first, "case/1"), (&second, "case/2")] {
        append(db, vec![event(stream, 1)]).await;
    }
    first.close().await;
    let first = open(ours()).await.expect("the earlier one starts again");
    assert_eq!(first.head().await.expect("read").position, 2);
    let insert = Statement::same("view.add", "insert into ladder_view (stream) values ($1)");
    assert_eq!(first.prepare_all(&[insert]).await, Ok(()));
    first.close().await;
    second.close().await;

    later.push(migration(
        1002,
        "no rung (needs 1001)",
        "alter table ladder_view drop column rung",
    ));
    open(later.clone()).await.expect("it opens").close().await;
    let refused = open(ours()).await;
    assert!(
        matches!(refused, Err(JournalError::TooOld { version: 1002 })),
        "{refused:?}"
    );
    later.pop();
    open(later)
        .await
        .expect("the one between may")
        .close()
        .await;
}

/// A batch must cost the same in an old log as in a new one. On an index that starts with the
/// shard, a search by the shard alone is a walk through everything.
async fn no_statement_walks_the_whole_log(place: Place) {
    let db = place.db().await;
    let filler = (0..3000)
        .map(|number| event(&format!("case/{number}"), 1))
        .collect();
    append(&db, filler).await;
    let mut tx = begin(&db).await;
    let outcomes: Vec<_> = (0..3000)
        .map(|number| {
            let cause = crate::place::cause(&format!("m-{number}"));
            (cause, crate::inbox::stored(number))
        })
        .collect();
    tx.settle(&outcomes).await.expect("settled");
    tx.commit().await.expect("committed");

    let mut connection = Place::connect(&place.url).await;
    if place.engine == Engine::Postgres {
        sqlx::raw_sql("analyze; set plan_cache_mode = force_generic_plan")
            .execute(&mut connection)
            .await
            .expect("the server allows it");
    }
    // Counting everything is what it is for; it serves reports only.
    let reports = ["inbox.by-sender"];
    for statement in journal::statements() {
        if reports.contains(&statement.name) {
            continue;
        }
        let text = statement.text(place.engine);
        let plan = match place.engine {
            Engine::Sqlite => explain(&mut connection, format!("explain query plan {text}")).await,
            Engine::Postgres => generic_plan(&mut connection, text).await,
        };
        let walks = |line: &String| match place.engine {
            Engine::Sqlite => {
                line.starts_with("SCAN journal_")
                    || (line.ends_with("(shard=?)") && !line.contains("journal_head"))
            }
            Engine::Postgres => {
                line.contains("Seq Scan on journal_event")
                    || line.contains("Seq Scan on journal_inbox")
            }
        };
        assert!(!plan.iter().any(walks), "{}: {plan:#?}", statement.name);
    }
}

/// PostgreSQL's plan for any parameters, as a long-lived connection ends up with.
async fn generic_plan(connection: &mut AnyConnection, text: &str) -> Vec<String> {
    let parameters = (1..=9)
        .take_while(|n| text.contains(&format!("${n}")))
        .count();
    let nulls = vec!["null"; parameters].join(", ");
    let prepare = format!("deallocate all; prepare asked as {text}");
    sqlx::raw_sql(AssertSqlSafe(prepare))
        .execute(&mut *connection)
        .await
        .expect("prepared");
    explain(connection, format!("explain execute asked({nulls})")).await
}

async fn explain(connection: &mut AnyConnection, sql: String) -> Vec<String> {
    let rows = sqlx::raw_sql(AssertSqlSafe(sql))
        .fetch_all(connection)
        .await
        .expect("a plan");
    // SQLite's description is the last of four columns, PostgreSQL's the only one.
    rows.iter()
        .map(|row| row.try_get(row.len() - 1).expect("a line"))
        .collect()
}

/// The tests' own PostgreSQL skips fsync to be quick, so it is one that is refused.
async fn a_server_tells_what_it_is(place: Place) {
    let server = journal::server_of(&place.url).await.expect("it answers");
    match place.db().await.engine() {
        Engine::Sqlite => assert_eq!(server, None),
        Engine::Postgres => {
            let server = server.expect("it is a server");
            assert!((15..=18).contains(&server.version), "{server:?}");
            assert_eq!(server.off, ["fsync", "full_page_writes"]);
            let fault = ServerFault::Setting { setting: "fsync" };
            assert_eq!(server.check(), Err(fault));
        }
    }
}
