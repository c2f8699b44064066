//! A real nats-server of a test's own, as a process: for the tests of every crate that needs one.
//! Nothing of it is in a release: the feature `testing` is for dev-dependencies.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::nats::{ServerConfig, server_config};

/// The variable with the path of the binary; `tests/run` sets it.
const BINARY: &str = "DOORBRAAK_TEST_NATS_SERVER";

/// How long a server may take until it answers: it reads all of its streams first, on a machine that
/// may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked at meanwhile.
const LOOK: Duration = Duration::from_millis(25);

/// A nats-server that runs, and is killed when this is dropped.
///
/// Whatever goes wrong with it is a panic that says what: without a server a test says nothing.
#[derive(Debug)]
pub struct NatsServer {
    child: Child,
    config: PathBuf,
    port: u16,
}

impl NatsServer {
    /// Writes `nats.conf` and the key of the store into this folder.
    ///
    /// # Panics
    /// When the folder cannot be written, or this is no configuration.
    pub fn configure(folder: &Path, config: &ServerConfig, store_key: &str) -> PathBuf {
        let text = server_config(config).unwrap_or_else(|error| panic!("{error}"));
        let file = folder.join("nats.conf");
        for (file, text) in [(&file, &*text), (&folder.join("nats.key"), store_key)] {
            std::fs::write(file, text)
                .unwrap_or_else(|error| panic!("{} cannot be written: {error}", file.display()));
        }
        file
    }

    /// Starts it with this configuration, which says that it listens on this port of the loopback
    /// address, and waits until it answers.
    ///
    /// # Panics
    /// When it does not.
    pub fn start(config: PathBuf, port: u16) -> Self {
        Self {
            child: spawn(&config, port),
            config,
            port,
        }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The same, as clients name it.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Tells it to read its configuration again, and waits until it did.
    ///
    /// # Panics
    /// When it did not.
    pub fn reload(&self) {
        let done = || self.log().matches("Reloaded server configuration").count();
        let before = done();
        let told = Command::new(binary())
            .arg("--signal")
            .arg(format!("reload={}", self.id()))
            .status();
        assert!(
            told.is_ok_and(|status| status.success()),
            "nats-server cannot be signalled"
        );
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if done() > before {
                return;
            }
            std::thread::sleep(LOOK);
        }
        panic!("the configuration was not read again: {}", self.log());
    }

    /// Has it stop by itself: what it knows of its consumers is on its disk then.
    ///
    /// # Panics
    /// When it does not.
    pub fn stop(&mut self) {
        let told = Command::new(binary())
            .arg("--signal")
            .arg(format!("quit={}", self.id()))
            .status();
        assert!(
            told.is_ok_and(|status| status.success()),
            "nats-server cannot be signalled"
        );
        let gone = self.child.wait();
        assert!(gone.is_ok(), "nats-server does not stop: {gone:?}");
    }

    /// kill -9.
    ///
    /// # Panics
    /// When it was gone already.
    pub fn kill(&mut self) {
        let killed = self.child.kill().and_then(|()| self.child.wait());
        assert!(killed.is_ok(), "nats-server cannot be killed: {killed:?}");
    }

    /// The same server again: same port, same store.
    ///
    /// # Panics
    /// As [`NatsServer::start`].
    pub fn restart(&mut self) {
        self.child = spawn(&self.config, self.port);
    }

    /// What it wrote since it was last started.
    pub fn log(&self) -> String {
        log_of(&self.config)
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Takes away what a server that does not run keeps of a stream's messages somewhere in this folder, and
/// leaves what it knows of its consumers: as a full disk may.
///
/// # Panics
/// When the folder cannot be changed, or has no such stream.
pub fn lose_messages(folder: &Path, stream: &str) {
    let kept = messages_of(folder, stream);
    let kept = kept.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let [kept] = &kept[..] else {
        panic!("not one stream {stream}: {kept:?}");
    };
    let emptied = std::fs::remove_dir_all(kept).and_then(|()| std::fs::create_dir(kept));
    emptied.unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
}

fn messages_of(folder: &Path, stream: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        if path.ends_with(Path::new(stream).join("msgs")) {
            found.push(path);
        } else {
            found.extend(messages_of(&path, stream)?);
        }
    }
    Ok(found)
}

/// A port that nobody uses at this moment.
///
/// # Panics
/// When loopback has none.
pub fn free_port() -> u16 {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|open| open.local_addr());
    match free {
        Ok(address) => address.port(),
        Err(error) => panic!("loopback has no free port: {error}"),
    }
}

fn binary() -> PathBuf {
    match std::env::var_os(BINARY) {
        Some(binary) => PathBuf::from(binary),
        None => panic!("{BINARY} is not set: run this test through tests/run"),
    }
}

fn log_of(config: &Path) -> String {
    std::fs::read_to_string(config.with_extension("log")).unwrap_or_default()
}

fn spawn(config: &Path, port: u16) -> Child {
    let child = File::create(config.with_extension("log")).and_then(|log| {
        Command::new(binary())
            .arg("-c")
            .arg(config)
            .stdout(log.try_clone()?)
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
    });
    let mut child = child.unwrap_or_else(|error| panic!("nats-server cannot be started: {error}"));
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return child;
        }
        if !matches!(child.try_wait(), Ok(None)) {
            break;
        }
        std::thread::sleep(LOOK);
    }
    child.kill().ok();
    child.wait().ok();
    panic!("nats-server does not answer: {}", log_of(config));
}
