//! The whole product in this process: the escalation service and the four parties, each with its
//! own SQLite database and its own clock, on the bus inside the process, with the development
//! token issuer. Each service has its own port, so that everything goes through the same doors as
//! in production.

mod folder;
mod ports;
mod screens;

use std::{collections::BTreeMap, io, path::PathBuf, sync::Arc};

use axum::Router;
use bus::{Faults, LocalBus};
use chassis::{
    Clock, Entropy, Parties, Problem,
    dev::{self, DevHooks, SettledReport},
    parties::{Door, PartyKeys},
    server,
};
use escalation::web::SettingsError;
use jiff::{SignedDuration, Timestamp};
use proto::sealed::ReceiverKeys;
use token::{Verifier, VerifierConfig};
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;
use transparency::note::Signer;

use crate::{
    issuer::{Issuer, IssuerError},
    play::{Addresses, Doors, DoorsError},
    services::PartyService,
};

pub use folder::{Folder, FolderError};
pub use ports::{Ports, PortsError};

/// This service's name in the tokens.
const AUDIENCE: &str = "doorbraak";

/// The secret that signs checkpoints of the log.
const CHECKPOINT_KEY: &str = "checkpoint-key";

/// The longest life of a token, as in production.
const MAX_LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// How far the clocks of one story may differ while they are being moved, one after the other.
const LEEWAY: SignedDuration = SignedDuration::from_secs(30);

/// What a world is made of.
#[derive(Clone, Debug)]
pub struct WorldConfig {
    /// Where the databases and the secrets are; made when it is not there.
    pub folder: PathBuf,
    /// What goes wrong on the bus, in tests.
    pub faults: Option<Faults>,
    /// Where the clocks stand; without it they follow the machine.
    pub start: Option<Timestamp>,
    /// The same identifiers every time, in tests; without it they come from the system.
    pub seed: Option<u64>,
    /// Where it listens.
    pub ports: Ports,
    /// Whether the screens have our own style alone, as when npm is not there.
    pub plain: bool,
    /// By which door letters reach whom (short name), other than its party file says.
    pub doors: BTreeMap<String, Door>,
}

/// Why a world does not start.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// A port is taken.
    #[error(transparent)]
    Ports(#[from] PortsError),
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The organisations that are built in, or their keys, are not valid.
    #[error(transparent)]
    Parties(#[from] chassis::parties::PartiesError),
    /// The ladder or the calendar that is built in is not valid.
    #[error("the policy that is built in is not valid: {0}")]
    Policy(String),
    /// An organisation that runs a service is not in the list.
    #[error("no organisation is called {0}")]
    NoParty(&'static str),
    /// A secret in the folder is no key.
    #[error("a secret in the data folder is no key")]
    Key,
    /// The secrecy rule of the tax office is not valid.
    #[error(transparent)]
    Secrecy(#[from] tax_office::SecrecyError),
    /// The token issuer.
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    /// The settings for checking tokens.
    #[error(transparent)]
    Token(#[from] token::ConfigError),
    /// The screens.
    #[error(transparent)]
    Screens(#[from] SettingsError),
    /// The escalation service.
    #[error("the escalation service does not start: {0}")]
    Platform(#[from] escalation::StartError),
    /// A party's service.
    #[error("the service {service} does not start: {source}")]
    Party {
        /// Which.
        service: PartyService,
        /// Why.
        source: gateway::StartError,
    },
    /// The way in.
    #[error(transparent)]
    Doors(#[from] DoorsError),
}

/// A running world.
pub struct World {
    doors: Doors,
    platform: escalation::Service,
    parties: BTreeMap<PartyService, gateway::Service>,
    made: Making,
}

impl World {
    /// Starts everything on the databases in the folder.
    ///
    /// # Errors
    /// [`WorldError`]; then nothing keeps running.
    pub async fn start(config: WorldConfig) -> Result<Self, WorldError> {
        let listeners = config.ports.bind().await?;
        let entropy = config.seed.map_or_else(Entropy::system, Entropy::seeded);
        let folder = Folder::open(&config.folder, &entropy)?;
        let keys = sealing_keys(&folder)?;
        let parties = parties_with(&keys, &folder.key(CHECKPOINT_KEY)?)?;
        let parties = Arc::new(parties.with_doors(config.doors)?);
        let bus = match config.faults {
            Some(faults) => LocalBus::with_faults(faults),
            None => LocalBus::new(),
        };
        let stop = CancellationToken::new();
        let mut made = Making {
            addresses: listeners.addresses(),
            parties,
            folder,
            keys,
            bus,
            entropy,
            start: config.start,
            plain: config.plain,
            clocks: Vec::new(),
            party_stops: BTreeMap::new(),
            servers: JoinSet::new(),
            dev_ports: stop.child_token(),
            stop,
        };
        let platform = made
            .platform(listeners.platform, listeners.platform_dev)
            .await?;
        let mut services = BTreeMap::new();
        for (service, api, dev) in listeners.parties {
            services.insert(service, made.party(service, api, dev).await?);
        }
        Ok(Self {
            doors: Doors::new(made.addresses.clone())?,
            platform,
            parties: services,
            made,
        })
    }

    /// The ways in.
    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    /// Stops one party's service, as when its machine fails. Until it is started again it is not
    /// among the [`World::doors`].
    ///
    /// # Errors
    /// [`WorldError::Doors`].
    pub async fn stop_party(&mut self, service: PartyService) -> Result<(), WorldError> {
        self.made.addresses.parties.remove(&service);
        self.doors = Doors::new(self.made.addresses.clone())?;
        if let Some(stops) = self.made.party_stops.remove(&service) {
            stops.iter().for_each(CancellationToken::cancel);
        }
        if let Some(running) = self.parties.remove(&service) {
            running.stop().await;
        }
        Ok(())
    }

    /// Starts a party's service again on what it had, at new doors.
    ///
    /// # Errors
    /// [`WorldError`].
    pub async fn start_party(&mut self, service: PartyService) -> Result<(), WorldError> {
        self.stop_party(service).await?;
        let (api, dev, address) = ports::of_party().await?;
        self.made.addresses.parties.insert(service, address);
        let running = self.made.party(service, api, dev).await?;
        self.parties.insert(service, running);
        self.doors = Doors::new(self.made.addresses.clone())?;
        Ok(())
    }

    /// Lets all clocks follow the machine from now on.
    pub fn follow_machine(&self) {
        self.made.clocks.iter().for_each(Clock::follow_machine);
    }

    /// Closes the dev ports: from now on nobody moves the clocks.
    pub fn close_dev_ports(&self) {
        self.made.dev_ports.cancel();
    }

    /// What every service still has to do; also when the dev ports are closed.
    ///
    /// # Errors
    /// When a database does not answer.
    pub async fn settled(&self) -> Result<Vec<SettledReport>, Problem> {
        let mut reports = vec![self.platform.hooks().settled().await?];
        for party in self.parties.values() {
            reports.push(party.hooks().settled().await?);
        }
        Ok(reports)
    }

    /// Stops everything: requests under way are finished, then the databases are closed.
    pub async fn stop(mut self) {
        self.made.stop.cancel();
        while let Some(ended) = self.made.servers.join_next().await {
            if let Ok(Err(error)) = ended {
                tracing::warn!(%error, "a listener failed");
            }
        }
        for party in self.parties.into_values() {
            party.stop().await;
        }
        self.platform.stop().await;
    }
}

/// What a world is made with.
struct Making {
    addresses: Addresses,
    parties: Arc<Parties>,
    folder: Folder,
    keys: BTreeMap<PartyService, ReceiverKeys>,
    bus: LocalBus,
    entropy: Entropy,
    start: Option<Timestamp>,
    plain: bool,
    clocks: Vec<Clock>,
    servers: JoinSet<io::Result<()>>,
    dev_ports: CancellationToken,
    /// What closes one party's door and its dev port.
    party_stops: BTreeMap<PartyService, [CancellationToken; 2]>,
    stop: CancellationToken,
}

impl Making {
    fn clock(&mut self) -> Clock {
        let clock = self.start.map_or_else(Clock::system, Clock::at);
        self.clocks.push(clock.clone());
        clock
    }

    fn verifier(&self) -> Result<Arc<Verifier>, WorldError> {
        Ok(Arc::new(Verifier::new(VerifierConfig {
            issuer: self.addresses.issuer.clone(),
            audience: AUDIENCE.to_owned(),
            jwks_url: format!("{}/jwks.json", self.addresses.issuer),
            leeway: LEEWAY,
            max_lifetime: MAX_LIFETIME,
        })?))
    }

    async fn platform(
        &mut self,
        api: TcpListener,
        dev: TcpListener,
    ) -> Result<escalation::Service, WorldError> {
        let policy = |error: &dyn std::error::Error| WorldError::Policy(error.to_string());
        let clock = self.clock();
        let issuer = Issuer::start(
            &self.addresses.issuer,
            AUDIENCE,
            &self.parties,
            clock.clone(),
            self.entropy.clone(),
        )?;
        let service = escalation::Service::start(escalation::Config {
            database_url: self.folder.database("escalation"),
            vault_url: self.folder.database("vault"),
            account_url: self.folder.database("account"),
            activities: escalation::policy::embedded_activities()
                .map_err(|error| policy(&error))?,
            master_key: escalation::MasterKey::from_bytes(self.folder.key("master-key")?),
            other_master_key: None,
            retention: escalation::policy::retention().map_err(|error| policy(&error))?,
            pseudonym_key: self.folder.key("pseudonym-key")?,
            checkpoints: Some(escalation::checkpoints::Settings {
                secret: self.folder.key(CHECKPOINT_KEY)?,
                events: escalation::checkpoints::EVENTS,
                every: escalation::checkpoints::EVERY,
            }),
            bus: self.bus.platform(),
            parties: Arc::clone(&self.parties),
            rules: escalation::policy::embedded().map_err(|error| policy(&error))?,
            catalogues: escalation::policy::Catalogues::embedded(&self.parties)
                .map_err(|error| policy(&error))?,
            gate: Arc::new(gate::Gate::embedded().map_err(|error| policy(&error))?),
            verifier: self.verifier()?,
            clock,
            entropy: self.entropy.clone(),
            exchange: escalation::Exchange::default(),
            mails: None,
            dev: true,
            screens: Some(self.screens(&issuer)?),
        })
        .await?;
        let (stop, dev_ports) = (self.stop.clone(), self.dev_ports.clone());
        let citizens = issuer.citizens(service.citizen_codes());
        let routes = service.router().merge(issuer.router()).merge(citizens);
        self.serve(api, routes, stop);
        let routes = dev::routes(service.hooks()).merge(service.dev_routes());
        self.serve(dev, routes, dev_ports);
        Ok(service)
    }

    async fn party(
        &mut self,
        service: PartyService,
        api: TcpListener,
        dev: TcpListener,
    ) -> Result<gateway::Service, WorldError> {
        let name = service.organisation();
        let party = self.parties.named(name).ok_or(WorldError::NoParty(name))?;
        let oin = party.oin.clone();
        let config = gateway::Config {
            database_url: self.folder.database(service.name()),
            vault_url: self.folder.database(&folder::vault_of(service)),
            master_key: self.folder.key(&format!("{service}-master-key"))?,
            bus: self.bus.party(oin.clone()),
            oin,
            keys: self.keys[&service].clone().into(),
            parties: Arc::clone(&self.parties),
            verifier: self.verifier()?,
            clock: self.clock(),
            entropy: self.entropy.clone(),
            resend_after: gateway::RESEND_AFTER,
            heartbeat: Some(gateway::HeartbeatInterval::DEFAULT),
        };
        let running = gateway::Service::start(config, service.party()?)
            .await
            .map_err(|source| WorldError::Party { service, source })?;
        let stops = [self.stop.child_token(), self.dev_ports.child_token()];
        self.party_stops.insert(service, stops.clone());
        let [stop, stop_dev] = stops;
        self.serve(api, running.router(), stop);
        self.serve(dev, dev::routes(running.hooks()), stop_dev);
        Ok(running)
    }

    fn serve(&mut self, listener: TcpListener, router: Router, stop: CancellationToken) {
        self.servers.spawn(server::serve(listener, router, stop));
    }
}

fn sealing_keys(folder: &Folder) -> Result<BTreeMap<PartyService, ReceiverKeys>, WorldError> {
    PartyService::ALL
        .into_iter()
        .map(|service| {
            let secret = folder.sealing_key(service)?;
            let keys = ReceiverKeys::from_secret(&secret).map_err(|_| WorldError::Key)?;
            Ok((service, keys))
        })
        .collect()
}

/// The organisations that are built in, with the public keys of this folder.
fn parties_with(
    keys: &BTreeMap<PartyService, ReceiverKeys>,
    checkpoint_key: &[u8; 32],
) -> Result<Parties, WorldError> {
    let parties = Parties::embedded()?;
    let mut public: BTreeMap<String, PartyKeys> = keys
        .iter()
        .map(|(service, keys)| {
            let keys = PartyKeys {
                public_key: Some(keys.public_key()),
                nkey: None,
                checkpoint_key: None,
            };
            (service.organisation().to_owned(), keys)
        })
        .collect();
    if let Some(platform) = parties.platform() {
        let origin = transparency::origin_of(platform.oin.as_str());
        let signer = Signer::new(&origin, checkpoint_key).map_err(|_| WorldError::Key)?;
        let verifier = signer.verifier().map_err(|_| WorldError::Key)?;
        let keys = PartyKeys {
            checkpoint_key: Some(verifier.public_key()),
            ..PartyKeys::default()
        };
        public.insert(platform.name.clone(), keys);
    }
    Ok(parties.with_keys(public)?)
}
