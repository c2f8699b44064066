//! The escalation service as a whole: starts its parts, and stops them.

mod exchange;
mod hooks;

use std::sync::Arc;

use account::{Account, AccountError, Register};
use axum::Router;
use bus::Bus;
use chassis::clock::Clock;
use chassis::entropy::Entropy;
use chassis::parties::Parties;
use gate::Gate;
use journal::vault::{MasterKey, Vault, VaultError};
use journal::{Db, JournalError, Statement, migration};
use ladder::{Retention, Rules};
use proto::{Oin, Source};
use token::Verifier;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use exchange::Exchange;
pub use hooks::Hooks;

use crate::accounting::Accounting;
use crate::aggregate::RuleBook;
use crate::api::{self, Platform};
use crate::checkpoints::{self, Notary, NotaryError};
use crate::citizen_codes::{self, CitizenCodes};
use crate::clock::Ticker;
use crate::execute::{Executor, Ground};
use crate::intake::{Intake, Line, ledger, quarantine};
use crate::live::Bell;
use crate::mails::{self, MailServer, Mails};
use crate::policy;
use crate::policy::Catalogues;
use crate::pseudonym::Pseudonyms;
use crate::react::Reactor;
use crate::relay::{self, Relay, outgoing, sent};
use crate::seeds::{self, SeedError};
use crate::views;
use crate::web::Screens;

/// The system's name in the `source` of what the platform sends.
const SYSTEM: &str = "escalation";

/// What the service needs to start.
pub struct Config {
    /// The log with its views: `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// The key vault: a database of its own.
    pub vault_url: String,
    /// The two logs by which is accounted for what is shown: a database of their own.
    pub account_url: String,
    /// What each operation is for, and how long its lines are kept.
    pub activities: Register,
    /// Wraps the vault's keys.
    pub master_key: MasterKey,
    /// While that changes: the one before it, or the one that comes.
    pub other_master_key: Option<MasterKey>,
    /// How long the platform keeps what it knows.
    pub retention: Retention,
    /// Makes pseudonyms, of cases and (in the processing log) of persons.
    pub pseudonym_key: [u8; 32],
    /// The platform's handle on the bus.
    pub bus: Bus,
    /// Who takes part.
    pub parties: Arc<Parties>,
    /// Ladder and calendar.
    pub rules: Rules,
    /// How checkpoints of the log are signed; none: nothing is signed.
    pub checkpoints: Option<checkpoints::Settings>,
    /// What professionals run into, and what they may try first.
    pub catalogues: Catalogues,
    /// The policies.
    pub gate: Arc<Gate>,
    /// Verifies access tokens.
    pub verifier: Arc<Verifier>,
    /// What time it is.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// The door over HTTP.
    pub exchange: Exchange,
    /// The server that takes mails; none: no mails are sent.
    pub mails: Option<MailServer>,
    /// Development: a citizen may come in by a code.
    pub dev: bool,
    /// The screens; without them there is the API alone.
    pub screens: Option<Screens>,
}

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The log's database.
    #[error("the database: {0}")]
    Database(#[from] JournalError),
    /// The key vault.
    #[error("the key vault: {0}")]
    Vault(#[from] VaultError),
    /// The logs of who saw what.
    #[error("the access and processing logs: {0}")]
    Account(#[from] AccountError),
    /// No party file says that it is the platform.
    #[error("no organisation of kind 'platform' in the party files")]
    NoPlatform,
    /// The registers could not be started with the people of the party files.
    #[error("the registers: {0}")]
    Registers(#[from] SeedError),
    /// The key that signs checkpoints cannot be used.
    #[error(transparent)]
    Checkpoints(#[from] NotaryError),
}

/// A running service.
pub struct Service {
    platform: Platform,
    screens: Option<Screens>,
    hooks: Arc<Hooks>,
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl Service {
    /// Opens the databases and starts intake, clock and relay.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let platform_oin: Oin = config
            .parties
            .platform()
            .ok_or(StartError::NoPlatform)?
            .oin
            .clone();
        let db = open_log(&config.database_url).await?;
        if matches!(config.bus, Bus::Local(_)) {
            relay::begin_anew(&db, &config.parties).await?;
        }
        let vault = Vault::open_with(
            &config.vault_url,
            config.master_key,
            config.other_master_key,
        )
        .await?;
        let accounting = Accounting::new(
            Account::open(&config.account_url).await?,
            config.activities,
            &config.pseudonym_key,
            platform_oin.as_str(),
        );
        let ground = Ground {
            db: db.clone(),
            gate: config.gate,
            rule_book: Arc::new(RuleBook::of(&config.rules)),
            rules: Arc::new(Rules {
                closures: policy::closures(&config.parties),
                organisations: policy::profiles(&config.parties),
                ..config.rules
            }),
            clock: config.clock,
            entropy: config.entropy,
            pseudonyms: Pseudonyms::new(&config.pseudonym_key),
            vault: vault.clone(),
            retention: Arc::new(config.retention),
        };
        let released = Arc::new(Notify::new());
        let executor = Executor::start(ground.clone(), Arc::clone(&released));
        seeds::plant(&ground, &executor, &vault, &config.parties).await?;
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let intake = Intake {
            ground: ground.clone(),
            executor: executor.clone(),
            vault: vault.clone(),
            parties: Arc::clone(&config.parties),
            released,
        };
        let line = Line::new(intake, stop.clone());
        tasks.spawn(line.clone().run(config.bus.clone()));
        let parties = Arc::clone(&config.parties);
        let reactor = Reactor::new(ground.clone(), executor.clone(), vault.clone(), parties);
        tasks.spawn(reactor.run(stop.clone()));
        let expiring = accounting.clone();
        tasks.spawn(expiring.expire(ground.clock.clone(), stop.clone()));
        let ticker = Ticker::new(ground.clone(), executor.clone());
        tasks.spawn(ticker.clone().run(stop.clone()));
        if vault.rotation_is_due().await? {
            let entropy = &ground.entropy;
            let (now, fresh) = (ground.clock.now(), entropy.bytes());
            vault.rotate(now, fresh, || entropy.bytes()).await?;
        }
        if let Some(server) = config.mails {
            mails::begin(&db).await?;
            let parties = Arc::clone(&config.parties);
            let mails = Mails::new(ground.clone(), vault.clone(), parties, server);
            tasks.spawn(mails.run(stop.clone()));
        }
        let bell = Bell::new(db.clone(), Arc::clone(&ground.rules), stop.clone());
        tasks.spawn(bell.clone().run());
        let notary = Notary::new(db, ground.clock.clone(), &platform_oin, config.checkpoints)?;
        let notary = Arc::new(notary);
        tasks.spawn(Arc::clone(&notary).run(stop.clone()));
        let source = Source {
            oin: platform_oin,
            system: SYSTEM.to_owned(),
        };
        let relay = Relay::new(
            ground.clone(),
            vault.clone(),
            accounting.clone(),
            Arc::clone(&config.parties),
            config.bus,
            (
                source,
                config.exchange.letters_kept,
                config.exchange.posting,
            ),
        );
        tasks.spawn(relay.clone().run(stop.clone()));
        let hooks = Arc::new(Hooks::new(ground.clone(), ticker, notary));
        let platform = Platform {
            ground,
            catalogues: Arc::new(config.catalogues),
            executor,
            vault,
            accounting,
            parties: config.parties,
            verifier: config.verifier,
            bell,
            line,
            relay,
            inway: config.exchange.inway_secret.map(Arc::new),
            dev: config.dev,
        };
        Ok(Self {
            platform,
            screens: config.screens,
            hooks,
            tasks,
            stop,
        })
    }

    /// API, screens and health; [`chassis::server::serve`] adds the standard layers.
    pub fn router(&self) -> Router {
        api::router(self.platform.clone(), self.screens.clone())
    }

    /// What the dev port does.
    pub fn hooks(&self) -> Arc<Hooks> {
        Arc::clone(&self.hooks)
    }

    /// Routes that only the dev port has: the report of a case.
    pub fn dev_routes(&self) -> Router {
        api::report::routes(self.platform.clone())
    }

    /// Everything that the transaction reads and writes.
    pub fn ground(&self) -> &Ground {
        &self.platform.ground
    }

    /// The codes with which citizens come in, in development.
    pub fn citizen_codes(&self) -> CitizenCodes {
        CitizenCodes::new(self.ground())
    }

    /// The logs of who saw what, and the register behind them.
    pub fn accounting(&self) -> &Accounting {
        &self.platform.accounting
    }

    /// Stops what follows and waits for it; what was not done is done after the next start.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
        self.platform.line.stopped().await;
        self.platform.ground.db.close().await;
        self.platform.vault.close().await;
        self.platform.accounting.logs().close().await;
    }
}

/// Opens the log with its views, brought to the form of this release.
///
/// # Errors
/// [`JournalError`].
pub async fn open_log(url: &str) -> Result<Db, JournalError> {
    Db::open(url, migrations()).await
}

/// The service's own tables, after the journal's.
pub fn migrations() -> Vec<sqlx::migrate::Migration> {
    vec![
        migration(1000, "views", include_str!("../migrations/1000_views.sql")),
        migration(
            1001,
            "intake",
            include_str!("../migrations/1001_intake.sql"),
        ),
        migration(
            1002,
            "deadlines",
            include_str!("../migrations/1002_deadlines.sql"),
        ),
        migration(
            1003,
            "tables",
            include_str!("../migrations/1003_tables.sql"),
        ),
        migration(
            1004,
            "drafts",
            include_str!("../migrations/1004_drafts.sql"),
        ),
        migration(
            1006,
            "comparable",
            include_str!("../migrations/1006_comparable.sql"),
        ),
        migration(
            1010,
            "tables and shortages",
            include_str!("../migrations/1010_tables_and_shortages.sql"),
        ),
        migration(
            1012,
            "checkpoints",
            include_str!("../migrations/1012_checkpoints.sql"),
        ),
        migration(
            1013,
            "retention",
            include_str!("../migrations/1013_retention.sql"),
        ),
        migration(
            1014,
            "disclosures",
            include_str!("../migrations/1014_disclosures.sql"),
        ),
        migration(
            1015,
            "passes",
            include_str!("../migrations/1015_passes.sql"),
        ),
        migration(
            1016,
            "sealed references",
            include_str!("../migrations/1016_sealed_references.sql"),
        ),
        migration(
            1017,
            "citizens",
            include_str!("../migrations/1017_citizens.sql"),
        ),
        migration(
            1020,
            "outgoing",
            include_str!("../migrations/1020_outgoing.sql"),
        ),
        migration(
            1021,
            "handoff_waiting",
            include_str!("../migrations/1021_handoff_waiting.sql"),
        ),
        migration(1024, "owed", include_str!("../migrations/1024_owed.sql")),
        migration(
            1025,
            "admitting",
            include_str!("../migrations/1025_admitting.sql"),
        ),
        migration(1026, "mails", include_str!("../migrations/1026_mails.sql")),
        migration(
            1022,
            "replay",
            include_str!("../migrations/1022_replay.sql"),
        ),
        migration(
            1029,
            "insights",
            include_str!("../migrations/1029_insights.sql"),
        ),
    ]
}

/// Every statement of the service, for the test that prepares them on both engines.
pub fn statements() -> Vec<Statement> {
    let mut all = views::statements();
    all.extend_from_slice(citizen_codes::STATEMENTS);
    all.extend_from_slice(mails::STATEMENTS);
    all.extend_from_slice(ledger::STATEMENTS);
    all.extend_from_slice(quarantine::STATEMENTS);
    all.extend_from_slice(sent::STATEMENTS);
    all.extend_from_slice(outgoing::STATEMENTS);
    all.extend_from_slice(relay::POSTING_STATEMENTS);
    all.extend_from_slice(checkpoints::store::STATEMENTS);
    all
}
