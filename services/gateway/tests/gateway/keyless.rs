use municipality::Municipality;
use serde_json::json;

use super::support::{DESK, HANDOFF, Lines, UTRECHT, World, answered, offer, report};

#[tokio::test]
async fn whoever_runs_no_service_gets_no_identity_and_that_is_no_error() {
    let (lines, _guard) = Lines::keep();
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    platform.takes("case.reported").await;
    let registered = json!({ "ownReference": "Z-1", "pseudonym": "ps-u1" });
    platform
        .tell(&utrecht.oin, "case.registered", None, registered)
        .await;
    utrecht
        .hand_in("handoff.offered", offer("Z-1", HANDOFF, DESK))
        .await;
    platform.takes("handoff.offered").await;
    let told = answered(HANDOFF, "accepted", DESK);
    platform
        .tell(&utrecht.oin, "handoff.answered", Some("ps-u1"), told)
        .await;
    utrecht.has_received(4).await;
    platform.hears_nothing().await;
    let text = lines.text();
    assert!(text.contains("runs no service"), "it is said why");
    assert!(!text.contains("ERROR"), "{text}");
}
