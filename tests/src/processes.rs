//! The product as it runs in production: five processes with NATS, and PostgreSQL or SQLite.

mod process;

pub use process::{Process, program};

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use chassis::entropy::Entropy;
use chassis::parties::{Parties, PartyKeys};
use chassis::{Clock, server};
use demo::issuer::Issuer;
use demo::play::{Addresses, Doors, PartyAddress};
use demo::services::PartyService;
use nkeys::KeyPair;
use proto::sealed::ReceiverKeys;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use transparency::note::Signer;

use crate::servers::{Nats, create_database};

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
        };
        Self::set_up(&setup, clock).await
    }

    /// Starts everything as `setup` says, the clocks standing at `clock`.
    pub async fn set_up(setup: &Setup, clock: &str) -> Self {
        let folder = scratch();
        let entropy = Entropy::system();
        let run = entropy.uuid_v4().simple().to_string();
        let keys = Keys::make(folder.path(), &entropy);
        let nats = Nats::start(folder.path(), keys.platform.clone(), keys.parties.clone());
        let stop_issuer = CancellationToken::new();
        let (issuer, issuer_dev) = start_issuer(clock, &entropy, stop_issuer.clone()).await;

        let mut world = Self {
            processes: BTreeMap::new(),
            nats,
            databases: BTreeMap::new(),
            vault: String::new(),
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
                settings.insert("ACCOUNT_URL", account);
            }
            world.databases.insert(name.to_owned(), database);
            world.add(name, settings, setup.logged);
        }
        // The platform makes the streams that the others need.
        for name in [PLATFORM]
            .into_iter()
            .chain(PartyService::ALL.map(PartyService::name))
        {
            let process = world.processes.get_mut(name).expect("it was just added");
            process.start(clock);
            process.ready().await;
        }
        world
    }

    /// The doors of this world.
    pub fn doors(&self) -> Doors {
        Doors::new(self.addresses.clone()).expect("a client can be made")
    }

    /// Everything that all processes logged.
    pub fn logs(&self) -> String {
        self.processes.values().map(Process::log_text).collect()
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

/// Keys of everybody, written where the settings expect them.
struct Keys {
    platform: String,
    parties: Vec<(proto::Oin, String)>,
}

impl Keys {
    fn make(folder: &Path, entropy: &Entropy) -> Self {
        let write = |name: String, text: &str| {
            std::fs::write(folder.join(name), text).expect("the folder can be written");
        };
        let organisations = Parties::embedded().expect("the party files are valid");
        let mut public: BTreeMap<String, PartyKeys> = BTreeMap::new();
        let mut parties = Vec::new();
        for service in PartyService::ALL {
            let user = KeyPair::new_user();
            let receiver = ReceiverKeys::generate(&mut entropy.rng());
            write(
                format!("{service}.nkey"),
                &user.seed().expect("a new key has a seed"),
            );
            write(format!("{service}.sealing"), &receiver.secret());
            let party = organisations
                .named(service.organisation())
                .expect("it is listed");
            parties.push((party.oin.clone(), user.public_key()));
            let keys = PartyKeys {
                public_key: Some(receiver.public_key()),
                nkey: Some(user.public_key()),
                checkpoint_key: None,
            };
            public.insert(service.organisation().to_owned(), keys);
        }
        let platform = KeyPair::new_user();
        write(
            format!("{PLATFORM}.nkey"),
            &platform.seed().expect("a new key has a seed"),
        );
        let checkpoint: [u8; 32] = entropy.bytes();
        write("checkpoint.key".to_owned(), &hex(&checkpoint));
        let listed = organisations.platform().expect("it is listed");
        let keys = PartyKeys {
            checkpoint_key: Some(log_key(listed.oin.as_str(), &checkpoint)),
            ..PartyKeys::default()
        };
        public.insert(listed.name.clone(), keys);
        write(
            "keys.toml".to_owned(),
            &toml::to_string(&public).expect("keys are plain text"),
        );
        let masters = PartyService::ALL.map(|service| format!("{service}.master"));
        let of_platform = [format!("{PLATFORM}.master"), "pseudonym.key".to_owned()];
        for name in masters.into_iter().chain(of_platform) {
            let bytes: [u8; 32] = entropy.bytes();
            write(name, &hex(&bytes));
        }
        Self {
            platform: platform.public_key(),
            parties,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The public half of the key that signs checkpoints of a platform's log.
pub fn log_key(platform: &str, secret: &[u8; 32]) -> String {
    let origin = transparency::origin_of(platform);
    let signer = Signer::new(&origin, secret).expect("any 32 bytes are a key");
    let verifier = signer.verifier().expect("a signer has a public key");
    verifier.public_key()
}

/// An issuer whose clock moves with the others': its base URL and its dev port.
async fn start_issuer(clock: &str, entropy: &Entropy, stop: CancellationToken) -> (String, String) {
    let clock = Clock::at(clock.parse().expect("the story's time is valid"));
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("loopback has a free port");
    let dev = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("loopback has a free port");
    let address = |listener: &TcpListener| {
        format!(
            "http://{}",
            listener
                .local_addr()
                .expect("a bound listener has an address")
        )
    };
    let (base, dev_base) = (format!("{}/dev", address(&listener)), address(&dev));
    let parties = Parties::embedded().expect("the party files are valid");
    let issuer = Issuer::start(&base, "doorbraak", &parties, clock.clone(), entropy.clone())
        .expect("the issuer can make a key");
    tokio::spawn(server::serve(listener, issuer.router(), stop.clone()));
    tokio::spawn(server::serve(dev, clock_routes(clock), stop));
    (base, dev_base)
}

/// `POST /clock`, as on the dev ports of the services.
fn clock_routes(clock: Clock) -> Router {
    let set = move |Json(body): Json<Value>| async move {
        match body["now"].as_str().and_then(|now| now.parse().ok()) {
            Some(now) => {
                clock.set(now);
                StatusCode::NO_CONTENT
            }
            None => StatusCode::BAD_REQUEST,
        }
    };
    Router::new().route("/clock", post(set))
}
