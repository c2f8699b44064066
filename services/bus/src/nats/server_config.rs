//! The nats-server configuration: an account and a user per party, with the permissions and
//! limits that keep them apart.

use std::path::PathBuf;

use proto::Oin;

use super::connection::is_this_machine;
use super::{api_prefix, inbox_prefix, streams};
use crate::{Identity, MAX_PAYLOAD};

/// What a server needs to know.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Where it listens: an address such as `127.0.0.1` or `0.0.0.0`.
    pub host: String,
    /// The port for clients.
    pub port: u16,
    /// Where the streams are stored.
    pub store_dir: PathBuf,
    /// A file with the key under which they are stored, as a path relative to the configuration;
    /// [`store_key`] writes what stands in it.
    pub store_key: String,
    /// The platform's public nkey (`U…`).
    pub platform_nkey: String,
    /// Each party's OIN and public nkey (`U…`).
    pub parties: Vec<(Oin, String)>,
    /// On how many servers of a cluster each stream is kept; each copy takes room.
    pub replicas: usize,
    /// How the parties are kept apart.
    pub ground: Ground,
    /// With which certificates connections are encrypted. Without them the server can listen on
    /// this machine only.
    pub tls: Option<ServerTls>,
    /// Only for development: listens beyond this machine without TLS, or with one account.
    pub for_development: bool,
}

/// How the parties are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ground {
    /// An account for each: what is said in one cannot be named in another.
    #[default]
    AccountEach,
    /// One account, and permissions per user. For development: a party can have the broker write
    /// under another's subject by naming it as its reply address.
    OneAccount,
}

/// The certificates of the server, as PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerTls {
    /// The server's own certificate.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// The authority that signs the certificates of clients: nobody without one can connect.
    pub authority: PathBuf,
}

/// What would not be safe to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerConfigError {
    /// Others could listen along.
    #[error(
        "a server that listens on {0} needs certificates: without TLS it can listen on this \
         machine only"
    )]
    Unencrypted(String),
    /// Others could write under another's subject.
    #[error("a server that listens on {0} needs an account per organisation")]
    OneAccount(String),
}

/// How many connections a party has at a time: its replicas, with room for those that come while
/// others have not gone.
const CONNECTIONS: usize = 16;

/// How many subscriptions one connection of a party has at a time: its inbox, and one per request
/// for messages.
const SUBSCRIPTIONS: usize = 64;

/// Room for an event's headers and for the broker's own requests, beside the body.
const HEADER_ROOM: usize = 64 * 1024;

/// What stands in [`ServerConfig::store_key`], for 32 fresh bytes.
#[must_use]
pub fn store_key(fresh: [u8; 32]) -> String {
    let hex: String = fresh.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("key: \"{hex}\"\n")
}

/// Writes the configuration file; the same input gives the same text. Nobody but the users in it
/// can connect, and a party can publish its own events, use its own consumer and hear its own
/// inbox, and nothing else.
///
/// Two locks, because one is not enough: the user's permissions say what it may name, and an
/// account of its own keeps the broker's answers in there. With permissions alone a party could
/// name another's subject as its *reply* address and have the broker write there for it.
///
/// What a party sends and asks is a service that the platform's account offers to its account
/// alone. As a service, and not as a stream, a publish is confirmed by the platform's stream.
///
/// The text is generated rather than kept by hand so that it follows from `deploy/parties/` and
/// is tested as it is used.
///
/// # Errors
/// [`ServerConfigError`] for a server that is reached from elsewhere and lets others listen along.
pub fn server_config(config: &ServerConfig) -> Result<String, ServerConfigError> {
    let host = &config.host;
    if !is_this_machine(host) && !config.for_development {
        if config.tls.is_none() {
            return Err(ServerConfigError::Unencrypted(host.clone()));
        }
        if config.ground == Ground::OneAccount {
            return Err(ServerConfigError::OneAccount(host.clone()));
        }
    }
    let port = config.port;
    let max_payload = MAX_PAYLOAD + HEADER_ROOM;
    let store = config.store_dir.display().to_string();
    let store_key = &config.store_key;
    let tls = config.tls.as_ref().map(tls_block).unwrap_or_default();
    let accounts = match config.ground {
        Ground::AccountEach => account_each(config),
        Ground::OneAccount => one_account(config),
    };
    Ok(format!(
        r#"host: {host:?}
port: {port}
max_payload: {max_payload}
{tls}jetstream {{
  store_dir: {store:?}
  # Written to disk before it is confirmed: a confirmation outlives a power failure.
  sync_interval: always
  # A message that was acknowledged is gone, but its bytes stay in the file until that is
  # rewritten. Encrypted, they say nothing without the key, which stands elsewhere.
  cipher: chachapoly
  include {store_key:?}
}}
accounts {{
{accounts}}}
"#
    ))
}

fn tls_block(tls: &ServerTls) -> String {
    let [certificate, key, authority] =
        [&tls.certificate, &tls.key, &tls.authority].map(|file| file.display().to_string());
    format!(
        "tls {{\n  cert_file: {certificate:?}\n  key_file: {key:?}\n  \
         # Who signs the certificates of clients; without one nobody connects.\n  \
         ca_file: {authority:?}\n  verify: true\n}}\n"
    )
}

fn account_each(config: &ServerConfig) -> String {
    let platform_user = user(&config.platform_nkey, &Identity::Platform, config.ground);
    let parties = config.parties.iter();
    let (exports, accounts): (String, String) = parties
        .map(|(oin, nkey)| (exports_to(oin), account_of(oin, nkey)))
        .unzip();
    let copies = i64::try_from(config.replicas).unwrap_or(i64::MAX);
    let room = streams::room_for(config.parties.len()).saturating_mul(copies);
    let count = streams::streams_for(config.parties.len());
    format!(
        r"  DOORBRAAK {{
    # Room for two streams per organisation, each bounded in itself.
    jetstream: {{ max_memory: 0, max_file: {room}, max_streams: {count} }}
    users: [ {platform_user} ]
    exports: [
{exports}    ]
  }}
{accounts}"
    )
}

fn one_account(config: &ServerConfig) -> String {
    let platform = user(&config.platform_nkey, &Identity::Platform, config.ground);
    let users: String = std::iter::once(platform)
        .chain(
            config
                .parties
                .iter()
                .map(|(oin, nkey)| user(nkey, &Identity::Party(oin.clone()), config.ground)),
        )
        .map(|user| format!("      {user}\n"))
        .collect();
    let here = super::PARTY_API;
    let there = super::PLATFORM_API;
    format!(
        "  # For development only: all in one account.\n  DOORBRAAK {{\n    jetstream: enabled\n    \
         # The name under which an organisation finds the JetStream API on either ground.\n    \
         mappings: {{ \"{here}.>\": \"{there}.>\" }}\n    users: [\n{users}    ]\n  }}\n"
    )
}

/// One thing that the platform's account does for one party.
struct Service {
    /// Its subject in the platform's account.
    there: String,
    /// Its subject in the party's account.
    here: String,
    /// Whether one request may have more than one answer.
    many_answers: bool,
}

/// All that a party may ask of the platform's account.
fn services_of(oin: &Oin) -> [Service; 4] {
    let reader = Identity::Party(oin.clone());
    let streams::Source {
        stream, consumer, ..
    } = streams::to_party(oin);
    let plain = |subject: String| Service {
        there: subject.clone(),
        here: subject,
        many_answers: false,
    };
    let api = |call: &str, many_answers: bool| {
        let subject = |prefix: &str| format!("{prefix}.CONSUMER.{call}.{stream}.{consumer}");
        Service {
            there: subject(api_prefix(&Identity::Platform)),
            here: subject(api_prefix(&reader)),
            many_answers,
        }
    };
    [
        plain(format!("doorbraak.{oin}.out.>")),
        api("INFO", false),
        api("MSG.NEXT", true),
        plain(format!("$JS.ACK.{stream}.{consumer}.>")),
    ]
}

/// The platform's account offers these to this one party.
fn exports_to(oin: &Oin) -> String {
    services_of(oin)
        .iter()
        .map(
            |Service {
                 there,
                 many_answers,
                 ..
             }| {
                let response = if *many_answers {
                    ", response_type: stream"
                } else {
                    ""
                };
                format!("      {{ service: {there:?}, accounts: [\"{oin}\"]{response} }}\n")
            },
        )
        .collect()
}

/// The party's account: its one user, its limits, and its way to the platform.
fn account_of(oin: &Oin, nkey: &str) -> String {
    let imports: String = services_of(oin)
        .iter()
        .map(|Service { there, here, .. }| {
            format!(
                "      {{ service: {{ account: DOORBRAAK, subject: {there:?} }}, to: {here:?} }}\n"
            )
        })
        .collect();
    let user = user(nkey, &Identity::Party(oin.clone()), Ground::AccountEach);
    let max_payload = MAX_PAYLOAD + HEADER_ROOM;
    format!(
        "  \"{oin}\" {{\n    limits: {{ max_connections: {CONNECTIONS}, max_subscriptions: \
         {SUBSCRIPTIONS}, max_payload: {max_payload} }}\n    users: [ {user} ]\n    \
         imports: [\n{imports}    ]\n  }}\n"
    )
}

fn user(nkey: &str, identity: &Identity, ground: Ground) -> String {
    let publish = match identity {
        Identity::Platform => {
            let consumer = streams::PLATFORM;
            vec![
                "doorbraak.*.in.>".to_owned(),
                "$JS.API.>".to_owned(),
                format!("$JS.ACK.*.{consumer}.>"),
            ]
        }
        Identity::Party(oin) => services_of(oin)
            .map(|service| match ground {
                Ground::AccountEach => service.here,
                // What is checked is where a mapped subject leads.
                Ground::OneAccount => service.there,
            })
            .to_vec(),
    };
    let inbox = inbox_prefix(identity);
    format!(
        "{{ nkey: {nkey}, permissions: {{ publish: {publish:?}, subscribe: [\"{inbox}.>\"] }} }}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svb() -> Oin {
        Oin::parse("00000099000000002000").unwrap()
    }

    fn config(host: &str) -> ServerConfig {
        ServerConfig {
            host: host.to_owned(),
            port: 4222,
            store_dir: "/data".into(),
            store_key: "nats.key".to_owned(),
            platform_nkey: "UPLATFORM".to_owned(),
            parties: vec![(svb(), "UPARTY".to_owned())],
            replicas: 1,
            ground: Ground::AccountEach,
            tls: None,
            for_development: false,
        }
    }

    #[test]
    fn a_party_gets_its_own_prefix_its_own_consumer_and_its_own_inbox() {
        assert_eq!(
            user("UPARTY", &Identity::Party(svb()), Ground::AccountEach),
            "{ nkey: UPARTY, permissions: { \
             publish: [\"doorbraak.00000099000000002000.out.>\", \
             \"platform.API.CONSUMER.INFO.to-00000099000000002000.00000099000000002000\", \
             \"platform.API.CONSUMER.MSG.NEXT.to-00000099000000002000.00000099000000002000\", \
             \"$JS.ACK.to-00000099000000002000.00000099000000002000.>\"], \
             subscribe: [\"_INBOX_00000099000000002000.>\"] } }"
        );
    }

    #[test]
    fn every_copy_of_a_stream_takes_room() {
        let room = |replicas| {
            let text = server_config(&ServerConfig {
                replicas,
                ..config("127.0.0.1")
            })
            .unwrap();
            let (_, after) = text.split_once("max_file: ").unwrap();
            after.split(',').next().unwrap().parse::<i64>().unwrap()
        };
        assert_eq!(room(3), 3 * room(1));
    }

    #[test]
    fn what_others_can_reach_is_encrypted_and_has_an_account_for_each() {
        let mut wide = config("0.0.0.0");
        let host = || "0.0.0.0".to_owned();
        let refused = server_config(&wide);
        assert_eq!(refused, Err(ServerConfigError::Unencrypted(host())));
        wide.tls = Some(ServerTls {
            certificate: "nats.crt".into(),
            key: "nats.key".into(),
            authority: "ca.crt".into(),
        });
        let text = server_config(&wide).unwrap();
        assert!(
            text.contains("ca_file: \"ca.crt\"\n  verify: true\n"),
            "{text}"
        );
        wide.ground = Ground::OneAccount;
        let refused = server_config(&wide);
        assert_eq!(refused, Err(ServerConfigError::OneAccount(host())));
        wide.for_development = true;
        wide.tls = None;
        assert!(server_config(&wide).is_ok());
        assert!(server_config(&config("127.0.0.1")).is_ok());
    }
}
