//! The two carriers: the local bus, and a real nats-server of the test's own.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bus::nats::{
    ConnectError, Connection, Ground, Retention, ServerConfig, server_config, store_key,
};
use bus::{Bus, Identity, LocalBus};
use nkeys::KeyPair;
use proto::Oin;
use tempfile::TempDir;

use crate::world::{SPIRIT, SVB, TAX_OFFICE, UTRECHT, oin};

#[derive(Clone)]
pub(crate) enum Carrier {
    Local(LocalBus),
    Nats(Arc<Server>),
}

impl Carrier {
    pub(crate) fn local() -> Self {
        Self::Local(LocalBus::new())
    }

    pub(crate) fn nats() -> Self {
        Self::Nats(Arc::new(Server::start()))
    }

    /// An empty carrier of the same kind.
    pub(crate) fn afresh(&self) -> Self {
        match self {
            Self::Local(_) => Self::local(),
            Self::Nats(_) => Self::nats(),
        }
    }

    pub(crate) async fn platform(&self) -> Bus {
        match self {
            Self::Local(bus) => bus.platform(),
            Self::Nats(server) => server.connect(&server.platform, Identity::Platform).await,
        }
    }

    pub(crate) async fn party(&self, of: &Oin) -> Bus {
        match self {
            Self::Local(bus) => bus.party(of.clone()),
            Self::Nats(server) => {
                let (_, key) = server
                    .parties
                    .iter()
                    .find(|(known, _)| known == of)
                    .unwrap();
                server.connect(key, Identity::Party(of.clone())).await
            }
        }
    }
}

pub(crate) struct Server {
    child: Child,
    _folder: TempDir,
    port: u16,
    platform: KeyPair,
    parties: Vec<(Oin, KeyPair)>,
}

impl Server {
    fn start() -> Self {
        let binary = std::env::var_os("DOORBRAAK_TEST_NATS_SERVER").expect(
            "DOORBRAAK_TEST_NATS_SERVER must hold the path of the nats-server binary; \
             tests/run sets it",
        );
        let folder = TempDir::new().unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let platform = KeyPair::new_user();
        let parties: Vec<_> = [UTRECHT, SVB, TAX_OFFICE, SPIRIT]
            .map(|party| (oin(party), KeyPair::new_user()))
            .into_iter()
            .collect();
        let config = server_config(&ServerConfig {
            host: Ipv4Addr::LOCALHOST.to_string(),
            port,
            store_dir: folder.path().join("store"),
            store_key: "nats.key".to_owned(),
            platform_nkey: platform.public_key(),
            parties: parties
                .iter()
                .map(|(oin, key)| (oin.clone(), key.public_key()))
                .collect(),
            ground: Ground::AccountEach,
            tls: None,
            for_development: false,
        })
        .unwrap();
        let file = folder.path().join("nats.conf");
        std::fs::write(&file, config).unwrap();
        std::fs::write(folder.path().join("nats.key"), store_key([7; 32])).unwrap();
        let child = spawn(Path::new(&binary), &file, port);
        Self {
            child,
            _folder: folder,
            port,
            platform,
            parties,
        }
    }

    /// Tries a few times: on a busy machine a server may not get to the greeting in time.
    async fn connect(&self, key: &KeyPair, identity: Identity) -> Bus {
        let connection = Connection {
            url: format!("nats://127.0.0.1:{}", self.port),
            seed: key.seed().unwrap(),
            identity,
            tls: None,
            for_development: false,
            parties: self.parties.iter().map(|(oin, _)| oin.clone()).collect(),
            retention: Retention::default(),
        };
        for _ in 0..10 {
            match bus::nats::connect(connection.clone()).await {
                Ok(bus) => return bus,
                Err(ConnectError::Unreachable(_) | ConnectError::Streams { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        panic!("nats-server cannot be reached");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Starts the server and waits until it answers.
fn spawn(binary: &Path, config: &Path, port: u16) -> Child {
    let mut child = Command::new(binary)
        .arg("-c")
        .arg(config)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..400 {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return child;
        }
        assert!(
            child.try_wait().unwrap().is_none(),
            "nats-server stopped by itself"
        );
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("nats-server does not answer");
}
