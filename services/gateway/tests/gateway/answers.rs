use axum::http::StatusCode;
use care_provider::CareProvider;
use serde_json::json;
use svb::Svb;

use super::support::{
    HANDOFF, OTHER_HANDOFF, Platform, Running, SPIRIT, SVB, World, answered, card,
};

async fn offered(world: &World) -> (Platform, Running) {
    let platform = world.platform().await;
    let spirit = world.start(SPIRIT, CareProvider).await;
    platform
        .tell(&spirit.oin, "handoff.offered", Some("ps-c1"), card(HANDOFF))
        .await;
    spirit.has_received(1).await;
    (platform, spirit)
}

fn path(handoff: &str) -> String {
    format!("/v1/handoffs/{handoff}/answer")
}

#[tokio::test]
async fn a_care_professional_answers_in_that_role() {
    let world = World::new().await;
    let (mut platform, spirit) = offered(&world).await;
    let token = world.token(SPIRIT, &["agency_liaison", "care_professional"]);
    let (status, _) = spirit
        .post_as(&token, &path(HANDOFF), &json!({ "answer": "accepted" }))
        .await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let answer = platform.takes("handoff.answered").await;
    assert_eq!(answer.subject.as_deref(), Some("ps-c1"));
    assert_eq!(
        answer.data,
        json!({
            "actedBy": { "role": "care_professional", "personRef": "p-7f3a" },
            "handoff": HANDOFF, "answer": "accepted",
        })
    );
    assert_eq!(spirit.get("/v1/inbox").await["handoffs"], json!([]));
}

#[tokio::test]
async fn the_second_answer_hears_who_answered_and_when() {
    let world = World::new().await;
    let (_platform, spirit) = offered(&world).await;
    let declined = json!({ "answer": "declined", "reason": "no_capacity" });
    let (first, _) = spirit.post(&path(HANDOFF), &declined).await;
    assert_eq!(first, StatusCode::ACCEPTED);
    world.now("2026-03-02T09:05:00Z");
    let (second, problem) = spirit
        .post(&path(HANDOFF), &json!({ "answer": "accepted" }))
        .await;
    assert_eq!(second, StatusCode::CONFLICT);
    assert_eq!(
        problem["detail"],
        "Already answered by agency_liaison at 2026-03-02T09:00:00Z."
    );
    // The same through the own systems' door.
    let event = json!({ "type": "handoff.answered", "data": {
        "actedBy": { "role": "agency_liaison", "personRef": "bo" },
        "handoff": HANDOFF, "answer": "accepted",
    }});
    let (status, _) = spirit.post("/v1/events", &event).await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn an_answer_on_the_platform_closes_the_door_here() {
    let world = World::new().await;
    let (platform, spirit) = offered(&world).await;
    let told = answered(HANDOFF, "accepted", SPIRIT);
    platform
        .tell(&spirit.oin, "handoff.answered", Some("ps-c1"), told)
        .await;
    spirit.has_received(2).await;
    let (status, problem) = spirit
        .post(&path(HANDOFF), &json!({ "answer": "accepted" }))
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(
        problem["detail"],
        "Already answered by a colleague on the platform at 2026-03-02T09:00:00Z."
    );
}

#[tokio::test]
async fn an_answer_that_the_platform_refused_can_be_given_again() {
    let world = World::new().await;
    let (mut platform, spirit) = offered(&world).await;
    spirit
        .post(&path(HANDOFF), &json!({ "answer": "accepted" }))
        .await;
    let sent = platform.next().await;
    let refused = json!({ "input": sent.id, "reason": "not_now", "text": "Nu niet." });
    platform
        .tell(&spirit.oin, "input.refused", None, refused)
        .await;
    spirit.has_received(2).await;
    let (status, _) = spirit
        .post(&path(HANDOFF), &json!({ "answer": "accepted" }))
        .await;
    assert_eq!(status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn an_expired_offer_cannot_be_answered_by_a_person() {
    let world = World::new().await;
    let (platform, spirit) = offered(&world).await;
    let gone = json!({ "handoff": HANDOFF, "owner": super::support::UTRECHT });
    platform
        .tell(&spirit.oin, "handoff.expired", Some("ps-c1"), gone)
        .await;
    spirit.has_received(2).await;
    let (status, problem) = spirit
        .post(&path(HANDOFF), &json!({ "answer": "accepted" }))
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(
        problem["detail"],
        "The offer has expired: its answer term is over."
    );
}

#[tokio::test]
async fn an_unknown_offer_is_404_and_a_decline_needs_its_reason() {
    let world = World::new().await;
    let (_platform, spirit) = offered(&world).await;
    for unknown in [OTHER_HANDOFF, "not-an-id"] {
        let (status, _) = spirit
            .post(&path(unknown), &json!({ "answer": "accepted" }))
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{unknown}");
    }
    let (status, problem) = spirit
        .post(&path(HANDOFF), &json!({ "answer": "declined" }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(problem["invalidParams"][0]["name"], "/reason");
}

#[tokio::test]
async fn answering_takes_a_role_for_it_in_this_organisation() {
    let world = World::new().await;
    let (_platform, spirit) = offered(&world).await;
    let accept = json!({ "answer": "accepted" });
    for (organisation, roles) in [(SPIRIT, ["raiser"]), (SVB, ["agency_liaison"])] {
        let token = world.token(organisation, &roles);
        let (status, _) = spirit.post_as(&token, &path(HANDOFF), &accept).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{organisation} {roles:?}");
    }
}

#[tokio::test]
async fn an_own_system_answers_by_naming_the_handoff_only() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    platform
        .tell(&svb.oin, "handoff.offered", Some("ps-s1"), card(HANDOFF))
        .await;
    svb.has_received(1).await;
    svb.hand_in(
        "handoff.answered",
        json!({
            "actedBy": { "role": "agency_liaison", "personRef": "ine" },
            "handoff": HANDOFF, "answer": "declined", "reason": "no_power",
        }),
    )
    .await;
    let sent = platform.takes("handoff.answered").await;
    assert_eq!(sent.subject.as_deref(), Some("ps-s1"));
    assert_eq!(sent.data["reason"], "no_power");
}
