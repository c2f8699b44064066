//! Decided cases that are like the own one.

use escalation::views;
use serde_json::{Value, json};

use super::{Own, problem};
use crate::people::{NOOR, SEM};
use crate::world::World;

const RULE: &str = "child_benefit_requires_parent_or_guardian";

async fn decided<'a>(world: &'a World, kind: &str, rule: &str) -> Own<'a> {
    let own = Own::reported(world).await;
    own.block(kind, &[rule]).await;
    let decision = json!({"text": "Doen wat nodig is.", "room": "deviation_from_policy_rule",
        "grounds": ["statute_intent"]});
    own.post(&NOOR, "/decisions", decision, 201).await;
    own
}

fn cases(items: &[Value]) -> Vec<&str> {
    let cases = items.iter().map(|item| item["case"].as_str().unwrap());
    cases.collect()
}

#[tokio::test]
async fn the_same_rule_and_the_same_kind_of_block_decided_newest_first() {
    let world = World::new().await;
    let older = decided(&world, "rule", RULE).await;
    let newer = decided(&world, "rule", RULE).await;
    decided(&world, "financial", RULE).await;
    decided(&world, "rule", "child_benefit_until_18").await;
    let undecided = Own::reported(&world).await;
    undecided.block("rule", &[RULE]).await;
    let own = Own::reported(&world).await;
    own.block("rule", &[RULE]).await;
    let items = own.items(&NOOR, "/comparable").await;
    assert_eq!(cases(&items), [newer.case.as_str(), older.case.as_str()]);
    assert_eq!(
        items[0],
        json!({"case": newer.case, "pseudonym": items[0]["pseudonym"], "theme": "income",
            "tier": "local", "rules": [RULE], "blocks": ["rule"],
            "room": "deviation_from_policy_rule"})
    );
}

#[tokio::test]
async fn a_decision_stores_which_comparable_cases_were_shown() {
    let world = World::new().await;
    let earlier = decided(&world, "rule", RULE).await;
    let own = decided(&world, "rule", RULE).await;
    let taken = own.items(&NOOR, "/decisions").await;
    assert_eq!(taken[0]["compared"], json!([earlier.case]));
    assert_eq!(taken[0]["comparedCount"], 1);
}

#[tokio::test]
async fn cases_of_others_are_not_shown() {
    let world = World::new().await;
    decided(&world, "rule", RULE).await;
    let own = Own::reported(&world).await;
    own.block("rule", &[RULE]).await;
    let offer = crate::story::offer(crate::story::HANDOFFS[0], crate::people::SVB);
    own.post(&NOOR, "/handoffs", offer, 201).await;
    let answer = json!({"answer": "accepted"});
    let path = format!("/v1/handoffs/{}/answer", crate::story::HANDOFFS[0]);
    world.post(&SEM, &path, &answer).await.expect(200);
    assert_eq!(own.items(&NOOR, "/comparable").await.len(), 1);
    // The SVB has a part in this case, but in no other.
    assert_eq!(own.items(&SEM, "/comparable").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_household_that_stopped_leaves_nothing_to_compare_with() {
    let world = World::new().await;
    let gone = decided(&world, "rule", RULE).await;
    let own = Own::reported(&world).await;
    own.block("rule", &[RULE]).await;
    assert_eq!(own.items(&NOOR, "/comparable").await.len(), 1);
    let stop = json!({"initiative": "citizen", "reason": "Het hoeft niet meer."});
    gone.post(&NOOR, "/withdrawal", stop, 201).await;
    assert_eq!(own.items(&NOOR, "/comparable").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_rebuilt_view_compares_the_same() {
    let world = World::new().await;
    decided(&world, "rule", RULE).await;
    let own = Own::reported(&world).await;
    own.block("rule", &[RULE]).await;
    let before = own.items(&NOOR, "/comparable").await;
    let ground = world.service.ground();
    views::rebuild(&ground.db, &ground.pseudonyms)
        .await
        .unwrap();
    assert_eq!(own.items(&NOOR, "/comparable").await, before);
    assert_eq!(before.len(), 1);
}

#[tokio::test]
async fn a_case_that_is_not_there_for_the_caller_has_no_comparable_ones() {
    let world = World::new().await;
    let own = decided(&world, "rule", RULE).await;
    let reply = world.get(&SEM, &own.path("/comparable")).await.expect(404);
    assert_eq!(problem(&reply), "not-found");
}
