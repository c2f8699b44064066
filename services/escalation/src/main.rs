//! `escalation serve`: the escalation service as a process of its own, on PostgreSQL (or SQLite)
//! and NATS.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use bus::{Bus, Identity, nats};
use chassis::config::ServeArgs;
use chassis::entropy::Entropy;
use chassis::health::HealthcheckArgs;
use chassis::parties::Parties;
use chassis::secret::Secret;
use chassis::startup::patiently;
use chassis::{dev, server, telemetry};
use clap::{Args, Parser, Subcommand};
use escalation::{Config, Service, policy};
use gate::Gate;
use tokio::net::TcpListener;

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
    /// Writes the configuration of the NATS server: one user per organisation with a service.
    NatsConfig(NatsConfigArgs),
    /// Says what other policy files would mean for the deadlines that are open now; changes nothing.
    PolicyChange(PolicyChangeArgs),
    /// Asks a running service how it is; for a container's health check.
    Healthcheck(HealthcheckArgs),
}

#[derive(Args)]
struct PlatformArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// Folder with `ladder.toml`, `calendar.toml`, `rules.toml`, `provisions.toml` and the
    /// policies in `policies/`; by default what is built in.
    #[arg(long, env = "POLICY_FOLDER")]
    policy_folder: Option<PathBuf>,
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

#[derive(Args)]
struct NatsConfigArgs {
    /// Where to write it.
    #[arg(long)]
    out: PathBuf,
    /// The address on which the server listens.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port for clients.
    #[arg(long, default_value_t = 4222)]
    port: u16,
    /// Where the server stores its streams.
    #[arg(long)]
    store_dir: PathBuf,
    /// The platform's public nkey (`U…`).
    #[arg(long)]
    platform_nkey: String,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    parties: Option<PathBuf>,
    /// File with public keys of organisations, one table per short name.
    #[arg(long, env = "PARTY_KEYS")]
    party_keys: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Serve(args) => {
            telemetry::init();
            runtime()?.block_on(serve(*args))
        }
        Command::NatsConfig(args) => nats_config(args),
        Command::PolicyChange(args) => runtime()?.block_on(policy_change(args)),
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
    let master_key = key(&args.master_key()?).context("the master key")?;
    let pseudonym_key = key(&args.pseudonym_key()?).context("the pseudonym key")?;
    let vault_url = args.vault_url()?;
    let clock = args.clock();
    let bus = patiently("bus", || connect(&args, &parties)).await?;
    let service = patiently("database", || {
        let config = Config {
            database_url: args.database_url.clone(),
            vault_url: vault_url.to_owned(),
            master_key,
            pseudonym_key,
            bus: bus.clone(),
            parties: Arc::clone(&parties),
            rules: rules.clone(),
            catalogues: catalogues.clone(),
            gate: Arc::clone(&gate),
            verifier: Arc::clone(&verifier),
            clock: clock.clone(),
            entropy: Entropy::system(),
            dev: args.dev,
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

/// Connects as the platform, and makes a stream for every organisation that runs a service.
async fn connect(args: &ServeArgs, parties: &Parties) -> anyhow::Result<Bus> {
    let with_service = parties.iter().filter(|party| party.service.is_some());
    let connection = nats::Connection {
        url: args.nats_url.clone(),
        seed: args.nats_seed()?.expose().to_owned(),
        identity: Identity::Platform,
        parties: with_service.map(|party| party.oin.clone()).collect(),
        retention: nats::Retention::default(),
    };
    Ok(nats::connect(connection).await?)
}

/// A key of 32 bytes, as 64 hexadecimal digits. What is wrong is said without the key.
fn key(secret: &Secret) -> anyhow::Result<[u8; 32]> {
    let text = secret.expose();
    let broken = || anyhow!("is no key of 32 bytes in hexadecimal digits");
    if text.len() != 64 || !text.is_ascii() {
        return Err(broken());
    }
    let mut key = [0; 32];
    for (index, byte) in key.iter_mut().enumerate() {
        let digits = &text[2 * index..2 * index + 2];
        *byte = u8::from_str_radix(digits, 16).map_err(|_| broken())?;
    }
    Ok(key)
}

fn nats_config(args: NatsConfigArgs) -> anyhow::Result<()> {
    let parties = match &args.parties {
        Some(folder) => Parties::load(folder)?,
        None => Parties::embedded()?,
    };
    let parties = match &args.party_keys {
        Some(file) => parties.with_keys_from(file)?,
        None => parties,
    };
    let mut users = Vec::new();
    for party in parties.iter().filter(|party| party.service.is_some()) {
        let nkey = party.nkey.clone();
        let nkey = nkey.with_context(|| format!("{} has no nkey: set PARTY_KEYS", party.name))?;
        users.push((party.oin.clone(), nkey));
    }
    let text = nats::server_config(&nats::ServerConfig {
        host: args.host,
        port: args.port,
        store_dir: args.store_dir,
        platform_nkey: args.platform_nkey,
        parties: users,
    });
    std::fs::write(&args.out, text)
        .with_context(|| format!("{} cannot be written", args.out.display()))
}
