//! How the citizen sees it, the grounds for sharing, and who owns the case.

use serde_json::{Value, json};

use crate::people::{KOEN, NOOR, SEM, SVB, TAX_OFFICE, UTRECHT};
use crate::story::{Chapter, HANDOFFS, Story, offer};
use crate::world::World;

#[tokio::test]
async fn how_the_citizen_sees_it_is_recorded_and_stays_with_who_may_read_it() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/perspectives");
    let body = json!({"text": "Bella ziet het weer zitten."});
    world.post(&NOOR, &path, &body).await.expect(201);
    let list = world.get(&NOOR, &path).await.expect(200);
    assert_eq!(list["items"][0]["text"], "Bella ziet het weer zitten.");
    assert_eq!(list["items"][0]["at"], "2026-03-02T09:00:00Z");
    let list = world.get(&SEM, &path).await.expect(200);
    assert_eq!(list["items"][0]["text"], Value::Null);
    world.post(&SEM, &path, &body).await.expect(403);
}

#[tokio::test]
async fn a_ground_for_sharing_is_recorded_once_per_receiver() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let path = story.path("/legal-bases");
    let body = json!({"receiver": TAX_OFFICE, "legalBasis": "wmo_5_2_1"});
    // The offer recorded a ground already: nothing changes, and nothing is wrong.
    let told = world.post(&NOOR, &path, &body).await.expect(201);
    assert_eq!(told["eventIds"], json!([]));
    let receiver = crate::people::DESK;
    let body = json!({"receiver": receiver, "legalBasis": "national_desk_consent"});
    let told = world.post(&NOOR, &path, &body).await.expect(201);
    assert_eq!(told["eventIds"].as_array().unwrap().len(), 1);
    let list = world.get(&NOOR, &path).await.expect(200);
    let last = list["items"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["source"], &last["receiver"], &last["legalBasis"]),
        (
            &json!(UTRECHT),
            &json!(receiver),
            &json!("national_desk_consent")
        )
    );
    let unknown = json!({"receiver": "00000099000000008000", "legalBasis": "wmo_5_2_1"});
    let told = world.post(&NOOR, &path, &unknown).await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/receiver");
}

#[tokio::test]
async fn before_acceptance_a_receiver_sees_the_ground_that_is_about_it_and_no_other() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let list = world.get(&SEM, &story.path("/legal-bases")).await;
    let list = list.expect(200);
    let receivers: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["receiver"].as_str().unwrap())
        .collect();
    assert_eq!(receivers, [SVB]);
}

#[tokio::test]
async fn ownership_moves_only_when_the_team_takes_over() {
    for (mode, owner) in [("professional_keeps", UTRECHT), ("team_takes_over", SVB)] {
        let world = World::new().await;
        let story = Story::told(&world, Chapter::Reported).await;
        let path = story.path("/ownership-mode");
        world
            .post(&NOOR, &path, &json!({"mode": mode}))
            .await
            .expect(200);
        let case = world.get(&NOOR, &story.path("")).await.expect(200);
        assert_eq!(case["ownershipMode"], mode);
        let mut whole = offer(HANDOFFS[0], SVB);
        whole["kind"] = json!("ownership");
        world
            .post(&NOOR, &story.path("/handoffs"), &whole)
            .await
            .expect(201);
        let path = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
        let accepted = json!({"answer": "accepted"});
        world.post(&SEM, &path, &accepted).await.expect(200);
        let case = world.get(&NOOR, &story.path("")).await.expect(200);
        assert_eq!(case["owner"], owner);
    }
}

#[tokio::test]
async fn who_does_not_own_the_case_chooses_no_mode() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let body = json!({"mode": "team_takes_over"});
    let path = story.path("/ownership-mode");
    world.post(&KOEN, &path, &body).await.expect(403);
    let wrong = json!({"mode": "nobody"});
    world.post(&NOOR, &path, &wrong).await.expect(400);
}

#[tokio::test]
async fn a_report_says_which_provisions_were_tried_and_why_words_are_missing() {
    let world = World::new().await;
    let mut told = crate::story::report();
    let fields = told.as_object_mut().unwrap();
    fields.remove("citizensWords");
    fields.remove("triedProvisions");
    let more = json!({"noWordsReason": "Zij ligt in het ziekenhuis.",
        "perspective": "Zij houdt vol.",
        "provisions": [{"provision": "special_assistance", "result": "too_slow"}],
        "noProvisionReason": "De rest paste niet."});
    fields.extend(more.as_object().unwrap().clone());
    let case = world.post(&NOOR, "/v1/cases", &told).await.expect(201);
    let path = format!("/v1/cases/{}", case["case"].as_str().unwrap());
    let seen = world.get(&NOOR, &path).await.expect(200);
    for (field, value) in more.as_object().unwrap() {
        assert_eq!(seen[field], *value, "{field}");
    }
    assert_eq!(seen["citizensWords"], Value::Null);
}
