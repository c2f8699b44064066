use journal::{Answer, Claim, JournalError, Outcome, StoredOutcome};
use uuid::Uuid;

use crate::place::{Place, append, begin, cause, event};

on_both_engines!(
    a_redelivery_hears_the_stored_outcome,
    a_cause_twice_in_one_batch_counts_once,
    two_deliveries_at_once_count_once,
    answers_are_numbered_without_gaps,
    a_cause_with_a_nul_is_refused,
);

pub(crate) fn stored(position: i64) -> Outcome {
    Outcome::Stored {
        event_ids: vec![Uuid::from_u128(7)],
        position,
    }
}

fn refused() -> Outcome {
    Outcome::Refused {
        code: "already_answered".to_owned(),
        text: "already answered by “Utrecht” at 10:31".to_owned(),
        wrong: Vec::new(),
    }
}

async fn a_redelivery_hears_the_stored_outcome(place: Place) {
    let db = place.db().await;
    let causes = [cause("m-1"), cause("m-2")];
    let mut tx = begin(&db).await;
    let claims = tx.claim(&causes).await.expect("claimed");
    assert_eq!(claims, [Claim::New, Claim::New]);
    tx.settle(&[(cause("m-1"), stored(4)), (cause("m-2"), refused())])
        .await
        .expect("settled");
    tx.commit().await.expect("committed");
    db.close().await;

    // The same message id of another sender is another cause.
    let other = journal::CauseKey::new("00000099000000003000", "m-1");
    let again = [cause("m-2"), other, cause("m-1")];
    let db = place.db().await;
    let mut tx = begin(&db).await;
    assert_eq!(
        tx.claim(&again).await.expect("claimed"),
        [
            Claim::Known(StoredOutcome {
                number: 2,
                outcome: refused()
            }),
            Claim::New,
            Claim::Known(StoredOutcome {
                number: 1,
                outcome: stored(4)
            }),
        ]
    );
}

async fn a_cause_twice_in_one_batch_counts_once(place: Place) {
    let db = place.db().await;
    let mut tx = begin(&db).await;
    let causes = [cause("m-1"), cause("m-2"), cause("m-1"), cause("m-2")];
    assert_eq!(
        tx.claim(&causes).await.expect("claimed"),
        [
            Claim::New,
            Claim::New,
            Claim::Repeated(0),
            Claim::Repeated(1)
        ]
    );
    // Settling a cause twice is a mistake that stores nothing.
    tx.settle(&[(cause("m-1"), stored(1)), (cause("m-1"), refused())])
        .await
        .expect_err("one answer per cause");
    drop(tx);
    assert_eq!(db.answers_after(0, 10).await.expect("answers"), []);
}

async fn two_deliveries_at_once_count_once(place: Place) {
    let db = place.db().await;
    let deliveries = (0..8).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            let mut tx = begin(&db).await;
            let new = tx.claim(&[cause("m-1")]).await.expect("claimed") == [Claim::New];
            if new {
                tx.append(vec![event("case/1", 1)]).await.expect("appended");
                tx.settle(&[(cause("m-1"), stored(1))])
                    .await
                    .expect("settled");
            }
            tx.commit().await.expect("committed");
            new
        })
    });
    let mut carried_out = 0;
    for delivery in deliveries.collect::<Vec<_>>() {
        carried_out += u32::from(delivery.await.expect("the delivery ended"));
    }
    assert_eq!(carried_out, 1);
    assert_eq!(db.read_after(0, 10).await.expect("read").len(), 1);
}

async fn answers_are_numbered_without_gaps(place: Place) {
    let db = place.db().await;
    for (message, keep) in [("m-1", true), ("m-2", false), ("m-3", true)] {
        let mut tx = begin(&db).await;
        let pair = [
            (cause(message), refused()),
            (cause(&format!("{message}b")), stored(9)),
        ];
        tx.settle(&pair).await.expect("settled");
        if keep {
            tx.commit().await.expect("committed");
        }
    }
    append(&db, vec![event("case/1", 1)]).await;

    let answer = |number, message: &str, outcome| Answer {
        number,
        cause: cause(message),
        outcome,
        trace: None,
    };
    assert_eq!(
        db.answers_after(0, 10).await.expect("answers"),
        [
            answer(1, "m-1", refused()),
            answer(2, "m-1b", stored(9)),
            answer(3, "m-3", refused()),
            answer(4, "m-3b", stored(9)),
        ]
    );
    assert_eq!(
        db.answers_after(2, 1).await.expect("answers"),
        [answer(3, "m-3", refused())]
    );
    assert_eq!(db.head().await.expect("head").answers, 4);
    assert_eq!(
        db.answers_by_sender(None).await.expect("counted"),
        [(cause("m-1").sender, 4)]
    );
    assert_eq!(
        db.answers_by_sender(Some("m-3")).await.expect("counted"),
        [(cause("m-1").sender, 2)]
    );
}

async fn a_cause_with_a_nul_is_refused(place: Place) {
    let db = place.db().await;
    let mut tx = begin(&db).await;
    let refused = tx.claim(&[cause("m\u{0}1")]).await;
    assert!(
        matches!(refused, Err(JournalError::Nul { what: "message" })),
        "{refused:?}"
    );
}
