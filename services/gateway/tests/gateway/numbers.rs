use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use municipality::Municipality;
use tower::ServiceExt;

use super::support::{Platform, Running, UTRECHT, World, report};

async fn numbers(service: &Running) -> String {
    let request = Request::get("/metrics")
        .body(Body::empty())
        .expect("a request");
    let reply = service
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    assert_eq!(reply.status(), 200);
    let bytes = to_bytes(reply.into_body(), 1 << 20).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn has(text: &str, name: &str, value: u64) -> bool {
    text.contains(&format!("\ndoorbraak_party_{name} {value}\n"))
}

async fn garbage(platform: &Platform, service: &Running) {
    platform
        .publish(&service.oin, "case.closed", "m1", b"{ not json".to_vec())
        .await;
    service.has_received(1).await;
}

#[tokio::test]
async fn what_is_not_answered_and_what_could_not_be_read_is_counted_and_names_nobody() {
    let world = World::new().await;
    let platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let text = numbers(&utrecht).await;
    assert!(
        has(&text, "outbox", 0) && has(&text, "first_unanswered", 0),
        "{text}"
    );

    for reference in ["Z-1", "Z-2"] {
        utrecht.hand_in("case.reported", report(reference)).await;
    }
    garbage(&platform, &utrecht).await;
    let text = numbers(&utrecht).await;
    assert!(
        has(&text, "outbox", 2) && has(&text, "first_unanswered", 1),
        "{text}"
    );
    assert!(has(&text, "quarantined_last_hour", 1), "{text}");
    assert!(!text.contains("Z-1"), "{text}");

    // An hour and a half later it is still there, and no news.
    world.now("2026-03-02T12:30:00Z");
    let text = numbers(&utrecht).await;
    assert!(
        has(&text, "quarantine", 1) && has(&text, "quarantined_last_hour", 0),
        "{text}"
    );
}

/// An alarm on a number that does not exist would never go off.
#[tokio::test]
async fn every_alarm_about_a_party_is_about_a_number_that_it_gives() {
    let world = World::new().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let text = numbers(&utrecht).await;
    let given: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
        .collect();
    let alarms = include_str!("../../../../deploy/monitoring/alerts.yml");
    let named: BTreeSet<&str> = alarms
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("doorbraak_party_"))
        .collect();
    assert!(named.len() > 1, "{named:?}");
    assert_eq!(named.difference(&given).collect::<Vec<_>>(), [&""; 0]);
}
