//! Decisions on paper, and taking one.

use serde_json::{Value, json};

use super::{Own, mandates, problem, wrong};
use crate::people::NOOR;
use crate::world::World;

fn proposed(text: &str) -> Value {
    json!({"text": text, "room": "within_law", "grounds": ["justice", "agency"]})
}

async fn statuses(own: &Own<'_>) -> Vec<Value> {
    let items = own.items(&NOOR, "/decision-proposals").await;
    items.iter().map(|item| item["status"].clone()).collect()
}

#[tokio::test]
async fn a_proposal_is_decided_on_with_the_weighing_that_it_came_with() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let stop = own
        .post(&NOOR, "/decision-proposals", proposed("Stoppen."), 201)
        .await;
    let keep = own
        .post(&NOOR, "/decision-proposals", proposed("Doorgaan."), 201)
        .await;
    assert_ne!(stop["decision"], keep["decision"]);
    let decision = json!({"text": "De bijstand gaat door.", "proposal": keep["decision"]});
    own.post(&NOOR, "/decisions", decision, 201).await;
    assert_eq!(statuses(&own).await, ["not_taken", "taken"]);
    let taken = own.items(&NOOR, "/decisions").await;
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0]["proposal"], keep["decision"]);
    assert_eq!(taken[0]["room"], "within_law");
    assert_eq!(taken[0]["grounds"], json!(["justice", "agency"]));
    assert_eq!(taken[0]["text"], "De bijstand gaat door.");
    assert_eq!(taken[0]["comparedCount"], 0);
}

#[tokio::test]
async fn a_proposal_that_is_turned_down_says_why() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let stop = own
        .post(&NOOR, "/decision-proposals", proposed("Stoppen."), 201)
        .await;
    let id = stop["decision"].as_str().unwrap();
    let path = format!("/decision-proposals/{id}/rejection");
    let no = json!({"reason": "Dit helpt niemand."});
    own.post(&NOOR, &path, no.clone(), 200).await;
    let items = own.items(&NOOR, "/decision-proposals").await;
    assert_eq!(items[0]["status"], "rejected");
    assert_eq!(items[0]["reason"], "Dit helpt niemand.");
    own.post(&NOOR, "/decision-proposals/none/rejection", no, 404)
        .await;
}

#[tokio::test]
async fn a_decision_without_a_proposal_names_its_room_and_grounds() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let bare = own
        .post(&NOOR, "/decisions", json!({"text": "Doen."}), 400)
        .await;
    assert_eq!(wrong(&bare), ["/room", "/grounds"]);
    let cost = json!({"text": "Doen.", "room": "within_law", "grounds": ["cost"]});
    assert_eq!(
        wrong(&own.post(&NOOR, "/decisions", cost, 400).await),
        ["/grounds"]
    );
}

#[tokio::test]
async fn a_weighing_that_is_not_complete_carries_no_decision() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    own.part(
        json!({"assessment": "t", "method": "reversed_test", "part": "effect", "text": "x"}),
        201,
    )
    .await;
    let mut decision = proposed("Doen.");
    decision["assessments"] = json!(["t"]);
    let refused = own.post(&NOOR, "/decisions", decision.clone(), 409).await;
    assert_eq!(problem(&refused), "assessment-incomplete");
    decision["assessments"] = json!(["another"]);
    own.post(&NOOR, "/decisions", decision, 404).await;
}

#[tokio::test]
async fn a_decision_stands_under_the_mandate_of_who_takes_it() {
    let world = World::new().await;
    mandates(&world).await;
    let own = Own::reported(&world).await;
    let mut decision = proposed("Doen.");
    decision["mandate"] = "m-noor".into();
    decision["subject"] = "housing".into();
    let refused = own.post(&NOOR, "/decisions", decision.clone(), 409).await;
    assert_eq!(problem(&refused), "outside-mandate");
    decision["subject"] = "income".into();
    own.post(&NOOR, "/decisions", decision, 201).await;
    assert_eq!(own.items(&NOOR, "/decisions").await[0]["mandate"], "m-noor");
}
