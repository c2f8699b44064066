//! The two carriers: the local bus, and a real nats-server of the test's own.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use bus::nats::{ConnectError, Connection, Ground, Retention, ServerConfig, store_key};
use bus::testing::{NatsServer, free_port, lose_messages};
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
        Self::Nats(Arc::new(Server::start(Retention::default())))
    }

    /// A real server that keeps so many bytes for each organisation, and no more.
    pub(crate) fn nats_with_room(to_one_bytes: i64) -> Self {
        Self::Nats(Arc::new(Server::start(Retention {
            to_one_bytes,
            ..Retention::default()
        })))
    }

    /// An empty carrier of the same kind.
    pub(crate) fn afresh(&self) -> Self {
        match self {
            Self::Local(_) => Self::local(),
            Self::Nats(server) => Self::Nats(Arc::new(Server::start(server.retention))),
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
    nats: Mutex<NatsServer>,
    folder: TempDir,
    platform: KeyPair,
    parties: Vec<(Oin, KeyPair)>,
    retention: Retention,
}

impl Server {
    fn start(retention: Retention) -> Self {
        let folder = TempDir::new().unwrap();
        let port = free_port();
        let platform = KeyPair::new_user();
        let parties: Vec<_> = [UTRECHT, SVB, TAX_OFFICE, SPIRIT]
            .map(|party| (oin(party), KeyPair::new_user()))
            .into_iter()
            .collect();
        let config = ServerConfig {
            host: Ipv4Addr::LOCALHOST.to_string(),
            port,
            store_dir: folder.path().join("store"),
            store_key: "nats.key".to_owned(),
            platform_nkey: platform.public_key(),
            parties: parties
                .iter()
                .map(|(oin, key)| (oin.clone(), key.public_key()))
                .collect(),
            replicas: 1,
            ground: Ground::AccountEach,
            tls: None,
            for_development: false,
        };
        let config = NatsServer::configure(folder.path(), &config, &store_key([7; 32]));
        Self {
            nats: Mutex::new(NatsServer::start(config, port)),
            folder,
            platform,
            parties,
            retention,
        }
    }

    /// The server stops, has lost what it kept for an organisation, and starts again.
    pub(crate) fn lose_what_is_for(&self, oin: &Oin) {
        let mut nats = self.nats.lock().unwrap();
        nats.stop();
        lose_messages(self.folder.path(), &format!("to-{oin}"));
        nats.restart();
    }

    /// Tries a few times: on a busy machine a server may not get to the greeting in time.
    async fn connect(&self, key: &KeyPair, identity: Identity) -> Bus {
        let connection = Connection {
            url: self.nats.lock().unwrap().url(),
            seed: key.seed().unwrap(),
            identity,
            tls: None,
            for_development: false,
            parties: self.parties.iter().map(|(oin, _)| oin.clone()).collect(),
            retention: self.retention,
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
