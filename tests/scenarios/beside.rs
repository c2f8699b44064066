//! The release before this one and this one on one database, as during an upgrade: neither stops, and
//! neither goes wrong on what the other wrote.

use demo::personas;
use demo::play::{Door, Doors, Request};
use demo::services::PartyService;
use journal::StoredEvent;
use scenarios::processes::{PLATFORM, Processes};
use scenarios::servers::shared_postgres;
use serde_json::{Value, json};

/// Where the clocks stand: a Monday morning.
const NOW: &str = "2026-03-02T08:00:00Z";

/// Cases of each part of the upgrade.
const CASES: usize = 6;

/// The names under which the two releases run.
const BEFORE: &str = PLATFORM;
const AFTER: &str = "escalation-2";

async fn ask(doors: &Doors, request: Request<'_>) -> (u16, Value) {
    let noor = personas::find("noor").unwrap();
    let reply = doors.call(noor, NOW.parse().unwrap(), request).await;
    let reply = reply.unwrap();
    (reply.status, reply.body)
}

/// The municipality reports cases, and waits until each is answered.
async fn report(doors: &Doors, part: &str) {
    let door = Door::Party(PartyService::find("municipality").unwrap());
    for number in 0..CASES {
        let body = json!({"type": "case.reported", "data": {
            "actedBy": {"role": "raiser", "personRef": "noor"},
            "ownReference": format!("{part}-{number}"),
            "story": "De uitkering is stopgezet terwijl de zorg doorgaat.",
            "desiredOutcome": "De uitkering wordt hersteld.",
            "theme": "family_income",
            "region": "midden",
        }});
        let key = format!("{part}-{number}");
        let method = "POST".parse().unwrap();
        let request = Request {
            door,
            method,
            path: "/v1/events",
            body: Some(&body),
            key: Some(&key),
        };
        assert_eq!(ask(doors, request).await.0, 202);
    }
    for _ in 0..1_500 {
        let request = Request {
            door,
            method: "GET".parse().unwrap(),
            path: "/v1/inbox",
            body: None,
            key: None,
        };
        let (_, inbox) = ask(doors, request).await;
        if inbox["outbox"] == json!({"waitingForPseudonym": 0, "unanswered": 0}) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{part}: not everything was answered");
}

/// The log, as this release reads it.
async fn log(world: &Processes) -> Vec<StoredEvent> {
    let db = escalation::open_log(&world.databases[PLATFORM])
        .await
        .unwrap();
    let log = db.read_after(0, 10_000).await.unwrap();
    db.close().await;
    log
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the programs of the release before this one"]
async fn the_release_before_and_this_one_share_a_database() {
    let programs = std::env::var_os("DOORBRAAK_PREVIOUS").expect(
        "set DOORBRAAK_PREVIOUS to the folder with the programs of the release before this one; \
         tests/run --full scenarios builds them",
    );
    let setup = scenarios::processes::Setup {
        platform: scenarios::processes::Store::Postgres(shared_postgres()),
        parties: scenarios::processes::Store::Sqlite,
        logged: "info",
        store_key: true,
        collector: None,
    };
    let mut world = Processes::prepare(&setup, NOW, None).await;
    world.replicate(2);
    let before = world.processes.get_mut(BEFORE).unwrap();
    before.of_release(programs.as_ref());
    // The release before makes its tables, and works on them.
    start(&mut world, BEFORE).await;
    for party in PartyService::ALL {
        start(&mut world, party.name()).await;
    }
    let doors = world.doors();
    report(&doors, "alone").await;
    // This one brings the tables to its form under the other's hands.
    start(&mut world, AFTER).await;
    report(&doors, "beside").await;
    // One is taken away, then the other; each starts again on what the other left.
    world.processes.get_mut(BEFORE).unwrap().kill();
    report(&doors, "after").await;
    start(&mut world, BEFORE).await;
    world.processes.get_mut(AFTER).unwrap().kill();
    report(&doors, "back").await;
    start(&mut world, AFTER).await;
    report(&doors, "again").await;

    let log = log(&world).await;
    let mut causes: Vec<_> = log
        .iter()
        .filter(|event| event.kind == "case.reported")
        .map(|event| event.cause.message.clone())
        .collect();
    assert_eq!(causes.len(), 5 * CASES, "nothing is lost");
    causes.sort();
    causes.dedup();
    assert_eq!(causes.len(), 5 * CASES, "nothing is there twice");
    let request = Request {
        door: Door::Platform,
        method: "GET".parse().unwrap(),
        path: "/v1/cases?pageSize=100",
        body: None,
        key: None,
    };
    let (status, cases) = ask(&doors, request).await;
    assert_eq!(status, 200, "{cases}");
    assert_eq!(cases["items"].as_array().unwrap().len(), 5 * CASES);
}

async fn start(world: &mut Processes, name: &str) {
    let process = world.processes.get_mut(name).unwrap();
    process.start(NOW);
    process.ready().await;
}
