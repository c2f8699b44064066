//! Scenario 5: twenty youths wait for a home that is not there. One signal, and nobody climbs.

use serde_json::{Value, json};

use crate::people::{ANNA, INE, NOOR, PETRA, UTRECHT, YARA};
use crate::story::{report, text};
use crate::world::World;

async fn youth(world: &World) -> String {
    let mut told = report();
    told["theme"] = "housing".into();
    let case = text(&world.post(&NOOR, "/v1/cases", &told).await.expect(201)["case"]);
    let block = json!({"type": "scarcity", "explanation": "Er is geen woning."});
    let path = format!("/v1/cases/{case}/blocks");
    world.post(&NOOR, &path, &block).await.expect(201);
    case
}

async fn signals(world: &World) -> Vec<Value> {
    world.reacted().await;
    let listed = world.get(&PETRA, "/v1/signals").await.expect(200);
    listed["items"].as_array().unwrap().clone()
}

async fn kinds(world: &World) -> Vec<String> {
    let log = world
        .service
        .ground()
        .db
        .read_after(0, 10_000)
        .await
        .unwrap();
    log.into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn twenty_scarcity_blocks_raise_one_signal_with_twenty_cases_and_no_escalation() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for _ in 0..4 {
        cases.push(youth(&world).await);
    }
    assert_eq!(signals(&world).await, Vec::<Value>::new());
    for _ in 4..20 {
        cases.push(youth(&world).await);
    }
    let raised = signals(&world).await;
    assert_eq!(raised.len(), 1);
    assert_eq!(raised[0]["kind"], "scarcity");
    assert_eq!(raised[0]["theme"], "housing");
    assert_eq!(raised[0]["region"], "midden-nederland");
    assert_eq!(raised[0]["raisedBy"], UTRECHT);
    assert_eq!(raised[0]["cases"], 20);
    cases.sort();
    assert_eq!(raised[0]["ownCases"], json!(cases));
    let kinds = kinds(&world).await;
    let count = |kind: &str| kinds.iter().filter(|one| one.as_str() == kind).count();
    assert_eq!(count("signal.raised"), 1);
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| kind.starts_with("escalation."))
            .count(),
        0
    );

    // Policy hears of a number, and answers; the worker hears the answer.
    let id = text(&raised[0]["signal"]);
    let path = |rest: &str| format!("/v1/signals/{id}{rest}");
    let to = json!({"to": UTRECHT});
    world
        .post(&PETRA, &path("/assignment"), &to)
        .await
        .expect(200);
    let answer = json!({"answer": "will_change", "text": "Wij bouwen."});
    world
        .post(&ANNA, &path("/answer"), &answer)
        .await
        .expect(200);
    let heard = world.get(&NOOR, &path("")).await.expect(200);
    assert_eq!(heard["state"], "answered");
    let last = heard["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["answer"], &last["text"]),
        (&json!("will_change"), &json!("Wij bouwen."))
    );
}

#[tokio::test]
async fn doing_it_again_adds_nothing() {
    let world = World::new().await;
    for _ in 0..6 {
        youth(&world).await;
    }
    world.reacted().await;
    let db = &world.service.ground().db;
    let head = db.head().await.unwrap().position;
    db.save_checkpoint(escalation::react::FOLLOWER, 0)
        .await
        .unwrap();
    world.reacted().await;
    assert_eq!(db.head().await.unwrap().position, head);
}

#[tokio::test]
async fn another_organisation_sees_the_number_and_never_a_case() {
    let world = World::new().await;
    let case = youth(&world).await;
    for _ in 0..4 {
        youth(&world).await;
    }
    let id = text(&signals(&world).await[0]["signal"]);
    // A regional body of another theme, and an organisation that has nothing to do with it.
    world
        .get(&YARA, &format!("/v1/signals/{id}"))
        .await
        .expect(404);
    world
        .get(&INE, &format!("/v1/signals/{id}"))
        .await
        .expect(404);
    let seen = world
        .get(&crate::people::LENA, &format!("/v1/signals/{id}"))
        .await;
    assert!(!seen.text.contains(&case));
    let seen = seen.expect(200);
    assert_eq!(seen["cases"], 5);
    assert_eq!(seen["ownCases"], Value::Null);
}
