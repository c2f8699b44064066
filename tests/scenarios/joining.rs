//! A deployment as deploy/README.md tells it, with the keys, certificates and configuration that
//! the programs there make; and a fifth organisation that joins it while it runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chassis::entropy::Entropy;
use chassis::parties::{Parties, PartyKeys};
use nkeys::{KeyPair, KeyPairType};
use scenarios::processes::{PLATFORM, Process, program, scratch};
use scenarios::servers::{Nats, create_database, free_port, shared_postgres};
use tempfile::TempDir;

/// A Monday, 09:00 in Amsterdam.
const START: &str = "2026-03-02T08:00:00Z";

/// Has no service of its own yet.
const JOINS: &str = "leeuwarden";

/// The folder `deploy` of this repository.
fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy")
}

fn done(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    output
}

/// A deployment in a folder of its own.
struct Deployment {
    folder: TempDir,
    port: u16,
    nats: Option<Nats>,
    databases: BTreeMap<&'static str, String>,
}

impl Deployment {
    async fn make() -> Self {
        let folder = scratch();
        let parties = folder.path().join("parties");
        std::fs::create_dir(&parties).unwrap();
        std::fs::create_dir(folder.path().join("nats")).unwrap();
        for file in std::fs::read_dir(deploy().join("parties")).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), parties.join(file.file_name())).unwrap();
        }
        done(
            Command::new(deploy().join("generate-keys"))
                .arg("--folder")
                .arg(folder.path()),
        );
        let run = Entropy::system().uuid_v4().simple().to_string();
        let server = shared_postgres();
        let mut databases = BTreeMap::new();
        for name in ["escalation", "vault", "account", "svb", "svb_vault"] {
            let url = create_database(&server, &format!("{name}_{run}")).await;
            databases.insert(name, url);
        }
        let mut deployment = Self {
            folder,
            port: free_port(),
            nats: None,
            databases,
        };
        let nkey = deployment.secret("platform-nkey");
        let mut words = deployment.nats_config();
        words.push(format!("--platform-nkey={nkey}"));
        done(Command::new(&words[0]).args(&words[1..]));
        let config = deployment.path("nats/nats.conf").into();
        deployment.nats = Some(Nats::with_config(config, deployment.port));
        deployment
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn secret(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.path(&format!("secrets/{name}"))).unwrap();
        text.trim().to_owned()
    }

    /// What writes the configuration of the message bus; the platform's key comes behind it.
    fn nats_config(&self) -> Vec<String> {
        let option = |name: &str, path: &str| format!("--{name}={}", self.path(path));
        vec![
            program(PLATFORM).display().to_string(),
            "nats-config".to_owned(),
            option("out", "nats/nats.conf"),
            option("parties", "parties"),
            option("party-keys", "secrets/party-keys.toml"),
            option("store-dir", "store"),
            "--store-key=../secrets/nats-store-key".to_owned(),
            format!("--port={}", self.port),
            option("tls-cert", "secrets/nats.crt"),
            option("tls-key", "secrets/nats.tls-key"),
            option("tls-ca", "secrets/nats-ca.crt"),
        ]
    }

    /// A service of this organisation, as the files say.
    fn service(&self, name: &str, party: &str, database: &str, vault: &str) -> Process {
        let secret = |file: &str| self.path(&format!("secrets/{file}"));
        let own = |end: &str| secret(&format!("{party}{end}"));
        let master = if party == PLATFORM {
            secret("master-key")
        } else {
            own(".master-key")
        };
        let mut settings = BTreeMap::from([
            ("DATABASE_URL", database.to_owned()),
            ("VAULT_URL", vault.to_owned()),
            ("ACCOUNT_URL", self.databases["account"].clone()),
            ("NATS_URL", format!("tls://localhost:{}", self.port)),
            ("NATS_SEED_FILE", own(".nkey")),
            ("NATS_CA_FILE", secret("nats-ca.crt")),
            ("NATS_CERT_FILE", own(".crt")),
            ("NATS_KEY_FILE", own(".tls-key")),
            ("SEALING_KEY_FILE", own(".sealing-key")),
            ("MASTER_KEY_FILE", master),
            ("PSEUDONYM_KEY_FILE", secret("pseudonym-key")),
            ("CHECKPOINT_KEY_FILE", secret("checkpoint-key")),
            ("PARTIES", self.path("parties")),
            ("PARTY_KEYS", secret("party-keys.toml")),
            // Nobody logs in here.
            ("ISSUER", "http://127.0.0.1:9/nobody".to_owned()),
        ]);
        if party != PLATFORM {
            settings.insert("PARTY", party.to_owned());
        }
        Process::new(name, settings, "info", self.folder.path())
    }

    /// What the command says of an organisation's last sign of life.
    fn heartbeat(&self, of: &str, wait: u64) -> String {
        let output = done(
            Command::new(program(PLATFORM))
                .args(["heartbeats", "--of", of, "--wait", &wait.to_string()])
                .env("DATABASE_URL", &self.databases[PLATFORM])
                .env("PARTIES", self.path("parties")),
        );
        String::from_utf8(output.stdout).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fifth_organisation_joins_servers_that_run() {
    let deployment = Deployment::make().await;
    let databases = &deployment.databases;
    let mut platform = deployment.service(
        PLATFORM,
        PLATFORM,
        &databases[PLATFORM],
        &databases["vault"],
    );
    platform.start(START);
    platform.ready().await;
    let mut svb = deployment.service("svb", "svb", &databases["svb"], &databases["svb_vault"]);
    svb.start(START);
    svb.ready().await;
    let since = format!("00000099000000002000 {START}\n");
    assert_eq!(deployment.heartbeat("svb", 60), format!("svb {since}"));

    let nats = deployment.nats.as_ref().unwrap();
    let server = shared_postgres();
    let psql = Path::new(&std::env::var("DOORBRAAK_TEST_PG_BIN").unwrap()).join("psql");
    let nats_config = deployment.nats_config().join(" ");
    done(
        Command::new(deploy().join("add-party"))
            .args([JOINS, "--service", "municipality", "--folder"])
            .arg(deployment.folder.path())
            .args(["--sql", &format!("{} {server}", psql.display())])
            .args([
                "--nats-config",
                &format!("{nats_config} --platform-nkey={{platform_nkey}}"),
            ])
            .args(["--reload", &format!("kill -HUP {}", nats.pid())])
            // The test starts these itself.
            .args(["--restart", "", "--start", "", "--heartbeat", ""]),
    );
    assert_eq!(
        deployment.heartbeat(JOINS, 0),
        "leeuwarden 00000099000000011000 never\n"
    );

    // The platform learns of it when it starts again.
    platform.kill();
    platform.start(START);
    platform.ready().await;
    let (before, _) = server.rsplit_once('/').unwrap();
    let (scheme, address) = before.split_once("postgres@").unwrap();
    let own = |name: &str| format!("{scheme}{name}@{address}/{name}");
    let mut joined = deployment.service(
        "municipality",
        JOINS,
        &own("leeuwarden"),
        &own("leeuwarden_vault"),
    );
    joined.start(START);
    joined.ready().await;
    assert_eq!(
        deployment.heartbeat(JOINS, 60),
        format!("leeuwarden 00000099000000011000 {START}\n")
    );
    // Who was there already noticed nothing.
    assert!(
        !svb.log_text()
            .contains("the connection to the broker is lost"),
        "{}",
        svb.log_text()
    );
}

/// The same organisations and keys give the same text, and the one that is shown is that one.
#[test]
fn the_example_of_the_bus_configuration_is_what_the_command_writes() {
    let folder = scratch();
    let path = |name: &str| folder.path().join(name);
    let parties = Parties::embedded().unwrap();
    let key = |oin: &str| {
        let mut seed = [0; 32];
        seed[..20].copy_from_slice(oin.as_bytes());
        KeyPair::new_from_raw(KeyPairType::User, seed)
            .unwrap()
            .public_key()
    };
    let keys: BTreeMap<String, PartyKeys> = parties
        .iter()
        .filter(|party| party.service.is_some())
        .map(|party| {
            let keys = PartyKeys {
                nkey: Some(key(party.oin.as_str())),
                ..PartyKeys::default()
            };
            (party.name.clone(), keys)
        })
        .collect();
    std::fs::write(path("keys.toml"), toml::to_string(&keys).unwrap()).unwrap();
    let platform = key(parties.platform().unwrap().oin.as_str());
    done(
        Command::new(program(PLATFORM))
            .args(["nats-config", "--host=0.0.0.0", "--store-dir=/data"])
            .args(["--store-key=../../run/secrets/nats-store-key"])
            .args(["--tls-cert=/run/secrets/nats.crt"])
            .args(["--tls-key=/run/secrets/nats.tls-key"])
            .args(["--tls-ca=/run/secrets/nats-ca.crt"])
            .arg(format!("--platform-nkey={platform}"))
            .arg(format!("--out={}", path("example.conf").display()))
            .arg(format!("--party-keys={}", path("keys.toml").display())),
    );
    let written = std::fs::read_to_string(path("example.conf")).unwrap();
    let example = deploy().join("nats/example.conf");
    if std::env::var_os("DOORBRAAK_REFRESH").is_some() {
        std::fs::write(&example, &written).unwrap();
    }
    assert!(
        std::fs::read_to_string(&example).unwrap_or_default() == written,
        "stale: deploy/nats/example.conf; refresh with: DOORBRAAK_REFRESH=1 tests/run scenarios -- \
         the_example_of_the_bus_configuration"
    );
}
