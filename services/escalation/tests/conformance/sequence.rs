//! A sender's order is restored, whatever the carrier made of it.

use serde_json::json;

use crate::party::report;
use crate::world::{SVB, UTRECHT, World};

on_every_ground!(
    a_senders_events_are_carried_out_in_its_order,
    what_waits_for_its_turn_survives_a_crash,
    what_was_released_before_a_crash_is_carried_out_after_it,
    a_bad_event_keeps_its_place_in_the_order,
    nothing_waits_behind_a_parked_event_that_cannot_be_read,
);

impl World {
    /// The references of the reported cases, in the order of the log.
    async fn reported(&self) -> Vec<String> {
        let log = self.log().await;
        let reports = log.iter().filter(|event| event.kind == "case.reported");
        let mut references = Vec::new();
        for report in reports {
            references.push(self.reference(report).await);
        }
        references
    }
}

async fn a_senders_events_are_carried_out_in_its_order(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let one = utrecht.wire("case.reported", None, report("one"));
    let two = utrecht.wire("case.reported", None, report("two"));
    let three = utrecht.wire("case.reported", None, report("three"));

    utrecht.publish(&one).await;
    utrecht.publish(&three).await;
    // The gap is there to see, and nobody else stands behind it.
    let gap = [format!("sequence/{UTRECHT}/3")];
    assert_eq!(world.wait_for_waiting(1).await, gap);
    svb.report("of the svb").await;
    assert_eq!(world.reported().await, ["one", "of the svb"]);

    utrecht.publish(&two).await;
    utrecht.stored("e3").await;
    assert_eq!(
        world.reported().await,
        ["one", "of the svb", "two", "three"]
    );
    assert_eq!(world.waiting().await.len(), 0);
}

async fn what_waits_for_its_turn_survives_a_crash(mut world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let wires = ["one", "two", "three", "four"]
        .map(|reference| utrecht.wire("case.reported", None, report(reference)));
    for n in [0, 3, 2] {
        utrecht.publish(&wires[n]).await;
    }
    world.wait_for_waiting(2).await;
    world.crash();
    world.start_again().await;
    let mut gaps = world.wait_for_waiting(2).await;
    gaps.sort();
    assert_eq!(
        gaps,
        [
            format!("sequence/{UTRECHT}/3"),
            format!("sequence/{UTRECHT}/4")
        ]
    );

    utrecht.publish(&wires[1]).await;
    utrecht.stored("e4").await;
    assert_eq!(world.reported().await, ["one", "two", "three", "four"]);
    assert_eq!(world.waiting().await.len(), 0);
}

async fn what_was_released_before_a_crash_is_carried_out_after_it(mut world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let one = utrecht.wire("case.reported", None, report("one"));
    let _lost = utrecht.wire("heartbeat.sent", None, json!({}));
    let three = utrecht.wire("case.reported", None, report("three"));
    utrecht.publish(&one).await;
    utrecht.publish(&three).await;
    world.wait_for_waiting(1).await;
    world.stop().await;
    // As the transaction of the second event leaves it, when nothing comes after it any more.
    world.place.run("update sender_sequence set next = 3").await;
    world.place.run("update parked_event set ready = 1").await;
    world.start_again().await;

    utrecht.stored("e3").await;
    assert_eq!(world.reported().await, ["one", "three"]);
    assert_eq!(world.waiting().await.len(), 0);
}

async fn a_bad_event_keeps_its_place_in_the_order(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let one = utrecht.wire("case.reported", None, report("one"));
    let two = utrecht.wire("case.reported", None, report("two"));
    let mut bad = utrecht.wire("case.reported", None, report("bad"));
    bad.body["specversion"] = "9.9".into();
    let four = utrecht.wire("case.reported", None, report("four"));
    for wire in [&one, &bad, &four] {
        utrecht.publish(wire).await;
    }
    world.wait_for_waiting(2).await;
    assert_eq!(world.reported().await, ["one"]);

    utrecht.publish(&two).await;
    assert_eq!(utrecht.refused("e3").await, "invalid_envelope");
    utrecht.stored("e4").await;
    assert_eq!(world.reported().await, ["one", "two", "four"]);
    assert_eq!(world.quarantine().await.len(), 1);
}

async fn nothing_waits_behind_a_parked_event_that_cannot_be_read(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let wires = ["one", "two", "three"]
        .map(|reference| utrecht.wire("case.reported", None, report(reference)));
    utrecht.publish(&wires[1]).await;
    utrecht.publish(&wires[2]).await;
    world.wait_for_waiting(2).await;
    let spoilt = world.vault().await;
    let sealer = spoilt
        .sealer("intake/spoilt", world.clock.now(), world.entropy.bytes())
        .await
        .unwrap();
    let body = sealer.seal("no event", world.entropy.bytes()).unwrap();
    let body = body.as_str();
    world
        .place
        .run(&format!(
            "UPDATE parked_event SET body = '{body}' WHERE sequence = 2"
        ))
        .await;

    utrecht.publish(&wires[0]).await;
    assert_eq!(utrecht.refused("e2").await, "cannot_be_stored");
    utrecht.stored("e3").await;
    assert_eq!(world.reported().await, ["one", "three"]);
    assert_eq!(world.waiting().await.len(), 0);
    let quarantine = world.quarantine().await;
    let reasons: Vec<&str> = quarantine.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["cannot_be_stored"]);
}
