//! Open pages hear that something changed in what they show, never what, and only as long as the
//! reader may see it.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, Request};
use futures::StreamExt;
use serde_json::json;

use crate::browser::Browser;
use crate::people::{FATMA, LENA, LOTTE, NOOR, Person, SEM, SVB};
use crate::story::{Chapter, HANDOFFS, Story};
use crate::world::World;

/// What was told, piece by piece; the test stops when nothing is told for long.
struct Heard(BodyDataStream);

impl Heard {
    async fn next(&mut self) -> Option<String> {
        let told = tokio::time::timeout(Duration::from_secs(30), self.0.next());
        let told = told
            .await
            .expect("nothing is told and the stream goes on")?;
        Some(String::from_utf8(told.unwrap().to_vec()).unwrap())
    }
}

const CHANGED: &str = "event: changed\ndata: changed\n\n";
const ENDED: &str = "event: ended\ndata: ended\n\n";

async fn cookies(world: &World, person: &Person) -> String {
    let mut browser = Browser::new(world);
    browser.login(person).await;
    browser.cookies.join("; ")
}

/// Listens at an address: the status, and what is told.
async fn listen(world: &World, cookies: &str, address: &str) -> (u16, Heard) {
    let request = Request::get(address).header("cookie", cookies);
    let response = world.open(request.body(Body::empty()).unwrap()).await;
    let status = response.status().as_u16();
    if status == 200 {
        let kind = response.headers()["content-type"].to_str().unwrap();
        assert!(kind.starts_with("text/event-stream"), "{kind}");
    }
    (status, Heard(response.into_body().into_data_stream()))
}

async fn head(world: &World) -> i64 {
    world.service.ground().db.head().await.unwrap().position
}

#[tokio::test]
async fn a_page_hears_that_its_case_changed_and_nothing_of_what() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let noor = cookies(&world, &NOOR).await;
    let place = format!("/live?casus={}&sinds={}", story.case, head(&world).await);
    let (status, mut heard) = listen(&world, &noor, &place).await;
    assert_eq!(status, 200);
    let block =
        json!({"type": "rule", "rules": ["child_benefit_parent"], "explanation": "Niets past."});
    world
        .post(&NOOR, &story.path("/blocks"), &block)
        .await
        .expect(201);
    assert_eq!(heard.next().await.as_deref(), Some(CHANGED));
    // Whoever comes later with an older page hears it at once.
    let (_, mut late) = listen(&world, &noor, &place).await;
    assert_eq!(late.next().await.as_deref(), Some(CHANGED));
}

#[tokio::test]
async fn a_queue_hears_what_is_of_concern_to_the_own_organisation() {
    let world = World::new().await;
    let mut story = Story::told(&world, Chapter::Reported).await;
    let sem = cookies(&world, &SEM).await;
    // What was reported is no concern of his organisation; what is offered to it is.
    let (status, mut heard) = listen(&world, &sem, "/live?sinds=0").await;
    assert_eq!(status, 200);
    story.tell(Chapter::Offered).await;
    assert_eq!(heard.next().await.as_deref(), Some(CHANGED));
}

#[tokio::test]
async fn nobody_hears_of_a_case_that_is_not_there_for_them_and_nobody_without_a_login() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let sem = cookies(&world, &SEM).await;
    let place = format!("/live?casus={}&sinds=0", story.case);
    assert_eq!(listen(&world, &sem, &place).await.0, 404);
    assert_ne!(listen(&world, "", &place).await.0, 200);
    assert_ne!(listen(&world, "", "/live?sinds=0").await.0, 200);
}

#[tokio::test]
async fn it_ends_when_the_reader_may_see_the_case_no_more() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let sem = cookies(&world, &SEM).await;
    world.get(&SEM, &story.path("")).await.expect(200);
    let place = format!("/live?casus={}&sinds={}", story.case, head(&world).await);
    let (status, mut heard) = listen(&world, &sem, &place).await;
    assert_eq!(status, 200);
    let no = json!({"answer": "declined", "reason": "not_competent", "text": "Nee.",
        "alternative": "Vraag het de gemeente."});
    let path = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    world.post(&SEM, &path, &no).await.expect(200);
    world.get(&SEM, &story.path("")).await.expect(404);
    assert_eq!(heard.next().await.as_deref(), Some(ENDED));
    assert_eq!(heard.next().await, None);
}

#[tokio::test]
async fn a_session_listens_with_four_pages_at_most_and_stopping_waits_for_none() {
    let world = World::new().await;
    let noor = cookies(&world, &NOOR).await;
    let place = format!("/live?sinds={}", head(&world).await);
    let mut open = Vec::new();
    for _ in 0..4 {
        let (status, heard) = listen(&world, &noor, &place).await;
        assert_eq!(status, 200);
        open.push(heard);
    }
    assert_eq!(listen(&world, &noor, &place).await.0, 429);
    open.pop();
    let (status, mut heard) = listen(&world, &noor, &place).await;
    assert_eq!(status, 200);
    let world = world.restart().await;
    assert_eq!(heard.next().await, None);
    drop(world);
}

#[tokio::test]
async fn listening_is_no_look_at_a_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let noor = cookies(&world, &NOOR).await;
    let looks = || async {
        let log = world
            .get(&FATMA, "/v1/access-log?pageSize=200")
            .await
            .expect(200);
        let lines = log["items"].as_array().unwrap().clone();
        lines
            .iter()
            .filter(|line| line.to_string().contains(&story.case))
            .count()
    };
    let before = looks().await;
    let place = format!("/live?casus={}&sinds=0", story.case);
    let (status, mut heard) = listen(&world, &noor, &place).await;
    assert_eq!(status, 200);
    assert_eq!(heard.next().await.as_deref(), Some(CHANGED));
    assert_eq!(looks().await, before);
    let post = Browser::new(&world).ask(Method::POST, "/live", "").await;
    assert_eq!(post.status.as_u16(), 405);
}

#[tokio::test]
async fn who_admits_to_a_table_hears_of_its_meeting_and_who_places_signals_of_a_new_one() {
    let world = World::new().await;
    let desk = cookies(&world, &LOTTE).await;
    let place = format!("/live?sinds={}", head(&world).await);
    let (status, mut heard) = listen(&world, &desk, &place).await;
    assert_eq!(status, 200);
    let planned = json!({"rung": "national_table", "at": "2026-04-07T09:00:00Z"});
    world
        .post(&LENA, "/v1/meetings", &planned)
        .await
        .expect(201);
    assert_eq!(heard.next().await.as_deref(), Some(CHANGED));
    let place = format!("/live?sinds={}", head(&world).await);
    let (_, mut heard) = listen(&world, &desk, &place).await;
    let unease = json!({"kind": "unease", "text": "Het loopt overal vast."});
    world.post(&NOOR, "/v1/signals", &unease).await.expect(201);
    assert_eq!(heard.next().await.as_deref(), Some(CHANGED));
}

#[tokio::test]
async fn who_is_asked_for_advice_hears_of_it_without_a_part_in_the_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let sem = cookies(&world, &SEM).await;
    let place = format!("/live?sinds={}", head(&world).await);
    let (status, mut heard) = listen(&world, &sem, &place).await;
    assert_eq!(status, 200);
    let asked = json!({"of": SVB, "question": "Kan dit?"});
    world
        .post(&NOOR, &story.path("/advice"), &asked)
        .await
        .expect(201);
    assert_eq!(heard.next().await.as_deref(), Some(CHANGED));
}
