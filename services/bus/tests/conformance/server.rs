//! A real nats-server of the test's own: started on a free loopback port in a temporary folder,
//! killed through its own child handle.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bus::nats::{Connection, Ground, Retention, ServerConfig, ServerTls, server_config, store_key};
use bus::{Bus, Identity};
use nkeys::KeyPair;
use proto::Oin;
use tempfile::TempDir;

/// Short, so that a test of redelivery does not take half a minute.
pub(crate) const ACK_WAIT: Duration = Duration::from_millis(600);

pub(crate) struct Server {
    child: Child,
    binary: PathBuf,
    dir: TempDir,
    port: u16,
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
        let binary = std::env::var_os("DOORBRAAK_TEST_NATS_SERVER").expect(
            "DOORBRAAK_TEST_NATS_SERVER must hold the path of the nats-server binary; \
             tests/run sets it",
        );
        let binary = PathBuf::from(binary);
        let dir = tempfile::tempdir().unwrap();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let platform = KeyPair::new_user();
        let parties: Vec<_> = parties
            .iter()
            .map(|oin| (oin.clone(), KeyPair::new_user()))
            .collect();
        let tls = certificates(dir.path());
        write_config(dir.path(), port, &platform, &parties, ground, tls.clone());
        std::fs::write(dir.path().join("nats.key"), store_key([7; 32])).unwrap();
        let child = spawn(&binary, &dir, port);
        Server {
            child,
            binary,
            dir,
            port,
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
        write_config(
            self.dir.path(),
            self.port,
            &self.platform,
            &self.parties,
            self.ground,
            self.tls.clone(),
        );
        // Twice: what is imported into an account that is new works from the second time on.
        for _ in 0..2 {
            self.reload();
        }
    }

    /// Tells the server to read its configuration again, and waits until it did.
    fn reload(&self) {
        let done = || self.log().matches("Reloaded server configuration").count();
        let before = done();
        let mut signal = Command::new(&self.binary);
        signal
            .arg("--signal")
            .arg(format!("reload={}", self.child.id()));
        assert!(signal.status().unwrap().success());
        for _ in 0..400 {
            if done() > before {
                return;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("the configuration was not read again: {}", self.log());
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn folder(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn key_of(&self, oin: &Oin) -> &KeyPair {
        let (_, key) = self.parties.iter().find(|(known, _)| known == oin).unwrap();
        key
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
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

    /// kill -9.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// What the server wrote since it was last started.
    pub(crate) fn log(&self) -> String {
        log_of(&self.dir)
    }

    /// The same server again: same port, same store.
    pub(crate) fn restart(&mut self) {
        self.child = spawn(&self.binary, &self.dir, self.port);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn write_config(
    folder: &Path,
    port: u16,
    platform: &KeyPair,
    parties: &[(Oin, KeyPair)],
    ground: Ground,
    tls: Option<ServerTls>,
) {
    let config = server_config(&ServerConfig {
        host: Ipv4Addr::LOCALHOST.to_string(),
        port,
        store_dir: folder.join("store"),
        store_key: "nats.key".to_owned(),
        platform_nkey: platform.public_key(),
        parties: parties
            .iter()
            .map(|(oin, key)| (oin.clone(), key.public_key()))
            .collect(),
        ground,
        tls,
        for_development: false,
    });
    std::fs::write(folder.join("nats.conf"), config.unwrap()).unwrap();
}

/// Starts the server and waits until it answers.
fn spawn(binary: &PathBuf, dir: &TempDir, port: u16) -> Child {
    let log = std::fs::File::create(dir.path().join("log")).unwrap();
    let mut child = Command::new(binary)
        .arg("-c")
        .arg(dir.path().join("nats.conf"))
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    for _ in 0..400 {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return child;
        }
        assert!(
            child.try_wait().unwrap().is_none(),
            "nats-server stopped: {}",
            log_of(dir)
        );
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("nats-server does not answer: {}", log_of(dir));
}

fn log_of(dir: &TempDir) -> String {
    std::fs::read_to_string(dir.path().join("log")).unwrap_or_default()
}
