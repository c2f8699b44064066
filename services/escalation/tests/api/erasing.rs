//! Erasing through the API: what is gone, what stays, who may, and what the clock does by itself.

use std::collections::BTreeSet;

use axum::http::Method;
use chassis::dev::DevHooks;
use escalation::views;
use journal::vault::{MasterKey, Sealed, Vault};
use serde_json::{Value, json};

use crate::people::{ALL, FATMA, INE, NOOR, SEM, SPIRIT, SVB, TAX_OFFICE, UTRECHT};
use crate::story::{Chapter, IDENTITY, Story, text};
use crate::world::World;

/// Words by which the people of the story are found; `Sam` alone also begins ordinary words.
const MARKERS: [&str; 7] = [
    IDENTITY[0],
    "\"Sam\"",
    "halfbroer Sam",
    IDENTITY[2],
    IDENTITY[3],
    IDENTITY[4],
    OWN_REFERENCE,
];

/// What the raiser calls the case.
const OWN_REFERENCE: &str = "ZAAK-2026-0001";

/// Every address of a case that is read, with the case filled in.
async fn addresses(world: &World, story: &Story<'_>) -> Vec<String> {
    let description = world.get(&NOOR, "/v1/openapi.json").await.expect(200);
    let paths = description["paths"].as_object().unwrap();
    let read = paths
        .iter()
        .filter(|(_, methods)| methods.get("get").is_some());
    let mut addresses: Vec<String> = read
        .map(|(path, _)| format!("/v1{path}").replace("/{id}", &format!("/{}", story.case)))
        .filter(|path| !path.contains('{'))
        .collect();
    addresses.extend(["/".to_owned(), format!("/cases/{}", story.case)]);
    addresses
}

/// What anybody can still read of the people of the story, wherever.
async fn found(world: &World, story: &Story<'_>) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for address in addresses(world, story).await {
        for person in ALL {
            let reply = world.get(&person, &address).await;
            found.extend(MARKERS.into_iter().filter(|word| reply.text.contains(word)));
        }
    }
    found
}

async fn erase(world: &World, story: &Story<'_>, order: Value) -> String {
    let path = story.path("/erasures");
    world.post(&FATMA, &path, &order).await.expect(201);
    world.reacted().await;
    last(world, story, "erasure.completed").await["erasure"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn last(world: &World, story: &Story<'_>, kind: &str) -> Value {
    let list = world
        .get(&FATMA, &story.path("/erasures"))
        .await
        .expect(200);
    let items = list["items"].as_array().unwrap();
    let found = items.iter().rev().find(|item| item["kind"] == kind);
    found.cloned().unwrap_or_default()
}

/// Every sealed text of the log, as a copy of it would hold them.
async fn sealed(world: &World) -> Vec<Sealed> {
    let log = world
        .service
        .ground()
        .db
        .read_after(0, 10_000)
        .await
        .unwrap();
    let mut rest: Vec<Value> = log.into_iter().map(|event| event.data).collect();
    let mut sealed = Vec::new();
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(fields) => rest.extend(fields.into_iter().map(|(_, value)| value)),
            Value::Array(items) => rest.extend(items),
            Value::String(text) => sealed.extend(Sealed::parse(text).ok()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    sealed
}

async fn vault(world: &World) -> Vault {
    let file = world.folder.path().join("vault.db");
    let url = format!("sqlite://{}", file.display());
    Vault::open(&url, MasterKey::from_bytes([1; 32]))
        .await
        .unwrap()
}

async fn wrapped_keys(world: &World) -> Vec<String> {
    use sqlx::{AnyConnection, Connection, Row};

    sqlx::any::install_default_drivers();
    let file = world.folder.path().join("vault.db");
    let mut connection = AnyConnection::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let rows = sqlx::query("select wrapped from vault_key where owner like 'case/%'")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    rows.iter().map(|row| row.get("wrapped")).collect()
}

/// The files, log and vault with what the engine keeps beside them, that hold any of these words.
fn files_with(world: &World, words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for word in words {
            if bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes())
            {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    found
}

fn identity() -> Vec<String> {
    // Three letters come by chance in what is sealed.
    let long = IDENTITY.iter().filter(|word| word.len() > 3);
    long.copied()
        .chain([OWN_REFERENCE])
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn after_erasure_nobody_reads_a_personal_value_anywhere() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let there: BTreeSet<_> = MARKERS
        .into_iter()
        .filter(|word| *word != "Vader Jansen")
        .collect();
    assert!(
        found(&world, &story).await.is_superset(&there),
        "the search finds what is there"
    );
    let listed = world.get(&NOOR, "/v1/cases").await.expect(200);
    let copy = sealed(&world).await;
    let keys = wrapped_keys(&world).await;
    assert!(
        !files_with(&world, &keys).is_empty(),
        "the search finds keys"
    );
    assert_eq!(
        files_with(&world, &identity()),
        [""; 0],
        "sealed from the start"
    );
    let vault = vault(&world).await;
    let readable = vault.unseal_all(&copy).await.unwrap();
    assert!(readable.iter().all(Option::is_some));

    erase(&world, &story, json!({"ground": "request"})).await;

    let nothing = BTreeSet::new();
    assert_eq!(found(&world, &story).await, nothing);
    let ground = world.service.ground();
    views::rebuild(&ground.db, &ground.pseudonyms)
        .await
        .unwrap();
    assert_eq!(
        found(&world, &story).await,
        nothing,
        "nor in views made from the log"
    );
    let opened = vault.unseal_all(&copy).await.unwrap();
    assert!(
        opened.iter().all(Option::is_none),
        "nor in a copy of the log of before"
    );
    assert_eq!(
        files_with(&world, &keys),
        [""; 0],
        "no key is left in any file"
    );
    assert_eq!(files_with(&world, &identity()), [""; 0]);

    let after = world.get(&NOOR, "/v1/cases").await.expect(200);
    let ids = |list: &Value| -> Vec<Value> {
        let items = list["items"].as_array().unwrap();
        items.iter().map(|item| item["case"].clone()).collect()
    };
    assert_eq!(
        ids(&after),
        ids(&listed),
        "the case itself is still counted"
    );
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["outcome"], "solved_by_deviation");
}

#[tokio::test]
async fn a_certificate_says_what_when_by_whom_and_who_keeps_own_files() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let erasure = erase(&world, &story, json!({"ground": "unlawful"})).await;
    let path = story.path(&format!("/erasures/{erasure}/certificate"));
    let certificate = world.get(&FATMA, &path).await.expect(200);
    assert_eq!(certificate["scope"], "case");
    assert_eq!(certificate["ground"], "unlawful");
    assert_eq!(certificate["orderedBy"], UTRECHT);
    assert_eq!(certificate["completedAt"], world.clock.now().to_string());
    let keys = certificate["keyIds"].as_array().unwrap();
    assert_eq!(certificate["keys"], keys.len());
    assert!(
        keys.len() > 20,
        "every text has its own key: {}",
        keys.len()
    );
    let files = certificate["ownFiles"].as_array().unwrap();
    let organisations: Vec<_> = files
        .iter()
        .map(|file| text(&file["organisation"]))
        .collect();
    for organisation in [UTRECHT, SVB, TAX_OFFICE, SPIRIT] {
        assert!(
            organisations.contains(&organisation.to_owned()),
            "{organisations:?}"
        );
    }
    assert!(!organisations.contains(&"00000099000000005000".to_owned()));
    let elsewhere = story.path("/erasures/e-1/certificate");
    world.get(&FATMA, &elsewhere).await.expect(404);
}

#[tokio::test]
async fn one_person_is_erased_and_a_redacted_text_stays() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let log = world
        .service
        .ground()
        .db
        .read_stream(&format!("case/{}", story.case))
        .await
        .unwrap();
    let redaction = json!({"event": log[0].id, "field": "/story", "without": ["p3"],
        "text": "Bella zorgt voor haar broer."});
    let path = story.path("/redactions");
    world.post(&SEM, &path, &redaction).await.expect(404);
    world.post(&NOOR, &path, &redaction).await.expect(201);
    let read = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(
        read["story"],
        "Bella zorgt voor haar halfbroer Sam. De kinderbijslag is gestopt."
    );
    let nowhere = json!({"event": log[0].id, "field": "/theme", "without": ["p3"], "text": "x"});
    world.post(&NOOR, &path, &nowhere).await.expect(400);
    let stranger = json!({"event": log[0].id, "field": "/story", "without": ["p9"], "text": "x"});
    world.post(&NOOR, &path, &stranger).await.expect(409);

    erase(&world, &story, json!({"person": "p3", "ground": "request"})).await;
    let read = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(read["story"], "Bella zorgt voor haar broer.");
    assert_eq!(
        read["citizensWords"], "(gewist)",
        "nobody wrote how it reads without"
    );
    let reply = world.get(&NOOR, &story.path("")).await;
    assert!(reply.text.contains("2007-05-04") && !reply.text.contains("Vader Jansen"));

    // The redacted version is about those who are left.
    erase(&world, &story, json!({"person": "p1", "ground": "request"})).await;
    let read = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(read["story"], "(gewist)");
    let again = json!({"person": "p1", "ground": "request"});
    let told = world
        .post(&FATMA, &story.path("/erasures"), &again)
        .await
        .expect(409);
    assert_eq!(told["type"], "urn:doorbraak:problem:nothing-to-erase");
}

#[tokio::test]
async fn only_the_owners_privacy_officer_erases_and_not_while_a_hold_stands() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let path = story.path("/erasures");
    let order = json!({"ground": "request"});
    for person in ALL.into_iter().filter(|person| person.name != FATMA.name) {
        let status = world.post(&person, &path, &order).await.status.as_u16();
        assert!([403, 404].contains(&status), "{}: {status}", person.name);
    }
    let holds = story.path("/holds");
    let hold = json!({"reason": "Er loopt een klacht van Bella.", "until": "2026-09-01T00:00:00Z"});
    world.post(&INE, &holds, &hold).await.expect(404);
    world.post(&NOOR, &holds, &hold).await.expect(201);
    let told = world.post(&FATMA, &path, &order).await.expect(409);
    assert_eq!(told["type"], "urn:doorbraak:problem:on-hold");
    let placed = last(&world, &story, "hold.placed").await;
    assert_eq!(placed["until"], "2026-09-01T00:00:00Z");
    let lift = format!("{holds}/{}", text(&placed["hold"]));
    world.delete(&FATMA, &lift).await.expect(200);
    world
        .ask(&FATMA, Method::DELETE, &lift, &[], None)
        .await
        .expect(409);
    erase(&world, &story, order).await;
}

#[tokio::test]
async fn as_the_years_pass_categories_and_then_the_case_are_erased() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let kept = Story::told(&world, Chapter::Reported).await;
    let facts = async |story: &Story<'_>| -> String {
        let mut all = String::new();
        for person in [SEM, NOOR, crate::people::TARA, crate::people::KOEN] {
            all += &world.get(&person, &story.path("/facts")).await.text;
        }
        all
    };
    let completed = async || -> usize {
        let path = story.path("/erasures");
        let list = world.get(&FATMA, &path).await.expect(200);
        let items = list["items"].as_array().unwrap();
        items
            .iter()
            .filter(|item| item["kind"] == "erasure.completed")
            .count()
    };
    let travel = async |to: &str| {
        world.advance(to).await;
        world.reacted().await;
    };
    travel("2026-05-01T09:00:00Z").await;
    assert_eq!(completed().await, 0, "no term has ended");

    // Tax three months after the end; a week was missed.
    travel("2026-06-09T09:00:00Z").await;
    assert_eq!(completed().await, 1);
    let ledger = last(&world, &story, "erasure.completed").await;
    assert_eq!(
        (&ledger["scope"], &ledger["ground"]),
        (&json!("category"), &json!("term_ended"))
    );
    world
        .service
        .hooks()
        .advance("2026-06-10T09:00:00Z".parse().unwrap())
        .await
        .unwrap();
    world.reacted().await;
    assert_eq!(completed().await, 1, "and not again the day after");
    assert!(
        world
            .get(&NOOR, &story.path(""))
            .await
            .text
            .contains("Bella")
    );

    // Income and care after a year.
    travel("2027-03-09T09:00:00Z").await;
    assert_eq!(completed().await, 3);
    assert!(!facts(&story).await.contains("Bella"));
    assert!(
        world
            .get(&NOOR, &story.path(""))
            .await
            .text
            .contains("Bella")
    );

    // Everything after two; what has not ended is kept.
    travel("2028-03-09T09:00:00Z").await;
    assert_eq!(completed().await, 4);
    let case = world.get(&NOOR, &story.path("")).await;
    assert!(!case.text.contains("Bella"), "{}", case.text);
    assert!(found_in(&world, &kept).await, "a case under way is kept");
}

async fn found_in(world: &World, story: &Story<'_>) -> bool {
    world
        .get(&NOOR, &story.path(""))
        .await
        .text
        .contains("2007-05-04")
}
