use serde_json::{Value, json};
use svb::Svb;

use super::support::{HANDOFF, SVB, UTRECHT, World, card, oin};

#[tokio::test]
async fn a_duplicate_delivery_changes_nothing() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let offered = platform.envelope("handoff.offered", Some("ps-s1"), card(HANDOFF));
    let payload = offered.encode().expect("an event");
    // Another message id for the carrier, so that it does not hide the repetition.
    for id in ["first", "second"] {
        platform
            .publish(&svb.oin, "handoff.offered", id, payload.clone())
            .await;
    }
    let last = json!({ "rung": "workshop", "tier": "local" });
    platform
        .tell(&svb.oin, "case.escalated", Some("ps-s1"), last)
        .await;
    svb.has_received(2).await;

    assert_eq!(svb.settled().await, (0, 2, 0));
    let inbox = svb.get("/v1/inbox").await;
    assert_eq!(inbox["handoffs"].as_array().map(Vec::len), Some(1));
    assert_eq!(inbox["handoffs"][0]["handoff"], HANDOFF);
    assert_eq!(inbox["handoffs"][0]["answerBy"], "2026-03-09T10:00:00Z");
    assert_eq!(inbox["handoffs"][0]["pseudonym"], "ps-s1");
}

#[tokio::test]
async fn garbage_goes_to_quarantine_with_its_reason_and_blocks_nothing() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;

    platform
        .publish(&svb.oin, "case.closed", "m1", b"{ not json".to_vec())
        .await;
    let broken = platform.envelope("case.closed", Some("ps-s1"), json!({ "rung": "x" }));
    platform.send(&svb.oin, &broken).await;
    let mut foreign =
        platform.envelope("access.ended", Some("ps-s1"), json!({ "reason": "closed" }));
    foreign.source.oin = oin(UTRECHT);
    platform.send(&svb.oin, &foreign).await;
    platform
        .tell(&svb.oin, "handoff.offered", Some("ps-s1"), card(HANDOFF))
        .await;
    svb.has_received(4).await;

    let inbox = svb.get("/v1/inbox").await;
    let mut reasons: Vec<&str> = inbox["quarantine"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["reason"].as_str())
        .collect();
    reasons.sort_unstable();
    assert_eq!(
        reasons,
        [
            "broken_json",
            "foreign_source",
            "invalid_data: /outcome, /tier"
        ]
    );
    assert_eq!(inbox["handoffs"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_overtaken_event_does_not_move_the_case_back() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let place = |at: &str, rung: &str| {
        let data = json!({ "rung": rung, "tier": "local" });
        let mut moved = platform.envelope("case.escalated", Some("ps-s1"), data);
        moved.time = at.parse().expect("a moment");
        moved
    };
    let earlier = place("2026-03-11T09:00:00Z", "workshop");
    let later = place("2026-03-12T14:00:00Z", "local_table");
    platform.send(&svb.oin, &later).await;
    platform.send(&svb.oin, &earlier).await;
    svb.has_received(2).await;
    let cases = svb.get("/v1/cases").await;
    assert_eq!(cases["items"][0]["rung"], "local_table");
    assert_eq!(cases["items"][0]["pseudonym"], "ps-s1");
}

#[tokio::test]
async fn opened_content_is_shown_to_a_liaison_only_and_goes_with_the_access() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let opened = json!({ "handoff": HANDOFF, "from": UTRECHT, "summary": "Kijkt u mee?" });
    platform
        .tell(&svb.oin, "handoff.opened", Some("ps-s1"), opened)
        .await;
    svb.has_received(1).await;

    let seen = svb.get("/v1/cases").await["items"][0]["handoffs"][0]["opened"].clone();
    assert_eq!(seen["summary"], "Kijkt u mee?");
    let analyst = world.token(SVB, &["analyst"]);
    let (_, answer) = svb
        .call(
            axum::http::Method::GET,
            "/v1/cases",
            Some(&analyst),
            &[],
            axum::body::Body::empty(),
        )
        .await;
    assert_eq!(answer["items"][0]["handoffs"][0].get("opened"), None);

    let ended = json!({ "reason": "closed" });
    platform
        .tell(&svb.oin, "access.ended", Some("ps-s1"), ended)
        .await;
    svb.has_received(2).await;
    let cases = svb.get("/v1/cases").await;
    assert_eq!(cases["items"][0]["handoffs"][0]["opened"], Value::Null);
    assert_eq!(cases["items"][0]["access"], false);
}
