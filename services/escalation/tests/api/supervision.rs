//! What a privacy officer oversees: of the own organisation, and of no other.

use serde_json::{Value, json};

use crate::people::{FATMA, NOOR, Person, SEM, SVB};
use crate::story::{Chapter, Story};
use crate::world::World;

const OFFICER_OF_SVB: Person = Person {
    name: "omar",
    organisation: SVB,
    roles: &["privacy_officer"],
};

const READS: [&str; 4] = [
    "/v1/disclosures",
    "/v1/access-requests",
    "/v1/retention",
    "/v1/erasures",
];

async fn list(world: &World, person: &Person, path: &str) -> Vec<Value> {
    let list = world.get(person, path).await.expect(200);
    list["items"].as_array().unwrap().clone()
}

/// What the organisation of Fatma calls the case.
async fn pseudonym(world: &World, story: &Story<'_>) -> Value {
    let case = world.get(&FATMA, &story.path("")).await.expect(200);
    case["pseudonym"].clone()
}

#[tokio::test]
async fn nobody_but_a_privacy_officer_oversees() {
    let world = World::new().await;
    for path in READS {
        world.get(&FATMA, path).await.expect(200);
        for person in [&NOOR, &SEM] {
            world.get(person, path).await.expect(403);
        }
    }
    world.get(&NOOR, "/v1/processing-log").await.expect(403);
    world.get(&FATMA, "/v1/processing-log").await.expect(400);
}

#[tokio::test]
async fn an_officer_sees_what_the_own_organisation_shared() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let shared = list(&world, &FATMA, READS[0]).await;
    assert!(!shared.is_empty());
    let own = pseudonym(&world, &story).await;
    for line in &shared {
        assert_eq!(line["case"], own);
        assert!(line["legalBasis"].is_string() && line["categories"].is_array());
    }
    assert!(shared.iter().any(|line| line["receiver"] == SVB));
    let texts = Value::from(shared).to_string();
    assert!(!texts.contains("necessity"), "{texts}");
    let of_svb = list(&world, &OFFICER_OF_SVB, READS[0]).await;
    assert!(of_svb.iter().all(|line| line["case"] != own));
}

#[tokio::test]
async fn a_request_for_access_is_listed_with_its_term_for_whom_it_concerns() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/access-requests");
    world.post(&FATMA, &path, &json!({})).await.expect(201);
    let asked = list(&world, &FATMA, READS[1]).await;
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["case"], pseudonym(&world, &story).await);
    assert_eq!(asked[0]["overdue"], false);
    assert_eq!(asked[0]["requestedAt"], "2026-03-02T09:00:00Z");
    assert_eq!(
        list(&world, &OFFICER_OF_SVB, READS[1]).await,
        [Value::Null; 0]
    );
    world.clock.set("2026-05-02T09:00:00Z".parse().unwrap());
    assert_eq!(list(&world, &FATMA, READS[1]).await[0]["overdue"], true);
}

#[tokio::test]
async fn what_is_kept_erased_and_held_up_is_the_owners_officers_to_see() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let own = pseudonym(&world, &story).await;
    let kept = list(&world, &FATMA, READS[2]).await;
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (&kept[0]["case"], &kept[0]["heldUntil"]),
        (&own, &Value::Null)
    );
    let ahead = kept[0]["ahead"].as_array().unwrap();
    assert_eq!(ahead.last().unwrap()["scope"], "case");
    let moments: Vec<_> = ahead
        .iter()
        .map(|one| one["at"].as_str().unwrap())
        .collect();
    assert!(moments.is_sorted(), "{moments:?}");

    let hold = json!({"reason": "Er loopt een klacht.", "until": "2027-03-02T09:00:00Z"});
    world
        .post(&FATMA, &story.path("/holds"), &hold)
        .await
        .expect(201);
    let kept = list(&world, &FATMA, READS[2]).await;
    assert_eq!(kept[0]["heldUntil"], "2027-03-02T09:00:00Z");
    let ledger = list(&world, &FATMA, READS[3]).await;
    assert_eq!(
        (&ledger[0]["kind"], &ledger[0]["case"]),
        (&json!("hold.placed"), &own)
    );
    assert_eq!(ledger[0]["reason"], Value::Null);
    for path in [READS[2], READS[3]] {
        assert_eq!(list(&world, &OFFICER_OF_SVB, path).await, [Value::Null; 0]);
    }
}

#[tokio::test]
async fn the_processing_log_is_found_by_a_person_of_a_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    world.get(&NOOR, &story.path("")).await.expect(200);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    let key = case["persons"][0]["personKey"].as_str().unwrap();
    let path = format!("/v1/processing-log?case={}&person={key}", story.case);
    let lines = list(&world, &FATMA, &path).await;
    assert!(lines.iter().any(|line| line["operation"] == "readCase"));
    let nobody = format!("/v1/processing-log?case={}&person=nobody", story.case);
    assert_eq!(list(&world, &FATMA, &nobody).await, [Value::Null; 0]);
    let elsewhere = format!("/v1/processing-log?case=psn_unknown&person={key}");
    world.get(&FATMA, &elsewhere).await.expect(404);
}

#[tokio::test]
async fn anybody_sees_whether_the_log_is_still_what_was_signed() {
    let world = World::new().await;
    Story::told(&world, Chapter::Reported).await;
    let status = world
        .get(&FATMA, "/v1/transparency/status")
        .await
        .expect(200);
    let head = world.service.ground().db.head().await.unwrap();
    assert_eq!(status["events"], head.position);
    assert_eq!(status["signed"], Value::Null);
}
