//! What must hold for every operation, whoever wrote it.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::{accesses, processings, since};
use crate::people::{ALL, NOOR, UTRECHT};
use crate::story::{Chapter, IDENTITY, Story};
use crate::world::World;

async fn open(world: &World, path: &str) -> Value {
    let request = Request::get(path).body(Body::empty()).unwrap();
    world.send(request).await.expect(200)
}

/// The operations that need personal data, by id.
async fn personal(world: &World) -> BTreeSet<String> {
    let register = open(world, "/v1/processing-activities").await;
    let activities = register["items"].as_array().unwrap().iter();
    activities
        .filter(|activity| activity["categories"] != json!([]))
        .flat_map(|activity| activity["operations"].as_array().unwrap())
        .map(|operation| operation.as_str().unwrap().to_owned())
        .collect()
}

/// Every read of the API, with its id, about this case.
async fn reads(world: &World, case: &str) -> BTreeMap<String, String> {
    let document = open(world, "/v1/openapi.json").await;
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .filter(|(_, methods)| methods["get"].is_object())
        .map(|(path, methods)| {
            let id = methods["get"]["operationId"].as_str().unwrap();
            (id.to_owned(), format!("/v1{}", path.replace("{id}", case)))
        })
        .collect()
}

#[tokio::test]
async fn every_read_makes_a_line_each_time() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let personal = personal(&world).await;
    let mut seen = 0;
    for (id, path) in reads(&world, &story.case).await {
        // No person looks there: what a letter tells is accounted for when it is written.
        if id == "fetchEvents" {
            continue;
        }
        for _ in 0..2 {
            let before = accesses(&world).await;
            let reply = world.get(&NOOR, &path).await;
            let written = since(&world, UTRECHT, &before).await;
            // What is wrong in the request itself is no access.
            let looked = personal.contains(&id) && reply.status.as_u16() != 400;
            let expected = usize::from(looked);
            assert_eq!(written.access.len(), expected, "{id}: {}", reply.text);
            assert_eq!(written.roots().len(), expected, "{id}");
            seen += expected;
        }
    }
    assert!(seen > 2 * 30, "only {seen} reads");
}

#[tokio::test]
async fn the_head_of_an_answer_is_a_read_too() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let before = accesses(&world).await;
    let path = story.path("");
    let reply = world
        .ask(&NOOR, axum::http::Method::HEAD, &path, &[], None)
        .await;
    assert_eq!(reply.status.as_u16(), 200);
    assert_eq!(since(&world, UTRECHT, &before).await.access.len(), 1);
}

#[tokio::test]
async fn every_line_names_an_entry_of_the_register() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    for person in ALL {
        world.get(&person, &story.path("")).await;
    }
    let register = open(&world, "/v1/processing-activities").await;
    let activities = register["items"].as_array().unwrap();
    let known: BTreeSet<_> = activities
        .iter()
        .map(|activity| activity["uri"].as_str().unwrap())
        .collect();
    let access = accesses(&world).await;
    assert!(access.len() > 30);
    for line in &access {
        assert!(known.contains(line.processing_activity_id.as_str()));
    }
    let processing = processings(&world, UTRECHT).await;
    assert!(processing.len() > 30);
    for line in &processing {
        assert!(known.contains(line.processing_activity_id.as_str()));
    }
}

#[tokio::test]
async fn neither_log_holds_a_name_or_a_text_and_the_processing_log_no_employee() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    for path in reads(&world, &story.case).await.into_values() {
        for person in ALL {
            world.get(&person, &path).await;
        }
    }
    let mut bytes = 0;
    for name in ["account.db", "account.db-wal"] {
        let file = std::fs::read(world.file(name)).unwrap();
        bytes += file.len();
        let text = String::from_utf8_lossy(&file);
        let written = [
            "halfbroer",
            "kinderbijslag",
            "blijft",
            "ZAAK-2026",
            "Utrecht",
            "/person/",
        ];
        for word in IDENTITY.iter().chain(&written) {
            assert!(!text.contains(word), "{name} holds {word}");
        }
    }
    assert!(bytes > 100_000, "{bytes}");
    let lines = processings(&world, UTRECHT).await;
    for line in &lines {
        let text = format!("{line:?}");
        for person in ALL {
            let name = format!("\"{}\"", person.name);
            assert!(!text.contains(&name), "{text}");
        }
    }
}
