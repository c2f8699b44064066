//! What all cases together tell.

use serde_json::{Value, json};

use super::{Own, problem};
use crate::people::{HANNA, LENA, NOOR};
use crate::world::World;

const RULE: &str = "child_benefit_requires_parent_or_guardian";

async fn insights(world: &World) -> Value {
    world.get(&HANNA, "/v1/insights").await.expect(200)
}

async fn blocked(world: &World, cases: usize, kind: &str) {
    for _ in 0..cases {
        let own = Own::reported(world).await;
        own.block(kind, &[RULE]).await;
    }
}

/// Until the quarter of the story is over.
fn next_quarter(world: &World) {
    world.clock.set("2026-04-01T00:00:00Z".parse().unwrap());
}

#[tokio::test]
async fn five_cases_of_a_quarter_that_is_over_are_told_and_four_are_not() {
    let world = World::new().await;
    blocked(&world, 5, "rule").await;
    blocked(&world, 4, "financial").await;
    let told = insights(&world).await;
    assert_eq!(told["counts"], json!([]), "the quarter goes on");
    next_quarter(&world);
    let told = insights(&world).await;
    let quarters = told["quarters"].as_array().unwrap();
    assert_eq!((quarters.len(), &quarters[7]), (8, &json!("2026-Q1")));
    assert_eq!(told["smallest"], 5);
    let last = |cases: u64| json!([null, null, null, null, null, null, null, cases]);
    assert_eq!(
        told["counts"],
        json!([
            {"kind": "block", "word": "rule", "cases": last(5)},
            {"kind": "rule", "word": RULE, "cases": last(9)},
            {"kind": "theme", "word": "income", "cases": last(9)},
        ])
    );
}

#[tokio::test]
async fn a_case_with_the_same_block_twice_counts_once() {
    let world = World::new().await;
    blocked(&world, 3, "rule").await;
    let own = Own::reported(&world).await;
    own.block("rule", &[RULE]).await;
    own.block("rule", &[RULE]).await;
    next_quarter(&world);
    assert_eq!(insights(&world).await["counts"], json!([]));
}

#[tokio::test]
async fn who_is_no_analyst_is_not_told() {
    let world = World::new().await;
    for person in [&NOOR, &LENA] {
        let refused = world.get(person, "/v1/insights").await.expect(403);
        assert_eq!(problem(&refused), "forbidden");
    }
}
