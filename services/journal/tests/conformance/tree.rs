//! The tree over the log: complete, the same however often and by whom it is grown, and different
//! after anything that is done to the log.

use journal::{CauseKey, Db, Settled};
use transparency::tree::{self, Frontier};
use transparency::{Cause, Consistency, Hash, Inclusion, sha256};

use crate::inbox::stored;
use crate::place::{Place, append, begin, cause, event};

on_both_engines!(
    the_tree_follows_the_log_page_by_page,
    replicas_grow_the_same_tree,
    a_message_is_recognised_by_its_digest,
    a_log_with_a_hole_is_not_built_upon,
);

/// A log of this many events.
async fn log(place: &Place, events: i64) -> Db {
    let db = place.db().await;
    for version in 1..=events {
        append(&db, vec![event("case/1", version)]).await;
    }
    db
}

/// The root of a log, from its rows alone.
async fn root_of(db: &Db, size: usize) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in &db.leaves_after(0, 1_000).await.expect("leaves")[..size] {
        frontier.append(leaf.hash());
    }
    frontier.root().expect("a log with events")
}

async fn the_tree_follows_the_log_page_by_page(place: Place) {
    let db = log(&place, 13).await;
    let mut sizes = vec![db.tree_size().await.expect("a size")];
    for _ in 0..4 {
        sizes.push(db.grow_tree(5).await.expect("grown"));
    }
    assert_eq!(sizes, [0, 5, 10, 13, 13]);
    assert_eq!(db.tree_root(0).await.expect("none"), None);
    for size in 1..=13_usize {
        let root = db.tree_root(size as u64).await.expect("a root");
        assert_eq!(root, Some(root_of(&db, size).await), "{size}");
    }
    // What is stored is enough for both kinds of proof.
    let (new, old) = (root_of(&db, 13).await, root_of(&db, 6).await);
    let ranges = tree::consistency(6, 13).expect("inside");
    let proof = Consistency(db.tree_ranges(&ranges).await.expect("a proof"));
    assert_eq!(proof.verify(6, &old, 13, &new), Ok(()));
    let ranges = tree::inclusion(7, 13).expect("inside");
    let proof = Inclusion(db.tree_ranges(&ranges).await.expect("a proof"));
    let leaf = &db.leaves_after(7, 1).await.expect("the eighth")[0];
    assert_eq!(proof.verify(&leaf.hash(), 7, 13, &new), Ok(()));
    assert!(db.tree_root(14).await.is_err(), "it has no 14 leaves");
}

async fn replicas_grow_the_same_tree(place: Place) {
    let db = log(&place, 40).await;
    let other = place.db().await;
    for _ in 0..10 {
        let (one, two) = tokio::join!(db.grow_tree(3), other.grow_tree(7));
        one.expect("grown");
        two.expect("grown");
    }
    assert_eq!(db.tree_size().await.expect("a size"), 40);
    let root = db.tree_root(40).await.expect("a root");
    assert_eq!(root, Some(root_of(&db, 40).await));
    other.close().await;
}

async fn a_message_is_recognised_by_its_digest(place: Place) {
    let db = place.db().await;
    let digest = sha256(b"the message").to_string();
    let received = |digest: Option<&String>| Settled {
        cause: cause("m-1"),
        outcome: stored(1),
        digest: digest.cloned(),
        trace: None,
    };
    let mut tx = begin(&db).await;
    let mut first = event("case/1", 1);
    first.cause = cause("m-1");
    let mut second = event("case/1", 2);
    second.cause = CauseKey::new("clock", "due");
    tx.append(vec![first, second]).await.expect("appended");
    tx.settle_received(&[received(Some(&digest))])
        .await
        .expect("settled");
    tx.commit().await.expect("committed");

    let leaves = db.leaves_after(0, 10).await.expect("leaves");
    let known = |cause: &CauseKey, digest: Option<&str>| {
        let known = Cause {
            sender: &cause.sender,
            message: &cause.message,
            digest,
        };
        known.hash()
    };
    assert_eq!(leaves[0].cause, known(&cause("m-1"), Some(&digest)));
    assert_eq!(leaves[1].cause, known(&CauseKey::new("clock", "due"), None));
    assert_ne!(leaves[0].row, leaves[1].row);
}

async fn a_log_with_a_hole_is_not_built_upon(place: Place) {
    let db = log(&place, 5).await;
    let mut spoiled = Place::connect(&place.url).await;
    sqlx::query("delete from journal_event where position = 3")
        .execute(&mut spoiled)
        .await
        .expect("deleted");
    assert!(db.grow_tree(10).await.is_err());
    assert_eq!(db.tree_size().await.expect("a size"), 0);
}
