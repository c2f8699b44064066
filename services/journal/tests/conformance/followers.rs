use crate::place::{Place, append, begin, event};

on_both_engines!(
    a_checkpoint_survives_reopening,
    a_commit_wakes_followers,
    a_follower_elsewhere_sees_the_commit,
);

async fn a_checkpoint_survives_reopening(place: Place) {
    let db = place.db().await;
    assert_eq!(db.checkpoint("relay").await.expect("checkpoint"), 0);
    db.save_checkpoint("relay", 41).await.expect("saved");
    db.save_checkpoint("relay", 42).await.expect("saved");
    let mut tx = begin(&db).await;
    tx.save_checkpoint("answers", 7).await.expect("saved");
    tx.commit().await.expect("committed");
    db.close().await;

    let db = place.db().await;
    assert_eq!(db.checkpoint("relay").await.expect("checkpoint"), 42);
    assert_eq!(db.checkpoint("answers").await.expect("checkpoint"), 7);
}

async fn a_commit_wakes_followers(place: Place) {
    let db = place.db().await;
    let mut committed = db.committed();
    append(&db, vec![event("case/1", 1), event("case/1", 2)]).await;
    assert!(committed.has_changed().expect("open"));
    assert_eq!(*committed.borrow_and_update(), 2);

    // An answer without events wakes too: someone has to send it.
    let mut tx = begin(&db).await;
    tx.settle(&[(crate::place::cause("m-1"), crate::inbox::stored(2))])
        .await
        .expect("settled");
    tx.commit().await.expect("committed");
    assert!(committed.has_changed().expect("open"));
    assert_eq!(*committed.borrow_and_update(), 2);

    // A rollback does not.
    let mut tx = begin(&db).await;
    tx.append(vec![event("case/1", 3)]).await.expect("appended");
    drop(tx);
    assert!(!committed.has_changed().expect("open"));
}

async fn a_follower_elsewhere_sees_the_commit(place: Place) {
    let db = place.db().await;
    let elsewhere = place.db().await;
    append(&db, vec![event("case/1", 1)]).await;
    append(&elsewhere, vec![event("case/1", 2)]).await;
    let positions = |events: Vec<journal::StoredEvent>| {
        events
            .into_iter()
            .map(|event| (event.position, event.version))
            .collect::<Vec<_>>()
    };
    let expected = [(1, 1), (2, 2)];
    assert_eq!(
        positions(db.read_after(0, 9).await.expect("read")),
        expected
    );
    assert_eq!(
        positions(elsewhere.read_after(0, 9).await.expect("read")),
        expected
    );
}
