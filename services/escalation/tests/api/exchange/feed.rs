//! The feed: nothing lost, nothing twice, nobody else's.

use std::collections::BTreeSet;

use axum::http::Method;
use escalation::relay::outgoing;
use jiff::ToSpan;
use serde_json::{Value, json};

use crate::exchange::{EVENTS, SYSTEM, event, kinds, letters, report, structured, world};
use crate::people::{NOOR, Person};
use crate::story::{Chapter, Story};
use crate::world::World;

const LEEUWARDEN_SYSTEM: Person = Person {
    name: "leeuwarden-system",
    organisation: "00000099000000011000",
    roles: &["system"],
};

async fn fetch(world: &World, query: &str) -> (Vec<Value>, i64) {
    let reply = world.get(&SYSTEM, &format!("{EVENTS}?{query}")).await;
    let next: i64 = reply.header("next-cursor").unwrap().parse().unwrap();
    let link = format!("<{EVENTS}?after={next}>; rel=\"next\"");
    assert_eq!(reply.header("link"), Some(link.as_str()));
    let kind = "application/cloudevents-batch+json";
    assert_eq!(reply.header("content-type"), Some(kind));
    (reply.expect(200).as_array().unwrap().clone(), next)
}

async fn confirm(world: &World, until: i64) -> u16 {
    let path = format!("{EVENTS}?until={until}");
    let reply = world.ask(&SYSTEM, Method::DELETE, &path, &[], None).await;
    reply.status.as_u16()
}

async fn three_cases(world: &World, from: u64) {
    for sequence in from..from + 3 {
        let id = format!("e-{sequence}");
        let event = event(&id, Some(sequence), "case.reported", &report(&id));
        structured(world, &event).await.expect(202);
    }
}

#[tokio::test]
async fn a_cursor_loses_nothing_and_doubles_nothing_across_a_restart() {
    let world = world().await;
    three_cases(&world, 1).await;
    let all = letters(&world, 6).await;
    // One at a time it is the same line, and looking changes nothing.
    let (mut after, mut one_by_one) = (0, Vec::new());
    for _ in 0..6 {
        let (page, next) = fetch(&world, &format!("after={after}&limit=1")).await;
        assert_eq!((page.len(), next), (1, after + 1));
        one_by_one.extend(page);
        after = next;
    }
    assert_eq!(one_by_one, all);
    assert_eq!(fetch(&world, "after=6").await, (Vec::new(), 6));

    assert_eq!(confirm(&world, 2).await, 204);
    assert_eq!(confirm(&world, 1).await, 204);
    assert_eq!(confirm(&world, 7).await, 400);
    assert_eq!(fetch(&world, "").await, (all[2..].to_vec(), 6));

    let world = world.restart().await;
    three_cases(&world, 4).await;
    let rest = letters(&world, 10).await;
    assert_eq!(rest[..4], all[2..]);
    let ids: BTreeSet<_> = all[..2]
        .iter()
        .chain(&rest)
        .map(|l| l["id"].as_str())
        .collect();
    assert_eq!(ids.len(), 12, "a letter came twice");
    assert_eq!(fetch(&world, "after=6").await.0, rest[4..]);
    assert_eq!(confirm(&world, 12).await, 204);
    let world = world.restart().await;
    assert_eq!(fetch(&world, "").await, (Vec::new(), 12));
}

#[tokio::test]
async fn nobody_hears_anothers_letters() {
    let world = world().await;
    three_cases(&world, 1).await;
    letters(&world, 6).await;
    let reply = world.get(&LEEUWARDEN_SYSTEM, EVENTS).await;
    assert_eq!(reply.header("next-cursor"), Some("0"));
    assert_eq!(reply.expect(200), json!([]));
    let path = format!("{EVENTS}?until=6");
    let reply = world
        .ask(&LEEUWARDEN_SYSTEM, Method::DELETE, &path, &[], None)
        .await;
    reply.expect(400);
    letters(&world, 6).await;
}

#[tokio::test]
async fn whoever_waits_hears_a_letter_when_it_comes() {
    let world = world().await;
    let waits = world.get(&SYSTEM, "/v1/exchange/events?wait=20");
    let comes = async {
        tokio::task::yield_now().await;
        let beat = event("e-1", Some(1), "heartbeat.sent", &json!({}));
        structured(&world, &beat).await.expect(202);
    };
    let (heard, ()) = futures::join!(waits, comes);
    let heard = heard.expect(200);
    assert_eq!(
        kinds(heard.as_array().unwrap()),
        ["nl.doorbraak.input.stored.v1"]
    );
    for wrong in [
        "wait=26",
        "limit=0",
        "limit=101",
        "after=2",
        "after=-1",
        "after=x",
    ] {
        let reply = world.get(&SYSTEM, &format!("{EVENTS}?{wrong}")).await;
        assert_eq!(reply.status.as_u16(), 400, "{wrong}");
    }
}

#[tokio::test]
async fn what_waits_too_long_is_let_go_aloud() {
    let world = world().await;
    three_cases(&world, 1).await;
    letters(&world, 6).await;
    let ground = world.service.ground();
    let metrics = world.get(&NOOR, "/metrics").await.text;
    let gauge = "doorbraak_undelivered_letters{organisation=\"utrecht\"} 6";
    assert!(metrics.contains(gauge), "{metrics}");
    let later = ground.clock.now() + 1.hours();
    assert_eq!(outgoing::expire(&ground.db, later).await.unwrap(), 1);
    for query in ["", "?after=0", "?after=5"] {
        let gone = world
            .get(&SYSTEM, &format!("{EVENTS}{query}"))
            .await
            .expect(410);
        assert_eq!(gone["type"], "urn:doorbraak:problem:letters-expired");
    }
    assert_eq!(confirm(&world, 6).await, 204);
    assert_eq!(fetch(&world, "").await, (Vec::new(), 6));
}

#[tokio::test]
async fn what_was_erased_is_erased_in_a_letter_that_still_waits() {
    let world = world().await;
    let story = Story::told(&world, Chapter::Committed).await;
    let asked = async || {
        for _ in 0..500 {
            let (letters, _) = fetch(&world, "").await;
            let is_it = |letter: &&Value| letter["type"] == "nl.doorbraak.commitment.requested.v1";
            if let Some(letter) = letters.iter().find(is_it) {
                return letter.clone();
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("nobody asks the municipality for a commitment");
    };
    let before = asked().await;
    assert_eq!(before["data"]["text"], "Wilt u dit doen?");
    let everybody = vec![format!("case/{}/everybody", story.case)];
    let vault = &world.service.ground().vault;
    assert!(!vault.erase("test", &everybody).await.unwrap().is_empty());
    let after = asked().await;
    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["data"]["text"], "(gewist)");
    for name in ["escalation.db", "escalation.db-wal"] {
        let bytes = std::fs::read(world.file(name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Wilt u dit doen?"), "{name}");
    }
}
