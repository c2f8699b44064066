//! What the people of a case agree and object to, and what then stops.

use serde_json::{Value, json};

use crate::people::{KOEN, NOOR, PETRA, Person, SEM, SVB, TARA, UTRECHT, YOUTH_TEAM};
use crate::story::{Chapter, Story};
use crate::world::World;

fn consent(categories: &[&str], receivers: &[&str]) -> Value {
    json!({"person": "p1", "categories": categories, "receivers": receivers,
        "version": "2026-01", "how": "spoken"})
}

fn disclosure(basis: &str, purpose: &str, category: &str) -> Value {
    json!({"receiver": SVB, "categories": [category], "purpose": purpose, "legalBasis": basis,
        "necessity": "Zonder dit kan het niet.", "proportionality": "Het weegt op.",
        "subsidiarity": "Minder is te weinig."})
}

async fn shown(world: &World, person: &crate::people::Person, story: &Story<'_>) -> Vec<String> {
    let list = world.get(person, &story.path("/facts")).await.expect(200);
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["shown"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn withdrawing_stops_the_next_access_at_once_and_needs_no_more_than_giving() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/disclosures");
    let share = disclosure("explicit_consent", "help", "care");
    // Without consent there is nothing to rest on.
    world.post(&NOOR, &path, &share).await.expect(400);
    let consents = story.path("/consents");
    let given = world
        .post(&NOOR, &consents, &consent(&["care"], &[SVB]))
        .await;
    let given = given.expect(201)["consent"].as_str().unwrap().to_owned();
    world.post(&NOOR, &path, &share).await.expect(201);
    let fact = json!({"category": "care", "law": "youth_act", "summary": "Sam heeft hulp nodig.",
        "since": "2026-01-01", "legalBasis": "explicit_consent"});
    let facts = story.path("/facts");
    world.post(&NOOR, &facts, &fact).await.expect(201);
    assert_eq!(shown(&world, &SEM, &story).await.last().unwrap(), "full");
    let one = format!("{consents}/{given}");
    world.delete(&NOOR, &one).await.expect(200);
    assert_eq!(shown(&world, &SEM, &story).await.last().unwrap(), "none");
    // Who told it goes on seeing it, and twice is once.
    assert_eq!(shown(&world, &NOOR, &story).await.last().unwrap(), "full");
    let again = world.delete(&NOOR, &one).await.expect(200);
    assert_eq!(again["eventIds"], json!([]));
    let list = world.get(&NOOR, &consents).await.expect(200);
    assert_eq!(list["items"][0]["version"], "2026-01");
    assert!(list["items"][0]["withdrawnAt"].is_string());
    world.post(&NOOR, &path, &share).await.expect(400);
    // Agreed to again, it is open again.
    let again = consent(&["care"], &[SVB]);
    world.post(&NOOR, &consents, &again).await.expect(201);
    assert_eq!(shown(&world, &SEM, &story).await.last().unwrap(), "full");
}

#[tokio::test]
async fn what_a_care_provider_told_on_consent_is_closed_when_that_is_taken_back() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let fact = json!({"category": "care", "law": "medical_treatment_act",
        "summary": "Sam krijgt hulp.", "since": "2026-01-01", "legalBasis": "care_consent"});
    let facts = story.path("/facts");
    world.post(&KOEN, &facts, &fact).await.expect(201);
    assert_eq!(shown(&world, &NOOR, &story).await.last().unwrap(), "full");
    let consents = story.path("/consents");
    let given = world
        .post(&KOEN, &consents, &consent(&["care"], &[UTRECHT]))
        .await;
    let given = given.expect(201)["consent"].as_str().unwrap().to_owned();
    world
        .delete(&KOEN, &format!("{consents}/{given}"))
        .await
        .expect(200);
    assert_eq!(shown(&world, &NOOR, &story).await.last().unwrap(), "none");
    assert_eq!(shown(&world, &KOEN, &story).await.last().unwrap(), "full");
}

#[tokio::test]
async fn nobody_is_asked_to_consent_to_what_consent_never_opens() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let consents = story.path("/consents");
    for closed in ["bsn", "tax", "criminal"] {
        let told = world
            .post(&NOOR, &consents, &consent(&["care", closed], &[SVB]))
            .await;
        assert_eq!(told.expect(400)["invalidParams"][0]["name"], "/categories");
    }
    world
        .post(&PETRA, &consents, &consent(&["care"], &[SVB]))
        .await
        .expect(403);
    let unknown = format!("{consents}/019cadfd-8900-7000-8000-0000000000aa");
    world.delete(&NOOR, &unknown).await.expect(404);
}

#[tokio::test]
async fn an_objection_pauses_sharing_until_it_is_overruled_with_a_reason() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let objections = story.path("/objections");
    let said = json!({"person": "p1", "text": "Ik wil niet dat dit verder gaat."});
    let raised = world.post(&NOOR, &objections, &said).await.expect(201);
    let objection = raised["objection"].as_str().unwrap().to_owned();
    let path = story.path("/disclosures");
    let share = disclosure("wmo_5_2_1", "own_law", "finance");
    let told = world.post(&NOOR, &path, &share).await.expect(409);
    assert_eq!(told["type"], "urn:doorbraak:problem:sharing-paused");
    let fact = json!({"category": "finance", "law": "law", "summary": "Een feit.",
        "since": "2026-01-01", "legalBasis": "svb_own_task"});
    world
        .post(&SEM, &story.path("/facts"), &fact)
        .await
        .expect(409);
    let checks = story.path("/sharing-checks");
    let asked = json!({"receiver": SVB, "purpose": "own_law"});
    let told = world.post(&NOOR, &checks, &asked).await.expect(200);
    assert_eq!(
        (&told["permitted"], &told["paused"]),
        (&json!(false), &json!(true))
    );
    // One month, as the AVG says; the owner has a task.
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    let tasks = case["openTasks"].as_array().unwrap();
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0]["kind"], "settle_objection");
    assert!(
        tasks[0]["by"].as_str().unwrap().starts_with("2026-04-0"),
        "{}",
        tasks[0]
    );
    let list = world.get(&SEM, &objections).await.expect(200);
    assert_eq!(list["items"][0]["status"], "open");
    assert_eq!(list["items"][0]["text"], Value::Null);
    let settlement = format!("{objections}/{objection}/settlement");
    let reason = json!({"upheld": false, "reason": "Zonder dit stopt de uitkering."});
    world.post(&TARA, &settlement, &reason).await.expect(403);
    world.post(&NOOR, &settlement, &reason).await.expect(200);
    world.post(&NOOR, &settlement, &reason).await.expect(409);
    world.post(&NOOR, &path, &share).await.expect(201);
    let list = world.get(&NOOR, &objections).await.expect(200);
    assert_eq!(list["items"][0]["status"], "overruled");
    assert_eq!(list["items"][0]["reason"], "Zonder dit stopt de uitkering.");
}

#[tokio::test]
async fn an_objection_that_is_upheld_stops_sharing_for_good() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let objections = story.path("/objections");
    let said = json!({"person": "p2", "text": "Nee."});
    let raised = world.post(&NOOR, &objections, &said).await.expect(201);
    let objection = raised["objection"].as_str().unwrap();
    let settlement = format!("{objections}/{objection}/settlement");
    let upheld = json!({"upheld": true, "reason": "Dat mag zij zeggen."});
    world.post(&NOOR, &settlement, &upheld).await.expect(200);
    let share = disclosure("wmo_5_2_1", "own_law", "finance");
    world
        .post(&NOOR, &story.path("/disclosures"), &share)
        .await
        .expect(409);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["openTasks"], json!([]));
}

#[tokio::test]
async fn what_a_person_objects_to_the_sharing_of_no_receiver_reads_until_it_is_settled() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let facts = story.path("/facts");
    for (person, category, basis) in [
        (&NOOR, "finance", "wmo_5_2_1"),
        (&NOOR, "care", "wmo_5_2_1"),
        (&SEM, "finance", "svb_own_task"),
    ] {
        let fact = json!({"category": category, "law": "child_benefit_act", "summary": "Een feit.",
            "since": "2026-02-01", "legalBasis": basis});
        world.post(person, &facts, &fact).await.expect(201);
    }
    let last = |shown: Vec<String>| shown[shown.len() - 3..].to_vec();
    assert_eq!(last(shown(&world, &SEM, &story).await), ["full"; 3]);
    let objections = story.path("/objections");
    let said = json!({"person": "p1", "categories": ["finance"], "text": "Dat is van mij."});
    let raised = world.post(&NOOR, &objections, &said).await.expect(201);
    let objection = raised["objection"].as_str().unwrap().to_owned();
    // What the receiver told itself, it goes on seeing; so does the owner.
    let closed = ["none", "full", "full"];
    assert_eq!(last(shown(&world, &SEM, &story).await), closed);
    assert_eq!(last(shown(&world, &NOOR, &story).await), ["full"; 3]);
    let list = world.get(&SEM, &objections).await.expect(200);
    assert_eq!(list["items"][0]["categories"], json!(["finance"]));
    let settlement = format!("{objections}/{objection}/settlement");
    let upheld = json!({"upheld": true, "reason": "Dat mag zij zeggen."});
    world.post(&NOOR, &settlement, &upheld).await.expect(200);
    assert_eq!(last(shown(&world, &SEM, &story).await), closed);
    // Right it was, until its ground has fallen away.
    let lifting = format!("{objections}/{objection}/lifting");
    let reason = json!({"reason": "Zij wil het nu zelf."});
    world.post(&SEM, &lifting, &reason).await.expect(403);
    world.post(&NOOR, &lifting, &reason).await.expect(200);
    world.post(&NOOR, &lifting, &reason).await.expect(409);
    assert_eq!(last(shown(&world, &SEM, &story).await), ["full"; 3]);
    let list = world.get(&NOOR, &objections).await.expect(200);
    assert_eq!(list["items"][0]["status"], "lifted");
    assert_eq!(list["items"][0]["liftedReason"], "Zij wil het nu zelf.");
    let share = disclosure("wmo_5_2_1", "own_law", "finance");
    let path = story.path("/disclosures");
    world.post(&NOOR, &path, &share).await.expect(201);
}

#[tokio::test]
async fn an_objection_without_more_closes_who_it_is_about_as_well() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let names = async |person| {
        let case = world.get(person, &story.path("")).await.expect(200);
        case["persons"][0]["name"].clone()
    };
    assert!(names(&SEM).await.is_string());
    let objections = story.path("/objections");
    let said = json!({"person": "p1", "text": "Nee."});
    world.post(&NOOR, &objections, &said).await.expect(201);
    assert_eq!(names(&SEM).await, Value::Null);
    assert!(names(&NOOR).await.is_string());
    let course = json!({"person": "p1", "categories": ["process"], "text": "Nee."});
    let told = world.post(&NOOR, &objections, &course).await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/categories");
}

#[tokio::test]
async fn an_objection_that_nobody_settles_is_overdue_and_still_stands() {
    let world = World::start(true).await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let objections = story.path("/objections");
    let said = json!({"person": "p1", "text": "Nee."});
    world.post(&NOOR, &objections, &said).await.expect(201);
    let status = async || {
        let list = world.get(&NOOR, &objections).await.expect(200);
        list["items"][0]["status"].clone()
    };
    let list = world.get(&NOOR, &objections).await.expect(200);
    let settle_by = list["items"][0]["settleBy"].as_str().unwrap().to_owned();
    let settle_by: jiff::Timestamp = settle_by.parse().unwrap();
    let second = jiff::SignedDuration::from_secs(1);
    world.advance(&(settle_by - second).to_string()).await;
    assert_eq!(status().await, "open");
    world.advance(&(settle_by + second).to_string()).await;
    assert_eq!(status().await, "overdue");
    let share = disclosure("wmo_5_2_1", "own_law", "finance");
    let told = world.post(&NOOR, &story.path("/disclosures"), &share).await;
    told.expect(409);
}

#[tokio::test]
async fn an_objection_takes_two_months_more_once_with_a_reason_that_the_person_reads() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let objections = story.path("/objections");
    let said = json!({"person": "p1", "text": "Nee."});
    let raised = world.post(&NOOR, &objections, &said).await.expect(201);
    let objection = raised["objection"].as_str().unwrap();
    let extension = format!("{objections}/{objection}/extension");
    let reason = json!({"reason": "Drie organisaties moeten meedenken."});
    world.post(&SEM, &extension, &reason).await.expect(403);
    world.post(&NOOR, &extension, &json!({})).await.expect(400);
    world.post(&NOOR, &extension, &reason).await.expect(200);
    let again = world.post(&NOOR, &extension, &reason).await.expect(409);
    assert_eq!(again["type"], "urn:doorbraak:problem:already-extended");
    let list = world.get(&NOOR, &objections).await.expect(200);
    let seen = &list["items"][0];
    assert_eq!(seen["settleBy"], "2026-06-02T22:00:00Z");
    assert_eq!(
        seen["extendedReason"],
        "Drie organisaties moeten meedenken."
    );
    // Bella reads it too, and until when.
    let bella = Person {
        name: "citizen-4711",
        organisation: UTRECHT,
        roles: &["citizen"],
    };
    let link = json!({"personKey": "p1", "citizen": bella.name});
    let path = story.path("/citizens");
    world.post(&NOOR, &path, &link).await.expect(201);
    let list = world.get(&bella, &objections).await.expect(200);
    let seen = &list["items"][0];
    assert_eq!(seen["settleBy"], "2026-06-02T22:00:00Z");
    assert_eq!(
        seen["extendedReason"],
        "Drie organisaties moeten meedenken."
    );
    world.post(&bella, &extension, &reason).await.expect(403);
    // Who sees the course and not the story sees that it takes longer, and not why.
    let list = world.get(&SEM, &objections).await.expect(200);
    let seen = &list["items"][0];
    assert_eq!(seen["settleBy"], "2026-06-02T22:00:00Z");
    assert_eq!(seen["extendedReason"], Value::Null);
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["openTasks"][0]["by"], "2026-06-02T22:00:00Z");
    // The first term passes in silence, the second does not.
    let status = async || {
        let list = world.get(&NOOR, &objections).await.expect(200);
        list["items"][0]["status"].clone()
    };
    world.advance("2026-06-02T21:59:59Z").await;
    assert_eq!(status().await, "open");
    world.advance("2026-06-02T22:00:00Z").await;
    assert_eq!(status().await, "overdue");
}

/// A regional body whose party file names no law: the answer says what to do about it.
#[tokio::test]
async fn consent_toward_a_body_without_a_task_is_refused_with_what_to_do() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let consents = story.path("/consents");
    let agreed = consent(&["care"], &[YOUTH_TEAM]);
    world.post(&NOOR, &consents, &agreed).await.expect(201);
    let ground = json!({"receiver": YOUTH_TEAM, "legalBasis": "explicit_consent"});
    let mut disclosure = disclosure("explicit_consent", "help", "care");
    disclosure["receiver"] = json!(YOUTH_TEAM);
    for (path, body) in [("/legal-bases", &ground), ("/disclosures", &disclosure)] {
        let told = world.post(&NOOR, &story.path(path), body).await.expect(400);
        assert_eq!(told["invalidParams"][0]["name"], "/legalBasis");
        let detail = told["detail"].as_str().unwrap();
        for words in [
            YOUTH_TEAM,
            "share on a task of your own that opens this",
            "under 'laws' in its party file",
        ] {
            assert!(detail.contains(words), "{path}: {detail}");
        }
    }
    // What the answer says does: a task of one's own opens it.
    let ground = json!({"receiver": YOUTH_TEAM, "legalBasis": "wmo_5_2_1"});
    let path = story.path("/legal-bases");
    world.post(&NOOR, &path, &ground).await.expect(201);
}
