//! The command line: `demo` (also without a command), `play` and `issuer`.
#![allow(clippy::print_stdout, reason = "this is what the user reads")]

mod demo;
mod issuer;
mod play;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(
    name = "doorbraak",
    about = "Doorbraak in one process: the escalation service and four parties around it",
    version
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs everything in this process, with Bella's case waiting at the national desk (default).
    Demo(demo::DemoArgs),
    /// Plays a story, line by line, and shows what happened to the case.
    #[command(after_help = play::ADDRESSES_HELP)]
    Play(play::PlayArgs),
    /// Runs the development token issuer alone, for services in processes of their own.
    Issuer(issuer::IssuerArgs),
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    log();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let done = runtime.block_on(async {
        match cli.command {
            None => demo::run(demo::DemoArgs::default()).await,
            Some(Command::Demo(args)) => demo::run(args).await,
            Some(Command::Play(args)) => play::run(args).await,
            Some(Command::Issuer(args)) => issuer::run(args).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

#[allow(clippy::print_stderr, reason = "this is what the user reads")]
fn failed(error: &anyhow::Error) -> ExitCode {
    // An error that is wrapped says its source itself when it says more.
    eprintln!("{error:#}");
    ExitCode::FAILURE
}

/// The user reads the story, not the log: only what is wrong is logged, unless `RUST_LOG` says
/// otherwise.
fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .compact()
        .init();
}
