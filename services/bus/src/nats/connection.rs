//! How to reach the broker, and why that may fail.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use async_nats::{ConnectOptions, ServerAddr};
use proto::Oin;

use super::{Retention, VersionError};
use crate::Identity;

/// How to reach the broker and as whom.
#[derive(Clone)]
pub struct Connection {
    /// `nats://host:port`, or `tls://host:port`; of a cluster several, separated by commas.
    pub url: String,
    /// The user's nkey seed (`SU…`). Secret.
    pub seed: String,
    /// Whom that user stands for.
    pub identity: Identity,
    /// With which certificates the connection is encrypted. Without them only a server on this
    /// machine is spoken to, or a `tls://` one whose certificate the system's authorities signed.
    pub tls: Option<Tls>,
    /// Only for development: also a server of another version, and a connection without TLS that
    /// leaves this machine. Each is logged as a warning.
    pub for_development: bool,
    /// Only for the platform: the parties that get streams, and how messages are kept.
    pub parties: Vec<Oin>,
    /// How long the broker keeps messages and waits for acknowledgements; the platform sets it.
    pub retention: Retention,
}

/// Shows everything but the seed.
impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("url", &self.url)
            .field("identity", &self.identity)
            .field("tls", &self.tls.is_some())
            .field("parties", &self.parties.len())
            .finish_non_exhaustive()
    }
}

/// The certificates of an encrypted connection, as PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The authority that signed the server's certificate.
    pub authority: PathBuf,
    /// This client's own certificate and its key: a server that verifies its clients wants them.
    pub certificate: Option<(PathBuf, PathBuf)>,
}

/// Why the broker could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The broker does not know this user or its key.
    #[error("the broker refused this nkey: is the user in its configuration?")]
    Denied,
    /// The connection would leave this machine as plain text.
    #[error(
        "{host} is another machine and the connection is not encrypted: give the authority of the \
         broker's certificate (NATS_CA_FILE)"
    )]
    Unencrypted {
        /// The broker's host.
        host: String,
    },
    /// The server is not a version that was tested with Doorbraak.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// Nothing usable answers at that address.
    #[error("the broker cannot be reached: {0}")]
    Unreachable(#[source] async_nats::ConnectError),
    /// The broker answers but the streams could not be made.
    #[error("the broker could not make the stream {stream}: {reason}")]
    Streams {
        /// The stream or consumer that failed.
        stream: String,
        /// What the broker said.
        reason: String,
    },
}

impl Connection {
    /// The addresses of the servers.
    pub(super) fn addresses(&self) -> Vec<&str> {
        self.url.split(',').map(str::trim).collect()
    }

    /// Refuses a connection that would leave this machine unencrypted. An address that cannot be
    /// read is left to the client, which says what is wrong with it.
    pub(super) fn check_encryption(&self) -> Result<(), ConnectError> {
        for url in self.addresses() {
            let Ok(address) = url.parse::<ServerAddr>() else {
                continue;
            };
            let encrypted = self.tls.is_some() || address.tls_required();
            if encrypted || is_this_machine(address.host()) {
                continue;
            }
            let host = address.host().to_owned();
            if !self.for_development {
                return Err(ConnectError::Unencrypted { host });
            }
            tracing::warn!(%host, "the connection to the broker is not encrypted");
        }
        Ok(())
    }

    /// The client's options for these certificates.
    pub(super) fn encrypt(&self, options: ConnectOptions) -> ConnectOptions {
        let Some(tls) = &self.tls else {
            return options;
        };
        let options = options
            .require_tls(true)
            .add_root_certificates(tls.authority.clone());
        match &tls.certificate {
            Some((certificate, key)) => {
                options.add_client_certificate(certificate.clone(), key.clone())
            }
            None => options,
        }
    }
}

/// Whether what is sent to this host stays on this machine.
pub(super) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || bare
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(url: &str) -> Connection {
        Connection {
            url: url.to_owned(),
            seed: String::new(),
            identity: Identity::Platform,
            tls: None,
            for_development: false,
            parties: Vec::new(),
            retention: Retention::default(),
        }
    }

    #[test]
    fn plain_text_stays_on_this_machine() {
        for url in [
            "nats://127.0.0.1:4222",
            "nats://localhost:4222",
            "nats://[::1]:4222",
            "tls://nats.example:4222",
            "tls://one.example:4222,tls://two.example:4222",
        ] {
            assert!(to(url).check_encryption().is_ok(), "{url}");
        }
        for url in [
            "nats://nats.example:4222",
            "nats://10.0.0.1:4222",
            "nats://localhost.example:4222",
            "nats.example",
            "tls://one.example:4222, nats://two.example:4222",
        ] {
            let refused = to(url).check_encryption();
            assert!(
                matches!(refused, Err(ConnectError::Unencrypted { .. })),
                "{url}: {refused:?}"
            );
        }
    }

    #[test]
    fn certificates_or_the_word_of_a_developer_let_it_out() {
        let mut connection = to("nats://nats.example:4222");
        connection.for_development = true;
        assert!(connection.check_encryption().is_ok());
        connection.for_development = false;
        connection.tls = Some(Tls {
            authority: PathBuf::from("ca.crt"),
            certificate: None,
        });
        assert!(connection.check_encryption().is_ok());
    }
}
