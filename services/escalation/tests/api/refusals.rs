//! What a caller hears when the rules say no, or the case changed.

use axum::http::Method;
use serde_json::{Value, json};

use crate::errors::{is_problem, problem};
use crate::people::{LENA, NOOR};
use crate::story::{Chapter, Story, evidence, offer};
use crate::world::World;

#[tokio::test]
async fn a_refusal_of_the_rules_is_a_conflict_with_its_own_type() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let asked = json!({"toRung": "workshop"});
    let reply = world.post(&NOOR, &story.path("/escalations"), &asked).await;
    is_problem(&reply);
    assert_eq!(
        reply.expect(409),
        problem(
            "block-required",
            409,
            "The rules do not allow this now",
            "A case climbs only when what blocks it is recorded."
        )
    );
}

#[tokio::test]
async fn a_refusal_that_a_field_is_to_blame_for_names_the_field() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::LocalTable).await;
    let asked = |body: Value| {
        let (world, story) = (&world, &story);
        async move {
            let told = world
                .post(&NOOR, &story.path("/escalations"), &body)
                .await
                .expect(400);
            told["invalidParams"].clone()
        }
    };
    let given = evidence(&["local_and_regional_attempts", "organisation_supports"]);
    assert_eq!(
        asked(json!({"toRung": "national_desk", "evidence": [], "legalBasis": "national_desk_consent"})).await,
        json!([{"name": "/evidence",
            "reason": "give or explain: local_and_regional_attempts, organisation_supports"}])
    );
    assert_eq!(
        asked(json!({"toRung": "national_desk", "evidence": given})).await,
        json!([{"name": "/legalBasis", "reason": "sharing needs a recorded legal basis"}])
    );
    assert_eq!(
        asked(json!({"toRung": "heaven"})).await,
        json!([{"name": "/toRung", "reason": "rung heaven is not on the ladder"}])
    );
    assert_eq!(
        asked(json!({"toRung": "national_table"})).await,
        json!([{"name": "/skipReason", "reason": "skipping rung national_desk needs a reason"}])
    );
}

#[tokio::test]
async fn an_organisation_that_does_not_take_part_cannot_be_named() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let unknown = "00000099000000008000";
    let offer = offer("019cae00-0000-7000-8000-000000000009", unknown);
    let told = world
        .post(&NOOR, &story.path("/handoffs"), &offer)
        .await
        .expect(400);
    let reason = "00000099000000008000 is not an organisation of this platform";
    assert_eq!(
        told["invalidParams"],
        json!([{"name": "/to", "reason": reason}])
    );
    let asked = json!({"of": unknown, "text": "Wilt u dit doen?"});
    let told = world.post(&LENA, &story.path("/commitments"), &asked).await;
    let reason = "is no organisation of this platform";
    assert_eq!(
        told.expect(400)["invalidParams"],
        json!([{"name": "/of", "reason": reason}])
    );
}

#[tokio::test]
async fn a_command_on_a_case_that_changed_since_is_a_conflict() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let block = json!({"type": "rule", "explanation": "Het botst."});
    let path = story.path("/blocks");
    let seen = [("If-Match", "\"1\"")];
    world
        .ask(&NOOR, Method::POST, &path, &seen, Some(&block))
        .await
        .expect(201);
    let reply = world
        .ask(&NOOR, Method::POST, &path, &seen, Some(&block))
        .await;
    is_problem(&reply);
    assert_eq!(
        reply.expect(409),
        problem(
            "conflict",
            409,
            "This conflicts with how things stand now",
            "The case changed in the meantime; it is now at version 2."
        )
    );
    world
        .ask(
            &NOOR,
            Method::POST,
            &path,
            &[("If-Match", "*")],
            Some(&block),
        )
        .await
        .expect(201);
}
