//! What the raiser calls a person of a case: sealed under that person's key, opened for whoever is
//! shown who that is, and gone with the person. Everybody else, and the log, has the platform's key.

use serde_json::{Value, json};

use crate::people::{FATMA, LENA, NOOR, SVB};
use crate::story::{Chapter, Story, report};
use crate::world::World;

/// The key by which this reader is shown the first person of the case.
async fn shown(world: &World, story: &Story<'_>, reader: &crate::people::Person) -> String {
    let case = world.get(reader, &story.path("")).await.expect(200);
    case["persons"][0]["personKey"].as_str().unwrap().to_owned()
}

/// Everything that the log holds of a case.
async fn log(world: &World, story: &Story<'_>) -> Vec<Value> {
    let db = &world.service.ground().db;
    let stream = format!("case/{}", story.case);
    let stored = db.read_stream(&stream).await.unwrap();
    stored.into_iter().map(|event| event.data).collect()
}

#[tokio::test]
async fn both_names_mean_the_same_person_until_the_person_is_erased() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Decided).await;
    assert_eq!(shown(&world, &story, &NOOR).await, "p1");
    let key = shown(&world, &story, &LENA).await;
    assert!(key.starts_with("person_"), "{key}");

    let consents = story.path("/consents");
    for person in ["p1", &key] {
        let agreed = json!({"person": person, "categories": ["care"], "receivers": [SVB],
            "version": "1", "how": "spoken"});
        world.post(&NOOR, &consents, &agreed).await.expect(201);
        let about = json!({"type": "rule", "explanation": "Past niet.", "about": [person]});
        let blocks = story.path("/blocks");
        world.post(&NOOR, &blocks, &about).await.expect(201);
    }
    let said = json!({"person": "p1", "text": "Dit wil ik niet."});
    let objections = story.path("/objections");
    world.post(&NOOR, &objections, &said).await.expect(201);
    let list = world.get(&NOOR, &consents).await.expect(200);
    let persons = |list: &Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap().iter();
        items
            .map(|item| item["person"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(persons(&list), ["p1", "p1"]);
    let list = world.get(&NOOR, &objections).await.expect(200);
    assert_eq!(persons(&list), ["p1"]);

    // The log has the platform's key wherever the person is named, and the word nowhere.
    let events = log(&world, &story).await;
    let of = |field: &str| events.iter().filter(|event| event[field] == *key).count();
    assert_eq!(of("person"), 3);
    let first = &events[0]["persons"][0];
    assert_eq!(first["personKey"], *key);
    assert!(
        events
            .iter()
            .all(|event| !event.to_string().contains("\"p1\""))
    );

    let path = story.path("/erasures");
    let order = json!({"person": "p1", "ground": "request"});
    world.post(&FATMA, &path, &order).await.expect(201);
    world.reacted().await;
    assert_eq!(shown(&world, &story, &NOOR).await, key);
    let list = world.get(&NOOR, &consents).await.expect(200);
    assert_eq!(persons(&list), [key.as_str(), key.as_str()]);
    let list = world.get(&NOOR, &objections).await.expect(200);
    assert_eq!(persons(&list), [key.as_str()]);
    // Nobody goes by that word any more.
    world.post(&FATMA, &path, &order).await.expect(409);
    let again = json!({"person": "p1", "categories": ["care"], "receivers": [SVB],
        "version": "1", "how": "spoken"});
    let refused = world.post(&NOOR, &consents, &again).await.expect(400);
    assert_eq!(refused["invalidParams"][0]["name"], "/person");
}

#[tokio::test]
async fn only_somebody_of_the_case_agrees_or_objects_and_only_whoever_may_record_it_is_told() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    for (path, body) in [
        (
            "/consents",
            json!({"person": "opa", "categories": ["care"], "receivers": [SVB],
            "version": "1", "how": "spoken"}),
        ),
        ("/objections", json!({"person": "opa", "text": "Nee."})),
    ] {
        let path = story.path(path);
        let refused = world.post(&NOOR, &path, &body).await.expect(400);
        assert_eq!(refused["invalidParams"][0]["name"], "/person");
        // The same answer for a word that is right and one that is not: it cannot be tried out.
        for person in ["opa", "p1"] {
            let mut tried = body.clone();
            tried["person"] = json!(person);
            world.post(&FATMA, &path, &tried).await.expect(403);
        }
    }
}

#[tokio::test]
async fn two_cases_that_call_somebody_the_same_have_nothing_in_common() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let made = world.post(&NOOR, "/v1/cases", &report()).await.expect(201);
    let db = &world.service.ground().db;
    let mut keys = Vec::new();
    for case in [story.case.as_str(), made["case"].as_str().unwrap()] {
        let stream = db.read_stream(&format!("case/{case}")).await.unwrap();
        for person in stream[0].data["persons"].as_array().unwrap() {
            keys.push(person["personKey"].as_str().unwrap().to_owned());
        }
    }
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!((keys.len(), all), (6, 6), "{keys:?}");
}
