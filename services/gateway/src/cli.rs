//! The command line of the four party services: `serve`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use bus::{Bus, Identity, nats};
use chassis::{
    Entropy, Parties, config::ServeArgs, dev, health::HealthcheckArgs, server, startup::patiently,
    telemetry,
};
use clap::{Args, Parser, Subcommand};
use proto::{Oin, sealed::ReceiverKeys};
use tokio::net::TcpListener;

use crate::{
    heartbeat::HeartbeatInterval,
    party::Party,
    service::{Config, RESEND_AFTER, Service},
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
            telemetry::init();
            let party = make(args.secrecy_file.as_deref())?;
            runtime.block_on(serve(args.serve, args.heartbeat, Arc::new(party)))
        }
        Command::Healthcheck(args) => Ok(runtime.block_on(args.run())?),
    }
}

async fn serve(
    args: ServeArgs,
    heartbeat: HeartbeatInterval,
    party: Arc<dyn Party>,
) -> anyhow::Result<()> {
    let parties = Arc::new(args.parties()?);
    let oin = own_number(&parties, args.party.as_deref(), party.service())?;
    let keys = ReceiverKeys::from_secret(args.sealing_key()?.expose())?;
    let verifier = Arc::new(args.verifier()?);
    let clock = args.clock();
    let bus = patiently("bus", || connect(&args, &oin)).await?;
    let service = patiently("database", || {
        let config = Config {
            oin: oin.clone(),
            database_url: args.database_url.clone(),
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

async fn connect(args: &ServeArgs, oin: &Oin) -> anyhow::Result<Bus> {
    let connection = nats::Connection {
        url: args.nats_url.clone(),
        seed: args.nats_seed()?.expose().to_owned(),
        identity: Identity::Party(oin.clone()),
        parties: Vec::new(),
        retention: nats::Retention::default(),
    };
    Ok(nats::connect(connection).await?)
}
