//! Everything that faults happen to: PostgreSQL and NATS on disks of their own, one to three
//! escalation services, four parties, and a line from each to each server.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use demo::services::PartyService;
use jiff::Timestamp;
use scenarios::processes::{PLATFORM, Process, Processes, Setup, Store};
use scenarios::servers::Postgres;
use serde_json::json;

use crate::disks::Disks;
use crate::proxy::Proxy;

/// Where the clocks stand in the beginning: a Monday morning.
const START: &str = "2026-03-02T09:00:00Z";

/// How long something that must happen is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(240);

/// A server at the other end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Server {
    Nats,
    Postgres,
}

/// The time in a world, for everybody who asks for tokens.
#[derive(Clone)]
pub(crate) struct Now(Arc<Mutex<Timestamp>>);

impl Now {
    pub(crate) fn get(&self) -> Timestamp {
        *self.0.lock().expect("nobody panics with it")
    }

    pub(crate) fn set(&self, now: Timestamp) {
        *self.0.lock().expect("nobody panics with it") = now;
    }
}

/// The world. What runs comes before what it runs on.
pub(crate) struct World {
    pub(crate) processes: Processes,
    pub(crate) lines: BTreeMap<(String, Server), Proxy>,
    pub(crate) postgres: Postgres,
    pub(crate) disks: Disks,
    pub(crate) now: Now,
    client: reqwest::Client,
}

impl World {
    /// Starts everything, with so many escalation services.
    pub(crate) async fn start(replicas: usize) -> Self {
        let disks = Disks::make();
        let slowed = disks.slowed.clone().ok();
        let postgres = Postgres::start_slowed(&disks.postgres.folder, slowed);
        let setup = Setup {
            platform: Store::Postgres(postgres.url()),
            parties: Store::Postgres(postgres.url()),
            logged: "info,sqlx=error",
            store_key: true,
            collector: None,
        };
        let mut processes = Processes::prepare(&setup, START, Some(&disks.nats.folder)).await;
        for nth in 2..=replicas {
            processes.replicate(nth);
        }
        let servers = [
            (Server::Nats, port_of(&processes.nats.url())),
            (Server::Postgres, port_of(&postgres.url())),
        ];
        let mut lines = BTreeMap::new();
        for (name, process) in &mut processes.processes {
            for (server, port) in servers {
                let proxy = Proxy::to(port).await;
                detour(process, port, proxy.port());
                lines.insert((name.clone(), server), proxy);
            }
        }
        processes.run(START).await;
        Self {
            processes,
            lines,
            postgres,
            disks,
            now: Now(Arc::new(Mutex::new(START.parse().expect("it is a time")))),
            client: reqwest::Client::builder()
                .no_proxy()
                .timeout(Duration::from_secs(40))
                .build()
                .expect("a client can be made"),
        }
    }

    /// The names of the escalation services.
    pub(crate) fn replicas(&self) -> Vec<String> {
        let names = self.processes.processes.keys();
        names
            .filter(|name| name.starts_with(PLATFORM))
            .cloned()
            .collect()
    }

    /// The names of all services.
    pub(crate) fn services(&self) -> Vec<String> {
        self.processes.processes.keys().cloned().collect()
    }

    /// The service of this name.
    pub(crate) fn process(&mut self, name: &str) -> &mut Process {
        self.processes
            .processes
            .get_mut(name)
            .expect("it is one of ours")
    }

    /// Kills a service, and starts it again after so long.
    pub(crate) async fn restart(&mut self, name: &str, after: Duration) {
        self.process(name).kill();
        tokio::time::sleep(after).await;
        let now = self.now.get().to_string();
        self.process(name).start(&now);
        self.process(name).ready().await;
    }

    /// Sets the clock of one service; it tries until that is done.
    pub(crate) async fn set_clock(&self, name: &str, to: Timestamp) {
        let (_, dev) = self.processes.processes[name].doors();
        self.move_clock(&dev, to).await;
    }

    /// Moves all clocks, the escalation services' first.
    pub(crate) async fn advance(&self, to: Timestamp) {
        for name in self.services() {
            self.set_clock(&name, to).await;
        }
        if let Some(issuer) = self.processes.issuer_clock() {
            self.move_clock(issuer, to).await;
        }
        self.now.set(to);
    }

    async fn move_clock(&self, dev: &str, to: Timestamp) {
        let start = Instant::now();
        loop {
            let request = self.client.post(format!("{dev}/clock"));
            let answer = request.json(&json!({"now": to})).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "a clock cannot be moved");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Every party with its database, by OIN.
    pub(crate) fn parties(&self) -> BTreeMap<String, String> {
        let listed = chassis::Parties::embedded().expect("the party files are valid");
        PartyService::ALL
            .iter()
            .map(|service| {
                let party = listed.named(service.organisation()).expect("it is listed");
                let database = self.processes.databases[service.name()].clone();
                (party.oin.to_string(), database)
            })
            .collect()
    }
}

/// Tells a service to take the way through a proxy, wherever it was told the server's port.
fn detour(process: &mut Process, from: u16, to: u16) {
    for name in ["DATABASE_URL", "VAULT_URL", "ACCOUNT_URL", "NATS_URL"] {
        if let Some(url) = process.setting(name) {
            let detour = url.replace(&format!("127.0.0.1:{from}"), &format!("127.0.0.1:{to}"));
            process.set(name, detour);
        }
    }
}

/// The port in a URL of a server on this machine.
fn port_of(url: &str) -> u16 {
    let (_, rest) = url
        .rsplit_once("127.0.0.1:")
        .expect("it is on this machine");
    let digits = rest.split('/').next().unwrap_or_default();
    digits.parse().expect("a URL of ours has a port")
}
