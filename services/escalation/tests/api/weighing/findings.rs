//! Stuck cases are found, and each finding explains itself.

use serde_json::{Value, json};

use super::Own;
use crate::people::{INE, NOOR, SEM, SVB};
use crate::story::{HANDOFFS, offer};
use crate::world::World;

const CHAIN: [&str; 2] = [
    "child_budget_follows_child_benefit",
    "child_benefit_requires_parent_or_guardian",
];

fn kinds(items: &[Value]) -> Vec<&str> {
    let kinds = items.iter().map(|item| item["kind"].as_str().unwrap());
    kinds.collect()
}

#[tokio::test]
async fn rules_that_hang_together_are_explained_with_their_chain() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    assert_eq!(own.items(&NOOR, "/findings").await, Vec::<Value>::new());
    own.block("rule", &CHAIN).await;
    let items = own.items(&NOOR, "/findings").await;
    assert_eq!(kinds(&items), ["rules_collide"]);
    assert_eq!(
        items[0]["because"],
        json!({"collision": "chain", "rules": CHAIN})
    );
    assert_eq!(
        items[0]["explanation"],
        "Deze regels hangen aan elkaar: ‘Kindgebonden budget volgt de kinderbijslag’ → \
         ‘Kinderbijslag alleen voor een ouder of voogd’. Stopt de laatste, dan stopt alles ervoor."
    );
    assert_eq!(
        items[0]["next"][0],
        json!({"step": "weigh", "text": "Weeg af waar elke regel voor bedoeld is",
            "textEn": "Weigh what each rule is for"})
    );
}

#[tokio::test]
async fn a_shortage_is_offered_a_signal_and_no_way_up() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    own.block("scarcity", &[]).await;
    let items = own.items(&NOOR, "/findings").await;
    assert_eq!(kinds(&items), ["scarcity"]);
    assert_eq!(items[0]["because"], json!({"theme": "income"}));
    let steps = items[0]["next"].as_array().unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0]["step"], "raise_signal");
}

#[tokio::test]
async fn an_organisation_with_a_service_that_never_gave_a_sign_of_life_is_silent_after_a_day() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    own.post(&NOOR, "/handoffs", offer(HANDOFFS[0], SVB), 201)
        .await;
    world.clock.set("2026-03-03T09:00:00Z".parse().unwrap());
    assert_eq!(own.items(&NOOR, "/findings").await, Vec::<Value>::new());
    world.clock.set("2026-03-03T09:00:01Z".parse().unwrap());
    let items = own.items(&NOOR, "/findings").await;
    assert_eq!(kinds(&items), ["party_silent"]);
    assert_eq!(
        items[0]["because"],
        json!({"since": "2026-03-02T09:00:00Z", "organisation": SVB, "handoffs": [HANDOFFS[0]]})
    );
    assert_eq!(
        items[0]["explanationEn"],
        "Sociale Verzekeringsbank is waited for, but its system has been silent since 2026-03-02."
    );
}

#[tokio::test]
async fn only_the_stuck_cases_of_the_own_organisation_are_listed() {
    let world = World::new().await;
    let fine = Own::reported(&world).await;
    let stuck = Own::reported(&world).await;
    stuck.block("rule", &CHAIN).await;
    let list = world.get(&NOOR, "/v1/findings").await.expect(200);
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "and not {}", fine.case);
    assert_eq!(items[0]["case"], stuck.case.as_str());
    assert_eq!(items[0]["state"], "blocked");
    assert_eq!(items[0]["findings"][0]["kind"], "rules_collide");
    let others = world.get(&INE, "/v1/findings").await.expect(200);
    assert_eq!(others["items"], json!([]));
}

#[tokio::test]
async fn who_sees_only_a_card_is_told_of_no_finding() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    own.block("rule", &CHAIN).await;
    own.post(&NOOR, "/handoffs", offer(HANDOFFS[0], SVB), 201)
        .await;
    let reply = world.get(&SEM, &own.path("/findings")).await;
    assert!(!reply.text.contains("rules_collide"), "{}", reply.text);
}
