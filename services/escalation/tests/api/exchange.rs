//! The door over HTTP: what comes in counts as what comes over the bus.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Method, Request, header};
use bus::Message;
use chassis::Parties;
use chassis::parties::Door;
use chassis::secret::Secret;
use escalation::Exchange;
use escalation::intake::quarantine;
use escalation::relay::Posting;
use proto::Oin;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::people::{Person, SVB, UTRECHT};
use crate::world::{Reply, START, World};

pub(crate) const EVENTS: &str = "/v1/exchange/events";

/// What the trusted proxy knows.
pub(crate) const INWAY_SECRET: &str = "7f1d0c4e2ab94c55";

/// The municipality's own system.
pub(crate) const SYSTEM: Person = Person {
    name: "utrecht-system",
    organisation: UTRECHT,
    roles: &["system"],
};

/// The SVB's.
pub(crate) const SVB_SYSTEM: Person = Person {
    name: "svb-system",
    organisation: SVB,
    roles: &["system"],
};

/// With a municipality that fetches its letters, and another that nobody tells anything.
pub(crate) async fn world() -> World {
    world_with(Door::Feed, Posting::default()).await
}

/// With a municipality that takes its letters by this door.
pub(crate) async fn world_with(door: Door, posting: Posting) -> World {
    let parties = Parties::embedded().unwrap().without_contacts();
    let parties = parties.with_door("utrecht", door).unwrap();
    let parties = parties.with_door("leeuwarden", Door::Feed).unwrap();
    let exchange = Exchange {
        inway_secret: Some(Secret::new(INWAY_SECRET)),
        posting,
        ..Exchange::default()
    };
    World::with_parties(parties, exchange).await
}

/// An event in structured mode.
pub(crate) fn event(id: &str, sequence: Option<u64>, name: &str, data: &Value) -> Value {
    let mut event = json!({
        "specversion": "1.0",
        "id": id,
        "source": format!("urn:nld:oin:{UTRECHT}:systeem:zaken"),
        "type": format!("nl.doorbraak.{name}.v1"),
        "time": START,
        "datacontenttype": "application/json",
        "data": data,
    });
    if let Some(sequence) = sequence {
        event["sequence"] = sequence.to_string().into();
        event["sequencetype"] = "Integer".into();
    }
    event
}

pub(crate) fn report(own_reference: &str) -> Value {
    json!({
        "actedBy": {"role": "raiser", "personRef": "p-1"},
        "ownReference": own_reference,
        "story": "Het verhaal.",
        "desiredOutcome": "Rust.",
        "theme": "sibling_care",
        "region": "midden-nederland",
    })
}

/// What a system sends, with these headers beside its token.
pub(crate) async fn send(
    world: &World,
    system: &Person,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Reply {
    let mut request = Request::post(EVENTS).header(
        header::AUTHORIZATION,
        format!("Bearer {}", world.token(system)),
    );
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.send(request.body(body.into()).unwrap()).await
}

pub(crate) async fn structured(world: &World, event: &Value) -> Reply {
    let kind = (
        "content-type",
        "application/cloudevents+json; charset=utf-8",
    );
    send(world, &SYSTEM, &[kind], event.to_string()).await
}

/// Everything that waits for the municipality, once there are this many letters.
pub(crate) async fn letters(world: &World, count: usize) -> Vec<Value> {
    for _ in 0..500 {
        let reply = world.get(&SYSTEM, EVENTS).await.expect(200);
        let letters = reply.as_array().unwrap().clone();
        if letters.len() >= count {
            assert_eq!(letters.len(), count, "{letters:?}");
            return letters;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("there are never {count} letters");
}

pub(crate) fn kinds(letters: &[Value]) -> Vec<&str> {
    letters
        .iter()
        .map(|letter| letter["type"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn an_event_counts_once_whichever_door_and_form_it_comes_by() {
    let world = world().await;
    let reported = event("e-1", Some(1), "case.reported", &report("Z-1"));
    structured(&world, &reported).await.expect(202);
    let after = world.service.ground().db.head().await.unwrap();
    assert!(after.position > 0);

    structured(&world, &reported).await.expect(202);
    let data = reported["data"].to_string();
    let source = reported["source"].as_str().unwrap();
    let headers = [
        ("content-type", "application/json"),
        ("ce-specversion", "1.0"),
        ("ce-id", "e-1"),
        ("ce-source", source),
        ("ce-type", "nl.doorbraak.case.reported.v1"),
        ("ce-time", START),
        ("ce-sequence", "1"),
        ("ce-sequencetype", "Integer"),
    ];
    send(&world, &SYSTEM, &headers, data).await.expect(202);
    let batch = json!([
        reported,
        event("e-2", Some(2), "heartbeat.sent", &json!({}))
    ]);
    let kind = ("content-type", "application/cloudevents-batch+json");
    let reply = send(&world, &SYSTEM, &[kind], batch.to_string()).await;
    reply.expect(202);
    // And over the bus, where it is taken before the event after it.
    let bus = world.bus.party(Oin::parse(UTRECHT).unwrap());
    for (event, name) in [
        (&reported, "case.reported"),
        (
            &event("e-3", Some(3), "heartbeat.sent", &json!({})),
            "heartbeat.sent",
        ),
    ] {
        let subject = format!("doorbraak.{UTRECHT}.out.{name}");
        let id = format!("{} {}", source, event["id"].as_str().unwrap());
        let message = Message::event(subject, id, event.to_string().into_bytes());
        bus.publish(message).await.unwrap();
    }
    let letters = letters(&world, 4).await;
    let registered = "nl.doorbraak.case.registered.v1";
    let one = kinds(&letters)
        .iter()
        .filter(|kind| **kind == registered)
        .count();
    assert_eq!(one, 1);
    let answered: Vec<_> = letters
        .iter()
        .filter(|letter| letter["type"] == "nl.doorbraak.input.stored.v1")
        .map(|letter| letter["data"]["input"].as_str().unwrap())
        .collect();
    assert_eq!(answered, ["e-1", "e-2", "e-3"]);
    assert_eq!(
        quarantine::all(&world.service.ground().db).await.unwrap(),
        []
    );
}

#[tokio::test]
async fn what_comes_out_of_order_is_taken_in_its_senders_order() {
    let world = world().await;
    for sequence in [3, 2, 1] {
        let id = format!("e-{sequence}");
        let event = event(&id, Some(sequence), "case.reported", &report(&id));
        structured(&world, &event).await.expect(202);
    }
    let letters = letters(&world, 6).await;
    let of = |kind: &str, field: &str| -> Vec<String> {
        let letters = letters.iter().filter(|letter| letter["type"] == kind);
        letters
            .map(|letter| letter["data"][field].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        of("nl.doorbraak.input.stored.v1", "input"),
        ["e-1", "e-2", "e-3"]
    );
    let registered = of("nl.doorbraak.case.registered.v1", "ownReference");
    assert_eq!(registered, ["e-1", "e-2", "e-3"]);
}

/// How many times as long whoever floods waits for an answer as another does, at least.
const RATIO: u32 = 4;

/// How many requests of the other are timed.
const TIMED: usize = 3;

/// How long a sign of life of the other takes: the median of so many.
async fn beats(world: &World, name: &str) -> Duration {
    let mut took = Vec::new();
    for nth in 0..TIMED {
        let mut beat = event(&format!("{name}-{nth}"), None, "heartbeat.sent", &json!({}));
        beat["source"] = format!("urn:nld:oin:{SVB}:systeem:zaken").into();
        let kind = ("content-type", "application/cloudevents+json");
        let began = Instant::now();
        let reply = send(world, &SVB_SYSTEM, &[kind], beat.to_string()).await;
        took.push(began.elapsed());
        reply.expect(202);
    }
    took.sort();
    took[TIMED / 2]
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_floods_the_door_is_sent_back_and_nobody_else_waits() {
    const FLOOD: usize = 400;
    let world = Arc::new(world().await);
    // The issuer's keys are known before the flood.
    beats(&world, "known").await;
    let before = world.service.ground().db.head().await.unwrap();
    let mut flood = JoinSet::new();
    for nth in 0..FLOOD {
        let world = Arc::clone(&world);
        let data = report(&format!("F-{nth}"));
        let event = event(&format!("f-{nth}"), None, "case.reported", &data);
        flood.spawn(async move {
            let began = Instant::now();
            let reply = structured(&world, &event).await;
            (event, reply, began.elapsed())
        });
    }
    let other = beats(&world, "flooded").await;
    let (mut own, mut sent_back) = (Vec::new(), Vec::new());
    while let Some(done) = flood.join_next().await {
        let (event, reply, took) = done.unwrap();
        match reply.status.as_u16() {
            202 => own.push(took),
            503 => {
                assert!(reply.header("retry-after").is_some());
                sent_back.push(event);
            }
            status => panic!("{status}: {}", reply.text),
        }
    }
    own.sort();
    let own = own[own.len() / 2];
    eprintln!(
        "another's request took {other:?}, those of who brought {FLOOD} at once {own:?}; {} were \
         sent back",
        sent_back.len()
    );
    assert!(
        sent_back.len() >= 100,
        "only {} were sent back",
        sent_back.len()
    );
    assert!(
        other * RATIO <= own,
        "{other:?} is not {RATIO} times as short as {own:?}"
    );
    for event in sent_back {
        // What is still in line is taken in its turn.
        while structured(&world, &event).await.status != 202 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    let after = world.service.ground().db.head().await.unwrap();
    let answered = after.answers - before.answers;
    assert_eq!(answered, i64::try_from(FLOOD + TIMED).unwrap());
}

#[tokio::test]
async fn the_proxy_behind_an_inway_names_the_organisation() {
    let world = world().await;
    let beat = event("e-1", Some(1), "heartbeat.sent", &json!({}));
    let request = Request::builder()
        .method(Method::POST)
        .uri(EVENTS)
        .header("content-type", "application/cloudevents+json")
        .header("fsc-peer-id", UTRECHT)
        .header("fsc-inway-secret", INWAY_SECRET);
    let request = request.body(Body::from(beat.to_string())).unwrap();
    world.send(request).await.expect(202);
    letters(&world, 1).await;
}
