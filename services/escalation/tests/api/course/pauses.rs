//! Deadlines on hold, and more time.

use axum::http::Method;
use serde_json::{Value, json};

use crate::people::{NOOR, SEM, SVB, UTRECHT};
use crate::story::{Chapter, HANDOFFS, Story};
use crate::world::World;

async fn answer_by(world: &World, story: &Story<'_>) -> Value {
    let list = world.get(&NOOR, &story.path("/handoffs")).await.expect(200);
    list["items"][0]["answerBy"].clone()
}

async fn ledger(world: &World, story: &Story<'_>) -> Vec<Value> {
    let list = world
        .get(&NOOR, &story.path("/suspensions"))
        .await
        .expect(200);
    list["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_suspension_moves_the_dates_and_the_ledger_says_who_why_and_how_long() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    assert_eq!(answer_by(&world, &story).await, "2026-03-09T09:00:00Z");
    let until = "2026-03-30T09:00:00Z";
    let body = json!({"reason": "procedure", "text": "Het bezwaar loopt.", "until": until});
    world
        .post(&NOOR, &story.path("/suspensions"), &body)
        .await
        .expect(201);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["suspendedUntil"], until);
    assert_eq!(
        case["nextDeadline"],
        json!({"due": "suspension-end", "at": until, "waitsFor": UTRECHT})
    );
    let twice = world.post(&NOOR, &story.path("/suspensions"), &body).await;
    assert_eq!(
        twice.expect(409)["type"],
        "urn:doorbraak:problem:already-suspended"
    );

    world.advance("2026-03-16T09:00:00Z").await;
    let path = story.path("/suspensions/end");
    world
        .ask(&NOOR, Method::POST, &path, &[], None)
        .await
        .expect(200);
    // Two weeks on hold: two weeks later.
    assert_eq!(answer_by(&world, &story).await, "2026-03-23T09:00:00Z");
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["suspendedUntil"], Value::Null);
    let lines = ledger(&world, &story).await;
    let position = lines[0]["position"].clone();
    assert_eq!(
        lines[0],
        json!({"position": position, "kind": "case.suspended", "at": "2026-03-02T09:00:00Z",
            "by": UTRECHT, "reason": "procedure", "text": "Het bezwaar loopt.", "until": until,
            "moved": []})
    );
    assert_eq!(
        (&lines[1]["kind"], &lines[1]["by"], &lines[1]["at"]),
        (
            &json!("case.resumed"),
            &json!(UTRECHT),
            &json!("2026-03-16T09:00:00Z")
        )
    );
    let moved = json!({"due": format!("handoff-answer/{}", HANDOFFS[0]),
        "to": "2026-03-23T09:00:00Z"});
    assert!(lines[1]["moved"].as_array().unwrap().contains(&moved));
    let twice = world.ask(&NOOR, Method::POST, &path, &[], None).await;
    assert_eq!(
        twice.expect(409)["type"],
        "urn:doorbraak:problem:not-suspended"
    );
}

#[tokio::test]
async fn a_suspension_ends_by_itself_and_has_an_end_that_lies_ahead() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let path = story.path("/suspensions");
    let until = |until| json!({"reason": "citizen_absent", "until": until});
    for (end, reason) in [
        ("2026-03-01T09:00:00Z", "the end must lie ahead"),
        (
            "2026-09-01T09:00:00Z",
            "deadlines are on hold for at most 90 days",
        ),
    ] {
        let told = world.post(&NOOR, &path, &until(end)).await.expect(400);
        let wrong = json!([{"name": "/until", "reason": reason}]);
        assert_eq!(told["invalidParams"], wrong);
    }
    world
        .post(&NOOR, &path, &until("2026-03-09T09:00:00Z"))
        .await
        .expect(201);
    world.advance("2026-03-09T09:00:00Z").await;
    assert_eq!(answer_by(&world, &story).await, "2026-03-16T09:00:00Z");
    let lines = ledger(&world, &story).await;
    assert_eq!(lines[1]["kind"], "case.resumed");
    assert_eq!(lines[1]["by"], Value::Null);
}

#[tokio::test]
async fn more_time_is_given_to_who_has_to_meet_the_deadline_before_it_comes() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let path = story.path("/extensions");
    let due = format!("handoff-answer/{}", HANDOFFS[0]);
    let ask = |to: &str| json!({"due": due, "to": to, "reason": "Wij wachten op de jurist."});
    let later = "2026-03-13T09:00:00Z";
    let others = world.post(&NOOR, &path, &ask(later)).await.expect(409);
    assert_eq!(others["type"], "urn:doorbraak:problem:deadline-not-yours");
    let earlier = world.post(&SEM, &path, &ask("2026-03-05T09:00:00Z")).await;
    assert_eq!(earlier.expect(400)["invalidParams"][0]["name"], "/to");
    world.post(&SEM, &path, &ask(later)).await.expect(201);
    assert_eq!(answer_by(&world, &story).await, later);
    let twice = world.post(&SEM, &path, &ask("2026-03-16T09:00:00Z")).await;
    assert_eq!(
        twice.expect(409)["type"],
        "urn:doorbraak:problem:already-extended"
    );
    let lines = ledger(&world, &story).await;
    let position = lines[0]["position"].clone();
    let text = lines[0]["text"].clone();
    assert_eq!(
        lines[0],
        json!({"position": position, "kind": "term.extended", "at": "2026-03-02T09:00:00Z",
            "by": SVB, "text": text, "from": "2026-03-09T09:00:00Z",
            "moved": [{"due": due, "to": later}]})
    );
}

#[tokio::test]
async fn a_deadline_that_is_no_deadline_is_a_bad_request() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let path = story.path("/extensions");
    for (due, reason) in [
        ("supper", "names no deadline"),
        ("completion/e1", "there is no open deadline 'completion/e1'"),
    ] {
        let body = json!({"due": due, "to": "2026-03-13T09:00:00Z", "reason": "Later."});
        let told = world.post(&NOOR, &path, &body).await.expect(400);
        let wrong = json!([{"name": "/due", "reason": reason}]);
        assert_eq!(told["invalidParams"], wrong);
    }
}
