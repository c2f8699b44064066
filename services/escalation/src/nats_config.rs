//! `escalation nats-config`: the NATS server's configuration, from the party files and their keys.

use std::path::PathBuf;

use anyhow::Context;
use bus::nats::{Ground, ServerConfig, ServerTls, server_config};
use chassis::parties::Parties;
use clap::Args;

#[derive(Args)]
pub(crate) struct NatsConfigArgs {
    /// Where to write it.
    #[arg(long)]
    out: PathBuf,
    /// The address on which the server listens; beyond this machine with certificates only.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port for clients.
    #[arg(long, default_value_t = 4222)]
    port: u16,
    /// Where the server stores its streams.
    #[arg(long)]
    store_dir: PathBuf,
    /// The file with the key under which it stores them, as a path relative to the configuration
    /// as the server sees it. What stands in it: `key: "…"`.
    #[arg(long)]
    store_key: String,
    /// The platform's public nkey (`U…`).
    #[arg(long)]
    platform_nkey: String,
    /// Folder with one file per organisation; by default the list that is built in.
    #[arg(long, env = "PARTIES")]
    parties: Option<PathBuf>,
    /// File with public keys of organisations, one table per short name.
    #[arg(long, env = "PARTY_KEYS")]
    party_keys: Option<PathBuf>,
    /// The server's certificate (PEM), as the server sees the file.
    #[arg(long, requires_all = ["tls_key", "tls_ca"])]
    tls_cert: Option<PathBuf>,
    /// The key of that certificate.
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// The authority that signs the certificates of those who connect; nobody connects without one.
    #[arg(long, requires = "tls_cert")]
    tls_ca: Option<PathBuf>,
    /// On how many servers of a cluster each stream is kept, as `escalation serve` is told: 1, 3 or 5.
    #[arg(long, env = "STREAM_REPLICAS", default_value_t = 1,
          value_parser = replicas)]
    stream_replicas: u8,
    /// For development: all organisations in one account, kept apart by permissions only.
    #[arg(long)]
    one_account: bool,
    /// For development: listens beyond this machine without TLS, or with one account.
    #[arg(long = "unsafe")]
    for_development: bool,
}

/// On how many servers a stream is kept: an even number stands no more failures than the odd one below
/// it.
///
/// # Errors
/// What is not 1, 3 or 5, in words.
pub(crate) fn replicas(said: &str) -> Result<u8, String> {
    match said.parse() {
        Ok(replicas @ (1 | 3 | 5)) => Ok(replicas),
        Ok(_) | Err(_) => Err("give 1 for a single server, 3 or 5".to_owned()),
    }
}

impl NatsConfigArgs {
    /// Writes the file. The same organisations and keys give the same text.
    pub(crate) fn write(self) -> anyhow::Result<()> {
        let parties = match &self.parties {
            Some(folder) => Parties::load(folder)?,
            None => Parties::embedded()?,
        };
        let parties = match &self.party_keys {
            Some(file) => parties.with_keys_from(file)?,
            None => parties,
        };
        let mut users = Vec::new();
        for party in parties.iter().filter(|party| party.service.is_some()) {
            let nkey = party.nkey.clone();
            let nkey =
                nkey.with_context(|| format!("{} has no nkey: set PARTY_KEYS", party.name))?;
            users.push((party.oin.clone(), nkey));
        }
        let tls = match (self.tls_cert, self.tls_key, self.tls_ca) {
            (Some(certificate), Some(key), Some(authority)) => Some(ServerTls {
                certificate,
                key,
                authority,
            }),
            _ => None,
        };
        let text = server_config(&ServerConfig {
            host: self.host,
            port: self.port,
            store_dir: self.store_dir,
            store_key: self.store_key,
            platform_nkey: self.platform_nkey,
            parties: users,
            replicas: self.stream_replicas.into(),
            ground: if self.one_account {
                Ground::OneAccount
            } else {
                Ground::AccountEach
            },
            tls,
            for_development: self.for_development,
        })?;
        std::fs::write(&self.out, text)
            .with_context(|| format!("{} cannot be written", self.out.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::replicas;

    #[test]
    fn streams_are_kept_on_one_three_or_five_servers() {
        let told =
            ["0", "1", "2", "3", "4", "5", "6", "-1", "many"].map(|said| replicas(said).ok());
        let expected = [
            None,
            Some(1),
            None,
            Some(3),
            None,
            Some(5),
            None,
            None,
            None,
        ];
        assert_eq!(told, expected);
    }
}
