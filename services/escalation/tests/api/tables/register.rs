//! The register finds a person: for a question, and for a handoff.

use axum::http::Method;
use jiff::ToSpan;
use serde_json::{Value, json};

use crate::people::{FATMA, INE, NOOR, SEM, SVB, TARA, UTRECHT};
use crate::story::{Chapter, HANDOFFS, Story, offer};
use crate::world::World;

const BY_LAW: &str = "/v1/register?law=child_benefit_act";

async fn away(world: &World, contact: &str) {
    let absent = json!({"from": "2026-03-01", "until": "2026-03-13"});
    let path = format!("/v1/register/{contact}/absence");
    let put = world.ask(&SEM, Method::PUT, &path, &[], Some(&absent));
    put.await.expect(200);
}

#[tokio::test]
async fn a_professional_finds_the_person_for_a_law_without_knowing_anybody() {
    let world = World::with_registers().await;
    let answer = world.get(&NOOR, BY_LAW).await.expect(200);
    let found = &answer["found"];
    assert_eq!(found["organisation"], SVB);
    assert_eq!(found["contact"], "maatwerk");
    assert_eq!(found["function"], "Medewerker maatwerk kinderbijslag");
    assert_eq!(found["name"], "Sem Verzonnen");
    assert_eq!(found["mail"], "maatwerk@svb.example");
    assert_eq!(
        (&found["absent"], &found["stale"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(found["person"], Value::Null);
    assert_eq!(answer["items"].as_array().unwrap().len(), 1);
    world.get(&FATMA, BY_LAW).await.expect(403);
}

#[tokio::test]
async fn on_absence_the_deputy_is_found() {
    let world = World::with_registers().await;
    away(&world, "maatwerk").await;
    let found = world.get(&NOOR, BY_LAW).await.expect(200)["found"].clone();
    assert_eq!(found["contact"], "bestuur");
    assert_eq!(found["insteadOf"], "maatwerk");
    away(&world, "bestuur").await;
    let found = world.get(&NOOR, BY_LAW).await.expect(200)["found"].clone();
    assert_eq!(
        (&found["contact"], &found["absent"]),
        (&json!("maatwerk"), &json!(true))
    );
    let path = "/v1/register/maatwerk/absence";
    let back = world.ask(&SEM, Method::DELETE, path, &[], None);
    back.await.expect(200);
    let found = world.get(&NOOR, BY_LAW).await.expect(200)["found"].clone();
    assert_eq!(
        (&found["contact"], &found["absent"]),
        (&json!("maatwerk"), &json!(false))
    );
}

#[tokio::test]
async fn an_entry_that_nobody_confirmed_for_its_term_is_stale_until_it_is_confirmed() {
    let world = World::with_registers().await;
    let days = |days: i64| world.clock.now() + (24 * days).hours();
    world.clock.set(days(179));
    assert_eq!(
        world.get(&NOOR, BY_LAW).await.expect(200)["found"]["stale"],
        false
    );
    world.clock.set(days(2));
    assert_eq!(
        world.get(&NOOR, BY_LAW).await.expect(200)["found"]["stale"],
        true
    );
    let path = "/v1/register/maatwerk/confirmation";
    let confirm = world.ask(&SEM, Method::POST, path, &[], None);
    confirm.await.expect(200);
    assert_eq!(
        world.get(&NOOR, BY_LAW).await.expect(200)["found"]["stale"],
        false
    );
}

#[tokio::test]
async fn a_law_of_several_municipalities_is_found_in_its_region() {
    let world = World::with_registers().await;
    let path = "/v1/register?law=youth_act";
    assert_eq!(
        world.get(&SEM, path).await.expect(200)["found"],
        Value::Null
    );
    let there = format!("{path}&region=friesland");
    let found = world.get(&SEM, &there).await.expect(200)["found"].clone();
    assert_eq!(found["organisation"], "00000099000000011000");
    assert_eq!(found["contact"], "jeugd");
}

#[tokio::test]
async fn an_organisation_keeps_its_own_register_and_no_other() {
    let world = World::with_registers().await;
    let entry = json!({"person": "lou", "function": "Specialist", "tier": "local",
        "laws": ["survivors_pension_act"], "name": "Lou Verzonnen", "deputy": "maatwerk"});
    let path = "/v1/register/anw";
    let put = |person, body: Value, headers: Vec<(&'static str, String)>| {
        let world = &world;
        async move {
            let headers: Vec<_> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
            world
                .ask(person, Method::PUT, path, &headers, Some(&body))
                .await
        }
    };
    put(&FATMA, entry.clone(), Vec::new()).await.expect(403);
    put(&SEM, entry.clone(), Vec::new()).await.expect(200);
    let own = format!("/v1/register?organisation={SVB}&law=survivors_pension_act");
    let reply = world.get(&SEM, &own).await;
    let tag = reply.header("etag").unwrap().to_owned();
    let seen = reply.expect(200);
    assert_eq!(seen["found"]["contact"], "anw");
    assert_eq!(seen["found"]["person"], "lou");
    let mut nobody = entry.clone();
    nobody["deputy"] = "nobody".into();
    let told = put(&SEM, nobody, Vec::new()).await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/deputy");
    put(&INE, entry.clone(), vec![("If-Match", tag.clone())])
        .await
        .expect(200);
    put(&INE, entry, vec![("If-Match", tag)]).await.expect(409);
    let remove = world.ask(&SEM, Method::DELETE, path, &[], None);
    remove.await.expect(200);
    let remove = world.ask(&SEM, Method::DELETE, path, &[], None);
    remove.await.expect(404);
}

#[tokio::test]
async fn a_handoff_is_addressed_to_the_person_of_the_day() {
    let world = World::with_registers().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let addressee = |seen: Value| seen["items"][0]["addressee"].clone();
    world
        .post(&NOOR, &story.path("/handoffs"), &offer(HANDOFFS[0], SVB))
        .await
        .expect(201);
    let inbox = world.get(&SEM, "/v1/handoffs").await.expect(200);
    assert_eq!(
        addressee(inbox),
        json!({"contact": "maatwerk", "function": "Medewerker maatwerk kinderbijslag",
            "name": "Sem Verzonnen"})
    );
    let path = "/v1/register/maatwerk/absence";
    let absent = json!({"from": "2026-03-01", "until": "2026-03-13"});
    let put = world.ask(&TARA, Method::PUT, path, &[], Some(&absent));
    put.await.expect(200);
    let by_law = json!({"law": "child_budget_act", "handoff": HANDOFFS[1], "kind": "advice",
        "requestedOutcome": "restore_child_benefit", "rules": ["child_benefit_parent"],
        "summary": "Bella heeft het geld nodig.", "legalBasis": "wmo_5_2_1"});
    world
        .post(&NOOR, &story.path("/handoffs"), &by_law)
        .await
        .expect(201);
    let inbox = world.get(&TARA, "/v1/handoffs").await.expect(200);
    assert_eq!(addressee(inbox)["contact"], "bestuur");
}

#[tokio::test]
async fn a_law_that_two_municipalities_carry_out_leads_to_the_one_in_the_region_of_the_case() {
    let world = World::with_registers().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let by_law = |law: &str, handoff: &str| {
        json!({"law": law, "handoff": handoff, "kind": "advice",
            "requestedOutcome": "help", "rules": ["r"], "summary": "Help.", "legalBasis": "wmo_5_2_1"})
    };
    let path = story.path("/handoffs");
    let offered = world
        .post(&NOOR, &path, &by_law("youth_act", HANDOFFS[0]))
        .await;
    // It leads to the own organisation, which is a refusal of the rules and not of the address.
    assert_ne!(offered.status.as_u16(), 400, "{}", offered.text);
    let told = world
        .post(&NOOR, &path, &by_law("no_such_act", HANDOFFS[1]))
        .await
        .expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/law");
}

#[tokio::test]
async fn the_people_of_the_party_files_are_recorded_once_deputies_after() {
    let world = World::with_registers().await;
    let db = &world.service.ground().db;
    let stream = db
        .read_stream(&format!("register/{UTRECHT}"))
        .await
        .unwrap();
    let recorded: Vec<_> = stream
        .iter()
        .map(|event| {
            (
                event.data["contact"].clone(),
                event.data["entry"]["deputy"].clone(),
            )
        })
        .collect();
    assert_eq!(
        recorded,
        [
            (json!("casus"), Value::Null),
            (json!("proces"), Value::Null),
            (json!("bestuur"), Value::Null),
            (json!("inkomen"), Value::Null),
            (json!("casus"), json!("proces")),
            (json!("proces"), json!("bestuur")),
            (json!("inkomen"), json!("bestuur")),
        ]
    );
}
