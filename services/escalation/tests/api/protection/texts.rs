//! What was written of a signal or a meeting is erased on the word of a privacy officer; that it was
//! there, and how it ran, stays.

use serde_json::{Value, json};

use crate::people::{ALL, FATMA, INE, LENA, NOOR, PETRA, Person, SVB, TABLE, UTRECHT};
use crate::story::text;
use crate::table::Meeting;
use crate::world::World;

/// The privacy officer of the table's organisation.
const OFFICER: Person = Person {
    name: "olga",
    organisation: TABLE,
    roles: &["privacy_officer"],
};

/// The keys of a thing in the vault.
async fn keys(world: &World, owner: &str) -> usize {
    use sqlx::{AnyConnection, Connection};

    sqlx::any::install_default_drivers();
    let file = world.folder.path().join("vault.db");
    let mut vault = AnyConnection::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let rows = sqlx::query("select owner from vault_key where owner like $1")
        .bind(format!("{owner}%"))
        .fetch_all(&mut vault)
        .await
        .unwrap();
    rows.len()
}

#[tokio::test]
async fn the_privacy_officer_of_whoever_raised_a_signal_erases_its_texts() {
    let world = World::with_registers().await;
    let body = json!({"kind": "unease", "text": "Bella zit vast."});
    let id = text(&world.post(&NOOR, "/v1/signals", &body).await.expect(201)["id"]);
    let path = format!("/v1/signals/{id}");
    let order = json!({"ground": "unlawful"});
    let erasures = format!("{path}/erasures");
    for person in ALL.into_iter().filter(|person| person.name != FATMA.name) {
        let status = world.post(&person, &erasures, &order).await.status.as_u16();
        assert!([403, 404].contains(&status), "{}: {status}", person.name);
    }
    world.post(&OFFICER, &erasures, &order).await.expect(404);
    assert_eq!(keys(&world, &format!("signal/{id}")).await, 1);

    world.post(&FATMA, &erasures, &order).await.expect(200);
    world.reacted().await;
    let seen = world.get(&NOOR, &path).await.expect(200);
    assert_eq!(
        (&seen["text"], &seen["state"]),
        (&json!("(gewist)"), &json!("unassigned"))
    );
    assert_eq!(keys(&world, &format!("signal/{id}")).await, 0);
    let again = world.post(&FATMA, &erasures, &order).await.expect(409);
    assert_eq!(again["type"], "urn:doorbraak:problem:nothing-to-erase");

    // What is written after it reads, until that too is erased: by its owner's officer as well.
    let assign = json!({"to": SVB});
    let assignment = format!("{path}/assignment");
    world.post(&PETRA, &assignment, &assign).await.expect(200);
    let answer = json!({"answer": "will_not_change", "text": "Het blijft zo."});
    let answering = format!("{path}/answer");
    world.post(&INE, &answering, &answer).await.expect(200);
    let said = async || {
        let seen = world.get(&NOOR, &path).await.expect(200);
        let history = seen["history"].as_array().unwrap().iter();
        let mut answers = history.filter(|step| step["kind"] == "signal.answered");
        answers.next().unwrap()["text"].clone()
    };
    assert_eq!(said().await, "Het blijft zo.");
    // Also when the reactor starts from the beginning of the log, as after restoring a vault.
    let db = &world.service.ground().db;
    db.save_checkpoint(escalation::react::FOLLOWER, 0)
        .await
        .unwrap();
    world.reacted().await;
    assert_eq!(said().await, "Het blijft zo.");
    let of_owner = Person {
        organisation: SVB,
        ..OFFICER
    };
    world.post(&of_owner, &erasures, &order).await.expect(200);
    world.reacted().await;
    assert_eq!(said().await, "(gewist)");

    let stream = db.read_stream(&format!("signal/{id}")).await.unwrap();
    let orders = stream
        .iter()
        .filter(|event| event.kind == "signal.erasure-ordered");
    let by: Vec<&Value> = orders.map(|event| &event.data["by"]).collect();
    assert_eq!(by, [UTRECHT, SVB]);
}

#[tokio::test]
async fn the_privacy_officer_of_a_table_erases_what_was_written_of_its_meeting() {
    let world = World::with_registers().await;
    let meeting = Meeting::open(&world).await;
    let erasures = format!("/v1/meetings/{}/erasures", meeting.id);
    let order = json!({"ground": "request"});
    let nothing = world.post(&OFFICER, &erasures, &order).await.expect(409);
    assert_eq!(nothing["type"], "urn:doorbraak:problem:nothing-to-erase");
    let collision = json!({"text": "Twee wetten botsen."});
    meeting.record("collision", collision).await.expect(200);
    let obstacle = json!({"text": "De keten breekt.", "target": "law", "owner": SVB});
    meeting.record("obstacle", obstacle).await.expect(200);
    for person in [NOOR, FATMA, LENA] {
        let status = world.post(&person, &erasures, &order).await.status.as_u16();
        assert!([403, 404].contains(&status), "{}: {status}", person.name);
    }
    world.post(&OFFICER, &erasures, &order).await.expect(200);
    world.reacted().await;
    let path = format!("/v1/meetings/{}", meeting.id);
    let seen = world.get(&LENA, &path).await.expect(200);
    let said = &seen["agenda"][0];
    assert_eq!(said["obstacles"][0]["text"], "(gewist)");
    // What collides in the case is the case's.
    assert_eq!(said["collision"], "Twee wetten botsen.");

    // Called off, it still says whose it was.
    let cancel = format!("{path}/cancellation");
    let reason = json!({"reason": "Geen quorum."});
    world.post(&LENA, &cancel, &reason).await.expect(200);
    world.post(&OFFICER, &erasures, &order).await.expect(200);
    world.reacted().await;
    assert_eq!(keys(&world, &format!("meeting/{}", meeting.id)).await, 0);
}

#[tokio::test]
async fn two_years_after_its_end_nothing_that_was_written_of_a_signal_is_kept() {
    let world = World::with_registers().await;
    let mut raised = Vec::new();
    for words in ["Dit is klaar.", "Dit loopt nog."] {
        let body = json!({"kind": "unease", "text": words});
        let id = text(&world.post(&NOOR, "/v1/signals", &body).await.expect(201)["id"]);
        raised.push(format!("/v1/signals/{id}"));
    }
    let assignment = format!("{}/assignment", raised[0]);
    let assign = json!({"to": SVB});
    world.post(&PETRA, &assignment, &assign).await.expect(200);
    let answering = format!("{}/answer", raised[0]);
    let answer = json!({"answer": "already_possible", "text": "Dat kan al."});
    world.post(&INE, &answering, &answer).await.expect(200);
    let closing = format!("{}/closure", raised[0]);
    let result = json!({"result": "Het is uitgelegd."});
    world.post(&INE, &closing, &result).await.expect(200);

    let written = async || {
        let mut texts = Vec::new();
        for path in &raised {
            let seen = world.get(&NOOR, path).await.expect(200);
            texts.push(text(&seen["text"]));
        }
        texts
    };
    world.advance("2028-03-01T12:00:00Z").await;
    world.reacted().await;
    assert_eq!(written().await, ["Dit is klaar.", "Dit loopt nog."]);
    world.advance("2028-03-03T12:00:00Z").await;
    world.reacted().await;
    assert_eq!(written().await, ["(gewist)", "Dit loopt nog."]);
    // Ordered once: nothing is left to order.
    world.advance("2030-04-03T12:00:00Z").await;
    world.reacted().await;
    let db = &world.service.ground().db;
    let log = db.read_after(0, 100_000).await.unwrap();
    let orders = log
        .iter()
        .filter(|event| event.kind == "signal.erasure-ordered");
    let by: Vec<_> = orders.map(|event| event.data["ground"].clone()).collect();
    assert_eq!(by, ["term_ended"]);
}
