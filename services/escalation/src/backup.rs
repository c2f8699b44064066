//! `escalation backup`, `restore`, `erased`, `tell-again` and `vault-copy`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, anyhow, ensure};
use chassis::Clock;
use chassis::backup::{BackupArgs, ErasedArgs, RestoreArgs};
use chassis::entropy::Entropy;
use chassis::parties::Parties;
use chassis::secret::key_from_file;
use clap::Args;
use escalation::restored;
use jiff::Timestamp;
use journal::backup::{Backup, Restoring, erased_of, read_erased, restore, write_erased};
use journal::vault::{MasterKey, Vault, VaultError};

/// Whose databases the manifest says these are.
const SERVICE: &str = "escalation";

#[derive(Args)]
pub(crate) struct TellAgainArgs {
    /// The log: `sqlite://…` or `postgres://…`. No service may run on it meanwhile.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// From which moment on, such as `2026-03-02T08:00:00Z`: when the organisation's backup was made.
    #[arg(long)]
    since: Timestamp,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    parties: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct VaultCopyArgs {
    /// The key vault: `sqlite://…` or `postgres://…`.
    #[arg(long, env = "VAULT_URL", hide_env_values = true)]
    vault_url: String,
    /// The copy, put back as a database of its own.
    #[arg(long, hide_env_values = true)]
    copy: String,
    /// File with the master key.
    #[arg(long, env = "MASTER_KEY_FILE")]
    master_key_file: PathBuf,
}

pub(crate) async fn back_up(args: BackupArgs) -> anyhow::Result<()> {
    let others = args.databases.others();
    ensure!(
        !others.is_empty(),
        "--account-url (or ACCOUNT_URL) is needed"
    );
    let at = Clock::system().now();
    let backup = Backup {
        id: Entropy::system().uuid_v7(at),
        service: SERVICE,
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
    let mut out = std::io::stdout().lock();
    Ok(writeln!(out, "backed up at position {position}")?)
}

pub(crate) async fn put_back(args: RestoreArgs) -> anyhow::Result<()> {
    let others = args.databases.others();
    ensure!(
        !others.is_empty(),
        "--account-url (or ACCOUNT_URL) is needed"
    );
    let master = key_from_file(&args.master_key_file).context("the master key")?;
    let mut erased = Vec::new();
    for list in &args.erased {
        erased.extend(read_erased(list)?);
    }
    let restored = restore(Restoring {
        service: SERVICE,
        from: &args.from,
        vault_from: &args.vault_from,
        log: &args.databases.database_url,
        vault: &args.databases.vault_url,
        others: &others,
        master: MasterKey::from_bytes(master),
        erased: &erased,
    })
    .await?;
    let db = escalation::open_log(&args.databases.database_url).await?;
    restored::erase_again(&db).await?;
    let counts = restored::last_counts(&db).await?;
    db.close().await;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{restored}")?;
    for (sender, count) in counts {
        writeln!(out, "{sender} sends again: resend --after {count}")?;
    }
    writeln!(out, "every other organisation: resend --after 0")?;
    Ok(())
}

pub(crate) async fn list_erased(args: ErasedArgs) -> anyhow::Result<()> {
    let erased = erased_of(&args.vault_url).await?;
    write_erased(&args.to, &erased)?;
    let mut out = std::io::stdout().lock();
    Ok(writeln!(
        out,
        "{} keys were erased until now",
        erased.len()
    )?)
}

pub(crate) async fn tell_again(args: TellAgainArgs) -> anyhow::Result<()> {
    let db = escalation::open_log(&args.database_url).await?;
    let parties = match &args.parties {
        Some(folder) => Parties::load(folder)?,
        None => Parties::embedded()?,
    };
    let position = restored::tell_again(&db, &parties, args.since).await?;
    db.close().await;
    let mut out = std::io::stdout().lock();
    Ok(writeln!(
        out,
        "everything after position {position} is told again"
    )?)
}

pub(crate) async fn vault_copy(args: VaultCopyArgs) -> anyhow::Result<()> {
    let key = key_from_file(&args.master_key_file).context("the master key")?;
    let key = MasterKey::from_bytes(key);
    let vault = Vault::open(&args.vault_url, key.clone()).await?;
    let mut out = std::io::stdout().lock();
    let copy = match Vault::open(&args.copy, key).await {
        Ok(copy) => copy,
        Err(VaultError::WrongMasterKey) => {
            return Ok(writeln!(out, "useless: it is under another master key")?);
        }
        Err(error) => return Err(error).context("the copy cannot be opened"),
    };
    let held = vault.held_by(&copy).await?;
    writeln!(out, "keys in it that were erased since: {}", held.deleted)?;
    writeln!(out, "of these the master key opens:     {}", held.open)?;
    match held.open {
        0 => Ok(()),
        _ => Err(anyhow!(
            "the copy opens what was erased: destroy it, or change the master key"
        )),
    }
}
