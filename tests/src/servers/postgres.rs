use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use sqlx::{AnyConnection, Connection};

use super::{free_port, setting};

/// How long a server may take until it runs again: first its former children have to leave.
const PATIENCE: Duration = Duration::from_secs(120);

/// The PostgreSQL server that all tests of a run share.
pub fn shared_postgres() -> String {
    setting("DOORBRAAK_TEST_POSTGRES")
}

/// Makes a database on a server and gives its URL.
pub async fn create_database(server: &str, name: &str) -> String {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(server)
        .await
        .expect("the server answers");
    let statement = format!("CREATE DATABASE \"{name}\"");
    sqlx::query(sqlx::AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .expect("a database can be made");
    connection.close().await.ok();
    let (base, _) = server.rsplit_once('/').expect("the URL names a database");
    format!("{base}/{name}")
}

/// A PostgreSQL server of one test's own, to be killed.
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    slowed_by: Option<Slowed>,
}

/// How the disk of a server is made slow.
#[derive(Clone, Debug)]
pub struct Slowed {
    /// The library that waits before every flush, loaded into the server.
    pub library: PathBuf,
    /// The file in which stands for how many milliseconds; no file: not at all.
    pub by: PathBuf,
}

impl Postgres {
    /// Makes and starts a server in `folder`; its `synchronous_commit` stays on.
    pub fn start(folder: &Path) -> Self {
        Self::start_slowed(folder, None)
    }

    /// The same; with `slowed_by` it really flushes, and its disk can be made slow.
    pub fn start_slowed(folder: &Path, slowed_by: Option<Slowed>) -> Self {
        let folder = folder.join("postgres");
        std::fs::create_dir(&folder).expect("the folder can be made");
        if is_root() {
            succeed(Command::new("chown").arg("postgres").arg(&folder));
        }
        let server = Self {
            folder,
            port: free_port(),
            slowed_by,
        };
        succeed(
            server
                .program("initdb")
                .args(["-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"])
                .args(["--locale=C.UTF-8", "-D"])
                .arg(server.data()),
        );
        server.run();
        server
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// kill -9 of the postmaster; its children notice and go.
    pub fn kill(&self) {
        let file =
            std::fs::read_to_string(self.data().join("postmaster.pid")).expect("the server runs");
        let pid = file
            .lines()
            .next()
            .expect("the file names the process")
            .to_owned();
        succeed(Command::new("kill").args(["-9", &pid]));
    }

    /// The same server again. It refuses for a moment, while its former children are leaving.
    pub fn run(&self) {
        let flushes = if self.slowed_by.is_some() {
            "on"
        } else {
            "off"
        };
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync={flushes} \
             -c full_page_writes=off -c max_connections=200 -c min_wal_size=32MB \
             -c max_wal_size=64MB",
            self.port
        );
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let mut program = self.program("pg_ctl");
            if let Some(Slowed { library, by }) = &self.slowed_by {
                program.env("LD_PRELOAD", library).env("SLOW_DISK", by);
            }
            let started = program
                .args(["-w", "-s", "-D"])
                .arg(self.data())
                .arg("-l")
                .arg(self.log())
                .args(["-o", &options, "start"])
                .status();
            if started.is_ok_and(|status| status.success()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        panic!("PostgreSQL does not start: {log}");
    }

    /// Whether it answers.
    pub async fn answers(&self) -> bool {
        sqlx::any::install_default_drivers();
        let connection = AnyConnection::connect(&self.url()).await;
        match connection {
            Ok(connection) => connection.close().await.is_ok(),
            Err(_) => false,
        }
    }

    /// Whether its first process is gone.
    pub fn has_ended(&self) -> bool {
        let status = self
            .program("pg_ctl")
            .arg("status")
            .arg("-D")
            .arg(self.data())
            .status();
        !status.is_ok_and(|status| status.success())
    }

    /// The folder with its files.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The file that it logs in.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// A program of PostgreSQL, which refuses to run as root.
    fn program(&self, name: &str) -> Command {
        let program = Path::new(&setting("DOORBRAAK_TEST_PG_BIN")).join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").stdout(std::process::Stdio::null());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.program("pg_ctl")
            .args(["-s", "-m", "immediate", "stop", "-D"])
            .arg(self.data())
            .status()
            .ok();
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|Output { stdout, .. }| stdout.trim_ascii() == b"0")
}

fn succeed(command: &mut Command) {
    let status = command.status().expect("the program can be started");
    assert!(status.success(), "{command:?} failed");
}
