use axum::http::{Method, StatusCode};
use bus::LocalBus;
use municipality::Municipality;
use proto::Envelope;
use serde_json::json;
use tracing::Instrument;

use super::support::{HANDOFF, Platform, SVB, UTRECHT, World, offer, report};

#[tokio::test]
async fn an_event_waits_for_the_pseudonym_and_sequences_have_no_gap() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;

    let reported = utrecht.hand_in("case.reported", report("Z-1")).await;
    let waits = utrecht
        .hand_in("handoff.offered", offer("Z-1", HANDOFF, SVB))
        .await;
    let other = utrecht.hand_in("case.reported", report("Z-2")).await;

    let first = platform.takes("case.reported").await;
    assert_eq!(
        (first.id.as_str(), first.sequence),
        (reported.as_str(), Some(1))
    );
    assert_eq!(first.subject, None);
    let second = platform.takes("case.reported").await;
    assert_eq!(
        (second.id.as_str(), second.sequence),
        (other.as_str(), Some(2))
    );
    platform.hears_nothing().await;
    assert_eq!(
        utrecht.get("/v1/inbox").await["outbox"],
        json!({ "waitingForPseudonym": 1, "unanswered": 0 })
    );

    let registered = json!({ "ownReference": "Z-1", "pseudonym": "ps-u1" });
    platform
        .tell(&utrecht.oin, "case.registered", None, registered)
        .await;
    let third = platform.takes("handoff.offered").await;
    assert_eq!(
        (third.id.as_str(), third.sequence),
        (waits.as_str(), Some(3))
    );
    assert_eq!(third.subject.as_deref(), Some("ps-u1"));
    assert!(third.data.get("ownReference").is_none());

    utrecht.has_received(4).await;
    assert_eq!(utrecht.settled().await, (0, 4, 3));
}

/// So that who carries it need not read it.
#[tokio::test]
async fn an_event_says_in_its_header_of_which_trace_it_is() {
    let _traces = chassis::telemetry::init("test").unwrap();
    let world = World::new().await;
    let bus = LocalBus::new();
    let utrecht = world.start_on(&bus, UTRECHT, Municipality).await;
    let mut deliveries = bus.platform().deliveries().await.unwrap();
    let asked = tracing::info_span!("asked");
    let trace = chassis::trace::of(&asked).unwrap();
    let handed_in = utrecht.hand_in("case.reported", report("Z-1"));
    handed_in.instrument(asked).await;
    let delivery = deliveries.next().await.unwrap();
    let header = delivery.message.header("traceparent").unwrap().to_owned();
    assert_eq!(header.split('-').nth(1), trace.split('-').nth(1));
    let message = &delivery.message;
    let event = Envelope::decode(&message.headers, &message.payload).unwrap();
    assert_eq!(event.traceparent.as_deref(), Some(&*header));
    delivery.ack().await;
}

#[tokio::test]
async fn what_was_not_answered_is_sent_again_after_a_restart_and_what_was_is_not() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    platform.takes("case.reported").await;
    utrecht.has_received(1).await;
    utrecht.hand_in("case.reported", report("Z-2")).await;
    let unanswered = platform.next().await;
    utrecht.stop().await;

    let bus = LocalBus::new();
    let mut platform = Platform::on(&bus, world.clock.clone()).await;
    let utrecht = world.start_on(&bus, UTRECHT, Municipality).await;
    let again = platform.takes("case.reported").await;
    assert_eq!(again, unanswered);
    platform.hears_nothing().await;
    utrecht.has_received(2).await;
    assert_eq!(utrecht.settled().await, (0, 2, 2));
}

#[tokio::test]
async fn an_event_is_sent_again_until_the_platform_says_stored() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    let first = platform.next().await;

    // The carrier hides repetitions within two minutes; afterwards they come through.
    tokio::time::pause();
    tokio::time::advance(bus::DEDUPE_WINDOW + gateway::RESEND_AFTER).await;
    tokio::time::resume();
    let again = platform.takes("case.reported").await;
    assert_eq!(again, first);
    utrecht.has_received(1).await;
    assert_eq!(utrecht.settled().await, (0, 1, 1));
}

#[tokio::test]
async fn a_refused_event_leaves_the_outbox_and_stays_visible() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let id = utrecht.hand_in("case.reported", report("Z-1")).await;
    platform.next().await;
    let refused =
        json!({ "input": id, "reason": "unknown_region", "text": "Deze regio bestaat niet." });
    platform
        .tell(&utrecht.oin, "input.refused", None, refused)
        .await;
    utrecht.has_received(1).await;

    assert_eq!(
        utrecht.get("/v1/inbox").await["refusals"],
        json!([{
            "id": id, "event": "case.reported", "reason": "unknown_region",
            "text": "Deze regio bestaat niet.",
        }])
    );
    assert_eq!(utrecht.settled().await, (0, 1, 1));
    // The same case may be reported again, corrected.
    utrecht.hand_in("case.reported", report("Z-1")).await;
}

#[tokio::test]
async fn the_same_idempotency_key_gets_the_same_answer_and_sends_nothing_twice() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let token = world.token(UTRECHT, &["raiser"]);
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", "key-1"),
    ];
    let body = json!({ "type": "case.reported", "data": report("Z-1") }).to_string();
    let mut ids = Vec::new();
    for _ in 0..2 {
        let (status, answer) = utrecht
            .call(
                Method::POST,
                "/v1/events",
                Some(&token),
                &headers,
                body.clone().into(),
            )
            .await;
        assert_eq!(status, StatusCode::ACCEPTED);
        ids.push(answer["id"].clone());
    }
    assert_eq!(ids[0], ids[1]);
    platform.takes("case.reported").await;
    platform.hears_nothing().await;

    // The same key for something else is a mistake, and is said.
    let other = json!({ "type": "case.reported", "data": report("Z-2") }).to_string();
    let (status, _) = utrecht
        .call(
            Method::POST,
            "/v1/events",
            Some(&token),
            &headers,
            other.into(),
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    platform.hears_nothing().await;
}

#[tokio::test]
async fn a_case_is_reported_once_per_own_reference() {
    let world = World::new().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    let body = json!({ "type": "case.reported", "data": report("Z-1") });
    let (status, _) = utrecht.post("/v1/events", &body).await;
    assert_eq!(status, StatusCode::CONFLICT);
}
