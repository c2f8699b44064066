use bus::LocalBus;
use municipality::Municipality;
use serde_json::json;
use svb::Svb;

use super::support::{Platform, SVB, UTRECHT, World, report};

#[tokio::test]
async fn a_service_gives_a_sign_of_life_at_start_and_then_at_its_interval() {
    let world = World::with_heartbeats().await;
    let mut platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let first = platform.takes("heartbeat.sent").await;
    assert_eq!((first.sequence, first.subject), (Some(1), None));
    assert_eq!(first.data, json!({}));
    assert_eq!(first.time, world.clock.now());
    svb.has_received(1).await;

    world.now("2026-03-02T12:59:59Z");
    platform.hears_nothing().await;
    world.now("2026-03-02T13:00:00Z");
    let second = platform.takes("heartbeat.sent").await;
    assert_eq!(second.sequence, Some(2));
    assert_eq!(second.time, world.clock.now());
}

#[tokio::test]
async fn a_clock_that_jumps_a_year_makes_one_beat_and_the_dev_port_waits_for_it() {
    let world = World::with_heartbeats().await;
    let mut platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    platform.takes("heartbeat.sent").await;
    svb.has_received(1).await;
    svb.advance("2027-03-02T09:00:00Z").await;
    assert_eq!(svb.settled().await, (1, 1, 2));
    platform.takes("heartbeat.sent").await;
    svb.has_received(2).await;
    // The same moment again, and a clock that is set back: nothing is due.
    svb.advance("2027-03-02T09:00:00Z").await;
    svb.advance("2026-03-02T09:00:00Z").await;
    platform.hears_nothing().await;
    assert_eq!(svb.settled().await, (0, 2, 2));
}

#[tokio::test]
async fn while_the_platform_does_not_answer_one_beat_waits_and_no_more() {
    let world = World::with_heartbeats().await;
    let mut platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let unanswered = platform.next().await;
    for day in 3..30 {
        svb.advance(&format!("2026-03-{day:02}T09:00:00Z")).await;
    }
    assert_eq!(svb.settled().await, (1, 0, 1));
    svb.stop().await;

    // Also after a restart: the one that waits is sent again, and is the sign of life.
    let bus = LocalBus::new();
    let mut platform = Platform::on(&bus, world.clock.clone()).await;
    let svb = world.start_on(&bus, SVB, Svb).await;
    assert_eq!(platform.takes("heartbeat.sent").await, unanswered);
    svb.has_received(1).await;
    assert_eq!(svb.settled().await, (0, 1, 1));
    svb.advance("2026-03-30T09:00:00Z").await;
    assert_eq!(platform.takes("heartbeat.sent").await.sequence, Some(2));
}

#[tokio::test]
async fn a_beat_takes_its_number_among_all_that_the_party_sends() {
    let world = World::with_heartbeats().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    platform.takes("heartbeat.sent").await;
    utrecht.has_received(1).await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    assert_eq!(platform.takes("case.reported").await.sequence, Some(2));
    utrecht.advance("2026-03-02T18:00:00Z").await;
    assert_eq!(platform.takes("heartbeat.sent").await.sequence, Some(3));
}
