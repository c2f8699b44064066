//! The command line of the four party services: `serve`, `verify`, `healthcheck`, and what copies
//! their databases and puts them back.

mod backup;

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use bus::{Bus, Identity, nats};
use chassis::{
    Entropy, Parties,
    backup::{BackupArgs, ErasedArgs, RestoreArgs},
    config::ServeArgs,
    dev,
    health::HealthcheckArgs,
    secret::key_from_file,
    server,
    startup::patiently,
    telemetry,
};
use clap::{Args, Parser, Subcommand};
use proto::{
    Oin,
    sealed::{Keyring, ReceiverKeys},
};
use tokio::net::TcpListener;

use crate::{
    heartbeat::HeartbeatInterval,
    party::Party,
    service::{Config, RESEND_AFTER, Service},
    verify::{VerifyConfig, verify},
};

#[derive(Parser)]
#[command(about = "The service of one organisation around Doorbraak", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the service until it is asked to stop.
    Serve(Box<PartyArgs>),
    /// Holds the platform's log against what this organisation keeps itself; exit code 1 when
    /// anything differs.
    Verify(VerifyArgs),
    /// Copies the databases while the service runs: the log to one folder, the key vault to another.
    Backup(BackupArgs),
    /// Puts copies back into empty databases, and erases again what was erased since.
    Restore(RestoreArgs),
    /// Writes the list of what was erased until now, which a restore needs.
    Erased(ErasedArgs),
    /// Sends everything once more that was told to the platform after a count: after the platform
    /// was put back from a backup.
    Resend(backup::ResendArgs),
    /// Asks a running service how it is; for a container's health check.
    Healthcheck(HealthcheckArgs),
}

#[derive(Args)]
struct PartyArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// File with the organisation's secrecy rule, where it keeps one; the default is built in.
    #[arg(long, env = "SECRECY_FILE")]
    secrecy_file: Option<PathBuf>,
    /// How often the service gives the platform a sign of life: one minute to twelve hours.
    #[arg(long, env = "HEARTBEAT", default_value = "4h")]
    heartbeat: HeartbeatInterval,
}

#[derive(Args)]
struct VerifyArgs {
    /// The organisation's own database: postgres://… or sqlite://….
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// Where the platform's API is, such as https://doorbraak.example.
    #[arg(long, env = "PLATFORM_URL")]
    platform: String,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    parties: Option<PathBuf>,
    /// File with public keys of organisations, that of the platform's log among them.
    #[arg(long, env = "PARTY_KEYS")]
    party_keys: Option<PathBuf>,
    /// The short name of the organisation, such as `svb`.
    #[arg(long, env = "PARTY")]
    party: Option<String>,
}

/// The `main` of a party's binary. `make` builds the party, from the file with its secrecy rule
/// when one is given.
///
/// # Errors
/// When the service cannot start, or its listener fails.
pub fn main_for<P: Party>(
    make: impl FnOnce(Option<&Path>) -> anyhow::Result<P>,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    match Cli::parse().command {
        Command::Serve(args) => {
            let party = make(args.secrecy_file.as_deref())?;
            let _traces = telemetry::init(party.service())?;
            runtime.block_on(serve(args.serve, args.heartbeat, Arc::new(party)))
        }
        Command::Verify(args) => {
            let party = make(None)?;
            runtime.block_on(verified(&args, party.service()))
        }
        Command::Backup(args) => {
            let party = make(None)?;
            runtime.block_on(backup::back_up(args, party.service()))
        }
        Command::Restore(args) => {
            let party = make(None)?;
            runtime.block_on(backup::put_back(args, party.service()))
        }
        Command::Erased(args) => runtime.block_on(backup::list_erased(args)),
        Command::Resend(args) => {
            let party = make(None)?;
            runtime.block_on(backup::send_again(args, party.service()))
        }
        Command::Healthcheck(args) => Ok(runtime.block_on(args.run())?),
    }
}

/// Prints what was found.
async fn verified(args: &VerifyArgs, service: &str) -> anyhow::Result<()> {
    let parties = match &args.parties {
        Some(folder) => Parties::load(folder)?,
        None => Parties::embedded()?,
    };
    let parties = match &args.party_keys {
        Some(file) => parties.with_keys_from(file)?,
        None => parties,
    };
    let report = verify(VerifyConfig {
        oin: own_number(&parties, args.party.as_deref(), service)?,
        service,
        database_url: &args.database_url,
        platform_url: &args.platform,
        parties: &parties,
    })
    .await?;
    writeln!(std::io::stdout().lock(), "{report}")?;
    match report.differences.len() {
        0 => Ok(()),
        differences => anyhow::bail!("the platform's log differs in {differences} places"),
    }
}

async fn serve(
    args: ServeArgs,
    heartbeat: HeartbeatInterval,
    party: Arc<dyn Party>,
) -> anyhow::Result<()> {
    let parties = Arc::new(args.parties()?);
    let oin = own_number(&parties, args.party.as_deref(), party.service())?;
    let keys = keyring(&args)?;
    let vault_url = args.vault_url()?;
    let master_key = key_from_file(args.master_key()?).context("the master key")?;
    let verifier = Arc::new(args.verifier()?);
    let clock = args.clock();
    let bus = patiently("bus", || connect(&args, &oin)).await?;
    trust_server(&args).await?;
    let service = patiently("database", || {
        let config = Config {
            oin: oin.clone(),
            database_url: args.database_url.clone(),
            vault_url: vault_url.to_owned(),
            master_key,
            bus: bus.clone(),
            keys: keys.clone(),
            parties: Arc::clone(&parties),
            verifier: Arc::clone(&verifier),
            clock: clock.clone(),
            entropy: Entropy::system(),
            resend_after: RESEND_AFTER,
            heartbeat: Some(heartbeat),
        };
        let party = Arc::clone(&party);
        async { anyhow::Ok(Service::start(config, party).await?) }
    })
    .await?;

    let shutdown = server::shutdown_on_signal()?;
    if let Some(address) = args.dev_address() {
        let port = dev::bind(address).await?;
        tracing::warn!(address = %port.local_addr()?, "the dev port is open: the clock can be moved");
        let routes = dev::routes(service.hooks());
        tokio::spawn(server::serve(port, routes, shutdown.clone()));
    }
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    tracing::info!(address = %listener.local_addr()?, oin = %oin, "listening");
    let served = server::serve(listener, service.router(), shutdown).await;
    service.stop().await;
    Ok(served?)
}

/// The organisation that this service works for: the one that is named, else the only one in the
/// list that runs a service of this kind.
fn own_number(parties: &Parties, name: Option<&str>, service: &str) -> anyhow::Result<Oin> {
    if let Some(name) = name {
        let named = parties.named(name);
        return Ok(named
            .with_context(|| format!("no organisation is called {name}"))?
            .oin
            .clone());
    }
    let mut running = parties
        .iter()
        .filter(|party| party.service.as_deref() == Some(service));
    match (running.next(), running.next()) {
        (Some(only), None) => Ok(only.oin.clone()),
        _ => anyhow::bail!("say with --party (or PARTY) whose {service} service this is"),
    }
}

/// The organisation's own keys: the current one, and the one before while there is one.
fn keyring(args: &ServeArgs) -> anyhow::Result<Keyring> {
    let current = ReceiverKeys::from_secret(args.sealing_key()?.expose())?;
    let previous = args.previous_sealing_key()?;
    let previous = previous
        .map(|secret| ReceiverKeys::from_secret(secret.expose()))
        .transpose()
        .context("the previous sealing key")?;
    Ok(Keyring::new(current, previous))
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

async fn connect(args: &ServeArgs, oin: &Oin) -> anyhow::Result<Bus> {
    let connection = nats::Connection {
        url: args.nats_url.clone(),
        seed: args.nats_seed()?.expose().to_owned(),
        identity: Identity::Party(oin.clone()),
        tls: args.nats_ca_file.clone().map(|authority| nats::Tls {
            authority,
            certificate: args.nats_cert_file.clone().zip(args.nats_key_file.clone()),
        }),
        for_development: args.nats_unsafe,
        parties: Vec::new(),
        retention: nats::Retention::default(),
    };
    Ok(nats::connect(connection).await?)
}
