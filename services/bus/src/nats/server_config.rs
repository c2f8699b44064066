//! The nats-server configuration: one user per party, with the permissions that keep them apart.

use std::path::PathBuf;

use proto::Oin;

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
}

/// Room for an event's headers and for the broker's own requests, beside the body.
const HEADER_ROOM: usize = 64 * 1024;

/// What stands in [`ServerConfig::store_key`], for 32 fresh bytes.
#[must_use]
pub fn store_key(fresh: [u8; 32]) -> String {
    let hex: String = fresh.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("key: \"{hex}\"\n")
}

/// Writes the configuration file. Nobody but the users in it can connect, and a party can
/// publish its own events, use its own consumer and hear its own inbox, and nothing else.
///
/// Two locks, because one is not enough: the user's permissions say what it may name, and an
/// account of its own keeps the broker's answers in there. With permissions alone a party could
/// name another's subject as its *reply* address and have the broker write there for it.
///
/// The text is generated rather than kept by hand so that it follows from `deploy/parties/` and
/// is tested as it is used.
#[must_use]
pub fn server_config(config: &ServerConfig) -> String {
    let platform_user = user(&config.platform_nkey, &Identity::Platform);
    let parties = config.parties.iter();
    let (exports, accounts): (String, String) = parties
        .map(|(oin, nkey)| (exports_to(oin), account_of(oin, nkey)))
        .unzip();
    let host = &config.host;
    let port = config.port;
    let max_payload = MAX_PAYLOAD + HEADER_ROOM;
    let store = config.store_dir.display().to_string();
    let store_key = &config.store_key;
    format!(
        r#"host: {host:?}
port: {port}
max_payload: {max_payload}
jetstream {{
  store_dir: {store:?}
  # Written to disk before it is confirmed: a confirmation outlives a power failure.
  sync_interval: always
  # A message that was acknowledged is gone, but its bytes stay in the file until that is
  # rewritten. Encrypted, they say nothing without the key, which stands elsewhere.
  cipher: chachapoly
  include {store_key:?}
}}
accounts {{
  DOORBRAAK {{
    jetstream: enabled
    users: [ {platform_user} ]
    exports: [
{exports}    ]
  }}
{accounts}}}
"#
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
    let (stream, consumer) = streams::source(&reader);
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

/// The party's account: its one user, and its way to the platform.
fn account_of(oin: &Oin, nkey: &str) -> String {
    let imports: String = services_of(oin)
        .iter()
        .map(|Service { there, here, .. }| {
            format!(
                "      {{ service: {{ account: DOORBRAAK, subject: {there:?} }}, to: {here:?} }}\n"
            )
        })
        .collect();
    let user = user(nkey, &Identity::Party(oin.clone()));
    format!("  \"{oin}\" {{\n    users: [ {user} ]\n    imports: [\n{imports}    ]\n  }}\n")
}

fn user(nkey: &str, identity: &Identity) -> String {
    let publish = match identity {
        Identity::Platform => {
            let (stream, consumer) = streams::source(identity);
            vec![
                "doorbraak.*.in.>".to_owned(),
                "$JS.API.>".to_owned(),
                format!("$JS.ACK.{stream}.{consumer}.>"),
            ]
        }
        Identity::Party(oin) => services_of(oin).map(|service| service.here).to_vec(),
    };
    let inbox = inbox_prefix(identity);
    format!(
        "{{ nkey: {nkey}, permissions: {{ publish: {publish:?}, subscribe: [\"{inbox}.>\"] }} }}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_gets_its_own_prefix_its_own_consumer_and_its_own_inbox() {
        let oin = Oin::parse("00000099000000002000").unwrap();
        assert_eq!(
            user("UPARTY", &Identity::Party(oin)),
            "{ nkey: UPARTY, permissions: { \
             publish: [\"doorbraak.00000099000000002000.out.>\", \
             \"platform.API.CONSUMER.INFO.to-00000099000000002000.00000099000000002000\", \
             \"platform.API.CONSUMER.MSG.NEXT.to-00000099000000002000.00000099000000002000\", \
             \"$JS.ACK.to-00000099000000002000.00000099000000002000.>\"], \
             subscribe: [\"_INBOX_00000099000000002000.>\"] } }"
        );
    }
}
