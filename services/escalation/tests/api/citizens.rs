//! A citizen looks at the own case: what is there, what is not, who lets them, and until when.

use axum::http::Method;
use serde_json::{Value, json};

use crate::accounting::{accesses, since};
use crate::people::{FATMA, NOOR, Person, SEM, SVB, UTRECHT};
use crate::story::{Chapter, Story, text};
use crate::world::World;

const BELLA: Person = Person {
    name: "citizen-4711",
    organisation: UTRECHT,
    roles: &["citizen"],
};
/// The same login name, of another organisation's citizens.
const NAMESAKE: Person = Person {
    organisation: SVB,
    ..BELLA
};
const NEIGHBOUR: Person = Person {
    name: "citizen-4712",
    ..BELLA
};

async fn link(world: &World, story: &Story<'_>, key: &str) -> Value {
    let body = json!({"personKey": key, "citizen": BELLA.name});
    let path = story.path("/citizens");
    world.post(&NOOR, &path, &body).await.expect(201)
}

#[tokio::test]
async fn a_citizen_finds_and_reads_the_own_case_and_nobody_elses_data() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Decided).await;
    world.get(&BELLA, &story.path("")).await.expect(404);
    let none = world.get(&BELLA, "/v1/cases").await.expect(200);
    assert_eq!(none["items"], json!([]));
    link(&world, &story, "p1").await;

    let list = world.get(&BELLA, "/v1/cases").await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(list["items"][0]["id"], story.case);
    let reply = world.get(&BELLA, &story.path("")).await;
    for word in ["Vader Jansen", "\"Sam\"", "p2", "p3", "ownReference"] {
        assert!(!reply.text.contains(word), "{word}: {}", reply.text);
    }
    let case = reply.expect(200);
    assert_eq!(case["persons"].as_array().unwrap().len(), 1);
    assert_eq!(case["persons"][0]["name"], "Bella");
    assert_eq!(case["persons"][0]["birthDate"], "2007-05-04");
    assert_eq!(
        case["citizensWords"],
        "Ik, Bella, wil dat hij bij mij blijft."
    );
    // Where it is, who is responsible, until when.
    assert_eq!(case["owner"], UTRECHT);
    assert!(case["rung"].is_string() && case["nextDeadline"]["at"].is_string());
    assert_eq!(case["why"]["identity"]["shown"], "full");
    assert_eq!(case["why"]["identity"]["policies"], json!(["citizen-full"]));
    // What was decided, and why.
    let decisions = world.get(&BELLA, &story.path("/decisions")).await;
    let decisions = decisions.expect(200);
    assert!(decisions["items"][0]["text"].is_string(), "{decisions}");
    for list in [
        "/timeline",
        "/blocks",
        "/feedback",
        "/commitments",
        "/handoffs",
    ] {
        let reply = world.get(&BELLA, &story.path(list)).await;
        assert!(!reply.text.contains("\"noor\""), "{list}");
        reply.expect(200);
    }

    for other in [NAMESAKE, NEIGHBOUR] {
        world.get(&other, &story.path("")).await.expect(404);
        let list = world.get(&other, "/v1/cases").await.expect(200);
        assert_eq!(list["items"], json!([]));
    }
}

#[tokio::test]
async fn what_is_written_about_another_of_the_household_is_not_the_citizens_to_read() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Decided).await;
    link(&world, &story, "p1").await;
    for (who, words) in [("p1", "Over Bella."), ("p2", "Over Sam.")] {
        for (list, mut body) in [
            ("/blocks", json!({"type": "rule", "explanation": words})),
            ("/perspectives", json!({"text": words})),
            ("/feedback", json!({"to": "citizen", "text": words})),
            (
                "/facts",
                json!({"category": "health", "law": "wlz", "summary": words,
                    "since": "2026-02-01", "legalBasis": "household_agreement"}),
            ),
        ] {
            body["about"] = json!([who]);
            let path = story.path(list);
            world.post(&NOOR, &path, &body).await.expect(201);
        }
    }
    for list in ["/blocks", "/perspectives", "/feedback", "/facts"] {
        let path = story.path(list);
        let seen = world.get(&BELLA, &path).await;
        assert!(seen.text.contains("Over Bella."), "{list}: {}", seen.text);
        assert!(!seen.text.contains("Over Sam."), "{list}: {}", seen.text);
    }
    let facts = world.get(&BELLA, &story.path("/facts")).await.expect(200);
    let facts = facts["items"].as_array().unwrap();
    let shown = |at: usize| facts[facts.len() - at]["shown"].clone();
    assert_eq!((shown(2), shown(1)), (json!("full"), json!("none")));
}

#[tokio::test]
async fn a_representative_sees_whom_the_links_name() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    link(&world, &story, "p1").await;
    link(&world, &story, "p2").await;
    let case = world.get(&BELLA, &story.path("")).await.expect(200);
    assert_eq!(case["persons"].as_array().unwrap().len(), 2);
    assert_eq!(case["persons"][1]["name"], "Sam");
}

#[tokio::test]
async fn a_link_is_for_the_household_and_for_the_owner_to_make() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/citizens");
    for (key, citizen) in [("p3", "citizen-1"), ("p9", "citizen-1"), ("p1", "")] {
        let body = json!({"personKey": key, "citizen": citizen});
        let reply = world.post(&NOOR, &path, &body).await;
        let status = if citizen.is_empty() { 400 } else { 409 };
        reply.expect(status);
    }
    let body = json!({"personKey": "p1", "citizen": BELLA.name});
    world.post(&SEM, &path, &body).await.expect(403);
    world.post(&FATMA, &path, &body).await.expect(403);
    world.post(&BELLA, &path, &body).await.expect(404);
    let elsewhere =
        json!({"personKey": "p1", "citizen": "x", "organisation": "00000099000000099999"});
    world.post(&NOOR, &path, &elsewhere).await.expect(400);
}

#[tokio::test]
async fn who_is_no_longer_linked_sees_nothing_with_the_next_request() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    link(&world, &story, "p1").await;
    let links = world.get(&NOOR, &story.path("/citizens")).await;
    assert!(!links.text.contains(BELLA.name), "{}", links.text);
    let links = links.expect(200);
    assert_eq!(links["items"][0]["personKey"], "p1");
    let id = text(&links["items"][0]["link"]);
    let end = story.path(&format!("/citizens/{id}/end"));
    let reason = json!({"reason": "De verkeerde inwoner."});
    world.post(&SEM, &end, &reason).await.expect(403);
    world.get(&BELLA, &story.path("")).await.expect(200);
    world.post(&FATMA, &end, &reason).await.expect(200);
    world.get(&BELLA, &story.path("")).await.expect(404);
    let none = world.get(&BELLA, "/v1/cases").await.expect(200);
    assert_eq!(none["items"], json!([]));
    world.post(&NOOR, &end, &reason).await.expect(409);
    let links = world.get(&NOOR, &story.path("/citizens")).await.expect(200);
    assert_eq!(links["items"][0]["endedAt"], "2026-03-02T09:00:00Z");
}

#[tokio::test]
async fn of_whom_is_erased_nobody_looks() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    link(&world, &story, "p1").await;
    let order = json!({"person": "p1", "ground": "request"});
    let path = story.path("/erasures");
    world.post(&FATMA, &path, &order).await.expect(201);
    world.reacted().await;
    world.get(&BELLA, &story.path("")).await.expect(404);
}

#[tokio::test]
async fn a_citizen_sees_who_looked_and_no_employee() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    link(&world, &story, "p1").await;
    for person in [NOOR, SEM] {
        world.get(&person, &story.path("")).await.expect(200);
    }
    let before = accesses(&world).await;
    let about = before
        .iter()
        .filter(|line| line.objects.contains(&story.case));
    let about = about.count();
    let reply = world.get(&BELLA, &story.path("/looks?pageSize=200")).await;
    for word in ["\"noor\"", "\"sem\"", "personRef"] {
        assert!(!reply.text.contains(word), "{word}: {}", reply.text);
    }
    let looks = reply.expect(200);
    let looks = looks["items"].as_array().unwrap();
    assert_eq!(looks.len(), about);
    let by = |organisation: &str| {
        looks
            .iter()
            .any(|look| look["organisation"] == organisation)
    };
    assert!(by(UTRECHT) && by(SVB));
    for person in [NOOR, SEM, FATMA, NEIGHBOUR] {
        world.get(&person, &story.path("/looks")).await.expect(404);
    }
}

#[tokio::test]
async fn a_citizens_look_is_accounted_for_as_about_that_citizen_only() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    link(&world, &story, "p1").await;
    let before = accesses(&world).await;
    world.get(&BELLA, &story.path("")).await.expect(200);
    let written = since(&world, UTRECHT, &before).await;
    assert_eq!(written.access.len(), 1);
    assert_eq!(written.access[0].role, "citizen");
    assert_eq!(written.access[0].purpose.as_deref(), Some("insight"));
    assert_eq!(written.subjects().len(), 1);
}

#[tokio::test]
async fn a_citizen_asks_for_access_without_anybody_between() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/access-requests");
    world.post(&BELLA, &path, &json!({})).await.expect(404);
    link(&world, &story, "p1").await;
    let other = json!({"citizen": NEIGHBOUR.name});
    world.post(&BELLA, &path, &other).await.expect(400);
    let made = world.post(&BELLA, &path, &json!({})).await.expect(201);
    assert_eq!(made["due"], "2026-04-02T22:00:00Z");
    let report = world.get(&BELLA, &story.path("/access-report")).await;
    assert!(!report.text.contains("\"Sam\""), "{}", report.text);
    let report = report.expect(200);
    assert_eq!(report["requests"], json!([made]));
    assert_eq!(report["case"]["persons"][0]["name"], "Bella");
    let neighbours = world.get(&NEIGHBOUR, &story.path("/access-report")).await;
    neighbours.expect(404);
}

#[tokio::test]
async fn in_development_a_code_lets_somebody_in_once_and_not_for_ever() {
    let world = World::start(true).await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/citizen-codes");
    let body = json!({"personKey": "p1"});
    world.post(&FATMA, &path, &body).await.expect(403);
    let given = world.post(&NOOR, &path, &body).await.expect(201);
    let code = text(&given["code"]);
    assert_eq!(given["until"], "2026-03-09T09:00:00Z");
    assert_eq!((code.len(), code.matches('-').count()), (19, 3));

    let codes = world.service.citizen_codes();
    assert!(codes.redeem("AAAA-BBBB-CCCC-DDDD").await.unwrap().is_none());
    let account = codes.redeem(&code.to_lowercase()).await.unwrap().unwrap();
    assert_eq!(account.organisation, UTRECHT);
    assert!(codes.redeem(&code).await.unwrap().is_none());
    let citizen = Person {
        name: account.citizen.leak(),
        ..BELLA
    };
    let case = world.get(&citizen, &story.path("")).await.expect(200);
    assert_eq!(case["persons"][0]["name"], "Bella");
    world.get(&BELLA, &story.path("")).await.expect(404);

    // The same request again gives the same code; a code that nobody used ends.
    let key = [("Idempotency-Key", "once")];
    let mut again = Vec::new();
    for _ in 0..2 {
        let reply = world.ask(&NOOR, Method::POST, &path, &key, Some(&body));
        again.push(reply.await.expect(201)["code"].clone());
    }
    assert_eq!(again[0], again[1]);
    world.advance("2026-03-09T09:00:00Z").await;
    assert!(codes.redeem(&text(&again[0])).await.unwrap().is_none());
    // No file holds the code as it stands.
    for file in ["escalation.db", "escalation.db-wal"] {
        let bytes = std::fs::read(world.file(file)).unwrap_or_default();
        let found = bytes.windows(code.len()).any(|at| at == code.as_bytes());
        assert!(!found, "{file}");
    }
}

#[tokio::test]
async fn elsewhere_there_are_no_codes() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/citizen-codes");
    let body = json!({"personKey": "p1"});
    world.post(&NOOR, &path, &body).await.expect(404);
    let links = world.get(&NOOR, &story.path("/citizens")).await.expect(200);
    assert_eq!(links["items"], json!([]));
}
