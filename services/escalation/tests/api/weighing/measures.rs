//! Bridging measures.

use chassis::dev::DevHooks;
use serde_json::{Value, json};

use super::{Own, problem, wrong};
use crate::people::{NOOR, UTRECHT};
use crate::world::World;

fn measure(until: &str) -> Value {
    json!({"text": "Uitstel van betaling.", "until": until, "watcher": UTRECHT})
}

#[tokio::test]
async fn a_measure_runs_to_its_end_date_and_is_due_until_somebody_ends_it() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let started = own
        .post(&NOOR, "/measures", measure("2026-03-10"), 201)
        .await;
    let seen = own.items(&NOOR, "/measures").await;
    assert_eq!(seen[0]["status"], "running");
    assert_eq!(seen[0]["until"], "2026-03-10");
    assert_eq!(seen[0]["watcher"], UTRECHT);
    assert_eq!(seen[0]["text"], "Uitstel van betaling.");
    let hooks = world.service.hooks();
    let end = "2026-03-10T23:00:00Z".parse().unwrap();
    DevHooks::advance(&*hooks, end).await.unwrap();
    assert_eq!(own.items(&NOOR, "/measures").await[0]["status"], "due");
    let id = started["measure"].as_str().unwrap();
    let path = format!("/measures/{id}/end");
    let result = json!({"result": "De toeslag loopt weer."});
    own.post(&NOOR, &path, result.clone(), 200).await;
    let seen = own.items(&NOOR, "/measures").await;
    assert_eq!(seen[0]["status"], "ended");
    assert_eq!(seen[0]["result"], "De toeslag loopt weer.");
    let twice = own.post(&NOOR, &path, result, 409).await;
    assert_eq!(problem(&twice), "measure-ended");
}

#[tokio::test]
async fn a_measure_without_an_end_ahead_or_a_known_watcher_is_refused() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let past = own
        .post(&NOOR, "/measures", measure("2026-03-01"), 400)
        .await;
    assert_eq!(wrong(&past), ["/until"]);
    let never = own.post(&NOOR, "/measures", measure("ooit"), 400).await;
    assert_eq!(wrong(&never), ["/until"]);
    let mut stranger = measure("2026-03-10");
    stranger["watcher"] = "00000099000009999000".into();
    let refused = own.post(&NOOR, "/measures", stranger, 400).await;
    assert_eq!(wrong(&refused), ["/watcher"]);
    own.post(
        &NOOR,
        "/measures/none/end",
        json!({"result": "Klaar."}),
        404,
    )
    .await;
}
