//! Shared funds and the free budget.

use serde_json::{Value, json};

use super::{Own, mandates, problem, wrong};
use crate::people::{NOOR, SEM, SVB};
use crate::story::{HANDOFFS, offer};
use crate::world::World;

/// Somebody of the SVB who may pay.
const FUND_HOLDER: crate::people::Person = crate::people::Person {
    name: "ine",
    organisation: SVB,
    roles: &["fund_holder"],
};

async fn fund<'a>(world: &'a World, amount: i64) -> (Own<'a>, String) {
    mandates(world).await;
    let own = Own::reported(world).await;
    let body = json!({"amountCents": amount, "purpose": "Een hulphond."});
    let opened = own.post(&NOOR, "/funds", body, 201).await;
    let fund = opened["fund"].as_str().unwrap().to_owned();
    (own, format!("/funds/{fund}/contributions"))
}

fn share(amount: i64, mandate: &str) -> Value {
    json!({"amountCents": amount, "mandate": mandate, "subject": "income"})
}

#[tokio::test]
async fn the_shares_of_several_organisations_make_the_sum_exactly() {
    let world = World::new().await;
    let (own, path) = fund(&world, 25_000).await;
    own.post(&NOOR, "/handoffs", offer(HANDOFFS[0], SVB), 201)
        .await;
    let answer = json!({"answer": "accepted"});
    let accept = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    world.post(&SEM, &accept, &answer).await.expect(200);
    own.post(&NOOR, &path, share(10_000, "m-noor"), 201).await;
    let much = own
        .post(&FUND_HOLDER, &path, share(15_001, "m-ine"), 400)
        .await;
    assert_eq!(wrong(&much), ["/amountCents"]);
    own.post(&FUND_HOLDER, &path, share(15_000, "m-ine"), 201)
        .await;
    let funds = own.items(&NOOR, "/funds").await;
    assert_eq!(funds[0]["purpose"], "Een hulphond.");
    assert_eq!(funds[0]["missingCents"], 0);
    let shares: Vec<_> = funds[0]["shares"]
        .as_array()
        .unwrap()
        .iter()
        .map(|share| (share["mandate"].clone(), share["amountCents"].clone()))
        .collect();
    assert_eq!(
        shares,
        [
            (json!("m-noor"), json!(10_000)),
            (json!("m-ine"), json!(15_000))
        ]
    );
}

#[tokio::test]
async fn nobody_gives_more_than_the_mandate_says() {
    let world = World::new().await;
    let (own, path) = fund(&world, 25_000).await;
    let refused = own.post(&NOOR, &path, share(10_001, "m-noor"), 409).await;
    assert_eq!(problem(&refused), "outside-mandate");
    assert_eq!(own.items(&NOOR, "/funds").await[0]["missingCents"], 25_000);
}

#[tokio::test]
async fn a_fund_of_nothing_and_a_fund_that_is_not_there_are_refused() {
    let world = World::new().await;
    let (own, _) = fund(&world, 1).await;
    let nothing = json!({"amountCents": 0, "purpose": "Niets."});
    assert_eq!(
        wrong(&own.post(&NOOR, "/funds", nothing, 400).await),
        ["/amountCents"]
    );
    own.post(&NOOR, "/funds/none/contributions", share(1, "m-noor"), 404)
        .await;
}

#[tokio::test]
async fn spending_inside_the_mandate_needs_nobodys_approval() {
    let world = World::new().await;
    mandates(&world).await;
    let own = Own::reported(&world).await;
    let spent = |amount: i64| {
        json!({"amountCents": amount, "text": "Een koelkast.", "mandate": "m-noor",
            "subject": "income"})
    };
    own.post(&NOOR, "/spending", spent(10_001), 409).await;
    own.post(&NOOR, "/spending", spent(10_000), 201).await;
    let items = own.items(&NOOR, "/spending").await;
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["amountCents"], 10_000);
    assert_eq!(items[0]["mandate"], "m-noor");
    assert_eq!(items[0]["text"], "Een koelkast.");
}
