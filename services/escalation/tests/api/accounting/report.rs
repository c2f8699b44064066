//! What a citizen hears who asks.

use axum::http::Method;
use serde_json::{Value, json};

use super::accesses;
use crate::people::{FATMA, NOOR, Person, SEM, SVB, UTRECHT};
use crate::story::{Chapter, IDENTITY, Story};
use crate::world::World;

const BELLA: Person = Person {
    name: "citizen-4711",
    organisation: UTRECHT,
    roles: &["citizen"],
};
const NEIGHBOUR: Person = Person {
    name: "citizen-4712",
    organisation: UTRECHT,
    roles: &["citizen"],
};

async fn asked(world: &World, story: &Story<'_>, by: &Person, body: &Value) -> Value {
    let path = story.path("/access-requests");
    world.post(by, &path, body).await.expect(201)
}

#[tokio::test]
async fn a_citizen_sees_what_is_kept_where_it_went_and_who_looked() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Workshop).await;
    for person in [NOOR, SEM, FATMA] {
        world.get(&person, &story.path("")).await.expect(200);
    }
    let path = story.path("/access-report");
    world.get(&BELLA, &path).await.expect(404);
    let link = json!({"personKey": "p1", "citizen": BELLA.name});
    let links = story.path("/citizens");
    world.post(&NOOR, &links, &link).await.expect(201);
    let made = asked(&world, &story, &NOOR, &json!({"citizen": BELLA.name})).await;
    assert_eq!(made["requestedAt"], "2026-03-02T09:00:00Z");
    assert_eq!(made["due"], "2026-04-02T22:00:00Z");
    assert_eq!(made["recordedBy"], UTRECHT);

    let log = accesses(&world).await;
    let rows = log.iter().filter(|line| line.objects.contains(&story.case));
    let rows: Vec<_> = rows.collect();
    let reply = world.get(&BELLA, &path).await;
    for word in [
        "Vader Jansen",
        "\"noor\"",
        "\"sem\"",
        "\"fatma\"",
        "personRef",
    ] {
        assert!(!reply.text.contains(word), "{word}: {}", reply.text);
    }
    let report = reply.expect(200);
    assert_eq!(report["requests"], json!([made]));
    assert_eq!(report["case"]["persons"][0]["name"], "Bella");
    assert_eq!(report["case"]["persons"].as_array().unwrap().len(), 1);
    assert!(!report["facts"].as_array().unwrap().is_empty());
    let sources = report["sources"].as_array().unwrap();
    assert!(
        sources
            .iter()
            .any(|it| it["organisation"] == UTRECHT && it["name"] != Value::Null)
    );
    assert!(sources.iter().any(|it| it["organisation"] == SVB));
    let told = report["recipients"].as_array().unwrap();
    assert!(told.iter().any(|it| it["organisation"] == SVB));

    let looks = report["looks"].as_array().unwrap();
    assert_eq!(looks.len(), rows.len());
    for (look, row) in looks.iter().zip(&rows) {
        assert_eq!(look["organisation"], row.organisation);
        assert_eq!(look["role"], row.role);
        assert_eq!(look["operation"], row.operation);
        assert_eq!(look["activity"], row.processing_activity_id);
    }
    let readers: Vec<_> = looks
        .iter()
        .filter(|look| look["operation"] == "readCase" && look["result"] == "answered")
        .map(|look| (look["organisation"].clone(), look["role"].clone()))
        .collect();
    for (organisation, role) in [
        (UTRECHT, "case_director"),
        (SVB, "agency_liaison"),
        (UTRECHT, "privacy_officer"),
    ] {
        assert!(readers.contains(&(organisation.into(), role.into())));
    }

    // The citizen's own look stands in the next report, on the ground of the request.
    let last = accesses(&world).await;
    let own: Vec<_> = last
        .iter()
        .filter(|it| it.person_ref == BELLA.name)
        .collect();
    assert!(
        own.iter()
            .any(|line| line.ground.as_deref() == made["request"].as_str())
    );
    let next = world.get(&BELLA, &path).await.expect(200);
    assert!(next["looks"].as_array().unwrap().len() > looks.len());
}

#[tokio::test]
async fn nobody_else_sees_the_report() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    asked(&world, &story, &NOOR, &json!({"citizen": BELLA.name})).await;
    for person in [NEIGHBOUR, NOOR, SEM] {
        world
            .get(&person, &story.path("/access-report"))
            .await
            .expect(404);
    }
    // What lets her see the report opens nothing else.
    world.get(&BELLA, &story.path("")).await.expect(404);
    // Who asked without being linked to a person of the case sees nobody's name.
    let report = world.get(&BELLA, &story.path("/access-report")).await;
    let report = report.expect(200);
    assert_eq!(report["case"]["persons"], json!([]));
}

#[tokio::test]
async fn a_privacy_officer_needs_a_recorded_request_and_sees_no_name() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/access-report");
    let refused = world.get(&FATMA, &path).await.expect(409);
    assert!(
        refused["type"]
            .as_str()
            .unwrap()
            .ends_with("no-access-request")
    );
    let made = asked(&world, &story, &FATMA, &json!({})).await;
    let reply = world.get(&FATMA, &path).await;
    for word in IDENTITY {
        assert!(!reply.text.contains(word), "{word}");
    }
    reply.expect(200);
    let log = accesses(&world).await;
    let look = log
        .iter()
        .rfind(|line| line.person_ref == "fatma" && line.ground.is_some());
    assert_eq!(look.unwrap().ground.as_deref(), made["request"].as_str());
}

#[tokio::test]
async fn a_request_is_recorded_once_by_whoever_may() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/access-requests");
    world.post(&SEM, &path, &json!({})).await.expect(403);
    let key = [("Idempotency-Key", "once")];
    let mut ids = Vec::new();
    for _ in 0..2 {
        let body = json!({"citizen": BELLA.name});
        let reply = world.ask(&NOOR, Method::POST, &path, &key, Some(&body));
        ids.push(reply.await.expect(201)["request"].clone());
    }
    assert_eq!(ids[0], ids[1]);
    let report = world.get(&BELLA, &story.path("/access-report")).await;
    let report = report.expect(200);
    assert_eq!(report["requests"].as_array().unwrap().len(), 1);
}
