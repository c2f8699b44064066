//! Insisting, acknowledging, evidence that came later, and urgency.

use serde_json::{Value, json};

use crate::people::{DIRK, NOOR, PETRA, SEM};
use crate::story::{Chapter, HANDOFFS, Story, evidence, offer};
use crate::world::World;

const ITEMS: [&str; 4] = [
    "question",
    "tried_provisions",
    "citizens_wish",
    "perspective",
];

/// The workshop is asked to admit the case.
async fn asked(world: &World) -> Story<'_> {
    let mut story = Story::told(world, Chapter::Reported).await;
    let block = json!({"type": "rule", "explanation": "Het botst."});
    world
        .post(&NOOR, &story.path("/blocks"), &block)
        .await
        .expect(201);
    let body = json!({"toRung": "workshop", "evidence": evidence(&ITEMS)});
    let told = world.post(&NOOR, &story.path("/escalations"), &body).await;
    story.escalation = crate::story::text(&told.expect(201)["escalation"]);
    story
}

async fn triage(world: &World, story: &Story<'_>, answer: Value) {
    let path = story.path(&format!("/escalations/{}/triage", story.escalation));
    world.post(&PETRA, &path, &answer).await.expect(200);
}

async fn requests(world: &World, story: &Story<'_>) -> Vec<Value> {
    let list = world
        .get(&NOOR, &story.path("/escalations"))
        .await
        .expect(200);
    list["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn who_insists_goes_to_the_body_above_once() {
    let world = World::new().await;
    let story = asked(&world).await;
    let path = story.path("/insistences");
    let insist = json!({"explanation": "De werkplaats ziet het te klein."});
    let early = world.post(&NOOR, &path, &insist).await.expect(409);
    assert_eq!(early["type"], "urn:doorbraak:problem:escalation-pending");
    triage(
        &world,
        &story,
        json!({"answer": "refused", "reason": "other_route"}),
    )
    .await;
    world.post(&NOOR, &path, &insist).await.expect(201);
    let requests = requests(&world, &story).await;
    assert_eq!(requests[0]["status"], "refused");
    assert_eq!(requests[1]["toRung"], "local_table");
    assert_eq!(requests[1]["origin"], "insisted");
    assert_eq!(
        requests[1]["insistence"],
        "De werkplaats ziet het te klein."
    );
    let explained = requests[1]["evidence"].as_array().unwrap().iter();
    let explained: Vec<_> = explained
        .map(|item| (item["item"].as_str().unwrap(), item["explained"] == true))
        .collect();
    let expected = [
        ("legal_basis_per_party", true),
        ("light_method", true),
        ("parties_contacted", true),
    ];
    assert_eq!(explained, expected);
}

#[tokio::test]
async fn nothing_to_insist_on_is_a_conflict_and_no_explanation_a_bad_request() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/insistences");
    let told = world
        .post(&NOOR, &path, &json!({"explanation": "Toch."}))
        .await;
    assert_eq!(
        told.expect(409)["type"],
        "urn:doorbraak:problem:nothing-to-insist-on"
    );
    let told = world.post(&NOOR, &path, &json!({})).await.expect(400);
    let missing = json!([{"name": "/explanation", "reason": "is required"}]);
    assert_eq!(told["invalidParams"], missing);
}

#[tokio::test]
async fn a_request_that_is_acknowledged_has_a_review_and_climbs_without_progress() {
    let world = World::new().await;
    let story = asked(&world).await;
    let path = story.path(&format!(
        "/escalations/{}/acknowledgement",
        story.escalation
    ));
    let far = json!({"reviewAt": "2027-01-01T00:00:00Z"});
    let told = world.post(&PETRA, &path, &far).await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/reviewAt");
    let body = json!({"reviewAt": "2026-03-12T09:00:00Z"});
    world.post(&PETRA, &path, &body).await.expect(200);
    let seen = &requests(&world, &story).await[0];
    assert_eq!(seen["status"], "acknowledged");
    assert_eq!(
        (&seen["acknowledged"], &seen["reviewAt"]),
        (&json!(true), &json!("2026-03-12T09:00:00Z"))
    );
    let twice = world.post(&PETRA, &path, &body).await.expect(409);
    assert_eq!(twice["type"], "urn:doorbraak:problem:already-acknowledged");
    world.advance("2026-03-12T09:00:00Z").await;
    let requests = requests(&world, &story).await;
    assert_eq!(requests[1]["origin"], "no_progress");
    assert_eq!(requests[1]["toRung"], "local_table");
}

#[tokio::test]
async fn a_returned_request_names_its_items_and_its_term_as_tasks() {
    let world = World::new().await;
    let story = asked(&world).await;
    triage(
        &world,
        &story,
        json!({"answer": "returned", "missing": ["question"]}),
    )
    .await;
    let by = "2026-03-16T09:00:00Z";
    let seen = &requests(&world, &story).await[0];
    assert_eq!(
        (&seen["status"], &seen["completeBy"]),
        (&json!("returned"), &json!(by))
    );
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["state"], "returned");
    let task = json!({"kind": "complete_request", "by": by, "what": "question"});
    assert_eq!(case["openTasks"], json!([task]));
    world.advance(by).await;
    let seen = &requests(&world, &story).await[0];
    assert_eq!(seen["status"], "not_completed");
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(
        (&case["state"], &case["openTasks"]),
        (&json!("blocked"), &json!([]))
    );
}

#[tokio::test]
async fn what_silence_left_unexplained_is_given_later() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    // Nobody answers for five working days, and nobody does anything for five more.
    world.advance("2026-03-16T09:00:00Z").await;
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["state"], "escalation_requested");
    let request = requests(&world, &story).await[0].clone();
    assert_eq!(request["origin"], "handoff_silence");
    assert_eq!(request["unexplained"], json!(["perspective", "question"]));
    assert_eq!(request["explainBy"], "2026-03-23T09:00:00Z");
    let task =
        |what| json!({"kind": "explain_evidence", "by": "2026-03-23T09:00:00Z", "what": what});
    assert_eq!(
        case["openTasks"],
        json!([task("perspective"), task("question")])
    );
    let id = crate::story::text(&request["escalation"]);
    let path = story.path(&format!("/escalations/{id}/evidence"));
    let unasked = json!({"evidence": evidence(&["plan"])});
    let told = world.post(&NOOR, &path, &unasked).await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/evidence");
    let given = json!({"evidence": [{"item": "question", "explanation": "Die volgt nog."}]});
    world.post(&NOOR, &path, &given).await.expect(200);
    let request = requests(&world, &story).await[0].clone();
    assert_eq!(request["unexplained"], json!(["perspective"]));
    assert_eq!(
        request["evidence"],
        json!([{"item": "question", "explained": true, "text": "Die volgt nog."}])
    );
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["openTasks"], json!([task("perspective")]));
    // The owner is asked again when the term passes.
    world.advance("2026-03-23T09:00:00Z").await;
    let later = requests(&world, &story).await;
    let asked = later
        .iter()
        .find(|it| it["escalation"] == id.as_str())
        .unwrap();
    assert_eq!(asked["explainBy"], "2026-03-30T08:00:00Z");
}

#[tokio::test]
async fn urgency_is_confirmed_by_somebody_else_than_who_claimed_it() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/urgency");
    let nobody = world.ask(&PETRA, axum::http::Method::POST, &path, &[], None);
    assert_eq!(
        nobody.await.expect(409)["type"],
        "urn:doorbraak:problem:urgency-not-claimed"
    );
    let mut urgent = offer(HANDOFFS[0], crate::people::SVB);
    urgent["urgent"] = json!(true);
    world
        .post(&NOOR, &story.path("/handoffs"), &urgent)
        .await
        .expect(201);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["urgency"], "claimed");
    assert_eq!(case["confirmUrgencyBy"], "2026-03-03T09:00:00Z");
    let same = world.ask(&NOOR, axum::http::Method::POST, &path, &[], None);
    assert_eq!(
        same.await.expect(409)["type"],
        "urn:doorbraak:problem:same-person"
    );
    let second = world.ask(&PETRA, axum::http::Method::POST, &path, &[], None);
    second.await.expect(200);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["urgency"], "confirmed");
    assert_eq!(case["confirmUrgencyBy"], Value::Null);
}

#[tokio::test]
async fn urgency_that_nobody_confirms_gives_the_ordinary_term_back() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let mut urgent = offer(HANDOFFS[0], crate::people::SVB);
    urgent["urgent"] = json!(true);
    world
        .post(&NOOR, &story.path("/handoffs"), &urgent)
        .await
        .expect(201);
    let answer_by = async || {
        let inbox = world.get(&SEM, "/v1/handoffs").await.expect(200);
        inbox["items"][0]["answerBy"].clone()
    };
    assert_eq!(answer_by().await, "2026-03-03T09:00:00Z");
    world.advance("2026-03-03T09:00:00Z").await;
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["urgency"], "ordinary");
    assert_eq!(answer_by().await, "2026-03-09T09:00:00Z");
}

#[tokio::test]
async fn only_who_admits_acknowledges() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::DeskAsked).await;
    let path = story.path(&format!(
        "/escalations/{}/acknowledgement",
        story.escalation
    ));
    world.post(&PETRA, &path, &json!({})).await.expect(403);
    world.post(&DIRK, &path, &json!({})).await.expect(200);
    let unknown = story.path("/escalations/e-unknown/acknowledgement");
    world.post(&DIRK, &unknown, &json!({})).await.expect(404);
}
