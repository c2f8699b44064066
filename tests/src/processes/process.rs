//! One of our programs, running.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::servers::free_port;

/// How long a process may take until it is ready.
const START: Duration = Duration::from_secs(60);

/// A running process that can be killed and started again.
pub struct Process {
    name: String,
    program: String,
    settings: BTreeMap<&'static str, String>,
    logged: &'static str,
    log: PathBuf,
    health: String,
    child: Option<Child>,
}

impl Process {
    /// The program of this name with these settings, not started yet. It logs in this folder.
    pub fn new(
        name: &str,
        settings: BTreeMap<&'static str, String>,
        logged: &'static str,
        folder: &Path,
    ) -> Self {
        Self::named((name, name), settings, logged, folder)
    }

    fn named(
        (name, program): (&str, &str),
        mut settings: BTreeMap<&'static str, String>,
        logged: &'static str,
        folder: &Path,
    ) -> Self {
        let port = free_port();
        settings.insert("LISTEN", format!("127.0.0.1:{port}"));
        settings.insert("DEV_PORT", free_port().to_string());
        Self {
            name: name.to_owned(),
            program: program.to_owned(),
            settings,
            logged,
            log: folder.join(format!("{name}.log")),
            health: format!("http://127.0.0.1:{port}/readyz"),
            child: None,
        }
    }

    /// The same program with the same settings once more, under another name and on other ports.
    pub(super) fn beside(&self, name: &str, folder: &Path) -> Self {
        let settings = self.settings.clone();
        Self::named((name, &self.program), settings, self.logged, folder)
    }

    /// Runs the program of another release, from the folder with its programs; from the next start.
    pub fn of_release(&mut self, programs: &Path) {
        self.program = programs.join(&self.program).display().to_string();
    }

    /// Changes a setting; it holds from the next start.
    pub fn set(&mut self, name: &'static str, value: String) {
        self.settings.insert(name, value);
    }

    /// What it is told under this name.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    /// Its process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Whether it was started and ended by itself.
    pub fn has_ended(&mut self) -> bool {
        let child = self.child.as_mut();
        child.is_some_and(|child| child.try_wait().is_ok_and(|status| status.is_some()))
    }

    /// kill -9.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("the process runs");
            child.wait().expect("the process can be waited for");
        }
    }

    /// Starts it, its clock standing at `clock`.
    pub fn start(&mut self, clock: &str) {
        let log = File::options()
            .create(true)
            .append(true)
            .open(&self.log)
            .expect("the folder can be written");
        let child = Command::new(program(&self.program))
            .args(["serve", "--dev"])
            .env_clear()
            .env("RUST_LOG", self.logged)
            // The tests' server skips fsync: a dead process loses nothing by it.
            .env("POSTGRES_UNSAFE", "true")
            .env("LOG_FORMAT", "json")
            .env("DEV_CLOCK", clock)
            .envs(&self.settings)
            .stdout(log.try_clone().expect("a file can be shared"))
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", self.name));
        self.child = Some(child);
    }

    /// Waits until it answers that it is ready.
    pub async fn ready(&mut self) {
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client can be made");
        let start = std::time::Instant::now();
        loop {
            let answer = client.get(&self.health).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            let gone = self
                .child
                .as_mut()
                .is_none_or(|child| child.try_wait().is_ok_and(|status| status.is_some()));
            assert!(
                !gone && start.elapsed() < START,
                "{} is not ready:\n{}",
                self.name,
                self.log_text()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Where its API and its dev port are.
    pub fn doors(&self) -> (String, String) {
        let (listen, dev) = (&self.settings["LISTEN"], &self.settings["DEV_PORT"]);
        (
            format!("http://{listen}"),
            format!("http://127.0.0.1:{dev}"),
        )
    }

    /// Everything that it logged.
    pub fn log_text(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The program of a service, beside the one that runs this test.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a program knows where it is");
    let folder = test
        .ancestors()
        .nth(2)
        .expect("tests lie in deps, programs beside it");
    folder.join(name)
}
