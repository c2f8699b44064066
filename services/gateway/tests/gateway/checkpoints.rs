//! What a party keeps of the platform's log, and what it makes of a checkpoint that does not fit.

use municipality::Municipality;
use serde_json::{Value, json};
use transparency::{
    Checkpoint, Consistency, Hash, leaf_hash,
    note::Signer,
    origin_of,
    tree::{self, Frontier},
};

use super::support::{LOG_KEY, PLATFORM, Platform, Running, UTRECHT, World, oin};

/// A log of so many events; another story has other events.
fn log(story: u8, size: u8) -> Vec<Hash> {
    (0..size).map(|n| leaf_hash(&[story, n])).collect()
}

fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier.root().expect("a log with events")
}

/// What the platform tells of a log, signed with this key.
fn published(leaves: &[Hash], previous: u64, key: &[u8; 32]) -> Value {
    let origin = origin_of(PLATFORM);
    let size = leaves.len() as u64;
    let checkpoint = Checkpoint {
        origin: origin.clone(),
        size,
        root: root(leaves),
    };
    let signer = Signer::new(&origin, key).expect("a key");
    let ranges = tree::consistency(previous, size).unwrap_or_default();
    let hashes = ranges
        .iter()
        .map(|range| root(&leaves[range.start as usize..range.end as usize]));
    json!({
        "note": checkpoint.sign(&signer).expect("a note"),
        "previous": previous,
        "proof": Consistency(hashes.collect()),
    })
}

/// Tells one, and gives the states of all that are kept, in the order in which they came.
async fn told(platform: &Platform, utrecht: &Running, count: u64, data: Value) -> Vec<Value> {
    platform
        .tell(&oin(UTRECHT), "checkpoint.published", None, data)
        .await;
    utrecht.has_received(count).await;
    let kept = utrecht.get("/v1/checkpoints").await;
    let items = kept["items"].as_array().expect("a list");
    items
        .iter()
        .rev()
        .map(|item| item["state"].clone())
        .collect()
}

#[tokio::test]
async fn one_that_overtook_another_is_linked_when_that_comes() {
    let world = World::new().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let platform = world.platform().await;
    let log = log(1, 20);
    let first = published(&log[..3], 0, &LOG_KEY);
    let states = told(&platform, &utrecht, 1, first).await;
    assert_eq!(states, ["consistent"]);
    let third = published(&log, 8, &LOG_KEY);
    let states = told(&platform, &utrecht, 2, third).await;
    assert_eq!(states, ["consistent", "unlinked"]);
    let second = published(&log[..8], 3, &LOG_KEY);
    let states = told(&platform, &utrecht, 3, second).await;
    assert_eq!(states, ["consistent", "consistent", "consistent"]);
    assert_eq!(utrecht.get("/v1/inbox").await["checkpoints"], json!([]));
    utrecht.stop().await;
}

#[tokio::test]
async fn one_that_does_not_fit_is_kept_as_a_finding() {
    let world = World::new().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let platform = world.platform().await;
    let (honest, other) = (log(1, 12), log(2, 12));
    let first = published(&honest[..5], 0, &LOG_KEY);
    assert_eq!(told(&platform, &utrecht, 1, first).await, ["consistent"]);
    let rewritten = published(&other, 5, &LOG_KEY);
    let states = told(&platform, &utrecht, 2, rewritten).await;
    assert_eq!(states[1..], ["inconsistent"]);
    let forked = published(&other[..5], 0, &LOG_KEY);
    let states = told(&platform, &utrecht, 3, forked).await;
    assert_eq!(states[2..], ["forked"]);
    let forged = published(&honest, 5, &[3; 32]);
    let states = told(&platform, &utrecht, 4, forged).await;
    assert_eq!(states[3..], ["forged"]);
    // What does not fit takes nothing away from what does.
    let next = published(&honest, 5, &LOG_KEY);
    let states = told(&platform, &utrecht, 5, next).await;
    assert_eq!(states[4..], ["consistent"]);
    let inbox = utrecht.get("/v1/inbox").await;
    let found = inbox["checkpoints"].as_array().expect("a list");
    let found: Vec<_> = found.iter().map(|item| item["state"].clone()).collect();
    assert_eq!(found, ["inconsistent", "forked", "forged"]);
    utrecht.stop().await;
}
