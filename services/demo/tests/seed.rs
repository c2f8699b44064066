//! What the demo begins with: something for an operator to mend, and something to learn from.

// A test may stop at the first surprise, its helpers included.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use chassis::Clock;
use demo::{
    embedded::{Ports, World, WorldConfig},
    personas,
    play::{Door, Request},
    seed,
};
use reqwest::Method;
use serde_json::{Value, json};

async fn get(world: &World, by: &str, path: &str) -> Value {
    let request = Request {
        door: Door::Platform,
        method: Method::GET,
        path,
        body: None,
        key: None,
    };
    let by = personas::find(by).unwrap();
    let now = Clock::system().now();
    let reply = world.doors().call(by, now, request).await.unwrap();
    assert!(reply.is_success(), "{reply}");
    reply.body
}

#[tokio::test]
async fn three_answers_stand_in_quarantine_and_the_year_before_is_told_as_far_as_may_be() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::start(WorldConfig {
        folder: folder.path().to_owned(),
        faults: None,
        start: None,
        seed: None,
        ports: Ports::Free,
        plain: false,
        doors: BTreeMap::new(),
    })
    .await
    .unwrap();
    let now = Clock::system().now();
    let seeded = async || seed::seed_once(world.doors(), folder.path(), now, 20, &mut |_| {}).await;
    assert!(seeded().await.unwrap());

    let list = get(&world, "olga", "/v1/platform/quarantine").await;
    let entries = list["items"].as_array().unwrap();
    let mut senders: Vec<_> = entries.iter().map(|entry| &entry["sender"]).collect();
    senders.sort_unstable_by_key(|sender| sender.as_str());
    let svb_tax_office_and_spirit = [
        "00000099000000002000",
        "00000099000000003000",
        "00000099000000004000",
    ];
    assert_eq!(senders, svb_tax_office_and_spirit);
    for entry in entries {
        assert_eq!(
            (&entry["reason"], &entry["outcome"]),
            (&json!("not_known_in_time"), &json!(null))
        );
    }

    // Two, four, six and eight cases in four quarters, of which at most five are about debts.
    let told = get(&world, "hanna", "/v1/insights").await;
    let few = Value::Null;
    let themes: Vec<_> = told["counts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|counted| counted["kind"] == "theme")
        .map(|counted| (&counted["word"], &counted["cases"]))
        .collect();
    let cases = json!([few, few, few, few, few, few, 5, 5]);
    assert_eq!(themes, [(&json!("debts"), &cases)]);
    let stays = told["stays"].as_array().unwrap();
    let left: Vec<_> = stays
        .iter()
        .map(|stay| (&stay["rung"], &stay["cases"]))
        .collect();
    let twenty = json!(20);
    assert_eq!(
        left,
        [(&json!("own_work"), &twenty), (&json!("workshop"), &twenty)]
    );
    // Nobody is left with what was only played.
    let work = get(&world, "jelle", "/v1/work").await;
    assert_eq!(work["items"], json!([]));

    assert!(!seeded().await.unwrap());
    world.stop().await;
}
