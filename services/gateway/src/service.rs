//! One party's service: its HTTP door, its tasks and its dev hooks. The demo runs it on the local
//! bus, `serve` on NATS; it is the same code.

use std::{sync::Arc, time::Duration};

use axum::Router;
use bus::Bus;
use chassis::{Clock, Entropy, Parties};
use journal::{Db, JournalError};
use proto::{IdentifierError, Oin, Source, sealed::ReceiverKeys};
use token::Verifier;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{
    api::{self, App},
    core::Core,
    dev::Hooks,
    heartbeat::{self, Heart, HeartbeatInterval},
    party::Party,
    relay, sql,
};

/// How long an event waits for the platform's answer before it is sent again, the first time.
pub const RESEND_AFTER: Duration = Duration::from_secs(5);

/// What a party's service needs to run.
pub struct Config {
    /// Which organisation this is; it must be in `parties`.
    pub oin: Oin,
    /// The party's own database: `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// The bus, as this organisation.
    pub bus: Bus,
    /// The organisation's own key pair, for identities that are sealed for it.
    pub keys: ReceiverKeys,
    /// All organisations, with their public keys.
    pub parties: Arc<Parties>,
    /// Checks access tokens.
    pub verifier: Arc<Verifier>,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// How long an event waits for its answer before it is sent again ([`RESEND_AFTER`]).
    pub resend_after: Duration,
    /// How often it gives a sign of life; `None` where the organisation's own systems hand in
    /// `heartbeat.sent` themselves.
    pub heartbeat: Option<HeartbeatInterval>,
}

/// Why a party's service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] JournalError),
    /// The organisation is not in the list, or the list has no platform.
    #[error("the list of organisations does not have {0}")]
    Unlisted(String),
    /// The service's name cannot stand in the `source` of events.
    #[error("the service's name cannot be used: {0}")]
    Name(#[from] IdentifierError),
}

/// A running party service.
pub struct Service {
    router: Router,
    core: Arc<Core>,
    heart: Option<Arc<Heart>>,
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl Service {
    /// Opens the party's database and starts its tasks. Whatever was in the outbox is sent again.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(config: Config, party: Arc<dyn Party>) -> Result<Self, StartError> {
        let unlisted = |what: &str| StartError::Unlisted(what.to_owned());
        if config.parties.get(&config.oin).is_none() {
            return Err(unlisted(config.oin.as_str()));
        }
        let platform = config
            .parties
            .platform()
            .ok_or_else(|| unlisted("a platform"))?;
        let name = format!("urn:nld:oin:{}:systeem:{}", config.oin, party.service());
        let core = Arc::new(Core {
            source: Source::parse(&name)?,
            platform: platform.oin.clone(),
            oin: config.oin,
            party,
            parties: config.parties,
            keys: config.keys,
            db: Db::open(&config.database_url, migrations()).await?,
            clock: config.clock,
            entropy: config.entropy,
        });
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        tasks.spawn(relay::publish(
            Arc::clone(&core),
            config.bus.clone(),
            config.resend_after,
            stop.clone(),
        ));
        tasks.spawn(relay::receive(Arc::clone(&core), config.bus, stop.clone()));
        let heart = config
            .heartbeat
            .map(|interval| Arc::new(Heart::new(interval)));
        if let Some(heart) = &heart {
            let (core, heart) = (Arc::clone(&core), Arc::clone(heart));
            tasks.spawn(heartbeat::keep_beating(core, heart, stop.clone()));
        }
        let router = api::router(App {
            core: Arc::clone(&core),
            verifier: config.verifier,
        });
        Ok(Self {
            router,
            core,
            heart,
            tasks,
            stop,
        })
    }

    /// The routes, for [`chassis::server::serve`].
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// What the dev port offers; to be mounted under `--dev` only.
    pub fn hooks(&self) -> Arc<Hooks> {
        Arc::new(Hooks {
            core: Arc::clone(&self.core),
            heart: self.heart.clone(),
        })
    }

    /// Stops: what is being taken is finished, then the database is closed.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
        self.core.db.close().await;
    }
}

/// The party's own tables, beside the journal's.
#[must_use]
pub fn migrations() -> Vec<sqlx::migrate::Migration> {
    vec![
        journal::migration(1000, "party", include_str!("../migrations/1000_party.sql")),
        journal::migration(
            1001,
            "letters",
            include_str!("../migrations/1001_letters.sql"),
        ),
    ]
}

/// Every SQL statement of a party's service, for the test that prepares them on both engines.
#[must_use]
pub fn statements() -> Vec<journal::Statement> {
    sql::statements()
}
