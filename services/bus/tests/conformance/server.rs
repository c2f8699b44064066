//! A real nats-server of the test's own, with the accounts and keys of its parties.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bus::nats::{Connection, Ground, Retention, ServerConfig, ServerTls, store_key};
use bus::testing::{NatsServer, free_port};
use bus::{Bus, Identity};
use nkeys::KeyPair;
use proto::Oin;
use tempfile::TempDir;

/// Short, so that a test of redelivery does not take half a minute.
pub(crate) const ACK_WAIT: Duration = Duration::from_millis(600);

pub(crate) struct Server {
    nats: NatsServer,
    dir: TempDir,
    platform: KeyPair,
    parties: Vec<(Oin, KeyPair)>,
    ground: Ground,
    tls: Option<ServerTls>,
    /// How many messages of one sender wait at most.
    pub(crate) from_one: i64,
}

impl Server {
    /// A server on which each party has an account of its own.
    pub(crate) fn start(parties: &[Oin]) -> Self {
        Self::on(Ground::AccountEach, parties, |_| None)
    }

    /// A server on this ground, with the certificates that are made in its folder.
    pub(crate) fn on(
        ground: Ground,
        parties: &[Oin],
        certificates: impl FnOnce(&Path) -> Option<ServerTls>,
    ) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let port = free_port();
        let platform = KeyPair::new_user();
        let parties: Vec<_> = parties
            .iter()
            .map(|oin| (oin.clone(), KeyPair::new_user()))
            .collect();
        let tls = certificates(dir.path());
        let config = configure(dir.path(), port, &platform, &parties, ground, tls.clone());
        Server {
            nats: NatsServer::start(config, port),
            dir,
            platform,
            parties,
            ground,
            tls,
            from_one: Retention::default().from_one,
        }
    }

    /// Gives a party an account, or a party that has one another key; the server is told while
    /// it runs.
    pub(crate) fn change(&mut self, oin: &Oin) {
        self.parties.retain(|(known, _)| known != oin);
        self.parties.push((oin.clone(), KeyPair::new_user()));
        configure(
            self.dir.path(),
            self.port(),
            &self.platform,
            &self.parties,
            self.ground,
            self.tls.clone(),
        );
        // Twice: what is imported into an account that is new works from the second time on.
        for _ in 0..2 {
            self.nats.reload();
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.nats.port()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn key_of(&self, oin: &Oin) -> &KeyPair {
        let (_, key) = self.parties.iter().find(|(known, _)| known == oin).unwrap();
        key
    }

    pub(crate) fn url(&self) -> String {
        self.nats.url()
    }

    /// The seed of a party's user.
    pub(crate) fn seed_of(&self, oin: &Oin) -> String {
        self.key_of(oin).seed().unwrap()
    }

    pub(crate) fn connection(&self, seed: String, identity: Identity) -> Connection {
        Connection {
            url: self.url(),
            seed,
            identity,
            tls: None,
            for_development: false,
            parties: self.parties.iter().map(|(oin, _)| oin.clone()).collect(),
            retention: Retention {
                ack_wait: ACK_WAIT,
                from_one: self.from_one,
                ..Retention::default()
            },
        }
    }

    pub(crate) async fn platform(&self) -> Bus {
        let seed = self.platform.seed().unwrap();
        bus::nats::connect(self.connection(seed, Identity::Platform))
            .await
            .unwrap()
    }

    pub(crate) async fn party(&self, oin: &Oin) -> Bus {
        let connection = self.connection(self.seed_of(oin), Identity::Party(oin.clone()));
        bus::nats::connect(connection).await.unwrap()
    }

    /// How the server keeps a stream, after the platform connected with this greatest age.
    pub(crate) async fn kept_for(&self, stream: &str, max_age: Duration) -> Duration {
        let seed = self.platform.seed().unwrap();
        let connection = self.connection(seed, Identity::Platform);
        let retention = Retention {
            max_age,
            ..connection.retention
        };
        bus::nats::connect(Connection {
            retention,
            ..connection
        })
        .await
        .unwrap();
        let stream = self.jetstream().await.get_stream(stream).await;
        stream.unwrap().cached_info().config.max_age
    }

    pub(crate) fn platform_seed(&self) -> String {
        self.platform.seed().unwrap()
    }

    /// How many messages a stream holds.
    pub(crate) async fn stored(&self, stream: &str) -> u64 {
        let stream = self.jetstream().await.get_stream(stream).await;
        stream.unwrap().cached_info().state.messages
    }

    /// Waits until everything in a stream was taken.
    pub(crate) async fn emptied(&self, stream: &str) {
        while self.stored(stream).await > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Takes away what the server, which does not run, keeps of a stream's messages.
    pub(crate) fn lose_messages(&self, stream: &str) {
        bus::testing::lose_messages(self.dir.path(), stream);
    }

    /// The broker's own API, as the platform's user.
    pub(crate) async fn jetstream(&self) -> async_nats::jetstream::Context {
        let client = async_nats::ConnectOptions::with_nkey(self.platform.seed().unwrap())
            .custom_inbox_prefix("_INBOX_platform")
            .connect(self.url())
            .await
            .unwrap();
        async_nats::jetstream::new(client)
    }

    /// A connection of this party's user without our own checks, so that a test meets the
    /// server's permissions themselves, with what the server complains about.
    pub(crate) async fn raw(
        &self,
        oin: &Oin,
    ) -> (
        async_nats::Client,
        tokio::sync::mpsc::UnboundedReceiver<String>,
    ) {
        let (complaints, heard) = tokio::sync::mpsc::unbounded_channel();
        let client = async_nats::ConnectOptions::with_nkey(self.seed_of(oin))
            .custom_inbox_prefix(format!("_INBOX_{oin}"))
            .event_callback(move |event| {
                if let async_nats::Event::ServerError(error) = event {
                    complaints.send(error.to_string()).ok();
                }
                std::future::ready(())
            })
            .connect(self.url())
            .await
            .unwrap();
        (client, heard)
    }

    /// Stops it; what it knows of its consumers is on its disk then.
    pub(crate) fn stop(&mut self) {
        self.nats.stop();
    }

    /// kill -9.
    pub(crate) fn kill(&mut self) {
        self.nats.kill();
    }

    /// What the server wrote since it was last started.
    pub(crate) fn log(&self) -> String {
        self.nats.log()
    }

    /// Waits until all of this stands in the server's log.
    pub(crate) async fn says(&self, lines: &[&str]) {
        for _ in 0..400 {
            if lines.iter().all(|line| self.log().contains(line)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{lines:?} is not in {}", self.log());
    }

    /// The same server again: same port, same store.
    pub(crate) fn restart(&mut self) {
        self.nats.restart();
    }
}

fn configure(
    folder: &Path,
    port: u16,
    platform: &KeyPair,
    parties: &[(Oin, KeyPair)],
    ground: Ground,
    tls: Option<ServerTls>,
) -> PathBuf {
    let config = ServerConfig {
        host: Ipv4Addr::LOCALHOST.to_string(),
        port,
        store_dir: folder.join("store"),
        store_key: "nats.key".to_owned(),
        platform_nkey: platform.public_key(),
        parties: parties
            .iter()
            .map(|(oin, key)| (oin.clone(), key.public_key()))
            .collect(),
        replicas: 1,
        ground,
        tls,
        for_development: false,
    };
    NatsServer::configure(folder, &config, &store_key([7; 32]))
}
