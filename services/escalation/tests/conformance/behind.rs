//! An organisation that reads nothing: its stream on the broker fills, and nobody else waits for its
//! letters. When it reads again it hears everything once, in its order.

use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use bus::Message;
use escalation::relay::outgoing;
use escalation::relay::{ANSWERS, EVENTS};
use jiff::ToSpan;
use proto::out_subject;
use serde_json::json;
use tower::ServiceExt;

use crate::carrier::Carrier;
use crate::party::offer;
use crate::place::Place;
use crate::world::{SVB, UTRECHT, World, oin, until};

on_both_engines!(whoever_reads_nothing_holds_up_nobody_and_misses_nothing);

/// Room for about ten letters.
const ROOM: i64 = 8 * 1024;

/// How many signs of life the silent one gives; each is answered.
const BEATS: u64 = 30;

/// How many handoffs it is offered.
const OFFERS: usize = 4;

/// What a silent service sends: it needs no ears for it.
fn beat(world: &World, sequence: u64) -> Message {
    let body = json!({
        "specversion": "1.0",
        "id": format!("e{sequence}"),
        "source": format!("urn:nld:oin:{SVB}:systeem:test"),
        "type": "nl.doorbraak.heartbeat.sent.v1",
        "time": world.clock.now().to_string(),
        "datacontenttype": "application/json",
        "sequence": sequence.to_string(),
        "sequencetype": "Integer",
        "data": {},
    });
    let subject = out_subject(&oin(SVB), "heartbeat.sent");
    Message::event(subject, format!("beat {sequence}"), body.to_string())
}

/// Waits until so many events that came in were answered, and everything that happened was written for
/// whom it is for.
async fn all_is_written(world: &World, came_in: u64) {
    until("everything is written", async || {
        let head = world.db().head().await.unwrap();
        let events = world.db().checkpoint(EVENTS).await.unwrap();
        let answers = world.db().checkpoint(ANSWERS).await.unwrap();
        let all = u64::try_from(head.answers) == Ok(came_in);
        (all && (events, answers) == (head.position, head.answers)).then_some(())
    })
    .await;
}

/// How many letters wait in the database for the silent one.
async fn in_line(world: &World) -> i64 {
    let waits = outgoing::undelivered(world.db()).await.unwrap();
    let of_svb = waits.iter().find(|waits| waits.organisation == SVB);
    of_svb.map_or(0, |waits| waits.letters)
}

/// A number of the service, as the monitoring reads it.
async fn number(world: &World, name: &str) -> i64 {
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let response = world.service().router().oneshot(request).await.unwrap();
    let text = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8(text.to_vec()).unwrap();
    let line = text.lines().find(|line| line.starts_with(name));
    let line = line.unwrap_or_else(|| panic!("no {name} in {text}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

async fn whoever_reads_nothing_holds_up_nobody_and_misses_nothing(place: Place) {
    let mut world = World::start(place, Carrier::nats_with_room(ROOM)).await;
    let mut utrecht = world.party(UTRECHT).await;
    let silent = world.carrier.party(&oin(SVB)).await;
    let (_, case) = utrecht.report("Z-1").await;
    let mut offered = Vec::new();
    let mut sent = 0;
    for nth in 0..OFFERS {
        for _ in 0..BEATS / OFFERS as u64 {
            sent += 1;
            silent.publish(beat(&world, sent)).await.unwrap();
        }
        let handoff = world.new_handoff();
        let id = utrecht
            .send("handoff.offered", Some(case.as_str()), offer(handoff, SVB))
            .await;
        // Nobody waits for who does not read.
        utrecht.stored(&id).await;
        offered.push(handoff.to_string());
        if nth == OFFERS / 2 {
            // The case, the offers, the signs of life.
            all_is_written(&world, 1 + offered.len() as u64 + sent).await;
            assert!(in_line(&world).await > 0, "there was room for everything");
            // What waits is in no memory.
            world.stop().await;
            world.start_again().await;
        }
    }
    all_is_written(&world, 1 + offered.len() as u64 + sent).await;
    let all = i64::try_from(sent).unwrap() + i64::try_from(OFFERS).unwrap();
    let waits = in_line(&world).await;
    assert!((1..all).contains(&waits), "{waits} of {all}");
    let of_svb = "doorbraak_undelivered_letters{organisation=\"svb\"}";
    assert_eq!(number(&world, of_svb).await, all);
    let failures = "doorbraak_delivery_failures{organisation=\"svb\"}";
    until("the line is tried", async || {
        (number(&world, failures).await > 0).then_some(())
    })
    .await;

    // It reads again.
    let mut svb = world.party(SVB).await;
    let (mut inputs, mut handoffs, mut ids) = (Vec::new(), Vec::new(), BTreeSet::new());
    for _ in 0..all {
        let letter = svb.hear_any(|_| true).await;
        assert!(ids.insert(letter.id.clone()), "{letter:?} came twice");
        match &*letter.type_.event {
            "input.stored" => inputs.push(letter.data["input"].as_str().unwrap().to_owned()),
            "handoff.offered" => {
                handoffs.push(letter.data["handoff"].as_str().unwrap().to_owned());
            }
            other => panic!("nobody sent it {other}"),
        }
        // The wait after a refusal passes.
        world.clock.set(world.clock.now() + 1.second());
    }
    let beats: Vec<_> = (1..=sent).map(|sequence| format!("e{sequence}")).collect();
    assert_eq!((inputs, handoffs), (beats, offered));
    until("the line is empty", async || {
        (in_line(&world).await == 0).then_some(())
    })
    .await;

    // What comes now goes at once, and nothing else was left.
    silent.publish(beat(&world, sent + 1)).await.unwrap();
    let last = svb.hear_any(|_| true).await;
    assert_eq!(last.data["input"], format!("e{}", sent + 1));
    assert_eq!(in_line(&world).await, 0);
    world.stop().await;
}
