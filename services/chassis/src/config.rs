//! The settings of a service process: by environment, or by the option of the same name. Secrets
//! are files; an option names the file.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use token::{Verifier, VerifierConfig};

use crate::{
    clock::Clock,
    parties::{Parties, PartiesError},
    secret::{Secret, SecretError},
};

/// How far the clocks of the token issuer and of this process may differ.
const LEEWAY: SignedDuration = SignedDuration::from_secs(30);

/// The longest life of a person's token that is accepted (OAuth-NL: one hour).
const MAX_LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// The settings of `serve`, the same for every service. No `Debug`: a database URL may hold a
/// password.
#[derive(Args, Clone)]
pub struct ServeArgs {
    /// The service's own database: postgres://… or sqlite://…; may hold a password, so prefer the
    /// environment.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    /// The database of the key vault: a database of its own. Needed where personal data is sealed.
    #[arg(long, env = "VAULT_URL", hide_env_values = true)]
    pub vault_url: Option<String>,
    /// The database of the access and processing logs: a database of its own. Needed where
    /// personal data is shown.
    #[arg(long, env = "ACCOUNT_URL", hide_env_values = true)]
    pub account_url: Option<String>,
    /// The NATS server: nats://host:port. Beyond this machine with TLS only.
    #[arg(long, env = "NATS_URL", hide_env_values = true)]
    pub nats_url: String,
    /// File with the seed of this process's NATS user (an nkey, `SU…`).
    #[arg(long, env = "NATS_SEED_FILE")]
    pub nats_seed_file: PathBuf,
    /// File with the authority that signed the NATS server's certificate (PEM).
    #[arg(long, env = "NATS_CA_FILE")]
    pub nats_ca_file: Option<PathBuf>,
    /// File with this process's own certificate for the NATS server (PEM).
    #[arg(long, env = "NATS_CERT_FILE", requires_all = ["nats_ca_file", "nats_key_file"])]
    pub nats_cert_file: Option<PathBuf>,
    /// File with the key of that certificate (PEM).
    #[arg(long, env = "NATS_KEY_FILE", requires = "nats_cert_file")]
    pub nats_key_file: Option<PathBuf>,
    /// For development: a NATS server of another version, and one beyond this machine without TLS.
    #[arg(long, env = "NATS_UNSAFE")]
    pub nats_unsafe: bool,
    /// For development: a PostgreSQL server of another version, and one that can lose what it
    /// acknowledged.
    #[arg(long, env = "POSTGRES_UNSAFE")]
    pub postgres_unsafe: bool,
    /// Where to listen.
    #[arg(long, env = "LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Who issues the access tokens: their `iss`.
    #[arg(long, env = "ISSUER")]
    pub issuer: String,
    /// This service's name in the access tokens: their `aud`.
    #[arg(long, env = "AUDIENCE", default_value = "doorbraak")]
    pub audience: String,
    /// Where the issuer publishes its keys; by default `<issuer>/jwks.json`.
    #[arg(long, env = "JWKS_URL")]
    pub jwks_url: Option<String>,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    pub parties: Option<PathBuf>,
    /// File with public keys of organisations, one table per short name.
    #[arg(long, env = "PARTY_KEYS")]
    pub party_keys: Option<PathBuf>,
    /// The short name of the organisation that a party service works for, such as `svb`.
    #[arg(long, env = "PARTY")]
    pub party: Option<String>,
    /// File with the master key of the key vault.
    #[arg(long, env = "MASTER_KEY_FILE")]
    pub master_key_file: Option<PathBuf>,
    /// File with the key from which the platform makes pseudonyms.
    #[arg(long, env = "PSEUDONYM_KEY_FILE")]
    pub pseudonym_key_file: Option<PathBuf>,
    /// File with an organisation's own secret key, for what is sealed for it alone.
    #[arg(long, env = "SEALING_KEY_FILE")]
    pub sealing_key_file: Option<PathBuf>,
    /// File with the secret key before that one, as long as something sealed for it may still come.
    #[arg(long, env = "PREVIOUS_SEALING_KEY_FILE")]
    pub previous_sealing_key_file: Option<PathBuf>,
    /// For development and tests: opens the dev port, which moves the clock.
    #[arg(long)]
    pub dev: bool,
    /// The dev port, on the loopback address; 0 takes a free one. Only with --dev.
    #[arg(long, env = "DEV_PORT", default_value_t = 0)]
    pub dev_port: u16,
    /// The time at which the clock stands until the dev port moves it; without it the clock
    /// follows the machine. Only with --dev.
    #[arg(long, env = "DEV_CLOCK")]
    pub dev_clock: Option<Timestamp>,
}

/// A setting that cannot work.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A setting that this service needs is absent.
    #[error("{option} (or {variable}) is needed")]
    Missing {
        /// The option's name.
        option: &'static str,
        /// The environment variable.
        variable: &'static str,
    },
    /// A secret cannot be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The list of organisations is not valid.
    #[error(transparent)]
    Parties(#[from] PartiesError),
    /// Issuer, audience or address of the keys cannot work.
    #[error(transparent)]
    Token(#[from] token::ConfigError),
}

impl ServeArgs {
    /// The organisations: from the folder, or built in; with the keys from the file of keys.
    ///
    /// # Errors
    /// [`ConfigError::Parties`] with every mistake.
    pub fn parties(&self) -> Result<Parties, ConfigError> {
        let parties = match &self.parties {
            Some(folder) => Parties::load(folder)?,
            None => Parties::embedded()?,
        };
        Ok(match &self.party_keys {
            Some(file) => parties.with_keys_from(file)?,
            None => parties,
        })
    }

    /// Where the issuer publishes its keys.
    pub fn jwks_url(&self) -> String {
        self.jwks_url
            .clone()
            .unwrap_or_else(|| format!("{}/jwks.json", self.issuer.trim_end_matches('/')))
    }

    /// Checks access tokens as these settings say.
    ///
    /// # Errors
    /// [`ConfigError::Token`] when a setting cannot work.
    pub fn verifier(&self) -> Result<Verifier, ConfigError> {
        Ok(Verifier::new(VerifierConfig {
            issuer: self.issuer.clone(),
            audience: self.audience.clone(),
            jwks_url: self.jwks_url(),
            leeway: LEEWAY,
            max_lifetime: MAX_LIFETIME,
        })?)
    }

    /// The seed of this process's NATS user.
    ///
    /// # Errors
    /// [`ConfigError::Secret`] when the file cannot be read.
    pub fn nats_seed(&self) -> Result<Secret, ConfigError> {
        Ok(Secret::from_file(&self.nats_seed_file)?)
    }

    /// The file with the master key of the key vault.
    ///
    /// # Errors
    /// When the setting is absent.
    pub fn master_key(&self) -> Result<&Path, ConfigError> {
        self.master_key_file.as_deref().ok_or(ConfigError::Missing {
            option: "--master-key-file",
            variable: "MASTER_KEY_FILE",
        })
    }

    /// The key from which the platform makes pseudonyms.
    ///
    /// # Errors
    /// When the setting is absent or the file cannot be read.
    pub fn pseudonym_key(&self) -> Result<Secret, ConfigError> {
        needed(
            self.pseudonym_key_file.as_ref(),
            "--pseudonym-key-file",
            "PSEUDONYM_KEY_FILE",
        )
    }

    /// An organisation's own secret key, for what is sealed for it alone.
    ///
    /// # Errors
    /// When the setting is absent or the file cannot be read.
    pub fn sealing_key(&self) -> Result<Secret, ConfigError> {
        needed(
            self.sealing_key_file.as_ref(),
            "--sealing-key-file",
            "SEALING_KEY_FILE",
        )
    }

    /// The secret key before the current one, when there is one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn previous_sealing_key(&self) -> Result<Option<Secret>, ConfigError> {
        let file = self.previous_sealing_key_file.as_deref();
        Ok(file.map(Secret::from_file).transpose()?)
    }

    /// The database of the key vault.
    ///
    /// # Errors
    /// When the setting is absent.
    pub fn vault_url(&self) -> Result<&str, ConfigError> {
        self.vault_url.as_deref().ok_or(ConfigError::Missing {
            option: "--vault-url",
            variable: "VAULT_URL",
        })
    }

    /// The database of the access and processing logs.
    ///
    /// # Errors
    /// When the setting is absent.
    pub fn account_url(&self) -> Result<&str, ConfigError> {
        self.account_url.as_deref().ok_or(ConfigError::Missing {
            option: "--account-url",
            variable: "ACCOUNT_URL",
        })
    }

    /// The clock: the machine's, or under `--dev` one that stands where it was told to.
    pub fn clock(&self) -> Clock {
        match self.dev_clock {
            Some(at) if self.dev => Clock::at(at),
            _ => Clock::system(),
        }
    }

    /// Where the dev port goes: `None` without `--dev`. Always the loopback address.
    pub fn dev_address(&self) -> Option<SocketAddr> {
        self.dev
            .then(|| SocketAddr::from((Ipv4Addr::LOCALHOST, self.dev_port)))
    }
}

fn needed(
    file: Option<&PathBuf>,
    option: &'static str,
    variable: &'static str,
) -> Result<Secret, ConfigError> {
    let file = file.ok_or(ConfigError::Missing { option, variable })?;
    Ok(Secret::from_file(file)?)
}
