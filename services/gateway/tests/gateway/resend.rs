//! After the platform was put back from a backup: what it does not know any more is told once more,
//! and its answers, which have the ids of the first ones, are heard.

use bus::LocalBus;
use chassis::Entropy;
use gateway::{ResendConfig, Resent, resend};
use municipality::Municipality;
use serde_json::json;

use super::support::{HANDOFF, Platform, SVB, UTRECHT, World, offer, oin, report};

#[tokio::test]
async fn what_came_after_a_count_is_sent_again_as_it_was_until_it_is_answered() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let mut sent = Vec::new();
    let mut answers = Vec::new();
    let answer = |platform: &Platform, id: &str| {
        let data = json!({ "input": id, "events": [], "position": 1 });
        platform.envelope("input.stored", None, data)
    };
    for reference in ["Z-1", "Z-2"] {
        utrecht.hand_in("case.reported", report(reference)).await;
        sent.push(platform.next().await);
    }
    let registered = json!({ "ownReference": "Z-1", "pseudonym": "ps-u1" });
    platform
        .tell(&utrecht.oin, "case.registered", None, registered)
        .await;
    utrecht
        .hand_in("handoff.offered", offer("Z-1", HANDOFF, SVB))
        .await;
    // Other events of before may come again meanwhile: they are not answered yet.
    while sent.len() < 3 {
        let next = platform.next().await;
        if !sent.contains(&next) {
            sent.push(next);
        }
    }
    for envelope in &sent {
        let answer = answer(&platform, &envelope.id);
        platform.send(&utrecht.oin, &answer).await;
        answers.push(answer);
    }
    utrecht.has_received(4).await;
    assert_eq!(utrecht.settled().await, (0, 4, 3));
    utrecht.stop().await;

    // The platform knows the first only.
    let database = world.databases.url(UTRECHT).await;
    let vault = world.databases.url(&format!("{UTRECHT}_vault")).await;
    let again = async |after| {
        resend(ResendConfig {
            oin: &oin(UTRECHT),
            service: "municipality",
            database_url: &database,
            vault_url: &vault,
            master_key: [7; 32],
            after,
            clock: &world.clock,
            entropy: &Entropy::seeded(9),
        })
        .await
        .expect("it goes out again")
    };
    assert_eq!(again(3).await, Resent::default());
    let two = Resent {
        events: 2,
        erased: Vec::new(),
    };
    assert_eq!(again(1).await, two);
    assert_eq!(again(1).await, Resent::default(), "they wait already");

    let bus = LocalBus::new();
    let mut platform = Platform::on(&bus, world.clock.clone()).await;
    let utrecht = world.start_on(&bus, UTRECHT, Municipality).await;
    for (envelope, answer) in sent.iter().zip(&answers).skip(1) {
        let again = platform.next().await;
        assert_eq!(&again, envelope, "as it was, under its id and count");
        platform.send(&utrecht.oin, answer).await;
    }
    platform.hears_nothing().await;
    let mut unanswered = 2;
    for _ in 0..200 {
        let inbox = utrecht.get("/v1/inbox").await;
        unanswered = inbox["outbox"]["unanswered"].as_u64().expect("a number");
        if unanswered == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(
        unanswered, 0,
        "an answer with the id of the first counts again"
    );
    utrecht.stop().await;
}
