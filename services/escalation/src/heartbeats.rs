//! `escalation heartbeats`: when each organisation with a service last gave a sign of life.

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use chassis::parties::{Parties, Party};
use clap::Args;
use escalation::views;
use journal::Db;

/// How often the log is looked at while waiting.
const LOOK: Duration = Duration::from_millis(250);

#[derive(Args)]
pub(crate) struct HeartbeatsArgs {
    /// The log: `sqlite://…` or `postgres://…`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    parties: Option<PathBuf>,
    /// Only of the organisation with this short name.
    #[arg(long)]
    of: Option<String>,
    /// Waits so many seconds at most until each of them has been heard once; exit code 1 when one
    /// was not.
    #[arg(long, default_value_t = 0)]
    wait: u64,
}

impl HeartbeatsArgs {
    /// Prints a line per organisation: short name, number, and the time or `never`.
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let parties = match &self.parties {
            Some(folder) => Parties::load(folder)?,
            None => Parties::embedded()?,
        };
        let asked: Vec<&Party> = match &self.of {
            Some(name) => vec![
                parties
                    .named(name)
                    .with_context(|| format!("no organisation is called {name}"))?,
            ],
            None => parties
                .iter()
                .filter(|party| party.service.is_some())
                .collect(),
        };
        let db = escalation::open_log(&self.database_url).await?;
        let began = Instant::now();
        let mut out = std::io::stdout().lock();
        let mut silent = 0;
        for party in asked {
            let heard = first_heard(&db, party, began, Duration::from_secs(self.wait)).await?;
            let (name, oin) = (&party.name, &party.oin);
            silent += usize::from(heard.is_none());
            let heard = heard.unwrap_or_else(|| "never".to_owned());
            writeln!(out, "{name} {oin} {heard}")?;
        }
        if self.wait > 0 && silent > 0 {
            bail!("{silent} not heard within {} seconds", self.wait);
        }
        Ok(())
    }
}

/// The last sign of life; waits for the first one until `patience` after `began`.
async fn first_heard(
    db: &Db,
    party: &Party,
    began: Instant,
    patience: Duration,
) -> anyhow::Result<Option<String>> {
    loop {
        let register = views::register(db, party.oin.as_str()).await?;
        let heard = register.and_then(|register| register.heartbeat_at);
        if heard.is_some() || began.elapsed() >= patience {
            return Ok(heard);
        }
        tokio::time::sleep(LOOK).await;
    }
}
