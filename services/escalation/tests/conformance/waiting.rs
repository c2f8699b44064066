//! Events that speak of what is not known yet.

use escalation::clock::Ticker;
use jiff::ToSpan;
use journal::Outcome;
use serde_json::json;

use crate::carrier::Carrier;
use crate::orders::executor;
use crate::party::{accept, block, climb_to_the_desk, fact, offer};
use crate::place::Place;
use crate::world::{NATIONAL_DESK, SVB, UTRECHT, World, time, until};

on_every_ground!(
    an_answer_that_overtakes_its_offer_waits_for_it,
    an_answer_that_overtakes_a_second_offer_waits_for_that_one,
    what_never_becomes_known_is_refused_after_a_day,
    patience_starts_when_the_senders_own_order_is_complete,
    what_was_sent_after_a_waiting_event_is_carried_out_after_it,
);

on_both_engines!(whoever_hears_of_a_case_by_an_escalation_waits_no_longer);

async fn an_answer_that_overtakes_its_offer_waits_for_it(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let (_, case) = utrecht.report("Z-1").await;
    let handoff = world.new_handoff();
    let theirs = world.pseudonym(SVB, &world.case().await);

    let answer = svb
        .send("handoff.answered", Some(&theirs), accept(handoff))
        .await;
    let key = [format!("pseudonym/{SVB}/{theirs}")];
    assert_eq!(world.wait_for_waiting(1).await, key);
    // Nothing behind it is blocked.
    let heartbeat = svb.send("heartbeat.sent", None, json!({})).await;
    svb.stored(&heartbeat).await;
    let kinds = world.kinds().await;
    assert_eq!(kinds, ["case.reported", "heartbeat.received"]);

    utrecht
        .send("handoff.offered", Some(case.as_str()), offer(handoff, SVB))
        .await;
    let stored = svb.stored(&answer).await;
    let log = world.log().await;
    let kinds: Vec<_> = log.iter().map(|event| event.kind.as_str()).collect();
    let expected = [
        "case.reported",
        "heartbeat.received",
        "legal-basis.recorded",
        "handoff.offered",
        "handoff.accepted",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(
        stored,
        json!({"input": "e1", "events": [log[4].id], "position": 5})
    );
    assert_eq!(world.waiting().await.len(), 0);
}

async fn an_answer_that_overtakes_a_second_offer_waits_for_that_one(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let (_, case) = utrecht.report("Z-1").await;
    let (first, second) = (world.new_handoff(), world.new_handoff());
    utrecht
        .send("handoff.offered", Some(case.as_str()), offer(first, SVB))
        .await;
    let theirs = svb.hear("handoff.offered").await.subject.unwrap();

    let answer = svb
        .send("handoff.answered", Some(&theirs), accept(second))
        .await;
    let key = [format!("handoff/{}/{second}", world.case().await)];
    assert_eq!(world.wait_for_waiting(1).await, key);

    utrecht
        .send("handoff.offered", Some(case.as_str()), offer(second, SVB))
        .await;
    svb.stored(&answer).await;
    let log = world.log().await;
    let accepted: Vec<_> = log
        .iter()
        .filter(|event| event.kind == "handoff.accepted")
        .map(|event| event.data["handoff"].as_str().unwrap())
        .collect();
    assert_eq!(accepted, [second.to_string()]);
    assert_eq!(world.waiting().await.len(), 0);
}

async fn what_never_becomes_known_is_refused_after_a_day(world: World) {
    let mut svb = world.party(SVB).await;
    let lost = svb
        .send("fact.reported", Some("ps_unknown"), fact("Een feit."))
        .await;
    world.wait_for_waiting(1).await;

    let ground = world.service().ground().clone();
    let ticker = Ticker::new(ground.clone(), executor(&ground));
    let day_later = time("2026-03-03T08:00:00Z");
    world.clock.set(day_later);
    ticker.tick(day_later).await.unwrap();
    assert_eq!(
        world.waiting().await.len(),
        1,
        "a full day is still in time"
    );

    world.clock.set(day_later + 1.second());
    let (event, data) = svb.answer_to(&lost).await;
    assert_eq!(event, "input.refused");
    let refused = json!({
        "input": "e1",
        "reason": "not_known_in_time",
        "text": "what this event speaks of did not become known within 24 hours",
        "invalidParams": [],
    });
    assert_eq!(data, refused);
    let quarantine = world.quarantine().await;
    assert_eq!(quarantine.len(), 1);
    assert_eq!(quarantine[0].sender, SVB);
    assert_eq!(quarantine[0].reason, "not_known_in_time");
    let message = format!("urn:nld:oin:{SVB}:systeem:test e1");
    assert_eq!(quarantine[0].message.as_deref(), Some(message.as_str()));
    assert_eq!(quarantine[0].at, "2026-03-03T08:00:01Z");
    assert_eq!(world.waiting().await.len(), 0);
    svb.report("behind it").await;
}

async fn patience_starts_when_the_senders_own_order_is_complete(world: World) {
    let mut svb = world.party(SVB).await;
    let first = svb.wire("heartbeat.sent", None, json!({}));
    let second = svb.wire("fact.reported", Some("ps_unknown"), fact("Een feit."));
    svb.publish(&second).await;
    assert_eq!(
        world.wait_for_waiting(1).await,
        [format!("sequence/{SVB}/2")]
    );

    world.clock.set(time("2026-03-05T08:00:00Z"));
    svb.publish(&first).await;
    svb.stored("e1").await;
    let key = format!("pseudonym/{SVB}/ps_unknown");
    until("it waits for its case", async || {
        let waiting = world.waiting().await;
        waiting
            .iter()
            .any(|waiting| waiting.waits_for == key)
            .then_some(())
    })
    .await;
    let ground = world.service().ground().clone();
    let ticker = Ticker::new(ground.clone(), executor(&ground));
    ticker.tick(time("2026-03-06T08:00:00Z")).await.unwrap();
    assert_eq!(world.quarantine().await, []);
    ticker.tick(time("2026-03-06T08:00:01Z")).await.unwrap();
    assert_eq!(world.quarantine().await.len(), 1);
}

/// The case has become known, and the worker meets the second event before it came to the first.
async fn what_was_sent_after_a_waiting_event_is_carried_out_after_it(mut world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let (_, case) = utrecht.report("Z-1").await;
    let handoff = world.new_handoff();
    let theirs = world.pseudonym(SVB, &world.case().await);
    svb.send("handoff.answered", Some(&theirs), accept(handoff))
        .await;
    world.wait_for_waiting(1).await;
    // Hidden from the offer, so that it still waits when the case is known.
    let hidden = "UPDATE parked_event SET waits_for = 'hidden/' || waits_for";
    world.place.run(hidden).await;
    let offered = utrecht
        .send("handoff.offered", Some(case.as_str()), offer(handoff, SVB))
        .await;
    utrecht.stored(&offered).await;
    let shown = "UPDATE parked_event SET waits_for = substr(waits_for, 8)";
    world.place.run(shown).await;

    let told = svb
        .send("fact.reported", Some(&theirs), fact("Een feit."))
        .await;
    svb.stored(&told).await;
    let kinds = world.kinds().await;
    assert_eq!(kinds[3..], ["handoff.accepted", "fact.reported"]);
    assert_eq!(world.waiting().await.len(), 0);
    world.stop().await;
}

/// What it says is judged, and does not stand waiting for a day. The desk has no account at the broker.
async fn whoever_hears_of_a_case_by_an_escalation_waits_no_longer(place: Place) {
    let world = World::start(place, Carrier::local()).await;
    let mut utrecht = world.party(UTRECHT).await;
    let mut desk = world.party(NATIONAL_DESK).await;
    let (_, case) = utrecht.report("Z-1").await;
    let theirs = world.pseudonym(NATIONAL_DESK, &world.case().await);
    desk.send("fact.reported", Some(&theirs), fact("Een feit."))
        .await;
    world.wait_for_waiting(1).await;

    let case = Some(case.as_str());
    utrecht.send("block.recorded", case, block()).await;
    let climbed = utrecht
        .send("escalation.requested", case, climb_to_the_desk())
        .await;
    utrecht.stored(&climbed).await;
    let judged = until("the desk's event is judged", async || {
        let answers = world.answers().await;
        answers
            .into_iter()
            .find(|answer| answer.cause.sender == NATIONAL_DESK)
    });
    let Outcome::Refused { code, .. } = judged.await.outcome else {
        panic!("nobody has a part in it yet");
    };
    assert_eq!(code, "not_allowed");
    assert_eq!(world.waiting().await.len(), 0);
}
