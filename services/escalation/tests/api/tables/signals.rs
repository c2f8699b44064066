//! Signals by hand.

use jiff::ToSpan;
use serde_json::{Value, json};

use crate::people::{ANNA, FATMA, INE, LENA, NOOR, PETRA, SVB};
use crate::story::{Chapter, Story, report, text};
use crate::world::World;

async fn raise(world: &World, body: Value) -> String {
    text(&world.post(&NOOR, "/v1/signals", &body).await.expect(201)["id"])
}

#[tokio::test]
async fn an_unease_needs_a_text_and_no_case() {
    let world = World::new().await;
    let id = raise(&world, json!({"kind": "unease", "text": "Dit klopt niet."})).await;
    let seen = world
        .get(&NOOR, &format!("/v1/signals/{id}"))
        .await
        .expect(200);
    assert_eq!(seen["text"], "Dit klopt niet.");
    assert_eq!(seen["state"], "unassigned");
    assert_eq!(seen["theme"], "unsorted");
    let empty = json!({"kind": "unease"});
    let told = world.post(&NOOR, "/v1/signals", &empty).await.expect(400);
    assert_eq!(
        told["invalidParams"],
        json!([{"name": "/text", "reason": "is required"}])
    );
}

#[tokio::test]
async fn a_text_that_points_at_a_person_is_not_taken() {
    let world = World::new().await;
    let body = json!({"kind": "unease", "text": "Bel 0612345678 maar."});
    let told = world.post(&NOOR, "/v1/signals", &body).await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/text");
}

#[tokio::test]
async fn a_count_that_could_point_at_a_person_is_not_shown() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for _ in 0..5 {
        let told = world.post(&NOOR, "/v1/cases", &report()).await.expect(201);
        cases.push(text(&told["case"]));
    }
    let body = |cases: &[String]| json!({"kind": "pattern", "theme": "income", "cases": cases});
    let few = raise(&world, body(&cases[..4])).await;
    let enough = raise(&world, body(&cases)).await;
    let read = |id: String| {
        let world = &world;
        async move {
            world
                .get(&LENA, &format!("/v1/signals/{id}"))
                .await
                .expect(200)
        }
    };
    let few = read(few).await;
    assert_eq!(
        (&few["cases"], &few["fewerThan"]),
        (&Value::Null, &json!(5))
    );
    let enough = read(enough).await;
    assert_eq!(
        (&enough["cases"], &enough["fewerThan"]),
        (&json!(5), &Value::Null)
    );
    assert_eq!(enough["ownCases"], Value::Null);
}

#[tokio::test]
async fn what_a_signal_says_of_cases_goes_with_the_people_of_any_of_them() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for _ in 0..2 {
        let told = world.post(&NOOR, "/v1/cases", &report()).await.expect(201);
        cases.push(text(&told["case"]));
    }
    let body = json!({"kind": "pattern", "theme": "income", "text": "Steeds weer.",
        "cases": cases});
    let of_cases = raise(&world, body).await;
    let of_none = raise(&world, json!({"kind": "unease", "text": "Dit klopt niet."})).await;
    let order = json!({"person": "p1", "ground": "request"});
    let path = format!("/v1/cases/{}/erasures", cases[1]);
    world.post(&FATMA, &path, &order).await.expect(201);
    world.reacted().await;
    for (id, left) in [(of_cases, "(gewist)"), (of_none, "Dit klopt niet.")] {
        let path = format!("/v1/signals/{id}");
        let seen = world.get(&NOOR, &path).await.expect(200);
        assert_eq!(seen["text"], left);
    }
}

#[tokio::test]
async fn a_signal_finds_the_person_who_can_act_and_what_is_overdue_comes_first() {
    let world = World::with_registers().await;
    let body =
        |text: &str| json!({"kind": "obstacle", "theme": "income", "target": "law", "text": text});
    let first = raise(&world, body("Eerste.")).await;
    world.clock.set(world.clock.now() + 1.second());
    let second = raise(&world, body("Tweede.")).await;
    let assign = |id: String| {
        let world = &world;
        async move {
            let path = format!("/v1/signals/{id}/assignment");
            world
                .post(&PETRA, &path, &json!({"to": SVB}))
                .await
                .expect(200);
        }
    };
    assign(second.clone()).await;
    let seen = world
        .get(&INE, &format!("/v1/signals/{second}"))
        .await
        .expect(200);
    assert_eq!(seen["addressee"]["contact"], "maatwerk");
    let hooks = world.service.hooks();
    let later = |at: &str| {
        let (hooks, at) = (hooks.clone(), at.parse().unwrap());
        async move { chassis::dev::DevHooks::advance(&*hooks, at).await.unwrap() }
    };
    later("2026-03-22T09:00:00Z").await;
    assign(first.clone()).await;
    later("2026-04-10T09:00:00Z").await;
    let listed = world.get(&INE, "/v1/signals").await.expect(200);
    let order: Vec<_> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["signal"]), one["overdue"].clone()))
        .collect();
    assert_eq!(order, [(second, json!(1)), (first, json!(0))]);
}

#[tokio::test]
async fn an_unease_becomes_a_case_and_ends() {
    let world = World::new().await;
    let id = raise(&world, json!({"kind": "unease", "text": "Dit klopt niet."})).await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = format!("/v1/signals/{id}/case");
    let became = json!({"case": story.case});
    world.post(&NOOR, &path, &became).await.expect(200);
    let seen = world
        .get(&NOOR, &format!("/v1/signals/{id}"))
        .await
        .expect(200);
    assert_eq!(seen["state"], "closed");
}

#[tokio::test]
async fn a_promised_change_ends_only_after_somebody_checked_it() {
    let world = World::new().await;
    let body = json!({"kind": "pattern", "theme": "income", "text": "Het gebeurt vaak."});
    let id = raise(&world, body).await;
    let post = |rest: &'static str, body: Value| {
        let (world, path) = (&world, format!("/v1/signals/{id}{rest}"));
        async move { world.post(&ANNA, &path, &body).await }
    };
    post("/assignment", json!({"to": crate::people::UTRECHT}))
        .await
        .expect(200);
    let promised = json!({"answer": "will_change", "text": "Wij passen het aan."});
    post("/answer", promised).await.expect(200);
    let result = json!({"result": "Het is aangepast."});
    post("/closure", result.clone()).await.expect(409);
    for step in ["effect_named", "tried_in_practice", "laid_down", "checked"] {
        post("/steps", json!({"step": step})).await.expect(200);
    }
    post("/closure", result).await.expect(200);
}
