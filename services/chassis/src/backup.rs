//! The options of the commands that copy a service's databases and put them back; the same for
//! every service.

use std::path::PathBuf;

use clap::Args;

/// Where a service keeps what it knows. No `Debug`: a database URL may hold a password.
#[derive(Args, Clone)]
pub struct DatabaseArgs {
    /// The service's own database: postgres://… or sqlite://….
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    /// The database of the key vault.
    #[arg(long, env = "VAULT_URL", hide_env_values = true)]
    pub vault_url: String,
    /// The database of the access and processing logs, where the service keeps them.
    #[arg(long, env = "ACCOUNT_URL", hide_env_values = true)]
    pub account_url: Option<String>,
}

impl DatabaseArgs {
    /// What there is beside log and vault, by name and URL.
    #[must_use]
    pub fn others(&self) -> Vec<(&str, &str)> {
        let account = self.account_url.as_deref();
        account.map(|url| ("account", url)).into_iter().collect()
    }
}

/// The options of `backup`.
#[derive(Args, Clone)]
pub struct BackupArgs {
    /// What to copy.
    #[command(flatten)]
    pub databases: DatabaseArgs,
    /// An empty folder, or one that is to be made, for the log and the accounts.
    #[arg(long)]
    pub to: PathBuf,
    /// The same for the vault: kept by other people, and for another term.
    #[arg(long)]
    pub vault_to: PathBuf,
}

/// The options of `restore`.
#[derive(Args, Clone)]
pub struct RestoreArgs {
    /// Whereto: empty databases.
    #[command(flatten)]
    pub databases: DatabaseArgs,
    /// The folder with the copies of the log and the accounts.
    #[arg(long)]
    pub from: PathBuf,
    /// The folder with the vault's copy: of the same backup or of a later one.
    #[arg(long)]
    pub vault_from: PathBuf,
    /// File with the master key of the vault, which is in no backup.
    #[arg(long, env = "MASTER_KEY_FILE")]
    pub master_key_file: PathBuf,
    /// A list of what was erased, as `erased` writes it; more than one may be named.
    #[arg(long, required_unless_present = "nothing_erased")]
    pub erased: Vec<PathBuf>,
    /// Nothing was erased since the vault's copy was made, and somebody answers for that.
    #[arg(long, conflicts_with = "erased")]
    pub nothing_erased: bool,
}

/// The options of `erased`.
#[derive(Args, Clone)]
pub struct ErasedArgs {
    /// The database of the key vault.
    #[arg(long, env = "VAULT_URL", hide_env_values = true)]
    pub vault_url: String,
    /// The file, which is written anew.
    #[arg(long)]
    pub to: PathBuf,
}
