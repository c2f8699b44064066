//! Passes: looking further in an emergency or for a while, and what becomes of that.

use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection};

use crate::accounting::accesses;
use crate::people::{DIRK, FATMA, KOEN, NOOR, PETRA, Person, SEM, SVB, TARA};
use crate::story::{Chapter, Story, text};
use crate::world::World;

/// Eight hours after the story begins.
const TONIGHT: &str = "2026-03-02T17:00:00Z";

const OFFICER: Person = Person {
    name: "olga",
    organisation: SVB,
    roles: &["privacy_officer"],
};
const COLLEAGUE: Person = Person {
    name: "carla",
    organisation: SVB,
    roles: &["agency_liaison"],
};

fn emergency(categories: &[&str]) -> Value {
    json!({
        "kind": "emergency", "categories": categories, "until": TONIGHT,
        "reason": "Sam is vannacht niet veilig."
    })
}

/// Bella's case, accepted by SVB and Spirit, with a fact of Spirit's about Sam's health.
async fn with_health(world: &World) -> Story<'_> {
    let story = Story::told(world, Chapter::Accepted).await;
    let fact = json!({
        "category": "health", "law": "wlz", "summary": "Sam slaapt niet zonder medicijnen.",
        "since": "2026-02-01", "legalBasis": "care_consent"
    });
    world
        .post(&KOEN, &story.path("/facts"), &fact)
        .await
        .expect(201);
    story
}

/// What somebody reads of the health facts, and why.
async fn health(world: &World, person: &Person, story: &Story<'_>) -> (Value, Value) {
    let seen = world.get(person, &story.path("/facts")).await.expect(200);
    let facts = seen["items"].as_array().unwrap();
    let health = facts
        .iter()
        .find(|fact| fact["summary"].as_str() == Some("Sam slaapt niet zonder medicijnen."));
    (
        health.map_or(Value::Null, |fact| fact["shown"].clone()),
        seen["why"]["health"]["policies"].clone(),
    )
}

async fn take(world: &World, person: &Person, story: &Story<'_>) -> String {
    let path = story.path("/passes");
    let told = world.post(person, &path, &emergency(&["health"])).await;
    text(&told.expect(201)["id"])
}

#[tokio::test]
async fn what_is_said_of_a_pass_into_one_case_opens_nothing_of_another() {
    let world = World::new().await;
    let one = with_health(&world).await;
    let pass = take(&world, &SEM, &one).await;
    let other = Story::told(&world, Chapter::Reported).await;
    let hold = json!({"reason": "Er loopt een klacht.", "until": "2026-04-01T09:00:00Z"});
    let path = other.path("/holds");
    world.post(&NOOR, &path, &hold).await.expect(201);
    let path = format!("/v1/passes/{pass}");
    world.get(&SEM, &path).await.expect(200);

    // Somebody with rights on the database puts a text of another case where the reason stands.
    let url = format!("sqlite://{}", world.file("escalation.db").display());
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let sql = "update pass_view set content = json_set(content, '$.issued.reason',
            (select json_extract(content, '$.reason') from record_view
             where kind = 'hold.placed')) where pass_id = $1";
    let changed = sqlx::query(sql)
        .bind(&pass)
        .execute(&mut connection)
        .await
        .unwrap();
    assert_eq!(changed.rows_affected(), 1);
    let reply = world.get(&SEM, &path).await;
    assert!(!reply.text.contains("klacht"), "{}", reply.text);
    reply.expect(503);
}

#[tokio::test]
async fn an_emergency_opens_for_who_took_it_and_until_its_time_is_over() {
    let world = World::new().await;
    let story = with_health(&world).await;
    assert_eq!(health(&world, &SEM, &story).await, (Value::Null, json!([])));
    take(&world, &SEM, &story).await;
    assert_eq!(
        health(&world, &SEM, &story).await,
        (json!("full"), json!(["emergency-full"]))
    );
    let (colleague, _) = health(&world, &COLLEAGUE, &story).await;
    assert_eq!(colleague, Value::Null);
    world.clock.set(TONIGHT.parse().unwrap());
    assert_eq!(health(&world, &SEM, &story).await, (Value::Null, json!([])));
}

#[tokio::test]
async fn the_access_log_says_what_was_seen_in_an_emergency() {
    let world = World::new().await;
    let story = with_health(&world).await;
    health(&world, &SEM, &story).await;
    take(&world, &SEM, &story).await;
    health(&world, &SEM, &story).await;
    health(&world, &COLLEAGUE, &story).await;
    let lines = accesses(&world).await;
    let reads = lines.iter().filter(|line| line.operation == "listFacts");
    let mut seen: Vec<(&str, bool)> = reads
        .map(|line| (line.person_ref.as_str(), line.emergency))
        .collect();
    // They are of one moment, so in no order.
    seen.sort_unstable();
    assert_eq!(seen, [("carla", false), ("sem", false), ("sem", true)]);
}

#[tokio::test]
async fn who_took_a_pass_accounts_for_it_to_the_privacy_officer() {
    let world = World::new().await;
    let story = with_health(&world).await;
    let id = take(&world, &SEM, &story).await;
    let path = format!("/v1/passes/{id}");
    world.get(&COLLEAGUE, &path).await.expect(404);
    world.get(&FATMA, &path).await.expect(404);
    let listed = world.get(&OFFICER, "/v1/passes").await.expect(200);
    assert_eq!(listed["items"][0]["pass"], id);
    assert_eq!(listed["items"][0]["reason"], "Sam is vannacht niet veilig.");
    assert_eq!(listed["items"][0]["reviewBy"], "2026-03-09T09:00:00Z");
    let verdict = json!({"verdict": "justified", "text": "De politie belde."});
    let review = format!("{path}/review");
    world.post(&SEM, &review, &verdict).await.expect(403);
    world.post(&OFFICER, &review, &verdict).await.expect(200);
    world.advance(TONIGHT).await;
    let seen = world.get(&SEM, &path).await.expect(200);
    assert_eq!(
        (
            &seen["state"],
            &seen["ending"],
            &seen["verdict"],
            &seen["review"]
        ),
        (
            &json!("closed"),
            &json!("expired"),
            &json!("justified"),
            &json!("De politie belde.")
        )
    );
}

#[tokio::test]
async fn a_pass_that_is_given_back_or_taken_away_opens_nothing_at_once() {
    let world = World::new().await;
    let story = with_health(&world).await;
    for (who, ending) in [(&SEM, "given_back"), (&OFFICER, "revoked")] {
        let id = take(&world, &SEM, &story).await;
        let path = format!("/v1/passes/{id}");
        world
            .post(&COLLEAGUE, &format!("{path}/end"), &json!({}))
            .await
            .expect(404);
        world
            .post(who, &format!("{path}/end"), &json!({}))
            .await
            .expect(200);
        let (shown, _) = health(&world, &SEM, &story).await;
        assert_eq!(shown, Value::Null, "{ending}");
        let seen = world.get(&OFFICER, &path).await.expect(200);
        assert_eq!(seen["ending"], ending);
    }
}

#[tokio::test]
async fn a_stand_in_sees_the_case_for_a_while() {
    let world = World::new().await;
    let story = with_health(&world).await;
    let shown = async || {
        let seen = world.get(&PETRA, &story.path("")).await.expect(200);
        seen["why"]["identity"]["shown"].clone()
    };
    assert_eq!(shown().await, "none");
    let pass = json!({
        "kind": "temporary", "person": "petra", "categories": ["identity", "process"],
        "until": "2026-03-16T09:00:00Z", "reason": "Noor is twee weken weg."
    });
    world
        .post(&PETRA, &story.path("/passes"), &pass)
        .await
        .expect(403);
    world
        .post(&NOOR, &story.path("/passes"), &pass)
        .await
        .expect(201);
    assert_eq!(shown().await, "full");
    world.advance("2026-03-16T09:00:00Z").await;
    assert_eq!(shown().await, "none");
}

#[tokio::test]
async fn no_emergency_for_national_roles_before_acceptance_or_elsewhere() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let path = story.path("/passes");
    let body = emergency(&["identity"]);
    world.post(&TARA, &path, &body).await.expect(403);
    let elsewhere = Person {
        name: "wim",
        organisation: "00000099000000012000",
        roles: &["agency_liaison"],
    };
    world.post(&elsewhere, &path, &body).await.expect(404);
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Desk).await;
    world
        .post(&DIRK, &story.path("/passes"), &body)
        .await
        .expect(403);
}

#[tokio::test]
async fn a_pass_that_cannot_be_is_refused_with_the_field_to_blame() {
    let world = World::new().await;
    let story = with_health(&world).await;
    let path = story.path("/passes");
    let with = |field: &str, value: Value| {
        let mut body = emergency(&["health"]);
        body[field] = value;
        body
    };
    for (body, field) in [
        (with("categories", json!(["bsn"])), "/categories"),
        (with("categories", json!(["gossip"])), "/categories"),
        (with("categories", json!([])), "/categories"),
        (with("until", json!("2026-03-02T08:00:00Z")), "/until"),
        (with("until", json!("2026-03-09T09:00:00Z")), "/until"),
        (with("person", json!("carla")), "/person"),
    ] {
        let told = world.post(&SEM, &path, &body).await.expect(400);
        assert_eq!(told["invalidParams"][0]["name"], field, "{body}");
    }
    let listed = world.get(&OFFICER, "/v1/passes").await.expect(200);
    assert_eq!(listed["items"], json!([]));
}

#[tokio::test]
async fn a_pass_opens_nothing_of_a_case_that_was_closed() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Done).await;
    let fact = json!({
        "category": "health", "law": "wlz", "summary": "Sam slaapt niet zonder medicijnen.",
        "since": "2026-02-01", "legalBasis": "care_consent"
    });
    world
        .post(&KOEN, &story.path("/facts"), &fact)
        .await
        .expect(201);
    let now = world.clock.now();
    let until = now
        .checked_add(jiff::SignedDuration::from_hours(8))
        .unwrap();
    let mut body = emergency(&["health"]);
    body["until"] = json!(until.to_string());
    world
        .post(&NOOR, &story.path("/passes"), &body)
        .await
        .expect(201);
    let (shown, _) = health(&world, &NOOR, &story).await;
    assert_eq!(shown, "full");
    let mut story = story;
    story.tell(Chapter::Closed).await;
    let (shown, _) = health(&world, &NOOR, &story).await;
    assert_eq!(shown, Value::Null);
}
