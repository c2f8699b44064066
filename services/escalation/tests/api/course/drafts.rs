//! A story that is not shared yet.

use axum::http::Method;
use serde_json::{Value, json};

use crate::people::{FATMA, NOOR, PETRA, Person, SEM, UTRECHT};
use crate::story::{report, text};
use crate::world::World;

fn begun() -> Value {
    json!({"content": {"story": "Bella zorgt voor Sam.", "theme": 7}})
}

async fn draft(world: &World) -> String {
    let told = world.post(&NOOR, "/v1/drafts", &begun()).await.expect(201);
    text(&told["case"])
}

#[tokio::test]
async fn a_draft_is_kept_as_it_is_and_found_again() {
    let world = World::new().await;
    let reply = world.post(&NOOR, "/v1/drafts", &begun()).await;
    let place = reply.header("location").unwrap().to_owned();
    let case = text(&reply.expect(201)["case"]);
    assert_eq!(place, format!("/v1/drafts/{case}"));
    let seen = world.get(&NOOR, &place).await;
    assert_eq!(seen.header("etag"), Some("\"1\""));
    let item = json!({"case": case, "version": 1, "savedAt": "2026-03-02T09:00:00Z",
        "remindAt": "2026-04-01T08:00:00Z"});
    let mut whole = item.clone();
    whole["content"] = begun()["content"].clone();
    assert_eq!(seen.expect(200), whole);
    let list = world.get(&NOOR, "/v1/drafts").await.expect(200);
    assert_eq!(list, json!({"items": [item]}));
}

#[tokio::test]
async fn a_draft_kept_again_takes_the_place_of_what_was_there() {
    let world = World::new().await;
    let path = format!("/v1/drafts/{}", draft(&world).await);
    let other = json!({"content": {"story": "Anders."}});
    world.put(&NOOR, &path, &other).await.expect(200);
    let seen = world.get(&NOOR, &path).await.expect(200);
    assert_eq!(seen["content"], other["content"]);
    assert_eq!(seen["version"], 2);
    let old = [("If-Match", "\"1\"")];
    let reply = world.ask(&NOOR, Method::PUT, &path, &old, Some(&other));
    reply.await.expect(409);
}

#[tokio::test]
async fn a_draft_is_there_for_its_writers_only() {
    let world = World::new().await;
    let path = format!("/v1/drafts/{}", draft(&world).await);
    let colleague = Person {
        name: "nina",
        roles: &["case_director"],
        ..NOOR
    };
    world.get(&colleague, &path).await.expect(200);
    for stranger in [PETRA, FATMA, SEM] {
        let list = world.get(&stranger, "/v1/drafts").await.expect(200);
        assert_eq!(list, json!({"items": []}), "{stranger:?}");
        world.get(&stranger, &path).await.expect(404);
        world.put(&stranger, &path, &begun()).await.expect(404);
        world.delete(&stranger, &path).await.expect(404);
        let reported = format!("{path}/report");
        world
            .post(&stranger, &reported, &report())
            .await
            .expect(404);
    }
    assert_eq!(world.get(&NOOR, &path).await.expect(200)["version"], 1);
    world.post(&PETRA, "/v1/drafts", &begun()).await.expect(403);
}

#[tokio::test]
async fn a_draft_is_no_case_until_it_is_reported_and_then_keeps_its_id() {
    let world = World::new().await;
    let case = draft(&world).await;
    let (draft, case_path) = (format!("/v1/drafts/{case}"), format!("/v1/cases/{case}"));
    world.get(&NOOR, &case_path).await.expect(404);
    let path = format!("{draft}/report");
    let wrong = world.post(&NOOR, &path, &begun()).await.expect(400);
    assert!(wrong["invalidParams"].as_array().unwrap().len() > 1);
    let told = world.post(&NOOR, &path, &report()).await;
    assert_eq!(told.header("location"), Some(case_path.as_str()));
    assert_eq!(told.expect(201)["case"], case.as_str());
    let seen = world.get(&NOOR, &case_path).await.expect(200);
    assert_eq!(
        (&seen["owner"], &seen["version"]),
        (&json!(UTRECHT), &json!(2))
    );
    assert_eq!(seen["state"], "active");
    // What was written before it was shared is not part of what happened.
    let timeline = world.get(&NOOR, &format!("{case_path}/timeline")).await;
    let kinds: Vec<_> = timeline.expect(200)["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| text(&item["kind"]))
        .collect();
    assert_eq!(kinds, ["case.reported"]);
    world.get(&NOOR, &draft).await.expect(404);
    assert_eq!(
        world.get(&NOOR, "/v1/drafts").await.expect(200),
        json!({"items": []})
    );
    let again = world.post(&NOOR, &path, &report()).await.expect(409);
    assert_eq!(again["type"], "urn:doorbraak:problem:case-exists");
    let thrown = world.delete(&NOOR, &draft).await.expect(409);
    assert_eq!(thrown["type"], "urn:doorbraak:problem:not-a-draft");
}

#[tokio::test]
async fn the_same_key_keeps_one_draft_and_reports_it_once() {
    let world = World::new().await;
    let key = [("Idempotency-Key", "k1")];
    let keep = || world.ask(&NOOR, Method::POST, "/v1/drafts", &key, Some(&DRAFT));
    static DRAFT: std::sync::LazyLock<Value> = std::sync::LazyLock::new(begun);
    let once = keep().await.expect(201);
    assert_eq!(once, keep().await.expect(201));
    let path = format!("/v1/drafts/{}/report", text(&once["case"]));
    let key = [("Idempotency-Key", "k2")];
    let body = report();
    let once = world.ask(&NOOR, Method::POST, &path, &key, Some(&body));
    let once = once.await.expect(201);
    let again = world.ask(&NOOR, Method::POST, &path, &key, Some(&body));
    assert_eq!(once, again.await.expect(201));
}

#[tokio::test]
async fn a_draft_that_is_thrown_away_is_gone() {
    let world = World::new().await;
    let case = draft(&world).await;
    let path = format!("/v1/drafts/{case}");
    world.delete(&NOOR, &path).await.expect(200);
    world.get(&NOOR, &path).await.expect(404);
    let reported = format!("{path}/report");
    world.post(&NOOR, &reported, &report()).await.expect(404);
    world
        .get(&NOOR, &format!("/v1/cases/{case}"))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_reminder_moves_on_and_the_draft_stays() {
    let world = World::new().await;
    let path = format!("/v1/drafts/{}", draft(&world).await);
    world.advance("2026-04-01T08:00:00Z").await;
    let seen = world.get(&NOOR, &path).await.expect(200);
    assert_eq!(seen["remindAt"], "2026-05-01T08:00:00Z");
    assert_eq!(seen["savedAt"], "2026-03-02T09:00:00Z");
    assert_eq!(seen["version"], 2);
}

#[tokio::test]
async fn rebuilt_views_hold_the_same_drafts() {
    let world = World::new().await;
    draft(&world).await;
    let before = world.get(&NOOR, "/v1/drafts").await.expect(200);
    let ground = world.service.ground();
    escalation::views::rebuild(&ground.db, &ground.pseudonyms)
        .await
        .unwrap();
    assert_eq!(world.get(&NOOR, "/v1/drafts").await.expect(200), before);
    assert_eq!(before["items"].as_array().unwrap().len(), 1);
}
