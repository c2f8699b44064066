//! Weighing by a method, part by part.

use serde_json::{Value, json};

use super::{Own, problem, wrong};
use crate::people::{NOOR, SEM, SVB};
use crate::story::{HANDOFFS, offer};
use crate::world::World;

fn step(part: &str) -> Value {
    json!({"assessment": "toets-1", "method": "reversed_test", "part": part,
        "text": "Bella houdt het vol."})
}

#[tokio::test]
async fn a_weighing_tells_what_is_missing_and_what_comes_next() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let written = own.part(step("effect"), 201).await;
    assert_eq!(written["assessment"], "toets-1");
    own.part(step("intent"), 201).await;
    let items = own.items(&NOOR, "/assessments").await;
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["method"], "reversed_test");
    assert_eq!(items[0]["missing"], json!(["ethics", "law"]));
    assert_eq!(items[0]["next"], "ethics");
    assert_eq!(items[0]["passed"], Value::Null);
    assert_eq!(items[0]["parts"][1]["part"], "intent");
    assert_eq!(items[0]["parts"][1]["text"], "Bella houdt het vol.");
}

#[tokio::test]
async fn the_law_comes_last_in_the_reversed_test() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    own.part(step("effect"), 201).await;
    let refused = own.part(step("law"), 409).await;
    assert_eq!(problem(&refused), "part-out-of-order");
    assert_eq!(refused["detail"], "'intent' comes first.");
}

#[tokio::test]
async fn one_insufficient_view_keeps_a_solution_from_passing() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    for (view, sufficient) in [
        ("legal_view", true),
        ("financial_view", false),
        ("social_view", true),
    ] {
        let part = json!({"assessment": "cirkel", "method": "perspective_circle", "part": view,
            "text": "Bekeken.", "sufficient": sufficient});
        own.part(part, 201).await;
    }
    let items = own.items(&NOOR, "/assessments").await;
    assert_eq!(items[0]["passed"], false);
    assert_eq!(items[0]["missing"], json!([]));
    assert_eq!(items[0]["next"], Value::Null);
}

#[tokio::test]
async fn a_corner_without_a_score_and_words_of_no_list_are_named() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let corner = json!({"method": "value_triangle", "part": "return", "text": "Het loont."});
    assert_eq!(wrong(&own.part(corner, 400).await), ["/score"]);
    let other = json!({"method": "coin", "part": "toss", "text": "Kop."});
    assert_eq!(wrong(&own.part(other, 400).await), ["/method", "/part"]);
}

#[tokio::test]
async fn a_heavy_method_comes_after_a_light_one_or_with_a_reason() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let mut helpers = json!({"method": "breakthrough_plan", "part": "helpers",
        "text": "Vijf mensen.", "count": 5});
    own.part(helpers.clone(), 400).await;
    helpers["reason"] = "Er zijn al vijf hulpverleners.".into();
    own.part(helpers, 201).await;
    let items = own.items(&NOOR, "/assessments").await;
    assert_eq!(items[0]["reason"], "Er zijn al vijf hulpverleners.");
    assert_eq!(items[0]["parts"][0]["count"], 5);
    assert_eq!(items[0]["next"], "yearly_cost");
}

#[tokio::test]
async fn who_helps_with_an_own_part_reads_nothing_of_the_owners_weighing() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    own.part(step("effect"), 201).await;
    own.post(&NOOR, "/handoffs", offer(HANDOFFS[0], SVB), 201)
        .await;
    let accept = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    let answer = json!({"answer": "accepted"});
    world.post(&SEM, &accept, &answer).await.expect(200);
    let items = own.items(&SEM, "/assessments").await;
    assert_eq!(
        items,
        [
            json!({"assessment": "toets-1", "position": 2, "shown": "none", "parts": [],
            "missing": []})
        ]
    );
}

#[tokio::test]
async fn the_methods_come_light_first() {
    let world = World::new().await;
    let methods = world.get(&NOOR, "/v1/methods").await.expect(200);
    let items = methods["items"].as_array().unwrap();
    let words: Vec<_> = items
        .iter()
        .map(|item| (item["method"].as_str().unwrap(), item["heavy"].clone()))
        .collect();
    assert_eq!(
        words,
        [
            ("reversed_test", json!(false)),
            ("value_triangle", json!(false)),
            ("perspective_circle", json!(false)),
            ("breakthrough_plan", json!(true)),
        ]
    );
    assert_eq!(
        items[1]["parts"][0],
        json!({"part": "legitimacy", "name": "Legitimiteit", "nameEn": "Legitimacy",
            "asks": "score"})
    );
}
