//! An organisation that sends what it should not, or far too much: refused or kept waiting, and no
//! burden on the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bus::{Bus, Message};
use proto::out_subject;
use serde_json::json;
use tokio::task::JoinSet;

use crate::carrier::Carrier;
use crate::party::{Party, report};
use crate::place::Place;
use crate::world::{SVB, UTRECHT, World, oin};

on_every_ground!(what_another_sent_is_no_message_of_ones_own);

/// Sent before the one whose it is, letter for letter, and after it: it is refused, and it takes
/// neither the place nor the answer of the real one.
async fn what_another_sent_is_no_message_of_ones_own(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let wire = utrecht.wire("case.reported", None, report("Z-1"));
    svb.publish(&wire).await;
    let (event, data) = svb.answer_to("e1").await;
    assert_eq!(
        (&*event, &data["reason"]),
        ("input.refused", &json!("source_mismatch"))
    );
    utrecht.publish(&wire).await;
    utrecht.stored("e1").await;

    // What comes again is known, and so is whose it was: one line, under the name of who sent it.
    svb.publish(&wire).await;
    let _its_number_was_used = svb.wire("heartbeat.sent", None, json!({}));
    let id = svb.send("heartbeat.sent", None, json!({})).await;
    svb.stored(&id).await;
    let quarantine = world.quarantine().await;
    let rows: Vec<_> = quarantine
        .iter()
        .map(|row| (&*row.sender, &*row.reason, &*row.subject))
        .collect();
    let subject = out_subject(&oin(SVB), "case.reported");
    assert_eq!(rows, [(SVB, "source_mismatch", &*subject)]);
    let kinds = world.kinds().await;
    let reported = kinds.iter().filter(|kind| *kind == "case.reported");
    assert_eq!(reported.count(), 1);
}

/// How much longer another waits for its answer, at most, while one floods. On a quiet machine it
/// is about twice.
const RATIO: u32 = 8;

/// Below this a difference is noise of the machine.
const NOTICEABLE: Duration = Duration::from_millis(40);

/// How many answers are timed.
const TIMED: usize = 15;

/// How many connections the flood comes from, and how many messages are under way on each.
const FLOOD: (usize, usize) = (6, 24);

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_one_leaves_the_others_their_answers_on_sqlite() {
    a_flood_of_one_leaves_the_others_their_answers(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_one_leaves_the_others_their_answers_on_postgres() {
    let place = Place::postgres().await;
    a_flood_of_one_leaves_the_others_their_answers(place.clone()).await;
    place.remove().await;
}

async fn a_flood_of_one_leaves_the_others_their_answers(place: Place) {
    let mut world = World::start(place, Carrier::nats()).await;
    let mut utrecht = world.party(UTRECHT).await;
    // What is slow the first time only is no part of the comparison.
    answered(&mut utrecht, 3).await;
    let quiet = answered(&mut utrecht, TIMED).await;

    let stop = Arc::new(AtomicBool::new(false));
    let sent = Arc::new(AtomicUsize::new(0));
    let mut flood = JoinSet::new();
    for connection in 0..FLOOD.0 {
        let bus = world.carrier.party(&oin(SVB)).await;
        for lane in 0..FLOOD.1 {
            let (bus, stop, sent) = (bus.clone(), Arc::clone(&stop), Arc::clone(&sent));
            flood.spawn(async move { pour(&bus, (connection, lane), &stop, &sent).await });
        }
    }
    // It comes up to speed first.
    while sent.load(Ordering::Relaxed) < 500 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let flooded = answered(&mut utrecht, TIMED).await;
    stop.store(true, Ordering::Relaxed);
    while flood.join_next().await.is_some() {}
    let refused = world.quarantine().await;
    eprintln!(
        "an answer took {quiet:?}, and {flooded:?} while another sent {} messages, of which {} \
         were refused by then",
        sent.load(Ordering::Relaxed),
        refused.len()
    );
    assert!(refused.iter().all(|row| row.sender == SVB));
    assert!(!refused.is_empty());
    assert!(
        flooded <= quiet.max(NOTICEABLE) * RATIO,
        "{flooded:?} is more than {RATIO} times {quiet:?}"
    );
    world.stop().await;
}

/// Sends what is no event, what is another's, and what is too much, until told to stop.
async fn pour(
    bus: &Bus,
    (connection, lane): (usize, usize),
    stop: &AtomicBool,
    sent: &AtomicUsize,
) {
    let subject = out_subject(&oin(SVB), "case.reported");
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        number += 1;
        let body = match number % 3 {
            0 => "{\"id\": ".to_owned(),
            1 => json!({
                "specversion": "1.0",
                "id": format!("{connection}-{lane}-{number}"),
                "source": format!("urn:nld:oin:{UTRECHT}:systeem:test"),
                "type": "nl.doorbraak.case.reported.v1",
                "time": "2026-03-02T08:00:00Z",
                "data": report("x"),
            })
            .to_string(),
            _ => "x".repeat(8_000),
        };
        let id = format!("flood {connection} {lane} {number}");
        let message = Message::event(subject.clone(), id, body);
        // Refused where its own room ends.
        if bus.publish(message).await.is_ok() {
            sent.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// How long an answer to an event takes: the median of so many.
async fn answered(party: &mut Party, times: usize) -> Duration {
    let mut took = Vec::new();
    for _ in 0..times {
        let begin = Instant::now();
        let id = party.send("case.reported", None, report("timed")).await;
        party.stored(&id).await;
        took.push(begin.elapsed());
    }
    took.sort();
    took[times / 2]
}
