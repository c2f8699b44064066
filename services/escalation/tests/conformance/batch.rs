//! Commands that share a transaction: one that fails must not take the others with it.

use std::collections::BTreeSet;

use escalation::execute::{Done, ExecuteError, Order};
use escalation::views;
use futures::future::join_all;
use ladder::HandoffKind;

use crate::orders::{Orders, case, code, executor, ground, sealed};
use crate::place::Place;
use crate::world::{SVB, TAX_OFFICE, UTRECHT};

on_both_engines!(
    what_shares_a_batch_shares_no_fate,
    a_poison_command_leaves_nothing_and_can_be_given_again,
    a_full_batch_is_one_transaction,
);

const POISONED: usize = 30;

/// Forty-six good reports; a refusal (17: reported before in the same batch), a denial (40: the
/// tax office offers what it does not own), a duplicate (45: of 3), and one that cannot be stored.
fn fifty(orders: &Orders) -> Vec<Order> {
    (0..50)
        .map(|n| match n {
            17 => {
                let mut again = orders.report(&case("5"), "r17");
                again.cause.message = "reported twice".to_owned();
                again
            }
            40 => {
                let mut denied = orders.offer(&case("6"), "h1", HandoffKind::Advice, SVB);
                denied.actor = crate::orders::actor(TAX_OFFICE, "raiser");
                denied.cause.sender = TAX_OFFICE.to_owned();
                denied
            }
            45 => orders.report(&case("3"), "r3"),
            n => orders.report(&case(&n.to_string()), &format!("r{n}")),
        })
        .collect()
}

/// A row that stands where the view of the poisoned case must go.
async fn poison(place: &Place) {
    place
        .run(&format!(
            "insert into case_view values ('case_{POISONED}', 'nl', 0, '', '', '', '', '', '',
                '', null, '', '', '', '{{}}', '{{}}')"
        ))
        .await;
}

async fn cure(place: &Place) {
    place
        .run(&format!(
            "delete from case_view where case_id = 'case_{POISONED}'"
        ))
        .await;
}

async fn what_shares_a_batch_shares_no_fate(place: Place) {
    let ground = ground(&place).await;
    let orders = Orders {
        text: sealed(&place).await,
    };
    poison(&place).await;
    let executor = executor(&ground);

    // One thread: all fifty are queued before the executor takes the first.
    let answers = join_all(
        fifty(&orders)
            .into_iter()
            .map(|order| executor.execute(order)),
    )
    .await;

    for (n, answer) in answers.iter().enumerate() {
        let expected = match n {
            17 => "case_exists",
            40 => "not_allowed",
            POISONED => "unavailable",
            _ => "stored",
        };
        assert_eq!(code(answer), expected, "command {n}");
    }
    assert!(matches!(
        &answers[40],
        Ok(Done::Refused { denied: true, .. })
    ));
    assert!(matches!(
        &answers[17],
        Ok(Done::Refused { denied: false, .. })
    ));
    assert_eq!(answers[45], answers[3]);

    let log = ground.db.read_after(0, 1_000).await.unwrap();
    let positions: Vec<i64> = log.iter().map(|event| event.position).collect();
    assert_eq!(positions, (1..=46).collect::<Vec<_>>());
    assert!(
        log.iter()
            .all(|event| event.stream != format!("case/case_{POISONED}"))
    );
    for (n, answer) in answers.iter().enumerate() {
        let Ok(Done::Stored {
            event_ids,
            position,
        }) = answer
        else {
            continue;
        };
        let event = log
            .iter()
            .find(|event| event.position == *position)
            .unwrap();
        assert_eq!(event_ids, &[event.id], "command {n}");
    }
    // 46 stored, a refusal, a denial: each answered once; the poisoned one not at all.
    let settled = ground.db.answers_after(0, 1_000).await.unwrap();
    let causes: BTreeSet<_> = settled.iter().map(|answer| &answer.cause.message).collect();
    assert_eq!((settled.len(), causes.len()), (48, 48));
    assert!(!causes.contains(&format!("r{POISONED}")));
}

async fn a_poison_command_leaves_nothing_and_can_be_given_again(place: Place) {
    let ground = ground(&place).await;
    let orders = Orders {
        text: sealed(&place).await,
    };
    let executor = executor(&ground);
    poison(&place).await;
    let before = place.dump(|_| true).await;
    let poisoned = orders.report(&case(&POISONED.to_string()), "r30");

    assert_eq!(
        executor.execute(poisoned.clone()).await,
        Err(ExecuteError::Unavailable)
    );
    assert_eq!(place.dump(|_| true).await, before);

    cure(&place).await;
    let answer = executor.execute(poisoned.clone()).await;
    let log = ground.db.read_after(0, 10).await.unwrap();
    let stored = Done::Stored {
        event_ids: vec![log[0].id],
        position: 1,
    };
    assert_eq!(answer, Ok(stored.clone()));
    assert_eq!(executor.execute(poisoned).await, Ok(stored));
    assert_eq!(log.len(), 1);
    let row = views::find_case(&ground.db, "case_30")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((row.owner.as_str(), row.version), (UTRECHT, 1));
}

/// What was queued together is committed together: the followers are woken once.
async fn a_full_batch_is_one_transaction(place: Place) {
    let ground = ground(&place).await;
    let orders = Orders {
        text: sealed(&place).await,
    };
    let executor = executor(&ground);
    let mut committed = ground.db.committed();
    let seen = async {
        committed.changed().await.unwrap();
        *committed.borrow_and_update()
    };
    let all = (0..100).map(|n| orders.report(&case(&n.to_string()), &format!("r{n}")));
    let (first_seen, answers) =
        tokio::join!(seen, join_all(all.map(|order| executor.execute(order))));
    assert_eq!(first_seen, 100);
    assert!(answers.iter().all(|answer| code(answer) == "stored"));
}
