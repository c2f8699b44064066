//! Bella's story, while each part in turn is killed: it ends as it was written.

use std::collections::BTreeMap;

use chassis::entropy::Entropy;
use demo::play::{Doors, PlayError, Report, play};
use demo::services::PartyService;
use scenarios::checker::Exchange;
use scenarios::expected::{bella, bella_expected, comparable};
use scenarios::processes::{PLATFORM, Processes, scratch};
use scenarios::servers::Postgres;

use crate::plan::seed;

/// The story while it is being played.
type Story = tokio::task::JoinHandle<Result<Report, PlayError>>;

/// What is killed, in this order.
#[derive(Clone, Copy, Debug)]
enum Victim {
    Process(&'static str),
    Nats,
    Postgres,
}

const VICTIMS: [Victim; 5] = [
    Victim::Process("municipality"),
    Victim::Nats,
    Victim::Process(PLATFORM),
    Victim::Postgres,
    Victim::Process("svb"),
];

/// Where in the timeline each is killed: spread over the story, moved a little by the seed.
fn moments(seed: u64) -> Vec<usize> {
    let events = bella_expected()["timeline"].as_array().map_or(0, Vec::len);
    let step = events / (VICTIMS.len() + 1);
    let entropy = Entropy::seeded(seed);
    (1..=VICTIMS.len())
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
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the story never had {events} events");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_ends_as_written_while_each_part_is_killed() {
    let seed = seed();
    eprintln!("seed {seed}, {VICTIMS:?} at events {:?}", moments(seed));
    let folder = scratch();
    let postgres = Postgres::start(folder.path());
    let start = bella().begins().expect("the story has lines").to_string();
    let mut world = Processes::start(&postgres.url(), &start).await;
    let (doors, watch) = (world.doors(), world.doors());
    let story = tokio::spawn(async move {
        let played = play(&doors, &bella(), "bella", &mut |_| {}).await;
        played.map(|played| played.report)
    });
    for (victim, events) in VICTIMS.into_iter().zip(moments(seed)) {
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
            Victim::Postgres => {
                postgres.kill();
                postgres.run();
            }
        }
    }
    let report = story.await.expect("the player does not panic");
    let report = report.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{}", world.logs()));
    assert_eq!(comparable(&report), bella_expected(), "seed {seed}");
    let organisations = chassis::Parties::embedded().expect("the party files are valid");
    let parties = PartyService::ALL.iter().map(|service| {
        let party = organisations.named(service.organisation());
        let oin = party.expect("it is listed").oin.to_string();
        (oin, world.databases[service.name()].clone())
    });
    let parties: BTreeMap<String, String> = parties.collect();
    let exchange = Exchange::read(&world.databases[PLATFORM], &parties).await;
    assert_eq!(exchange.faults(), Vec::<String>::new(), "seed {seed}");
}
