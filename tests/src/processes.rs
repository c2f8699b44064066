//! The product as it runs in production: five processes with NATS, and PostgreSQL or SQLite.

mod issuer;
mod keys;
mod process;

pub use process::{Process, program};

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use chassis::entropy::Entropy;
use demo::issuer::{CLIENT_ID, Issuer};
use demo::play::{Addresses, Doors, PartyAddress};
use demo::services::PartyService;
use journal::vault::MasterKey;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::servers::{Nats, create_database};
use issuer::start_issuer;
use keys::Keys;

pub use keys::log_key;

/// The name under which the platform is addressed here.
pub const PLATFORM: &str = "escalation";

/// In which database a service keeps what it knows.
#[derive(Clone, Debug)]
pub enum Store {
    /// Databases of its own on this PostgreSQL server.
    Postgres(String),
    /// Files of its own, in a folder `data/<service>` of the world's folder.
    Sqlite,
}

/// How the five processes are set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where the platform keeps its log and its vault.
    pub platform: Store,
    /// Where the parties keep what is theirs.
    pub parties: Store,
    /// What all of them log, in the words of `RUST_LOG`.
    pub logged: &'static str,
    /// Whether the broker has its store key, as it must; without, its store is plain to read.
    pub store_key: bool,
    /// Where all of them send their traces.
    pub collector: Option<String>,
}

/// Five processes, a broker, and an issuer of development tokens.
pub struct Processes {
    /// By name: `escalation` and the four party services.
    pub processes: BTreeMap<String, Process>,
    /// The broker.
    pub nats: Nats,
    /// The databases, by process name.
    pub databases: BTreeMap<String, String>,
    /// The platform's database of keys.
    pub vault: String,
    /// The platform's database of who looked at what.
    pub account: String,
    /// The issuer of tokens.
    pub issuer: Issuer,
    addresses: Addresses,
    stop_issuer: CancellationToken,
    // Last, so that the folder goes after everything that writes in it.
    folder: TempDir,
}

impl Processes {
    /// Starts everything on this PostgreSQL server, the clocks standing at `clock`.
    pub async fn start(postgres: &str, clock: &str) -> Self {
        let setup = Setup {
            platform: Store::Postgres(postgres.to_owned()),
            parties: Store::Postgres(postgres.to_owned()),
            logged: "info",
            store_key: true,
            collector: None,
        };
        Self::set_up(&setup, clock).await
    }

    /// Starts everything as `setup` says, the clocks standing at `clock`.
    pub async fn set_up(setup: &Setup, clock: &str) -> Self {
        let mut world = Self::prepare(setup, clock, None).await;
        world.run(clock).await;
        world
    }

    /// Makes everything that `setup` says and starts the broker and the issuer; the services are
    /// started by [`Self::run`]. `store`: where the broker keeps its messages, when not in the
    /// world's folder.
    pub async fn prepare(setup: &Setup, clock: &str, store: Option<&Path>) -> Self {
        let folder = scratch();
        let entropy = Entropy::system();
        let run = entropy.uuid_v4().simple().to_string();
        let keys = Keys::make(folder.path(), &entropy);
        let users = (keys.platform.clone(), keys.parties.clone());
        if let Some(store) = store {
            std::os::unix::fs::symlink(store, folder.path().join("nats-store"))
                .expect("the folder can be written");
        }
        let nats = Nats::start(folder.path(), users, setup.store_key);
        let stop_issuer = CancellationToken::new();
        let (made, issuer_dev) = start_issuer(clock, &entropy, stop_issuer.clone()).await;
        let issuer = made.url().to_owned();

        let mut world = Self {
            processes: BTreeMap::new(),
            nats,
            databases: BTreeMap::new(),
            vault: String::new(),
            account: String::new(),
            issuer: made,
            addresses: Addresses {
                platform: String::new(),
                platform_dev: String::new(),
                issuer: issuer.clone(),
                issuer_dev: Some(issuer_dev),
                parties: BTreeMap::new(),
            },
            stop_issuer,
            folder,
        };
        let names = std::iter::once(PLATFORM).chain(PartyService::ALL.map(PartyService::name));
        for name in names {
            let store = match name {
                PLATFORM => &setup.platform,
                _ => &setup.parties,
            };
            let database = world.database(store, name, name, &run).await;
            let mut settings = world.settings(name, &database, &issuer);
            let vault = world
                .database(store, name, &format!("{name}_vault"), &run)
                .await;
            settings.insert("VAULT_URL", vault.clone());
            if name == PLATFORM {
                world.vault = vault;
                let account = world.database(store, name, "account", &run).await;
                settings.insert("ACCOUNT_URL", account.clone());
                world.account = account;
                settings.extend(world.screens());
            }
            if let Some(collector) = &setup.collector {
                settings.insert("OTLP_ENDPOINT", collector.clone());
                // Milliseconds; a test need not wait as long as a collector would.
                settings.insert("OTEL_BSP_SCHEDULE_DELAY", "500".to_owned());
                // More than a test asks for at once: what does not fit is not sent.
                settings.insert("OTEL_BSP_MAX_QUEUE_SIZE", "100000".to_owned());
            }
            world.databases.insert(name.to_owned(), database);
            world.add(name, settings, setup.logged);
        }
        world
    }

    /// Starts the services, their clocks standing at `clock`.
    pub async fn run(&mut self, clock: &str) {
        // The platform makes the streams that the others need; its name comes first.
        let (platform, parties): (Vec<_>, Vec<_>) = self
            .processes
            .iter_mut()
            .partition(|(name, _)| name.starts_with(PLATFORM));
        for (_, process) in platform.into_iter().chain(parties) {
            process.start(clock);
            process.ready().await;
        }
    }

    /// Puts the platform's service there once more, under the name `escalation-<nth>`: the same
    /// databases, the same user of the broker.
    pub fn replicate(&mut self, nth: usize) {
        let name = format!("{PLATFORM}-{nth}");
        let replica = self.processes[PLATFORM].beside(&name, self.folder.path());
        self.processes.insert(name, replica);
    }

    /// The key that pseudonyms are made with.
    pub fn pseudonym_key(&self) -> [u8; 32] {
        self.key("pseudonym.key")
    }

    /// Where the clock of the issuer is moved.
    pub fn issuer_clock(&self) -> Option<&str> {
        self.addresses.issuer_dev.as_deref()
    }

    /// The doors of this world.
    pub fn doors(&self) -> Doors {
        Doors::new(self.addresses.clone()).expect("a client can be made")
    }

    /// Everything that all processes logged.
    pub fn logs(&self) -> String {
        self.processes.values().map(Process::log_text).collect()
    }

    /// The platform's master key.
    pub fn master(&self) -> MasterKey {
        MasterKey::from_bytes(self.key(&format!("{PLATFORM}.master")))
    }

    fn key(&self, file: &str) -> [u8; 32] {
        let hex = std::fs::read_to_string(self.folder().join(file)).expect("the key was written");
        let byte = |n: usize| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16);
        std::array::from_fn(|n| byte(n).expect("it is hexadecimal"))
    }

    /// The folder in which everything stands that is no server of its own.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Makes a database of a service: its URL.
    async fn database(&self, store: &Store, service: &str, name: &str, run: &str) -> String {
        match store {
            Store::Postgres(server) => create_database(server, &format!("{name}_{run}")).await,
            Store::Sqlite => {
                let folder = self.folder.path().join("data").join(service);
                std::fs::create_dir_all(&folder).expect("the folder can be written");
                format!("sqlite://{}", folder.join(format!("{name}.db")).display())
            }
        }
    }

    fn settings(&self, name: &str, database: &str, issuer: &str) -> BTreeMap<&'static str, String> {
        let file = |name: String| self.folder.path().join(name).display().to_string();
        BTreeMap::from([
            ("DATABASE_URL", database.to_owned()),
            ("NATS_URL", self.nats.url()),
            ("NATS_SEED_FILE", file(format!("{name}.nkey"))),
            ("SEALING_KEY_FILE", file(format!("{name}.sealing"))),
            ("PARTY_KEYS", file("keys.toml".to_owned())),
            ("MASTER_KEY_FILE", file(format!("{name}.master"))),
            ("PSEUDONYM_KEY_FILE", file("pseudonym.key".to_owned())),
            ("CHECKPOINT_KEY_FILE", file("checkpoint.key".to_owned())),
            ("ISSUER", issuer.to_owned()),
        ])
    }

    /// The screens, with a login at the issuer's own provider. People reach both at one address, as
    /// behind a proxy, which is the issuer's.
    fn screens(&self) -> [(&'static str, String); 5] {
        let key = self.folder.path().join("session.key");
        let public = self.issuer.url().strip_suffix("/dev");
        [
            ("SESSION_KEY_FILE", key.display().to_string()),
            ("PUBLIC_URL", public.expect("it is below /dev").to_owned()),
            ("OIDC_CLIENT_ID", CLIENT_ID.to_owned()),
            ("OIDC_AUTHORIZE_URL", self.issuer.authorize_url()),
            ("OIDC_TOKEN_URL", self.issuer.token_url()),
        ]
    }

    fn add(&mut self, name: &str, settings: BTreeMap<&'static str, String>, logged: &'static str) {
        let process = Process::new(name, settings, logged, self.folder.path());
        let (api, dev) = process.doors();
        self.processes.insert(name.to_owned(), process);
        match PartyService::find(name) {
            Some(service) => {
                self.addresses
                    .parties
                    .insert(service, PartyAddress { api, dev });
            }
            None => (self.addresses.platform, self.addresses.platform_dev) = (api, dev),
        }
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        self.stop_issuer.cancel();
    }
}

/// A temporary folder that the database server's user may pass through.
pub fn scratch() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o711))
        .expect("its permissions can be set");
    folder
}
