//! The local bus's own promises: its faults and its bounds. What both carriers promise stands in
//! `tests/conformance.rs`.

use std::collections::BTreeMap;

use proto::out_subject;

use std::time::Duration;

use super::*;
use crate::MAX_UNACKNOWLEDGED;

fn oin(n: u32) -> Oin {
    Oin::parse(&format!("0000009900000000{n}000")).unwrap()
}

async fn send(bus: &Bus, sender: &Oin, body: &str) {
    let id = format!("{sender} {body}");
    let message = Message::event(out_subject(sender, "fact.reported"), id, body.to_owned());
    bus.publish(message).await.unwrap();
}

/// Publishes 1..=`each` from two senders in turn, then reads all there is.
async fn told(faults: Faults, each: usize) -> Vec<(Oin, usize)> {
    let bus = LocalBus::with_faults(faults);
    for n in 1..=each {
        for sender in [oin(1), oin(2)] {
            send(&bus.party(sender.clone()), &sender, &n.to_string()).await;
        }
    }
    let mut deliveries = bus.platform().deliveries().await.unwrap();
    let copies = if faults.duplicate_every_message { 2 } else { 1 };
    let mut told = Vec::new();
    for _ in 0..each * 2 * copies {
        let delivery = deliveries.next().await.unwrap();
        let body = std::str::from_utf8(&delivery.message.payload).unwrap();
        told.push((delivery.sender.clone(), body.parse().unwrap()));
        delivery.ack().await;
    }
    let rest = tokio::time::timeout(Duration::from_secs(3600), deliveries.next()).await;
    assert!(rest.is_err(), "nothing is left: {rest:?}");
    told
}

fn counts(told: &[(Oin, usize)]) -> BTreeMap<(Oin, usize), usize> {
    let mut counts = BTreeMap::new();
    for message in told {
        *counts.entry(message.clone()).or_default() += 1;
    }
    counts
}

fn of(told: &[(Oin, usize)], sender: &Oin) -> Vec<usize> {
    told.iter()
        .filter(|(s, _)| s == sender)
        .map(|(_, n)| *n)
        .collect()
}

fn in_turn(each: usize) -> Vec<(Oin, usize)> {
    (1..=each)
        .flat_map(|n| [(oin(1), n), (oin(2), n)])
        .collect()
}

#[tokio::test(start_paused = true)]
async fn duplication_delivers_every_message_exactly_twice() {
    let faults = Faults {
        seed: 1,
        duplicate_every_message: true,
        ..Faults::default()
    };
    let told = told(faults, 20).await;
    let counts = counts(&told);
    assert_eq!(counts.len(), 40);
    assert!(counts.values().all(|n| *n == 2), "{counts:?}");
}

#[tokio::test(start_paused = true)]
async fn swapping_one_senders_messages_loses_and_repeats_nothing() {
    let faults = Faults {
        seed: 1,
        swap_adjacent_of_one_sender: true,
        ..Faults::default()
    };
    let told = told(faults, 20).await;
    assert_eq!(counts(&told).len(), 40);
    let first = of(&told, &oin(1));
    let mut sorted = first.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=20).collect::<Vec<_>>());
    assert_ne!(first, sorted, "this seed swaps at least once");
}

#[tokio::test(start_paused = true)]
async fn swapping_across_senders_keeps_each_senders_own_order() {
    let faults = Faults {
        seed: 1,
        swap_across_senders: true,
        ..Faults::default()
    };
    let told = told(faults, 20).await;
    assert_ne!(told, in_turn(20), "this seed swaps at least once");
    assert_eq!(of(&told, &oin(1)), (1..=20).collect::<Vec<_>>());
    assert_eq!(of(&told, &oin(2)), (1..=20).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn all_faults_together_tell_the_same_story_from_the_same_seed() {
    let faults = Faults {
        seed: 7,
        duplicate_every_message: true,
        swap_adjacent_of_one_sender: true,
        swap_across_senders: true,
    };
    let once = told(faults, 20).await;
    assert_eq!(once, told(faults, 20).await);
    assert_ne!(once, told(Faults { seed: 8, ..faults }, 20).await);
    assert!(counts(&once).values().all(|n| *n == 2));
}

#[tokio::test(start_paused = true)]
async fn a_lone_message_is_never_held_for_good() {
    for seed in 0..20 {
        let faults = Faults {
            seed,
            swap_adjacent_of_one_sender: true,
            swap_across_senders: true,
            ..Faults::default()
        };
        assert_eq!(told(faults, 1).await.len(), 2);
    }
}

#[tokio::test]
async fn a_full_queue_refuses_rather_than_grows() {
    let bus = LocalBus::new();
    let (party, sender) = (bus.party(oin(1)), oin(1));
    let body = "x".repeat(crate::MAX_PAYLOAD);
    let message = |n: usize| {
        Message::event(
            out_subject(&sender, "fact.reported"),
            n.to_string(),
            body.clone(),
        )
    };
    let room = queue::MAX_QUEUED_BYTES / crate::MAX_PAYLOAD;
    for n in 0..room {
        assert_eq!(party.publish(message(n)).await, Ok(()));
    }
    assert_eq!(
        party.publish(message(room)).await,
        Err(PublishError::Refused)
    );
    // What is acknowledged makes room again, and the refused message was not taken for a repeat.
    let mut deliveries = bus.platform().deliveries().await.unwrap();
    deliveries.next().await.unwrap().ack().await;
    assert_eq!(party.publish(message(room)).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn a_reader_gets_no_more_than_it_may_hold_unacknowledged() {
    let bus = LocalBus::new();
    for n in 0..=MAX_UNACKNOWLEDGED {
        send(&bus.party(oin(1)), &oin(1), &n.to_string()).await;
    }
    let mut deliveries = bus.platform().deliveries().await.unwrap();
    let mut held = Vec::new();
    for _ in 0..MAX_UNACKNOWLEDGED {
        held.push(deliveries.next().await.unwrap());
    }
    let more = tokio::time::timeout(Duration::from_secs(3600), deliveries.next()).await;
    assert!(more.is_err());
    held.pop().unwrap().ack().await;
    let last = deliveries.next().await.unwrap();
    assert_eq!(last.message.payload, MAX_UNACKNOWLEDGED.to_string());
}

#[tokio::test(start_paused = true)]
async fn an_id_is_forgotten_after_the_dedupe_window() {
    let bus = LocalBus::new();
    let mut deliveries = bus.platform().deliveries().await.unwrap();
    send(&bus.party(oin(1)), &oin(1), "same").await;
    deliveries.next().await.unwrap().ack().await;
    tokio::time::advance(crate::DEDUPE_WINDOW).await;
    send(&bus.party(oin(1)), &oin(1), "same").await;
    assert_eq!(deliveries.next().await.unwrap().attempt, 1);
}
