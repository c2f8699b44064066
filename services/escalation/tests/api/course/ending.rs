//! Stopping, opening again, and why the citizen is not told yet.

use serde_json::{Value, json};

use crate::people::{INE, NOOR, SEM};
use crate::story::{Chapter, Story};
use crate::world::World;

async fn last(world: &World, story: &Story<'_>) -> Value {
    let list = world.get(&NOOR, &story.path("/closure")).await.expect(200);
    list["items"].as_array().unwrap().last().unwrap().clone()
}

#[tokio::test]
async fn a_case_is_withdrawn_with_whose_wish_it_was_and_why() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let stop = json!({"initiative": "citizen", "reason": "Zij verhuist."});
    let path = story.path("/withdrawal");
    world.post(&NOOR, &path, &stop).await.expect(201);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(
        (&case["state"], &case["outcome"]),
        (&json!("withdrawn"), &json!("withdrawn"))
    );
    assert_eq!(
        (&case["handler"], &case["nextDeadline"]),
        (&Value::Null, &Value::Null)
    );
    let seen = last(&world, &story).await;
    assert_eq!(seen["kind"], "case.withdrawn");
    assert_eq!(
        (&seen["initiative"], &seen["reason"]),
        (&json!("citizen"), &json!("Zij verhuist."))
    );
    let again = world.post(&NOOR, &path, &stop).await.expect(409);
    assert_eq!(again["type"], "urn:doorbraak:problem:case-closed");
}

#[tokio::test]
async fn a_case_that_has_ended_is_opened_again_with_its_history() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let path = story.path("/reopening");
    let why = json!({"reason": "De uitkering is weer gestopt."});
    world.post(&NOOR, &path, &why).await.expect(200);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(
        (&case["state"], &case["rung"]),
        (&json!("active"), &json!("local_table"))
    );
    assert_eq!(case["outcome"], Value::Null);
    let seen = last(&world, &story).await;
    assert_eq!(
        (&seen["kind"], &seen["reason"]),
        (
            &json!("case.reopened"),
            &json!("De uitkering is weer gestopt.")
        )
    );
    let again = world.post(&NOOR, &path, &why).await.expect(409);
    assert_eq!(again["type"], "urn:doorbraak:problem:not-closed");
}

#[tokio::test]
async fn an_organisation_that_had_committed_itself_opens_it_again_and_no_other() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let path = story.path("/reopening");
    let why = json!({"reason": "Onze toezegging werkt niet."});
    let other = crate::people::Person {
        organisation: crate::people::YOUTH_TEAM,
        ..SEM
    };
    // For who has no part in it the case is not there.
    world.post(&other, &path, &why).await.expect(404);
    world.post(&INE, &path, &why).await.expect(200);
}

#[tokio::test]
async fn the_citizen_is_told_or_it_is_said_why_not_yet() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/feedback");
    let later = json!({"to": "citizen", "postponed": "Zij ligt in het ziekenhuis."});
    world.post(&NOOR, &path, &later).await.expect(201);
    let list = world.get(&NOOR, &path).await.expect(200);
    let seen = &list["items"][0];
    assert_eq!(
        (&seen["to"], &seen["postponed"]),
        (&json!("citizen"), &json!(true))
    );
    assert_eq!(seen["text"], "Zij ligt in het ziekenhuis.");
    for (body, name) in [
        (json!({"to": "citizen"}), "/text"),
        (json!({"to": "raiser", "postponed": "Later."}), "/postponed"),
        (
            json!({"to": "citizen", "text": "Zo.", "postponed": "Later."}),
            "/postponed",
        ),
    ] {
        let told = world.post(&NOOR, &path, &body).await.expect(400);
        assert_eq!(told["invalidParams"][0]["name"], name);
    }
}
