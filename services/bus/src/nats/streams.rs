//! The streams and consumers, made and kept up to date by the platform.

use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::stream::{self, DiscardPolicy, RetentionPolicy, StorageType};
use proto::Oin;

use super::ConnectError;
use crate::{DEDUPE_WINDOW, Identity, MAX_UNACKNOWLEDGED};

/// The stream of what all parties send.
pub(super) const OUT: &str = "out";

/// The platform's consumer on [`OUT`].
pub(super) const PLATFORM: &str = "platform";

/// Room for what parties sent and the platform did not take yet.
const OUT_BYTES: i64 = 256 * 1024 * 1024;

/// Room for what one party did not take yet.
const TO_PARTY_BYTES: i64 = 64 * 1024 * 1024;

/// How long the broker keeps messages and waits for acknowledgements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// A message that nobody took for this long is dropped; its sender still has it and is told
    /// by the missing answer.
    pub max_age: Duration,
    /// A delivery that is not answered within this time is delivered again.
    pub ack_wait: Duration,
    /// On how many servers of the cluster each stream is kept.
    pub replicas: usize,
}

impl Default for Retention {
    /// 30 days, 30 seconds, one server.
    fn default() -> Self {
        Retention {
            max_age: Duration::from_secs(30 * 24 * 60 * 60),
            ack_wait: Duration::from_secs(30),
            replicas: 1,
        }
    }
}

/// Where an identity reads: its stream and its consumer.
pub(super) fn source(identity: &Identity) -> (String, String) {
    match identity {
        Identity::Platform => (OUT.to_owned(), PLATFORM.to_owned()),
        Identity::Party(oin) => (to_party(oin), oin.to_string()),
    }
}

/// The stream of what is addressed to one party.
pub(super) fn to_party(oin: &Oin) -> String {
    format!("to-{oin}")
}

/// Makes or updates every stream with its one durable consumer.
pub(super) async fn ensure(
    context: &Context,
    parties: &[Oin],
    retention: &Retention,
) -> Result<(), ConnectError> {
    let platform = (
        Identity::Platform,
        "doorbraak.*.out.>".to_owned(),
        OUT_BYTES,
    );
    let parties = parties.iter().map(|oin| {
        (
            Identity::Party(oin.clone()),
            format!("doorbraak.{oin}.in.>"),
            TO_PARTY_BYTES,
        )
    });
    for (reader, subjects, bytes) in std::iter::once(platform).chain(parties) {
        let (stream, consumer) = source(&reader);
        let failed = |reason: String| ConnectError::Streams {
            stream: stream.clone(),
            reason,
        };
        context
            .create_or_update_stream(stream_config(&stream, subjects, bytes, retention))
            .await
            .map_err(|error| failed(error.to_string()))?;
        context
            .create_consumer_on_stream(consumer_config(&consumer, retention), &stream)
            .await
            .map_err(|error| failed(error.to_string()))?;
    }
    Ok(())
}

/// Messages leave the broker once their reader acknowledged them: it is a carrier, not an
/// archive, and what it does not keep cannot leak. A full stream refuses new messages instead of
/// dropping old ones.
fn stream_config(
    name: &str,
    subjects: String,
    max_bytes: i64,
    retention: &Retention,
) -> stream::Config {
    stream::Config {
        name: name.to_owned(),
        subjects: vec![subjects],
        storage: StorageType::File,
        retention: RetentionPolicy::WorkQueue,
        discard: DiscardPolicy::New,
        max_bytes,
        max_age: retention.max_age,
        duplicate_window: DEDUPE_WINDOW,
        num_replicas: retention.replicas,
        ..stream::Config::default()
    }
}

fn consumer_config(name: &str, retention: &Retention) -> pull::Config {
    pull::Config {
        durable_name: Some(name.to_owned()),
        ack_policy: AckPolicy::Explicit,
        ack_wait: retention.ack_wait,
        max_ack_pending: i64::try_from(MAX_UNACKNOWLEDGED).unwrap_or(i64::MAX),
        ..pull::Config::default()
    }
}
