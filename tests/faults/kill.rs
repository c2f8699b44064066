//! Each part in turn is killed while the story goes on.

use std::collections::BTreeMap;
use std::time::Duration;

use chassis::entropy::Entropy;
use demo::play::{Doors, PlayError, Report, play};
use demo::services::PartyService;
use scenarios::checker::Exchange;
use scenarios::expected::{bella, bella_expected, comparable};
use scenarios::processes::{PLATFORM, Processes, scratch};
use scenarios::servers::{Postgres, shared_postgres};

/// The story while it is being played.
type Story = tokio::task::JoinHandle<Result<Report, PlayError>>;

/// What is killed.
#[derive(Clone, Copy, Debug)]
enum Victim {
    Process(&'static str),
    Nats,
}

/// How often, under `--full`.
const OFTEN: usize = 12;

/// How often otherwise.
const SELDOM: usize = 3;

fn kills() -> usize {
    if std::env::var_os("DOORBRAAK_FULL").is_some() {
        OFTEN
    } else {
        SELDOM
    }
}

/// Where in the timeline it is killed: spread over the story, moved a little by the seed.
fn moments(seed: u64) -> Vec<usize> {
    let events = bella_expected()["timeline"].as_array().map_or(0, Vec::len);
    let step = events / (kills() + 1);
    let entropy = Entropy::seeded(seed);
    (1..=kills())
        .map(|n| n * step + usize::from(entropy.bytes::<1>()[0]) % step)
        .collect()
}

/// Waits until the timeline has so many events; gives the story's time then, or nothing when the
/// story stopped before.
async fn reached(doors: &Doors, events: usize, story: &Story) -> Option<String> {
    for _ in 0..6_000 {
        if let Ok(Report { timeline, .. }) = doors.report().await
            && timeline.len() >= events
            && let Some(last) = timeline.last()
        {
            return Some(last.at.to_string());
        }
        if story.is_finished() {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the story never had {events} events");
}

async fn check(world: &Processes, report: &Report, seed: u64) {
    assert_eq!(comparable(report), bella_expected(), "seed {seed}");
    let organisations = chassis::Parties::embedded().expect("the party files are valid");
    let parties: BTreeMap<String, String> = PartyService::ALL
        .iter()
        .map(|service| {
            let party = organisations
                .named(service.organisation())
                .expect("it is listed");
            (
                party.oin.to_string(),
                world.databases[service.name()].clone(),
            )
        })
        .collect();
    let exchange = Exchange::read(&world.databases[PLATFORM], &parties).await;
    assert_eq!(exchange.faults(), Vec::<String>::new(), "seed {seed}");
}

async fn killed_in_the_middle(victim: Victim, seed: u64) {
    eprintln!("{victim:?}, seed {seed}, at events {:?}", moments(seed));
    let start = bella().begins().expect("the story has lines").to_string();
    let mut world = Processes::start(&shared_postgres(), &start).await;
    let doors = world.doors();
    let watch = world.doors();
    let story = tokio::spawn(async move {
        play(&doors, &bella(), "bella", &mut |_| {})
            .await
            .map(|played| played.report)
    });
    for events in moments(seed) {
        let Some(now) = reached(&watch, events, &story).await else {
            break;
        };
        match victim {
            Victim::Process(name) => {
                let process = world.processes.get_mut(name).expect("it runs");
                process.kill();
                process.start(&now);
                process.ready().await;
            }
            Victim::Nats => {
                world.nats.kill();
                world.nats.restart();
            }
        }
    }
    let report = story.await.expect("the player does not panic");
    let report = report.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{}", world.logs()));
    check(&world, &report, seed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_escalation_service_is_killed() {
    killed_in_the_middle(Victim::Process(PLATFORM), 11).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiving_party_is_killed() {
    killed_in_the_middle(Victim::Process("svb"), 12).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_raising_party_is_killed() {
    killed_in_the_middle(Victim::Process("municipality"), 13).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nats_is_killed() {
    killed_in_the_middle(Victim::Nats, 14).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_is_killed() {
    let seed = 15;
    eprintln!("PostgreSQL, seed {seed}, at events {:?}", moments(seed));
    let folder = scratch();
    let postgres = Postgres::start(folder.path());
    let start = bella().begins().expect("the story has lines").to_string();
    let world = Processes::start(&postgres.url(), &start).await;
    let doors = world.doors();
    let watch = world.doors();
    let story = tokio::spawn(async move {
        play(&doors, &bella(), "bella", &mut |_| {})
            .await
            .map(|played| played.report)
    });
    for events in moments(seed) {
        if reached(&watch, events, &story).await.is_none() {
            break;
        }
        postgres.kill();
        postgres.run();
    }
    let report = story.await.expect("the player does not panic");
    let report = report.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{}", world.logs()));
    check(&world, &report, seed).await;
}
