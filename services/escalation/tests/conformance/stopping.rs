//! A stop in the middle of a message: it is finished, for the databases close after the last worker.

use std::time::Duration;

use sqlx::{AnyConnection, Connection, Row};

use crate::carrier::Carrier;
use crate::place::Place;
use crate::world::{UTRECHT, World, until};

/// On PostgreSQL, where it can be seen that somebody waits for a lock.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_worker_has_in_hand_is_stored_before_the_databases_close() {
    let place = Place::postgres().await;
    let mut world = World::start(place.clone(), Carrier::local()).await;
    let mut utrecht = world.party(UTRECHT).await;
    let mut vault = AnyConnection::connect(&place.vault_url).await.unwrap();
    sqlx::raw_sql("begin; lock table vault_key in exclusive mode")
        .execute(&mut vault)
        .await
        .unwrap();
    utrecht
        .send("heartbeat.sent", None, serde_json::json!({}))
        .await;
    until("the worker waits for the vault", async || {
        let waits = sqlx::query(
            "select count(*) as waits from pg_locks where not granted
             and database = (select oid from pg_database where datname = current_database())",
        );
        let waits = waits.fetch_one(&mut vault).await.unwrap();
        (waits.get::<i64, _>("waits") > 0).then_some(())
    })
    .await;
    let released = async {
        // Everything that does not wait for the worker has stopped by then.
        tokio::time::sleep(Duration::from_secs(1)).await;
        sqlx::raw_sql("commit").execute(&mut vault).await.unwrap();
    };
    tokio::join!(world.stop(), released);
    let db = escalation::open_log(&place.url).await.unwrap();
    let log = db.read_after(0, 10).await.unwrap();
    let kinds: Vec<_> = log.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["heartbeat.received"]);
    db.close().await;
    vault.close().await.unwrap();
    place.remove().await;
}
