//! What an operator sees of the platform, and having a message taken out of quarantine.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chassis::dev::{DevHooks, SettledReport};
use escalation::intake::{ledger, quarantine};
use jiff::ToSpan;
use journal::vault::{MasterKey, Vault};
use ladder::{CaseId, Organisation};
use proto::Oin;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::exchange::{event, kinds, letters, report, structured, world};
use crate::people::{FATMA, NOOR, OLGA, Person, SVB, UTRECHT};
use crate::story::{Chapter, HANDOFFS, Story};
use crate::world::{START, World};

/// An operator of an organisation that does not run the platform.
const OF_SVB: Person = Person {
    organisation: SVB,
    ..OLGA
};

const READS: [&str; 4] = [
    "/v1/platform/health",
    "/v1/platform/configuration",
    "/v1/platform/undelivered",
    "/v1/platform/quarantine",
];

async fn quarantined(world: &World) -> Vec<Value> {
    let list = world.get(&OLGA, "/v1/platform/quarantine").await;
    list.expect(200)["items"].as_array().unwrap().clone()
}

async fn replay(world: &World, entry: &str) -> crate::world::Reply {
    let path = format!("/v1/platform/quarantine/{entry}/replay");
    world.post(&OLGA, &path, &json!({})).await
}

/// A message that was set aside through a fault of ours, and says this.
async fn set_aside(world: &World, sender: &str, event: &Value) -> String {
    let ground = world.service.ground();
    let name = event["type"].as_str().unwrap();
    let name = name.trim_start_matches("nl.doorbraak.");
    let kept = json!({
        "subject": format!("doorbraak.{sender}.out.{}", name.trim_end_matches(".v1")),
        "headers": [["content-type", "application/cloudevents+json"]],
        "payload": STANDARD.encode(event.to_string()),
    });
    let url = format!("sqlite://{}", world.file("vault.db").display());
    let vault = Vault::open(&url, MasterKey::from_bytes([1; 32]))
        .await
        .unwrap();
    let at = START.parse().unwrap();
    let entropy = &ground.entropy;
    let sealer = vault.sealer("intake/2026-03-02", at, entropy.bytes()).await;
    let sealed = sealer.unwrap().seal(&kept.to_string(), entropy.bytes());
    let (source, id) = (&event["source"], &event["id"]);
    let id_of_message = format!("{} {}", source.as_str().unwrap(), id.as_str().unwrap());
    let entry = quarantine::Entry {
        id: Uuid::from_u128(7),
        sender: Oin::parse(sender).unwrap(),
        subject: kept["subject"].as_str().unwrap().to_owned(),
        message: Some(id_of_message),
        sequence: None,
        reason: "cannot_be_stored".to_owned(),
        detail: "the message could not be stored".to_owned(),
        wrong: Vec::new(),
        sealed_body: sealed.unwrap().as_str().to_owned(),
    };
    quarantine::put(&ground.db, &entry, at).await.unwrap();
    entry.id.to_string()
}

/// How many messages of the municipality were taken in, as whoever waits for quiet counts them.
async fn taken_in(world: &World) -> u64 {
    let report = world.service.hooks().settled().await.unwrap();
    let SettledReport::Platform { received, .. } = report else {
        panic!("this is no platform");
    };
    received[&Oin::parse(UTRECHT).unwrap()]
}

async fn kinds_in_log(world: &World) -> Vec<String> {
    let log = world.service.ground().db.read_after(0, 10_000).await;
    log.unwrap().into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn only_an_operator_of_the_platform_sees_how_it_runs() {
    let world = World::new().await;
    for path in READS {
        world.get(&OLGA, path).await.expect(200);
        for person in [&NOOR, &FATMA, &OF_SVB] {
            world.get(person, path).await.expect(403);
        }
    }
    let path = "/v1/platform/quarantine/none/replay";
    for person in [&NOOR, &FATMA, &OF_SVB] {
        world.post(person, path, &json!({})).await.expect(403);
    }
    world.post(&OLGA, path, &json!({})).await.expect(404);
}

#[tokio::test]
async fn health_says_what_answers_and_how_far_behind_anything_is() {
    let world = World::new().await;
    Story::told(&world, Chapter::Reported).await;
    world.reacted().await;
    let health = world.get(&OLGA, READS[0]).await.expect(200);
    let parts = health["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 4);
    assert!(parts.iter().all(|part| part["ready"] == true), "{health}");
    let reactor = json!({"follower": "reactor", "behind": 0});
    assert!(health["followers"].as_array().unwrap().contains(&reactor));
    let head = world.service.ground().db.head().await.unwrap();
    assert_eq!(health["position"], head.position);
    let settings = world.get(&OLGA, READS[1]).await.expect(200);
    assert_eq!(settings["engine"], "sqlite");
    let term = json!({"name": "handoff_answer", "term": "5wd"});
    assert!(settings["terms"].as_array().unwrap().contains(&term));
    let text = settings.to_string();
    for secret in ["master", "sqlite://", "Secret", "7f1d0c4e2ab94c55"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

/// What is told of one organisation.
async fn waiting_for(world: &World, organisation: &str) -> Value {
    let list = world.get(&OLGA, READS[2]).await.expect(200);
    let items = list["items"].as_array().unwrap();
    let found = items.iter().find(|it| it["organisation"] == organisation);
    found.unwrap().clone()
}

#[tokio::test]
async fn what_nobody_confirmed_is_told_by_kind_and_without_content() {
    let world = world().await;
    structured(
        &world,
        &event("e-1", Some(1), "case.reported", &report("Z-1")),
    )
    .await
    .expect(202);
    let told = letters(&world, 2).await;
    let waits = waiting_for(&world, UTRECHT).await;
    assert_eq!(
        (&waits["door"], &waits["letters"]),
        (&json!("feed"), &json!(2))
    );
    let mut events: Vec<_> = waits["kinds"].as_array().unwrap().iter().collect();
    events.sort_by_key(|kind| kind["event"].as_str());
    assert_eq!(events.len(), 2);
    assert_eq!(events[0]["event"], "case.registered");
    assert_eq!(events[1]["event"], "input.stored");
    assert_eq!(waits["since"], START);
    assert!(!waits.to_string().contains("Z-1"));
    let metrics = world.get(&OLGA, "/metrics").await.text;
    let number = "doorbraak_undelivered_letters{organisation=\"utrecht\"}";
    assert!(metrics.contains(&format!("{number} 2\n")), "{metrics}");

    let system = &crate::exchange::SYSTEM;
    let path = format!("{}?until=2", crate::exchange::EVENTS);
    world.delete(system, &path).await;
    assert_eq!(told.len(), 2);
    let waits = waiting_for(&world, UTRECHT).await;
    assert_eq!(
        (&waits["letters"], &waits["kinds"]),
        (&json!(0), &json!([]))
    );
    let metrics = world.get(&OLGA, "/metrics").await.text;
    assert!(metrics.contains(&format!("{number} 0\n")), "{metrics}");
}

#[tokio::test]
async fn what_waits_on_the_bus_is_told_too() {
    let world = World::new().await;
    Story::told(&world, Chapter::Offered).await;
    for _ in 0..500 {
        let waits = waiting_for(&world, SVB).await;
        assert_eq!(
            (&waits["door"], &waits["known"]),
            (&json!("nats"), &json!(true))
        );
        let kinds = waits["kinds"].as_array().unwrap();
        if kinds.iter().any(|kind| kind["event"] == "handoff.offered") {
            assert!(waits["letters"].as_i64() > Some(0));
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no letter waits for the SVB");
}

#[tokio::test]
async fn a_message_that_is_replayed_lands_exactly_once() {
    let world = world().await;
    let entry = set_aside(
        &world,
        UTRECHT,
        &event("e-1", None, "case.reported", &report("Z-1")),
    )
    .await;
    let there = quarantined(&world).await;
    assert_eq!(there.len(), 1);
    assert_eq!(there[0]["reason"], "cannot_be_stored");
    assert!(!there[0].to_string().contains("Het verhaal"));
    assert_eq!(kinds_in_log(&world).await, [""; 0]);
    assert_eq!(taken_in(&world).await, 1);

    // Twice at once, and once more when it is done.
    let (one, two) = tokio::join!(replay(&world, &entry), replay(&world, &entry));
    for reply in [one, two, replay(&world, &entry).await] {
        assert_eq!(reply.expect(200), json!({"outcome": "stored"}));
    }
    assert_eq!(kinds_in_log(&world).await, ["case.reported"]);
    assert_eq!(taken_in(&world).await, 1, "it came once");
    let there = quarantined(&world).await;
    assert_eq!(
        (&there[0]["outcome"], &there[0]["replayedAt"]),
        (&json!("stored"), &json!(START))
    );
    let db = &world.service.ground().db;
    assert_eq!(quarantine::standing(db).await.unwrap(), 0);
    // The alarm is about what came, also when nothing stands there any more.
    let now = world.clock.now();
    let before = now.checked_sub(jiff::Span::new().hours(1)).unwrap();
    assert_eq!(quarantine::since(db, before).await.unwrap(), 1);
    assert_eq!(quarantine::since(db, now).await.unwrap(), 0);
    // Its sender hears of both, under its own id, and once of the case.
    let letters = letters(&world, 3).await;
    let mut kinds = kinds(&letters);
    kinds.sort_unstable();
    let expected = ["case.registered", "input.refused", "input.stored"];
    assert_eq!(
        kinds,
        expected.map(|kind| format!("nl.doorbraak.{kind}.v1"))
    );
    let answers = letters.iter().filter(|it| it["data"]["input"].is_string());
    assert!(answers.clone().count() == 2 && answers.clone().all(|it| it["data"]["input"] == "e-1"));
}

#[tokio::test]
async fn quarantine_shows_what_came_last_first_and_says_that_there_is_more() {
    let world = world().await;
    for nth in 1..=5 {
        let unknown = event(
            &format!("e-{nth}"),
            None,
            &format!("case.forgotten{nth}"),
            &json!({}),
        );
        structured(&world, &unknown).await.expect(400);
        world.clock.set(world.clock.now() + 1.second());
    }
    let mut path = "/v1/platform/quarantine?pageSize=2".to_owned();
    let mut pages = Vec::new();
    loop {
        let list = world.get(&OLGA, &path).await.expect(200);
        let items = list["items"].as_array().unwrap().iter();
        let subjects = items.map(|item| item["subject"].as_str().unwrap().to_owned());
        pages.push(subjects.collect::<Vec<_>>());
        let Some(cursor) = list["nextCursor"].as_str() else {
            break;
        };
        path = format!("/v1/platform/quarantine?pageSize=2&cursor={cursor}");
    }
    let subject = |nth| format!("doorbraak.{UTRECHT}.out.case.forgotten{nth}");
    let expected = [
        vec![subject(5), subject(4)],
        vec![subject(3), subject(2)],
        vec![subject(1)],
    ];
    assert_eq!(pages, expected);
    let path = "/v1/platform/quarantine?cursor=bm9uZQ";
    world.get(&OLGA, path).await.expect(400);
}

#[tokio::test]
async fn what_is_still_wrong_stays_in_quarantine() {
    let world = world().await;
    let unknown = event("e-1", Some(1), "case.forgotten", &json!({}));
    structured(&world, &unknown).await.expect(400);
    let there = quarantined(&world).await;
    assert_eq!(there[0]["reason"], "unknown_type");
    let entry = there[0]["entry"].as_str().unwrap();
    let told = replay(&world, entry).await.expect(409);
    assert_eq!(told["type"], "urn:doorbraak:problem:unknown-type");
    assert_eq!(quarantined(&world).await, there);
    assert_eq!(kinds_in_log(&world).await, [""; 0]);
}

#[tokio::test]
async fn a_replayed_event_waits_for_its_case_and_is_then_taken_once() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let ground = world.service.ground();
    let svb = Organisation::parse(SVB).unwrap();
    let case = CaseId::parse(&story.case).unwrap();
    let pseudonym = ground.pseudonyms.of(&svb, &case).unwrap();
    let mut fact = event(
        "f-1",
        None,
        "fact.reported",
        &json!({
            "actedBy": {"role": "agency_liaison", "personRef": "sem"},
            "category": "finance", "law": "child_benefit_act", "summary": "Geen recht.",
            "since": "2026-01-01", "legalBasis": "svb_own_task",
        }),
    );
    fact["source"] = format!("urn:nld:oin:{SVB}:systeem:akw").into();
    fact["subject"] = pseudonym.as_str().into();
    let entry = set_aside(&world, SVB, &fact).await;
    assert_eq!(
        replay(&world, &entry).await.expect(200),
        json!({"outcome": "waits"})
    );
    assert_eq!(ledger::waiting(&ground.db).await.unwrap().len(), 1);

    let offer = crate::story::offer(HANDOFFS[0], SVB);
    world
        .post(&NOOR, &story.path("/handoffs"), &offer)
        .await
        .expect(201);
    for _ in 0..500 {
        if ledger::waiting(&ground.db).await.unwrap().is_empty() {
            // Who was only asked may not report a fact; what matters is that it was answered.
            let told = replay(&world, &entry).await.expect(200);
            assert_eq!(told["outcome"], "refused");
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("it waits for ever");
}
