use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use bus::nats::{Ground, ServerConfig, store_key};
use bus::testing::NatsServer;
use chassis::entropy::Entropy;
use proto::Oin;

use super::free_port;

/// A NATS server with the users and permissions of these parties.
pub struct Nats(NatsServer);

impl Nats {
    /// Starts it in `folder`, for the platform's user and one user per party (public nkeys); with
    /// the key of its store, unless a test wants to see what stands there without.
    pub fn start(
        folder: &Path,
        (platform_nkey, parties): (String, Vec<(Oin, String)>),
        store_key_given: bool,
    ) -> Self {
        let port = free_port();
        let config = ServerConfig {
            host: Ipv4Addr::LOCALHOST.to_string(),
            port,
            store_dir: folder.join("nats-store"),
            store_key: "nats.key".to_owned(),
            platform_nkey,
            parties,
            replicas: 1,
            ground: Ground::AccountEach,
            tls: None,
            for_development: false,
        };
        let key = store_key(Entropy::system().bytes());
        let file = NatsServer::configure(folder, &config, &key);
        if !store_key_given {
            let text = std::fs::read_to_string(&file).expect("it was written just now");
            let plain = |line: &&str| !line.contains("cipher:") && !line.contains("include ");
            let lines: Vec<&str> = text.lines().filter(plain).collect();
            std::fs::write(&file, lines.join("\n")).expect("the folder can be written");
        }
        Self::with_config(file, port)
    }

    /// Starts it with this configuration, which says that it listens on this port.
    pub fn with_config(config: PathBuf, port: u16) -> Self {
        Self(NatsServer::start(config, port))
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        self.0.url()
    }

    /// kill -9.
    pub fn kill(&mut self) {
        self.0.kill();
    }

    /// The same server again: same port, same store.
    pub fn restart(&mut self) {
        self.0.restart();
    }
}
