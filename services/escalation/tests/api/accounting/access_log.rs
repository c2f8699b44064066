//! Who may ask who saw what.

use super::{accesses, since};
use crate::people::{FATMA, NOOR, PETRA, Person, SEM, SVB, UTRECHT};
use crate::story::{Chapter, Story};
use crate::world::World;

const OFFICER_OF_SVB: Person = Person {
    name: "omar",
    organisation: SVB,
    roles: &["privacy_officer"],
};
const OFFICER_OF_PLATFORM: Person = Person {
    name: "pia",
    organisation: "00000099000000009000",
    roles: &["privacy_officer"],
};

async fn page(world: &World, person: &Person, query: &str) -> Vec<serde_json::Value> {
    let path = format!("/v1/access-log?pageSize=200{query}");
    let reply = world.get(person, &path).await.expect(200);
    reply["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_privacy_officer_sees_who_of_the_own_organisation_looked() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    for person in [NOOR, PETRA, SEM] {
        world.get(&person, &story.path("")).await;
    }
    let own = accesses(&world).await;
    let own = own
        .iter()
        .filter(|line| line.organisation == UTRECHT)
        .count();
    let seen = page(&world, &FATMA, "").await;
    assert_eq!(seen.len(), own);
    assert!(seen.iter().all(|line| line["organisation"] == UTRECHT));
    let petras =
        |line: &&serde_json::Value| line["operation"] == "readCase" && line["personRef"] == "petra";
    let last = seen.iter().find(petras).unwrap();
    assert_eq!(last["objects"], serde_json::json!([story.case]));
    assert!(
        last["activity"]
            .as_str()
            .unwrap()
            .ends_with("/case-handling")
    );

    let noors = page(&world, &FATMA, "&personRef=noor").await;
    assert!(!noors.is_empty() && noors.len() < own);
    assert!(noors.iter().all(|line| line["personRef"] == "noor"));
    let of_case = page(&world, &FATMA, &format!("&case={}", story.case)).await;
    assert!(!of_case.is_empty());
    for line in of_case {
        let objects = line["objects"].as_array().unwrap();
        assert!(objects.contains(&story.case.clone().into()));
    }
    assert_eq!(page(&world, &FATMA, "&case=another").await.len(), 0);
    let later = page(&world, &FATMA, "&from=2026-03-02T09:00:00.001Z").await;
    assert_eq!(later.len(), 0);
    let until = page(&world, &FATMA, "&to=2026-03-02T09:00:00Z").await;
    assert_eq!(until.len(), 0);

    let of_svb = page(&world, &OFFICER_OF_SVB, "").await;
    assert!(of_svb.iter().any(|line| line["personRef"] == "sem"));
    assert!(of_svb.iter().all(|line| line["organisation"] == SVB));
}

#[tokio::test]
async fn only_a_privacy_officer_may_ask_and_only_about_the_own_organisation() {
    let world = World::new().await;
    world.get(&NOOR, "/v1/access-log").await.expect(403);
    let others = format!("/v1/access-log?organisation={SVB}");
    world.get(&FATMA, &others).await.expect(403);
    world
        .get(&FATMA, "/v1/access-log?from=yesterday")
        .await
        .expect(400);
}

#[tokio::test]
async fn the_officer_of_the_platform_sees_all_page_by_page() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    world.get(&SEM, &story.path("")).await.expect(200);
    let all: Vec<_> = accesses(&world).await.into_iter().map(|it| it.id).collect();
    let mut seen = Vec::new();
    let mut path = "/v1/access-log?pageSize=3&to=2026-03-02T09:00:01Z".to_owned();
    while seen.len() < all.len() {
        let reply = world.get(&OFFICER_OF_PLATFORM, &path).await.expect(200);
        let items = reply["items"].as_array().unwrap();
        assert!((1..=3).contains(&items.len()));
        seen.extend(items.iter().map(|it| it["id"].as_str().unwrap().to_owned()));
        let cursor = reply["nextCursor"].as_str().unwrap_or_default();
        path = format!("/v1/access-log?pageSize=3&cursor={cursor}");
    }
    // Lines of one moment stand in the order of their ids, so that the officer's own come between.
    assert!(all.iter().filter(|id| seen.contains(id)).count() > all.len() / 2);
    let svb = format!("&organisation={SVB}");
    let of_svb = page(&world, &OFFICER_OF_PLATFORM, &svb).await;
    assert!(!of_svb.is_empty());
    assert!(of_svb.iter().all(|line| line["organisation"] == SVB));
}

#[tokio::test]
async fn who_asks_who_looked_has_looked_too() {
    let world = World::new().await;
    let before = accesses(&world).await;
    page(&world, &FATMA, "").await;
    let written = since(&world, UTRECHT, &before).await;
    assert_eq!(written.access.len(), 1);
    assert_eq!(written.access[0].operation, "readAccessLog");
    assert_eq!(written.access[0].person_ref, "fatma");
}
