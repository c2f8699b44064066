//! Faults under load, from a seed: nothing lost, nothing doubled, nothing out of order within a
//! case, whatever is killed, cut, slow, full, away or in another time.

mod disks;
mod kinds;
mod load;
mod plan;
mod proxy;
mod recovery;
mod report;
mod story;
mod views;
mod world;

use std::time::Instant;

use demo::play::until_quiet;
use scenarios::checker::Exchange;
use scenarios::processes::PLATFORM;

use kinds::{Came, happen};
use load::Load;
use plan::{is_full, plan, seed, share};
use recovery::Recovery;
use report::{Lived, Report};
use world::{PATIENCE, World};

/// Lives through the share that a world with so many escalation services has of all faults.
async fn faults_with(replicas: usize) {
    let seed = seed();
    let faults = share(&plan(seed, is_full()), replicas - 1);
    eprintln!(
        "seed {seed}, {replicas} escalation service(s), {} faults",
        faults.len()
    );
    let mut world = World::start(replicas).await;
    let recovery = Recovery::watch(world.parties());
    let doors = world.processes.doors();
    let load = Load::start(doors, &world.now, &recovery.unanswered(), seed);
    let (mut came, mut ended) = (Vec::new(), Vec::new());
    let begin = Instant::now();
    for (nth, fault) in faults.iter().enumerate() {
        tokio::time::sleep(fault.before).await;
        let what = happen(&mut world, fault).await;
        let (at, lasts) = (begin.elapsed().as_secs_f32(), fault.lasts.as_secs_f32());
        eprintln!(
            "  {at:6.1} s  {}, {lasts:.1} s: {what:?}",
            fault.kind.name()
        );
        if matches!(what, Came::To(_)) {
            recovery.lifted(nth);
        }
        came.push(what);
        ended.extend(start_what_ended(&mut world).await);
    }
    let handed_in = load.stop().await;
    let doors = world.processes.doors();
    let quiet = until_quiet(&doors, world.now.get(), PATIENCE).await;
    ended.extend(quiet.err().map(|busy| busy.to_string()));
    // One more look, so that the last fault is seen as recovered from.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let took = recovery.took();

    for name in world.services() {
        world.process(&name).kill();
    }
    let database = world.processes.databases[PLATFORM].clone();
    let mut exchange = Exchange::read(&database, &world.parties()).await;
    exchange.promised = handed_in.promised;
    let key = world.processes.pseudonym_key();
    let (views, differing) = views::rebuilt(&database, &key).await;
    ended.extend(differing);
    let lived = faults.into_iter().zip(came).enumerate();
    let report = Report {
        seed,
        replicas,
        lived: lived
            .map(|(nth, (fault, came))| Lived {
                fault,
                came,
                recovered: took.get(&nth).copied(),
            })
            .collect(),
        handed_in: handed_in.count,
        exchange,
        views,
        besides: ended,
    };
    eprintln!("{report}");
    let wrong = report.wrong();
    if !wrong.is_empty() {
        keep_logs(&world);
    }
    assert_eq!(wrong, Vec::<String>::new(), "seed {seed}");
}

/// A service must live through every fault of others; what ended by itself is told and started.
async fn start_what_ended(world: &mut World) -> Vec<String> {
    let mut ended = Vec::new();
    for name in world.services() {
        if world.process(&name).has_ended() {
            ended.push(format!("{name} ended by itself"));
            world.restart(&name, std::time::Duration::ZERO).await;
        }
    }
    ended
}

/// Leaves what the services logged where FAULT_LOGS says.
fn keep_logs(world: &World) {
    if let Some(folder) = std::env::var_os("FAULT_LOGS") {
        let folder = std::path::PathBuf::from(folder);
        std::fs::create_dir_all(&folder).ok();
        for (name, process) in &world.processes.processes {
            std::fs::write(folder.join(format!("{name}.log")), process.log_text()).ok();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_escalation_service_under_faults() {
    faults_with(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_escalation_services_under_faults() {
    faults_with(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn three_escalation_services_under_faults() {
    faults_with(3).await;
}
