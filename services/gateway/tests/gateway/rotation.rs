use municipality::Municipality;
use serde_json::json;
use svb::Svb;

use super::{
    household::{register_household, relay, stopped, until_identity},
    support::{HANDOFF, SVB, UTRECHT, World},
};

#[tokio::test]
async fn what_was_sealed_before_a_change_of_keys_is_opened_after_it() {
    let mut world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    svb.stop().await;
    world.change_keys(SVB);
    let svb = world.start(SVB, Svb).await;
    relay(&platform, &svb, &identity).await;
    platform.takes("fact.reported").await;
    assert_eq!(svb.get("/v1/inbox").await["notMatched"], json!([]));
}

#[tokio::test]
async fn without_the_old_key_it_is_kept_shut_and_opened_when_the_key_is_back() {
    let mut world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    svb.stop().await;
    world.change_keys(SVB);
    let old = world.take_previous_key(SVB);
    let svb = world.start(SVB, Svb).await;
    relay(&platform, &svb, &identity).await;
    let seen = svb.inbox_has("notMatched").await;
    assert_eq!(seen[0]["handoff"], HANDOFF);
    assert_eq!(seen[0]["result"], "key_unknown");
    platform.hears_nothing().await;

    svb.stop().await;
    world.give_previous_key(SVB, old);
    let svb = world.start(SVB, Svb).await;
    platform.takes("fact.reported").await;
    assert_eq!(svb.get("/v1/inbox").await["notMatched"], json!([]));
}

#[tokio::test]
async fn what_is_kept_shut_goes_with_the_access() {
    let mut world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    svb.stop().await;
    world.change_keys(SVB);
    let old = world.take_previous_key(SVB);
    let svb = world.start(SVB, Svb).await;
    relay(&platform, &svb, &identity).await;
    svb.inbox_has("notMatched").await;
    let ended = json!({ "reason": "closed" });
    platform
        .tell(&svb.oin, "access.ended", Some("ps-s1"), ended)
        .await;
    svb.sees_its_case("access", &json!(false)).await;
    svb.stop().await;
    world.give_previous_key(SVB, old);
    let _svb = world.start(SVB, Svb).await;
    platform.hears_nothing().await;
}
