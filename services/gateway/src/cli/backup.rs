//! The commands `backup`, `restore`, `erased` and `resend` of a party's service.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use chassis::backup::{BackupArgs, DatabaseArgs, ErasedArgs, RestoreArgs};
use chassis::{Clock, Entropy, Parties, secret::key_from_file};
use clap::Args;
use jiff::SignedDuration;
use journal::backup::{Backup, Restoring, erased_of, read_erased, restore, write_erased};
use journal::vault::MasterKey;

use super::own_number;
use crate::resend::{ResendConfig, resend};

#[derive(Args)]
pub(super) struct ResendArgs {
    #[command(flatten)]
    databases: DatabaseArgs,
    /// The last count of this organisation that the platform knows, as its `restore` said.
    #[arg(long)]
    after: u64,
    /// File with the master key of the key vault.
    #[arg(long, env = "MASTER_KEY_FILE")]
    master_key_file: PathBuf,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    parties: Option<PathBuf>,
    /// The short name of the organisation, such as `svb`.
    #[arg(long, env = "PARTY")]
    party: Option<String>,
}

pub(super) async fn back_up(args: BackupArgs, service: &str) -> anyhow::Result<()> {
    let at = Clock::system().now();
    let others = args.databases.others();
    let backup = Backup {
        id: Entropy::system().uuid_v7(at),
        service,
        version: env!("CARGO_PKG_VERSION"),
        at,
        log: &args.databases.database_url,
        vault: &args.databases.vault_url,
        others: &others,
        to: &args.to,
        vault_to: &args.vault_to,
    };
    let manifest = backup.make().await?;
    let position = manifest.log.position;
    Ok(writeln!(
        std::io::stdout().lock(),
        "{service} was backed up at position {position}"
    )?)
}

pub(super) async fn put_back(args: RestoreArgs, service: &str) -> anyhow::Result<()> {
    let master = key_from_file(&args.master_key_file).context("the master key")?;
    let mut erased = Vec::new();
    for list in &args.erased {
        erased.extend(read_erased(list)?);
    }
    let others = args.databases.others();
    let restored = restore(Restoring {
        service,
        from: &args.from,
        vault_from: &args.vault_from,
        log: &args.databases.database_url,
        vault: &args.databases.vault_url,
        others: &others,
        master: MasterKey::from_bytes(master),
        erased: &erased,
    })
    .await?;
    // What was on its way when the copy was made came in after it.
    let since = restored.manifest.made_at - SignedDuration::from_hours(1);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{restored}")?;
    writeln!(
        out,
        "ask the platform to tell again what it told since: escalation tell-again --since {since}"
    )?;
    Ok(())
}

pub(super) async fn list_erased(args: ErasedArgs) -> anyhow::Result<()> {
    let erased = erased_of(&args.vault_url).await?;
    write_erased(&args.to, &erased)?;
    let keys = erased.len();
    Ok(writeln!(
        std::io::stdout().lock(),
        "{keys} keys were erased until now"
    )?)
}

pub(super) async fn send_again(args: ResendArgs, service: &str) -> anyhow::Result<()> {
    let parties = match &args.parties {
        Some(folder) => Parties::load(folder)?,
        None => Parties::embedded()?,
    };
    let resent = resend(ResendConfig {
        oin: &own_number(&parties, args.party.as_deref(), service)?,
        service,
        database_url: &args.databases.database_url,
        vault_url: &args.databases.vault_url,
        master_key: key_from_file(&args.master_key_file).context("the master key")?,
        after: args.after,
        clock: &Clock::system(),
        entropy: &Entropy::system(),
    })
    .await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} events go out again", resent.events)?;
    match resent.erased.as_slice() {
        [] => Ok(()),
        gone => {
            writeln!(out, "erased here since, and not sent: {gone:?}")?;
            anyhow::bail!("the platform will wait at count {}", gone[0])
        }
    }
}
