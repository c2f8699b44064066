//! `escalation serve`: the escalation service as a process of its own, on PostgreSQL (or SQLite)
//! and NATS.

mod backup;
mod heartbeats;
mod nats_config;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use bus::{Bus, Identity, nats};
use chassis::backup::{BackupArgs, ErasedArgs, RestoreArgs};
use chassis::config::ServeArgs;
use chassis::entropy::Entropy;
use chassis::health::HealthcheckArgs;
use chassis::parties::Parties;
use chassis::secret::{Secret, key_from_file};
use chassis::startup::patiently;
use chassis::{dev, server, telemetry};
use clap::{Args, Parser, Subcommand};
use escalation::mails::MailArgs;
use escalation::relay::Posting;
use escalation::web::ScreensArgs;
use escalation::{Config, Exchange, Service, checkpoints, policy};
use gate::Gate;
use jiff::SignedDuration;
use journal::vault::MasterKey;
use tokio::net::TcpListener;
use transparency::note::Verifier;

#[derive(Parser)]
#[command(about = "The escalation service of Doorbraak", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the service until it is asked to stop.
    Serve(Box<PlatformArgs>),
    /// Writes the configuration of the NATS server: an account, a user and limits per organisation
    /// with a service.
    NatsConfig(nats_config::NatsConfigArgs),
    /// Says of every organisation with a service when it last gave a sign of life; waits for one
    /// when asked to.
    Heartbeats(heartbeats::HeartbeatsArgs),
    /// Says what other policy files would mean for the deadlines that are open now; changes nothing.
    PolicyChange(PolicyChangeArgs),
    /// Hashes the whole log again and holds it against the tree and everything that was signed;
    /// exit code 1 when anything differs.
    Verify(VerifyArgs),
    /// Copies log, accounts and key vault while the service runs; the vault to a folder of its own.
    Backup(BackupArgs),
    /// Puts copies back into empty databases, erases again what was erased since, and says what
    /// every organisation has to send again.
    Restore(RestoreArgs),
    /// Writes the list of what was erased until now, which a restore needs.
    Erased(ErasedArgs),
    /// Tells every organisation again what it was told since a moment: for one that was put back from
    /// a backup. Whoever heard it before hears nothing new.
    TellAgain(backup::TellAgainArgs),
    /// Says what a copy of the key vault still opens of what was erased since; exit code 1 when it
    /// opens anything.
    VaultCopy(backup::VaultCopyArgs),
    /// Asks a running service how it is; for a container's health check.
    Healthcheck(HealthcheckArgs),
}

#[derive(Args)]
struct PlatformArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// Folder with `ladder.toml`, `calendar.toml`, `rules.toml`, `provisions.toml`,
    /// `processing-activities.toml`, `retention.toml` and the policies in `policies/`; by default what
    /// is built in.
    #[arg(long, env = "POLICY_FOLDER")]
    policy_folder: Option<PathBuf>,
    /// While the master key changes: the file of the one that comes, and then of the one before.
    #[arg(long, env = "OTHER_MASTER_KEY_FILE")]
    other_master_key_file: Option<PathBuf>,
    /// After how many days a message that nobody took is dropped: by the broker, and of the
    /// letters that wait to be fetched or posted over HTTP.
    #[arg(long, env = "STREAM_DAYS", default_value_t = 30,
          value_parser = clap::value_parser!(u16).range(1..=365))]
    stream_days: u16,
    /// On how many servers of a NATS cluster each stream is kept: 1 for a single server, 3 or 5.
    #[arg(long, env = "STREAM_REPLICAS", default_value_t = 1,
          value_parser = nats_config::replicas)]
    stream_replicas: u8,
    /// File with the secret that a trusted proxy behind an FSC inway shows in `Fsc-Inway-Secret`
    /// beside `Fsc-Peer-Id`; without it no header names an organisation.
    #[arg(long, env = "INWAY_SECRET_FILE")]
    inway_secret_file: Option<PathBuf>,
    /// Who asks to post letters, as `WebHook-Request-Origin` says it: this platform's name in the
    /// DNS.
    #[arg(long, env = "WEBHOOK_ORIGIN", default_value = "doorbraak.example")]
    webhook_origin: String,
    /// File with the key that signs checkpoints of the log; without it nothing is signed.
    #[arg(long, env = "CHECKPOINT_KEY_FILE")]
    checkpoint_key_file: Option<PathBuf>,
    /// After how many new events a checkpoint is signed at once.
    #[arg(long, env = "CHECKPOINT_EVENTS", default_value_t = checkpoints::EVENTS,
        value_parser = clap::value_parser!(u64).range(1..))]
    checkpoint_events: u64,
    #[command(flatten)]
    screens: ScreensArgs,
    #[command(flatten)]
    mails: MailArgs,
    /// How many minutes a new event waits for a checkpoint at most.
    #[arg(long, env = "CHECKPOINT_MINUTES", default_value_t = checkpoints::EVERY.as_mins(),
        value_parser = clap::value_parser!(i64).range(0..=10_080))]
    checkpoint_minutes: i64,
}

#[derive(Args)]
struct VerifyArgs {
    /// The log: `sqlite://…` or `postgres://…`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    parties: Option<PathBuf>,
    /// File with public keys of organisations, that of the platform's log among them; without that
    /// key the signatures are not checked.
    #[arg(long, env = "PARTY_KEYS")]
    party_keys: Option<PathBuf>,
}

#[derive(Args)]
struct PolicyChangeArgs {
    /// The log: `sqlite://…` or `postgres://…`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// Folder with the policy files in force; by default what is built in.
    #[arg(long, env = "POLICY_FOLDER")]
    policy_folder: Option<PathBuf>,
    /// Folder with the policy files to compare with.
    #[arg(long)]
    with: PathBuf,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    parties: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Serve(args) => {
            let _traces = telemetry::init("escalation")?;
            runtime()?.block_on(serve(*args))
        }
        Command::NatsConfig(args) => args.write(),
        Command::Heartbeats(args) => runtime()?.block_on(args.run()),
        Command::PolicyChange(args) => runtime()?.block_on(policy_change(args)),
        Command::Verify(args) => runtime()?.block_on(verify(args)),
        Command::Backup(args) => runtime()?.block_on(backup::back_up(args)),
        Command::Restore(args) => runtime()?.block_on(backup::put_back(args)),
        Command::Erased(args) => runtime()?.block_on(backup::list_erased(args)),
        Command::TellAgain(args) => runtime()?.block_on(backup::tell_again(args)),
        Command::VaultCopy(args) => runtime()?.block_on(backup::vault_copy(args)),
        Command::Healthcheck(args) => Ok(runtime()?.block_on(args.run())?),
    }
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
}

async fn serve(
    PlatformArgs {
        serve: args,
        policy_folder,
        checkpoint_key_file,
        checkpoint_events,
        checkpoint_minutes,
        other_master_key_file,
        stream_days,
        stream_replicas,
        screens,
        mails,
        inway_secret_file,
        webhook_origin,
    }: PlatformArgs,
) -> anyhow::Result<()> {
    let parties = Arc::new(args.parties()?);
    let verifier = Arc::new(args.verifier()?);
    let gate = match &policy_folder {
        Some(folder) => Gate::load(&folder.join("policies"))?,
        None => Gate::embedded()?,
    };
    let gate = Arc::new(gate);
    let rules = match &policy_folder {
        Some(folder) => policy::load(folder)?,
        None => policy::embedded()?,
    };
    let catalogues = match &policy_folder {
        Some(folder) => policy::Catalogues::load(folder, &parties)?,
        None => policy::Catalogues::embedded(&parties)?,
    };
    let activities = match &policy_folder {
        Some(folder) => policy::activities(folder)?,
        None => policy::embedded_activities()?,
    };
    let master_key = key_from_file(args.master_key()?).context("the master key")?;
    let master_key = MasterKey::from_bytes(master_key);
    let other_master_key = other_master_key_file
        .as_deref()
        .map(key_from_file)
        .transpose()
        .context("the other master key")?
        .map(MasterKey::from_bytes);
    let retention = match &policy_folder {
        Some(folder) => policy::load_retention(folder)?,
        None => policy::retention()?,
    };
    let pseudonym_key = args.pseudonym_key()?.key().context("the pseudonym key")?;
    let checkpoints = match &checkpoint_key_file {
        Some(file) => Some(checkpoints::Settings {
            secret: Secret::from_file(file)?
                .key()
                .context("the checkpoint key")?,
            events: checkpoint_events,
            every: SignedDuration::from_mins(checkpoint_minutes),
        }),
        None => None,
    };
    let mails = mails.read(screens.public_url()).context("mails")?;
    let screens = screens.read(&args).context("the screens")?;
    let exchange = Exchange {
        inway_secret: inway_secret_file
            .as_deref()
            .map(Secret::from_file)
            .transpose()
            .context("the secret of the inway")?,
        letters_kept: SignedDuration::from_hours(24 * i64::from(stream_days)),
        posting: Posting {
            origin: webhook_origin,
            ..Posting::default()
        },
    };
    let vault_url = args.vault_url()?;
    let account_url = args.account_url()?;
    let clock = args.clock();
    let max_age = Duration::from_secs(u64::from(stream_days) * 24 * 60 * 60);
    let bus = patiently("bus", || {
        connect(&args, &parties, (max_age, stream_replicas.into()))
    })
    .await?;
    trust_server(&args).await?;
    let service = patiently("database", || {
        let config = Config {
            database_url: args.database_url.clone(),
            vault_url: vault_url.to_owned(),
            account_url: account_url.to_owned(),
            activities: activities.clone(),
            master_key: master_key.clone(),
            other_master_key: other_master_key.clone(),
            retention: retention.clone(),
            pseudonym_key,
            checkpoints: checkpoints.clone(),
            bus: bus.clone(),
            parties: Arc::clone(&parties),
            rules: rules.clone(),
            catalogues: catalogues.clone(),
            gate: Arc::clone(&gate),
            verifier: Arc::clone(&verifier),
            clock: clock.clone(),
            entropy: Entropy::system(),
            exchange: exchange.clone(),
            mails: mails.clone(),
            dev: args.dev,
            screens: screens.clone(),
        };
        async { anyhow::Ok(Service::start(config).await?) }
    })
    .await?;

    let shutdown = server::shutdown_on_signal()?;
    if let Some(address) = args.dev_address() {
        let port = dev::bind(address).await?;
        tracing::warn!(address = %port.local_addr()?, "the dev port is open: the clock can be moved");
        let routes = dev::routes(service.hooks()).merge(service.dev_routes());
        tokio::spawn(server::serve(port, routes, shutdown.clone()));
    }
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    let served = server::serve(listener, service.router(), shutdown).await;
    service.stop().await;
    Ok(served?)
}

async fn policy_change(args: PolicyChangeArgs) -> anyhow::Result<()> {
    let parties = match &args.parties {
        Some(folder) => Parties::load(folder)?,
        None => Parties::embedded()?,
    };
    let mut now = match &args.policy_folder {
        Some(folder) => policy::load(folder)?,
        None => policy::embedded()?,
    };
    now.closures = policy::closures(&parties);
    let then = policy::load_ladder(&args.with)?;
    let db = escalation::open_log(&args.database_url).await?;
    let change = policy::change(&db, &now, &then).await?;
    let mut out = std::io::stdout().lock();
    for line in policy::in_words(&change) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

async fn verify(args: VerifyArgs) -> anyhow::Result<()> {
    let parties = match &args.parties {
        Some(folder) => Parties::load(folder)?,
        None => Parties::embedded()?,
    };
    let parties = match &args.party_keys {
        Some(file) => parties.with_keys_from(file)?,
        None => parties,
    };
    let platform = parties
        .platform()
        .context("no platform in the party files")?;
    let oin = platform.oin.as_str();
    let verifier = match platform.checkpoint_key.as_deref() {
        Some(key) => Some(Verifier::parse(&transparency::origin_of(oin), key)?),
        None => None,
    };
    let db = escalation::open_log(&args.database_url).await?;
    let signer = verifier.as_ref().map(|verifier| (oin, verifier));
    let audit = checkpoints::audit(&db, signer).await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "events hashed again: {}", audit.events)?;
    writeln!(out, "events in the tree:  {}", audit.in_tree)?;
    writeln!(out, "checkpoints:         {}", audit.checkpoints)?;
    if signer.is_none() {
        writeln!(
            out,
            "signatures were not checked: no key of the log is known"
        )?;
    }
    for difference in &audit.differences {
        writeln!(out, "DIFFERENCE: {difference}")?;
    }
    match audit.differences.len() {
        0 => Ok(writeln!(out, "verified")?),
        differences => Err(anyhow!("the log differs in {differences} places")),
    }
}

/// Refuses a PostgreSQL server that is not safe for cases, unless told so for development.
async fn trust_server(args: &ServeArgs) -> anyhow::Result<()> {
    let asked = || async { anyhow::Ok(journal::server_of(&args.database_url).await?) };
    let server = patiently("database", asked).await?;
    match server.map_or(Ok(()), |server| server.check()) {
        Err(fault) if args.postgres_unsafe => tracing::warn!(%fault, "used all the same"),
        checked => checked?,
    }
    Ok(())
}

/// Connects as the platform, and makes a stream for every organisation that runs a service.
async fn connect(
    args: &ServeArgs,
    parties: &Parties,
    (max_age, replicas): (Duration, usize),
) -> anyhow::Result<Bus> {
    let with_service = parties.iter().filter(|party| party.service.is_some());
    let connection = nats::Connection {
        url: args.nats_url.clone(),
        seed: args.nats_seed()?.expose().to_owned(),
        identity: Identity::Platform,
        tls: args.nats_ca_file.clone().map(|authority| nats::Tls {
            authority,
            certificate: args.nats_cert_file.clone().zip(args.nats_key_file.clone()),
        }),
        for_development: args.nats_unsafe,
        parties: with_service.map(|party| party.oin.clone()).collect(),
        retention: nats::Retention {
            max_age,
            replicas,
            ..nats::Retention::default()
        },
    };
    Ok(nats::connect(connection).await?)
}
