use std::collections::BTreeSet;

use journal::{Db, Engine};
use sqlx::{AnyConnection, Connection};

use crate::place::{Place, begin, event};

on_both_engines!(
    a_follower_misses_nothing_under_concurrent_writers,
    a_slow_writer_lets_nobody_pass,
);

const WRITERS: i64 = 8;
const TRANSACTIONS: i64 = 25;

/// One to three events, so that batches differ in size.
const fn size(transaction: i64) -> i64 {
    1 + transaction % 3
}

async fn write(db: Db, writer: i64) -> i64 {
    let stream = format!("case/{writer}");
    let mut version = 0;
    for transaction in 0..TRANSACTIONS {
        let mut tx = begin(&db).await;
        let batch = (0..size(transaction))
            .map(|offset| event(&stream, version + 1 + offset))
            .collect();
        tx.append(batch).await.expect("appended");
        if transaction % 5 == 4 {
            // Rolled back: its positions must be handed out again.
            continue;
        }
        version += size(transaction);
        tx.commit().await.expect("committed");
    }
    version
}

/// Follows the log while writers write, until `total` events were seen or nothing more comes.
async fn follow(db: Db, total: i64) -> Vec<i64> {
    let mut committed = db.committed();
    let mut seen = Vec::new();
    while (seen.len() as i64) < total {
        let last = seen.last().copied().unwrap_or(0);
        let page = db.read_after(last, 7).await.expect("read");
        if page.is_empty() {
            // Woken by the next commit; nothing was committed since the read if it waits.
            let wait = tokio::time::timeout(std::time::Duration::from_secs(30), async {
                while *committed.borrow_and_update() <= last {
                    committed.changed().await.expect("the log is open");
                }
            });
            wait.await.expect("a commit arrives");
        }
        seen.extend(page.iter().map(|event| event.position));
    }
    seen
}

async fn a_follower_misses_nothing_under_concurrent_writers(place: Place) {
    let db = place.db().await;
    let per_writer: i64 = (0..TRANSACTIONS)
        .filter(|transaction| transaction % 5 != 4)
        .map(size)
        .sum();
    let total = per_writer * WRITERS;

    let follower = tokio::spawn(follow(db.clone(), total));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| tokio::spawn(write(db.clone(), writer)))
        .collect();
    for writer in writers {
        assert_eq!(writer.await.expect("the writer ended"), per_writer);
    }
    let seen = follower.await.expect("the follower ended");

    let expected: Vec<i64> = (1..=total).collect();
    assert_eq!(seen, expected, "gapless, in order, nothing twice");
    assert_eq!(db.head().await.expect("head").position, total);
    eprintln!(
        "{:?}: followed {} of {total} events",
        place.engine,
        seen.len()
    );

    // The proof that the rule has teeth: the same follower over a plain sequence does miss.
    // SQLite has one writer at a time, so the race cannot exist there.
    if place.engine == Engine::Postgres {
        let missed = naive_follower_misses(&place.url).await;
        eprintln!("naive sequence: missed {missed} of 2 events");
        assert_eq!(missed, 1);
    }
}

/// Two writers take numbers from a sequence and commit in the other order, while a follower
/// reads by number; answers how many events it never saw.
async fn naive_follower_misses(url: &str) -> usize {
    let mut reader = Place::connect(url).await;
    sqlx::raw_sql("create table naive_event (position bigserial primary key)")
        .execute(&mut reader)
        .await
        .expect("the table is made");
    let mut first = Place::connect(url).await;
    let mut second = Place::connect(url).await;
    let mut earlier = first.begin().await.expect("a transaction");
    let mut later = second.begin().await.expect("a transaction");
    naive_append(&mut earlier).await;
    naive_append(&mut later).await;

    let mut seen = BTreeSet::new();
    later.commit().await.expect("committed");
    naive_read(&mut reader, &mut seen).await;
    earlier.commit().await.expect("committed");
    naive_read(&mut reader, &mut seen).await;

    let stored: i64 = sqlx::query_scalar("select count(*) from naive_event")
        .fetch_one(&mut reader)
        .await
        .expect("a count");
    usize::try_from(stored).expect("a count") - seen.len()
}

async fn naive_append(connection: &mut AnyConnection) {
    sqlx::raw_sql("insert into naive_event default values")
        .execute(connection)
        .await
        .expect("appended");
}

async fn naive_read(connection: &mut AnyConnection, seen: &mut BTreeSet<i64>) {
    let last = seen.last().copied().unwrap_or(0);
    let page: Vec<i64> =
        sqlx::query_scalar("select position from naive_event where position > $1 order by 1")
            .bind(last)
            .fetch_all(connection)
            .await
            .expect("read");
    seen.extend(page);
}

/// The same forced order as the naive one, over the journal: the second writer waits.
async fn a_slow_writer_lets_nobody_pass(place: Place) {
    let db = place.db().await;
    let mut slow = begin(&db).await;
    slow.append(vec![event("case/slow", 1)])
        .await
        .expect("appended");
    let fast = tokio::spawn({
        let db = db.clone();
        async move {
            let mut tx = begin(&db).await;
            let stored = tx.append(vec![event("case/fast", 1)]).await;
            tx.commit().await.expect("committed");
            stored.expect("appended")[0].position
        }
    });

    assert_eq!(db.read_after(0, 10).await.expect("read"), []);
    slow.commit().await.expect("committed");
    assert_eq!(fast.await.expect("the writer ended"), 2);
    let streams: Vec<String> = db
        .read_after(0, 10)
        .await
        .expect("read")
        .into_iter()
        .map(|event| event.stream)
        .collect();
    assert_eq!(streams, ["case/slow", "case/fast"]);
}
