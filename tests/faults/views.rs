//! The views as they are stored, and as they follow from the log.

use std::collections::BTreeMap;

use escalation::pseudonym::Pseudonyms;
use escalation::{open_log, views};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

const TABLES: &str = "SELECT table_name::text AS name FROM information_schema.tables \
    WHERE table_schema = 'public' AND table_name LIKE '%\\_view' AND table_name <> 'sent_view'";

type Views = BTreeMap<String, Vec<String>>;

/// Builds the views of this database anew from its log: how many there are, and which of them
/// differ from what stood there. Nobody else may use the database.
pub(crate) async fn rebuilt(database: &str, pseudonym_key: &[u8; 32]) -> (usize, Vec<String>) {
    let before = read(database).await;
    let db = open_log(database).await.expect("the log can be opened");
    let pseudonyms = Pseudonyms::new(pseudonym_key);
    views::rebuild(&db, &pseudonyms)
        .await
        .expect("the views can be rebuilt");
    db.close().await;
    let after = read(database).await;
    (before.len(), differ(&before, &after))
}

async fn read(database: &str) -> Views {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(database).await.expect("it answers");
    let tables = sqlx::query(TABLES).fetch_all(&mut connection).await;
    let mut views = Views::new();
    for table in tables.expect("the catalogue can be read") {
        let name: String = table.try_get("name").expect("the column is there");
        let query = format!("SELECT row_to_json(t)::text AS line FROM \"{name}\" t ORDER BY 1");
        let rows = sqlx::query(AssertSqlSafe(query))
            .fetch_all(&mut connection)
            .await;
        let rows = rows.expect("the view can be read");
        let lines = rows
            .iter()
            .map(|row| row.try_get("line").expect("the column is there"));
        views.insert(name, lines.collect());
    }
    views
}

fn differ(before: &Views, after: &Views) -> Vec<String> {
    let mut differing = Vec::new();
    for (name, lines) in before {
        let rebuilt = after.get(name).map_or(&[][..], Vec::as_slice);
        if lines != rebuilt {
            let only = |one: &[String], other: &[String]| {
                one.iter()
                    .filter(|line| !other.contains(line))
                    .cloned()
                    .collect::<Vec<_>>()
            };
            let (stored, log) = (only(lines, rebuilt), only(rebuilt, lines));
            differing.push(format!("{name}: stored {stored:?}, from the log {log:?}"));
        }
    }
    differing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_that_does_not_follow_from_the_log_is_noticed() {
        let view = |line: &str| Views::from([("case_view".to_owned(), vec![line.to_owned()])]);
        assert_eq!(differ(&view("a"), &view("a")), Vec::<String>::new());
        assert_eq!(
            differ(&view("a"), &view("b")),
            ["case_view: stored [\"a\"], from the log [\"b\"]"]
        );
    }
}
