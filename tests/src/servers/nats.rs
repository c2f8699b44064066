use std::fs::File;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bus::nats::{Ground, ServerConfig, server_config, store_key};
use chassis::entropy::Entropy;
use proto::Oin;

use super::{free_port, setting};

/// A NATS server with the users and permissions of these parties.
pub struct Nats {
    child: Child,
    config: PathBuf,
    port: u16,
}

impl Nats {
    /// Starts it in `folder`, for the platform's user and one user per party (public nkeys); with
    /// the key of its store, unless a test wants to see what stands there without.
    pub fn start(
        folder: &Path,
        (platform_nkey, parties): (String, Vec<(Oin, String)>),
        store_key_given: bool,
    ) -> Self {
        let port = free_port();
        let mut config = server_config(&ServerConfig {
            host: Ipv4Addr::LOCALHOST.to_string(),
            port,
            store_dir: folder.join("nats-store"),
            store_key: "nats.key".to_owned(),
            platform_nkey,
            parties,
            ground: Ground::AccountEach,
            tls: None,
            for_development: false,
        })
        .expect("a server on this machine needs no certificates");
        if !store_key_given {
            let plain = |line: &&str| !line.contains("cipher:") && !line.contains("include ");
            let lines: Vec<&str> = config.lines().filter(plain).collect();
            config = lines.join("\n");
        }
        for (name, text) in [
            ("nats.conf", config),
            ("nats.key", store_key(Entropy::system().bytes())),
        ] {
            std::fs::write(folder.join(name), text).expect("the folder can be written");
        }
        Self::with_config(folder.join("nats.conf"), port)
    }

    /// Starts it with this configuration, which says that it listens on this port.
    pub fn with_config(config: PathBuf, port: u16) -> Self {
        Self {
            child: spawn(&config, port),
            config,
            port,
        }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// kill -9.
    pub fn kill(&mut self) {
        self.child.kill().expect("the server runs");
        self.child.wait().expect("the server can be waited for");
    }

    /// The same server again: same port, same store.
    pub fn restart(&mut self) {
        self.child = spawn(&self.config, self.port);
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn spawn(config: &Path, port: u16) -> Child {
    let log_file = config.with_extension("log");
    let log = File::create(&log_file).expect("the folder can be written");
    let mut child = Command::new(setting("DOORBRAAK_TEST_NATS_SERVER"))
        .arg("-c")
        .arg(config)
        .stdout(log.try_clone().expect("a file can be shared"))
        .stderr(log)
        .stdin(Stdio::null())
        .spawn()
        .expect("nats-server can be started");
    for _ in 0..400 {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return child;
        }
        if child.try_wait().expect("the server can be asked").is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    let log = std::fs::read_to_string(&log_file).unwrap_or_default();
    panic!("nats-server does not answer: {log}");
}
