//! Counter-offers, and giving back what was accepted.

use serde_json::{Value, json};

use crate::people::{KOEN, NOOR, SEM, SVB, UTRECHT};
use crate::story::{Chapter, HANDOFFS, Story, text};
use crate::world::World;

async fn countered(world: &World) -> Story<'_> {
    let story = Story::told(world, Chapter::Offered).await;
    let body = json!({"answer": "countered", "alternative": "Een voorschot."});
    let path = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    world.post(&SEM, &path, &body).await.expect(200);
    story
}

async fn handoff(world: &World, story: &Story<'_>, id: &str) -> Value {
    let list = world.get(&NOOR, &story.path("/handoffs")).await.expect(200);
    let items = list["items"].as_array().unwrap().iter();
    items
        .clone()
        .find(|item| item["handoff"] == id)
        .unwrap()
        .clone()
}

#[tokio::test]
async fn a_counter_offer_is_a_task_of_the_owner_until_it_is_answered() {
    let world = World::new().await;
    let story = countered(&world).await;
    let by = "2026-03-09T09:00:00Z";
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    let task = json!({"kind": "answer_counter", "by": by, "what": HANDOFFS[0]});
    assert_eq!(case["openTasks"], json!([task]));
    let seen = handoff(&world, &story, HANDOFFS[0]).await;
    assert_eq!(
        (&seen["status"], &seen["followUpBy"]),
        (&json!("countered"), &json!(by))
    );
    let path = story.path(&format!("/handoffs/{}/counter-answer", HANDOFFS[0]));
    let taken = world.post(&NOOR, &path, &json!({"accepted": true})).await;
    taken.expect(200);
    let seen = handoff(&world, &story, HANDOFFS[0]).await;
    assert_eq!(seen["status"], "accepted");
    assert_eq!(seen["counterAnswer"], "accepted");
    assert_eq!(seen["followUpBy"], Value::Null);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["openTasks"], json!([]));
    let again = world.post(&NOOR, &path, &json!({"accepted": true})).await;
    assert_eq!(
        again.expect(409)["type"],
        "urn:doorbraak:problem:counter-not-open"
    );
}

#[tokio::test]
async fn a_counter_offer_is_refused_with_a_reason() {
    let world = World::new().await;
    let story = countered(&world).await;
    let path = story.path(&format!("/handoffs/{}/counter-answer", HANDOFFS[0]));
    let told = world.post(&NOOR, &path, &json!({"accepted": false})).await;
    let reason = json!([{"name": "/reason", "reason": "declining needs a coded reason"}]);
    assert_eq!(told.expect(400)["invalidParams"], reason);
    let body = json!({"accepted": false, "reason": "not_enough"});
    world.post(&NOOR, &path, &body).await.expect(200);
    let seen = handoff(&world, &story, HANDOFFS[0]).await;
    assert_eq!(seen["status"], "declined");
    assert_eq!(seen["counterAnswer"], "refused");
    assert_eq!(seen["counterReason"], "not_enough");
}

#[tokio::test]
async fn a_counter_offer_without_an_answer_says_so() {
    let world = World::new().await;
    let story = countered(&world).await;
    world.advance("2026-03-09T09:00:00Z").await;
    let seen = handoff(&world, &story, HANDOFFS[0]).await;
    assert_eq!(seen["status"], "countered");
    assert_eq!(seen["counterAnswer"], "expired");
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["openTasks"], json!([]));
}

#[tokio::test]
async fn only_the_sender_answers_a_counter_offer() {
    let world = World::new().await;
    let story = countered(&world).await;
    let answer = json!({"accepted": true});
    let path = story.path(&format!("/handoffs/{}/counter-answer", HANDOFFS[0]));
    world.post(&KOEN, &path, &answer).await.expect(403);
    let path = story.path("/handoffs/h-unknown/counter-answer");
    let told = world.post(&NOOR, &path, &answer).await.expect(404);
    assert_eq!(told["detail"], "There is no such handoff.");
}

#[tokio::test]
async fn what_is_given_back_needs_acceptance_again() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = format!("/v1/handoffs/{}/return", HANDOFFS[0]);
    let body = json!({"reason": "Wij blijken niet bevoegd."});
    let told = world.post(&SEM, &path, &body).await.expect(201);
    let back = text(&told["handoff"]);
    let seen = handoff(&world, &story, HANDOFFS[0]).await;
    assert_eq!(seen["status"], "returning");
    let seen = handoff(&world, &story, &back).await;
    assert_eq!((&seen["from"], &seen["to"]), (&json!(SVB), &json!(UTRECHT)));
    assert_eq!(seen["returns"], HANDOFFS[0]);
    assert_eq!(
        (&seen["status"], &seen["summary"]),
        (&json!("offered"), &Value::Null)
    );
    // Until it is accepted, who gives it back is responsible and sees what it saw.
    world.get(&SEM, &story.path("")).await.expect(200);
    let again = world.post(&SEM, &path, &body).await.expect(409);
    assert_eq!(again["type"], "urn:doorbraak:problem:handoff-not-accepted");

    let answer = format!("/v1/handoffs/{back}/answer");
    let taken = json!({"answer": "accepted"});
    world.post(&NOOR, &answer, &taken).await.expect(200);
    let seen = handoff(&world, &story, HANDOFFS[0]).await;
    assert_eq!(seen["status"], "returned");
    let seen = handoff(&world, &story, &back).await;
    assert_eq!(
        (&seen["status"], &seen["summary"]),
        (&json!("accepted"), &json!("Wij blijken niet bevoegd."))
    );
    world.get(&SEM, &story.path("")).await.expect(404);
}

#[tokio::test]
async fn only_the_receiver_gives_a_handoff_back() {
    let world = World::new().await;
    Story::told(&world, Chapter::Accepted).await;
    let path = format!("/v1/handoffs/{}/return", HANDOFFS[0]);
    let body = json!({"reason": "Toch niet."});
    for stranger in [KOEN, NOOR] {
        world.post(&stranger, &path, &body).await.expect(404);
    }
}

#[tokio::test]
async fn an_offer_ends_with_the_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let stop = json!({"initiative": "citizen", "reason": "Het is opgelost."});
    world
        .post(&NOOR, &story.path("/withdrawal"), &stop)
        .await
        .expect(201);
    let seen = handoff(&world, &story, HANDOFFS[0]).await;
    assert_eq!(seen["status"], "withdrawn");
    let inbox = world.get(&SEM, "/v1/handoffs?state=offered").await;
    assert_eq!(inbox.expect(200), json!({"items": []}));
}

#[tokio::test]
async fn an_offer_can_take_the_place_of_an_earlier_one() {
    let world = World::new().await;
    let story = countered(&world).await;
    let id = "019cae00-0000-7000-8000-00000000000a";
    let mut instead = crate::story::offer(id, SVB);
    instead["insteadOf"] = json!(HANDOFFS[0]);
    let path = story.path("/handoffs");
    world.post(&NOOR, &path, &instead).await.expect(201);
    let seen = handoff(&world, &story, id).await;
    assert_eq!(seen["insteadOf"], HANDOFFS[0]);
    // The counter-offer is overtaken: nothing waits for an answer to it any more.
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["openTasks"], json!([]));
    instead["handoff"] = json!("019cae00-0000-7000-8000-00000000000b");
    instead["insteadOf"] = json!("019cae00-0000-7000-8000-00000000000f");
    world.post(&NOOR, &path, &instead).await.expect(404);
}

#[tokio::test]
async fn only_who_offered_takes_an_offer_back_and_only_before_the_answer() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let path = story.path(&format!("/handoffs/{}/withdrawal", HANDOFFS[0]));
    let why = json!({"reason": "Niet meer nodig."});
    world.post(&KOEN, &path, &why).await.expect(403);
    world.post(&NOOR, &path, &why).await.expect(200);
    let seen = handoff(&world, &story, HANDOFFS[0]).await;
    assert_eq!(seen["status"], "withdrawn");
    let late = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    let told = world
        .post(&SEM, &late, &json!({"answer": "accepted"}))
        .await;
    assert_eq!(
        told.expect(409)["type"],
        "urn:doorbraak:problem:handoff-withdrawn"
    );
}
