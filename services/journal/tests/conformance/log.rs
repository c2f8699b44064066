use std::collections::HashMap;

use journal::{AppendError, Head, JournalError, NewEvent, StoredEvent};
use serde_json::json;

use crate::place::{Place, append, begin, cause, event};

on_both_engines!(
    what_is_read_is_exactly_what_was_appended,
    an_append_at_another_version_stores_nothing,
    a_batch_conflicts_as_a_whole,
    a_dropped_transaction_leaves_nothing,
    after_an_error_a_transaction_cannot_commit,
    a_reopened_log_goes_on_where_it_was,
    acknowledged_means_on_disk,
);

/// The values most likely to change on the way: text that looks like SQL or JSON, numbers at the
/// edge, a NUL inside a body, a time with nanoseconds.
fn awkward() -> NewEvent {
    NewEvent {
        at: "2026-03-29T01:59:59.123456789Z".parse().expect("a time"),
        actor: json!({"role": "raiser", "personRef": "ü'\"; drop table journal_event; --"}),
        cause: cause("🙂 \\ \" ' \n\t {\"a\": [1]}"),
        kind: "fact-reported".to_owned(),
        kind_version: 3,
        data: json!({
            "text": "regel 1\nregel 2\u{0}\u{7f} € 🏠 \\u0000 \" ' $1",
            "max": i64::MAX, "min": i64::MIN, "unsigned": u64::MAX,
            "third": 0.1, "big": 1.5e300, "none": null, "empty": {}, "list": [[], [true, false]],
        }),
        ..event("case/Zoë's \"zaak\"", 1)
    }
}

fn as_stored(event: NewEvent, position: i64) -> StoredEvent {
    StoredEvent {
        position,
        stream: event.stream,
        version: event.version,
        id: event.id,
        kind: event.kind,
        kind_version: event.kind_version,
        at: event.at,
        actor: event.actor,
        cause: event.cause,
        data: event.data,
    }
}

async fn what_is_read_is_exactly_what_was_appended(place: Place) {
    let db = place.db().await;
    let new = vec![awkward(), event("case/2", 1), event("case/2", 2)];
    let expected: Vec<StoredEvent> = (1..)
        .zip(new.clone())
        .map(|(position, event)| as_stored(event, position))
        .collect();

    let mut tx = begin(&db).await;
    assert_eq!(tx.append(new).await.expect("appended"), expected);
    let streams = ["case/2", "case/unknown"];
    let loaded = tx.load(&streams).await.expect("loaded");
    tx.commit().await.expect("committed");

    assert_eq!(
        loaded,
        HashMap::from([
            ("case/2".to_owned(), expected[1..].to_vec()),
            ("case/unknown".to_owned(), Vec::new()),
        ])
    );
    assert_eq!(db.read_after(0, 10).await.expect("read"), expected);
    assert_eq!(db.read_after(1, 1).await.expect("read"), expected[1..2]);
    assert_eq!(
        db.read_stream(&expected[0].stream).await.expect("read"),
        expected[..1]
    );
    assert_eq!(
        db.read_event(expected[2].id).await.expect("read"),
        Some(expected[2].clone())
    );
}

async fn an_append_at_another_version_stores_nothing(place: Place) {
    let db = place.db().await;
    append(&db, vec![event("case/1", 1), event("case/1", 2)]).await;

    // Too early, already taken, too late, and below the first version.
    for version in [1, 2, 4, 0] {
        let mut tx = begin(&db).await;
        let refused = tx.append(vec![event("case/1", version)]).await;
        assert!(
            matches!(&refused, Err(AppendError::Conflict { stream }) if stream == "case/1"),
            "version {version}: {refused:?}"
        );
    }

    assert_eq!(db.read_stream("case/1").await.expect("read").len(), 2);
    append(&db, vec![event("case/1", 3)]).await;
    assert_eq!(
        db.head().await.expect("head"),
        Head {
            position: 3,
            answers: 0
        }
    );
}

async fn a_batch_conflicts_as_a_whole(place: Place) {
    let db = place.db().await;
    append(&db, vec![event("case/2", 1)]).await;

    let mut tx = begin(&db).await;
    let batch = vec![
        event("case/1", 1),
        event("case/2", 1),
        event("case/3", 7),
        event("case/4", 1),
    ];
    let refused = tx.append(batch).await;
    drop(tx);

    assert!(
        matches!(&refused, Err(AppendError::Conflict { stream }) if stream == "case/2"),
        "{refused:?}"
    );
    let all = db.read_after(0, 10).await.expect("read");
    assert_eq!(all, [as_stored(event("case/2", 1), 1)]);
}

async fn a_dropped_transaction_leaves_nothing(place: Place) {
    let db = place.db().await;
    append(&db, vec![event("case/1", 1)]).await;

    let mut tx = begin(&db).await;
    tx.append(vec![event("case/1", 2), event("case/2", 1)])
        .await
        .expect("appended");
    tx.settle(&[(cause("m-1"), crate::inbox::stored(3))])
        .await
        .expect("settled");
    tx.save_checkpoint("relay", 3).await.expect("saved");
    drop(tx);

    append(&db, vec![event("case/1", 2)]).await;
    assert_eq!(
        db.read_after(0, 10).await.expect("read"),
        [
            as_stored(event("case/1", 1), 1),
            as_stored(event("case/1", 2), 2)
        ]
    );
    assert_eq!(db.answers_after(0, 10).await.expect("answers"), []);
    assert_eq!(db.checkpoint("relay").await.expect("checkpoint"), 0);
}

async fn after_an_error_a_transaction_cannot_commit(place: Place) {
    let db = place.db().await;
    let mut tx = begin(&db).await;
    tx.append(vec![event("case/1", 1)]).await.expect("appended");
    tx.append(vec![event("case/1", 1)])
        .await
        .expect_err("the version is taken");

    let next = tx.append(vec![event("case/1", 2)]).await;
    assert!(
        matches!(next, Err(AppendError::Journal(JournalError::Failed))),
        "{next:?}"
    );
    let committed = tx.commit().await;
    assert!(
        matches!(committed, Err(JournalError::Failed)),
        "{committed:?}"
    );
    assert_eq!(db.read_after(0, 10).await.expect("read"), []);
}

async fn a_reopened_log_goes_on_where_it_was(place: Place) {
    let db = place.db().await;
    append(&db, vec![event("case/1", 1), event("case/1", 2)]).await;
    let mut tx = begin(&db).await;
    tx.settle(&[(cause("m-1"), crate::inbox::stored(2))])
        .await
        .expect("settled");
    tx.commit().await.expect("committed");
    db.close().await;

    let db = place.db().await;
    let head = Head {
        position: 2,
        answers: 1,
    };
    assert_eq!(db.head().await.expect("head"), head);
    assert_eq!(*db.committed().borrow(), 2);
    append(&db, vec![event("case/1", 3)]).await;
    let last = db.read_after(2, 10).await.expect("read");
    assert_eq!(last, [as_stored(event("case/1", 3), 3)]);
}

async fn acknowledged_means_on_disk(place: Place) {
    let db = place.db().await;
    let mut tx = begin(&db).await;
    match place.engine {
        journal::Engine::Sqlite => {
            let mode: String = sqlx::query_scalar("pragma journal_mode")
                .fetch_one(tx.conn())
                .await
                .expect("a mode");
            let synchronous: i64 = sqlx::query_scalar("pragma synchronous")
                .fetch_one(tx.conn())
                .await
                .expect("a level");
            // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
            assert_eq!((mode.as_str(), synchronous), ("wal", 2));
        }
        journal::Engine::Postgres => {
            let commit: String = sqlx::query_scalar("show synchronous_commit")
                .fetch_one(tx.conn())
                .await
                .expect("a setting");
            assert_eq!(commit, "on");
        }
    }
}
