//! What commands answer.

use axum::http::Method;
use serde_json::{Value, json};

use crate::people::{KOEN, NOOR, SEM, SVB, UTRECHT};
use crate::story::{Chapter, Story, evidence, offer, report, text};
use crate::world::World;

#[tokio::test]
async fn a_reported_case_is_answered_with_its_names_its_version_and_its_place() {
    let world = World::new().await;
    let reply = world.post(&NOOR, "/v1/cases", &report()).await;
    let place = reply.header("location").map(str::to_owned);
    assert_eq!(reply.header("etag"), Some("\"1\""));
    let told = reply.expect(201);
    let case = text(&told["case"]);
    assert_eq!(place, Some(format!("/v1/cases/{case}")));
    assert_eq!(told["position"], 1);
    assert_eq!(told["eventIds"].as_array().unwrap().len(), 1);
    let seen = world.get(&NOOR, &place.unwrap()).await;
    assert_eq!(seen.header("etag"), Some("\"1\""));
    let seen = seen.expect(200);
    assert_eq!(
        (&seen["id"], &seen["pseudonym"]),
        (&told["case"], &told["pseudonym"])
    );
}

#[tokio::test]
async fn the_same_key_gets_the_same_answer_and_does_nothing_twice() {
    let world = World::new().await;
    let key = [("Idempotency-Key", "form-7")];
    let once = world
        .ask(&NOOR, Method::POST, "/v1/cases", &key, Some(&report()))
        .await;
    let again = world
        .ask(&NOOR, Method::POST, "/v1/cases", &key, Some(&report()))
        .await;
    assert_eq!(once.header("location"), again.header("location"));
    assert_eq!(once.header("etag"), again.header("etag"));
    let case = text(&once.body["case"]);
    assert_eq!(once.expect(201), again.expect(201));
    let block = json!({"type": "rule", "explanation": "Het botst."});
    let path = format!("/v1/cases/{case}/blocks");
    let key = [("Idempotency-Key", "form-8")];
    let once = world
        .ask(&NOOR, Method::POST, &path, &key, Some(&block))
        .await
        .expect(201);
    world.post(&NOOR, &path, &block).await.expect(201);
    let again = world
        .ask(&NOOR, Method::POST, &path, &key, Some(&block))
        .await;
    assert_eq!(again.header("etag"), Some("\"2\""));
    assert_eq!(once, again.expect(201));
    let timeline = world
        .get(&NOOR, &format!("/v1/cases/{case}/timeline"))
        .await
        .expect(200);
    assert_eq!(timeline["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_repeated_escalation_keeps_its_id_and_a_refusal_stays_refused() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/escalations");
    let items = [
        "question",
        "tried_provisions",
        "citizens_wish",
        "perspective",
    ];
    let asked = json!({"toRung": "workshop", "evidence": evidence(&items)});
    let refused = [("Idempotency-Key", "too-early")];
    world
        .ask(&NOOR, Method::POST, &path, &refused, Some(&asked))
        .await
        .expect(409);
    let block = json!({"type": "rule", "explanation": "Het botst."});
    world
        .post(&NOOR, &story.path("/blocks"), &block)
        .await
        .expect(201);
    world
        .ask(&NOOR, Method::POST, &path, &refused, Some(&asked))
        .await
        .expect(409);
    let key = [("Idempotency-Key", "now")];
    let once = world
        .ask(&NOOR, Method::POST, &path, &key, Some(&asked))
        .await
        .expect(201);
    let again = world
        .ask(&NOOR, Method::POST, &path, &key, Some(&asked))
        .await
        .expect(201);
    assert!(once["escalation"].is_string());
    assert_eq!(once, again);
}

#[tokio::test]
async fn a_key_belongs_to_one_person_and_to_one_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let other = Story::begin(&world).await;
    let block = json!({"type": "rule", "explanation": "Het botst."});
    let key = [("Idempotency-Key", "k")];
    let post = |person, path: String| {
        let (world, block, key) = (&world, &block, &key);
        async move {
            world
                .ask(&person, Method::POST, &path, key, Some(block))
                .await
        }
    };
    post(NOOR, story.path("/blocks")).await.expect(201);
    let told = post(NOOR, other.path("/blocks")).await.expect(409);
    assert_eq!(told["type"], "urn:doorbraak:problem:idempotency-key-reused");
    let colleague = crate::people::Person {
        name: "nina",
        ..NOOR
    };
    post(colleague, other.path("/blocks")).await.expect(201);
}

#[tokio::test]
async fn a_case_answers_to_its_id_and_to_the_own_pseudonym_alike() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    for person in [NOOR, SEM, KOEN] {
        let by_id = world.get(&person, &story.path("")).await.expect(200);
        let own_name = text(&by_id["pseudonym"]);
        for list in ["", "/timeline", "/facts", "/handoffs"] {
            let by_name = world
                .get(&person, &format!("/v1/cases/{own_name}{list}"))
                .await;
            let by_id = world.get(&person, &story.path(list)).await;
            assert_eq!(by_name.expect(200), by_id.expect(200));
        }
        for other in [NOOR, SEM, KOEN]
            .iter()
            .filter(|o| o.organisation != person.organisation)
        {
            world
                .get(other, &format!("/v1/cases/{own_name}"))
                .await
                .expect(404);
        }
    }
}

#[tokio::test]
async fn a_handoff_gets_an_id_and_finds_its_receiver_by_law() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let mut body = offer("", SVB);
    body.as_object_mut().unwrap().remove("handoff");
    let told = world.post(&NOOR, &story.path("/handoffs"), &body).await;
    assert_eq!(
        told.header("location").map(str::to_owned),
        Some(story.path("/handoffs"))
    );
    let handoff = text(&told.expect(201)["handoff"]);
    let listed = world.get(&SEM, "/v1/handoffs").await.expect(200);
    assert_eq!(listed["items"][0]["handoff"], handoff);
    body.as_object_mut().unwrap().remove("to");
    body["law"] = "no_such_law".into();
    let told = world
        .post(&NOOR, &story.path("/handoffs"), &body)
        .await
        .expect(400);
    let reason = "'no_such_law' does not lead to exactly one organisation; name the receiver";
    assert_eq!(
        told["invalidParams"],
        json!([{"name": "/law", "reason": reason}])
    );
}

#[tokio::test]
async fn who_acted_is_what_the_token_says_whatever_the_body_says() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let block = json!({"type": "rule", "explanation": "Het botst.",
        "actedBy": {"role": "table_member", "personRef": "somebody-else"}});
    world
        .post(&NOOR, &story.path("/blocks"), &block)
        .await
        .expect(201);
    let timeline = world.get(&NOOR, &story.path("/timeline")).await.expect(200);
    assert_eq!(timeline["items"][1]["role"], "case_director");
    assert_eq!(timeline["items"][1]["organisation"], UTRECHT);
}

#[tokio::test]
async fn a_case_ends_with_a_lesson_or_with_the_word_that_there_is_none() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Done).await;
    let close = |body: Value| {
        let (world, story) = (&world, &story);
        async move { world.post(&NOOR, &story.path("/closure"), &body).await }
    };
    let end = json!({"outcome": "solved_by_deviation", "evaluation": "Goed."});
    let with = |extra: Value| {
        let mut body = end.clone();
        body.as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        body
    };
    let lesson = json!({"lesson": {"kind": "deviate", "text": "Zo kan het."}, "noLesson": true});
    for (body, reason) in [
        (end.clone(), "is required when there is no lesson"),
        (
            with(json!({"noLesson": false})),
            "is true, or a lesson is given",
        ),
        (with(lesson), "stands beside a lesson: give one of the two"),
    ] {
        let told = close(body).await.expect(400);
        assert_eq!(
            told["invalidParams"],
            json!([{"name": "/noLesson", "reason": reason}])
        );
    }
    let told = close(json!({"outcome": "magic"})).await.expect(400);
    let names: Vec<_> = told["invalidParams"]
        .as_array()
        .unwrap()
        .iter()
        .map(|param| &param["name"])
        .collect();
    assert_eq!(names, ["/evaluation", "/noLesson", "/outcome"]);
    close(with(json!({"noLesson": true}))).await.expect(201);
    let told = close(with(json!({"noLesson": true}))).await.expect(409);
    assert_eq!(told["type"], "urn:doorbraak:problem:case-closed");
    // Access ended with the case.
    world.get(&SEM, &story.path("")).await.expect(404);
}
