//! The whole story through one door.

use serde_json::{Value, json};

use crate::people::{NOOR, UTRECHT};
use crate::story::{Chapter, Story};
use crate::world::World;

#[tokio::test]
async fn a_case_goes_all_the_way_up_and_home_again_through_the_api_alone() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    let stands = ["rung", "tier", "state", "outcome", "owner"].map(|name| case[name].clone());
    let expected = [
        "local_table",
        "local",
        "closed",
        "solved_by_deviation",
        UTRECHT,
    ]
    .map(Value::from);
    assert_eq!(stands, expected);
    let timeline = world.get(&NOOR, &story.path("/timeline")).await.expect(200);
    let items = timeline["items"].as_array().unwrap();
    let kinds: Vec<_> = items
        .iter()
        .map(|item| item["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds.len(), 45, "{kinds:?}");
    assert_eq!(
        items[0],
        json!({"position": 1, "at": "2026-03-02T09:00:00Z",
        "kind": "case.reported", "rung": "own_work", "organisation": UTRECHT, "role": "raiser"})
    );
}
