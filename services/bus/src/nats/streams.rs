//! The streams and consumers, made and kept up to date by the platform.

use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::stream::{self, DiscardPolicy, RetentionPolicy, StorageType};
use proto::Oin;

use super::ConnectError;
use super::places::Place;
use crate::DEDUPE_WINDOW;

/// The platform's consumer on what each party sends.
pub(super) const PLATFORM: &str = "platform";

/// Room for what one party sent and the platform did not take yet, in bytes.
const FROM_PARTY_BYTES: i64 = 64 * 1024 * 1024;

/// Room for what one party did not take yet, in bytes; the platform keeps the rest.
const TO_PARTY_BYTES: i64 = 64 * 1024 * 1024;

/// How many messages of one sender the platform has in hand at a time. Fewer than wait for a
/// sender's worker at most, so that a busy sender holds up nobody but itself.
const IN_HAND: i64 = 128;

/// How many messages a party has in hand at a time. What is sent to a party has no count by which it
/// could restore the order, so nothing goes before a message that it could not take yet, or had in
/// hand when it died.
const ONE_BY_ONE: i64 = 1;

/// What earlier releases kept everybody's messages in. It is read empty, and then taken away.
const SHARED: &str = "out";

/// Where nobody publishes: the subject of [`SHARED`] while it is read empty.
const NOWHERE: &str = "doorbraak.shared.out";

/// Room in the platform's account, in bytes, for this many parties, and for what an earlier
/// release left.
pub(super) fn room_for(parties: usize) -> i64 {
    let parties = i64::try_from(parties).unwrap_or(i64::MAX);
    parties
        .saturating_mul(FROM_PARTY_BYTES + TO_PARTY_BYTES)
        .saturating_add(256 * 1024 * 1024)
}

/// How many streams the platform's account has for this many parties, with one that an earlier
/// release left.
pub(super) fn streams_for(parties: usize) -> usize {
    parties.saturating_mul(2).saturating_add(1)
}

/// How long the broker keeps messages and waits for acknowledgements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// A message that nobody took for this long is dropped; its sender still has it and is told
    /// by the missing answer.
    pub max_age: Duration,
    /// A delivery that is not answered within this time is delivered again.
    pub ack_wait: Duration,
    /// How many messages of one sender wait for the platform at most. What comes then is refused,
    /// and the sender keeps it.
    pub from_one: i64,
    /// How many bytes of what is addressed to one party wait for it on the broker at most. What
    /// comes then is refused, and the platform keeps it.
    pub to_one_bytes: i64,
    /// On how many servers of the cluster each stream is kept.
    pub replicas: usize,
}

impl Default for Retention {
    /// 30 days, 30 seconds, 20,000 messages, 64 MiB, one server.
    fn default() -> Self {
        Retention {
            max_age: Duration::from_secs(30 * 24 * 60 * 60),
            ack_wait: Duration::from_secs(30),
            from_one: 20_000,
            to_one_bytes: TO_PARTY_BYTES,
            replicas: 1,
        }
    }
}

/// A stream with its one durable consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) stream: String,
    pub(super) consumer: String,
    /// How many messages fit, as far as that was said.
    pub(super) room: i64,
}

impl Source {
    /// So many waiting messages are worth a line: half of what fits.
    pub(super) fn crowded_from(&self) -> u64 {
        self.room.unsigned_abs() / 2
    }
}

/// Where a party reads what is addressed to it.
pub(super) fn to_party(oin: &Oin) -> Source {
    Source {
        stream: format!("to-{oin}"),
        consumer: oin.to_string(),
        room: i64::MAX,
    }
}

/// Where the platform reads what a party sends.
fn from_party(oin: &Oin, retention: &Retention) -> Source {
    Source {
        stream: format!("from-{oin}"),
        consumer: PLATFORM.to_owned(),
        room: retention.from_one,
    }
}

/// Makes or updates every stream with its one durable consumer; says where the platform reads, and
/// what all the consumers are.
pub(super) async fn ensure(
    context: &Context,
    parties: &[Oin],
    retention: &Retention,
) -> Result<(Vec<Source>, Vec<Place>), ConnectError> {
    let shared = retire_shared(context, retention).await?;
    let mut sources: Vec<Source> = shared.into_iter().collect();
    let mut places = Vec::new();
    for oin in parties {
        let from = from_party(oin, retention);
        let subjects = format!("doorbraak.{oin}.out.>");
        let mut config = stream_config(&from, subjects, FROM_PARTY_BYTES, retention);
        config.max_messages = retention.from_one;
        let in_hand = consumer_config(&from, IN_HAND, retention);
        places.push(make(context, &from, config, in_hand).await?);
        sources.push(from);

        let to = to_party(oin);
        let subjects = format!("doorbraak.{oin}.in.>");
        let config = stream_config(&to, subjects, retention.to_one_bytes, retention);
        let one_by_one = consumer_config(&to, ONE_BY_ONE, retention);
        places.push(Place {
            party: Some(oin.clone()),
            ..make(context, &to, config, one_by_one).await?
        });
    }
    Ok((sources, places))
}

async fn make(
    context: &Context,
    source: &Source,
    stream: stream::Config,
    consumer: pull::Config,
) -> Result<Place, ConnectError> {
    context
        .create_or_update_stream(stream.clone())
        .await
        .map_err(|error| failed(source, &error))?;
    context
        .create_consumer_on_stream(consumer.clone(), &source.stream)
        .await
        .map_err(|error| failed(source, &error))?;
    Ok(Place {
        source: source.clone(),
        stream,
        consumer,
        party: None,
    })
}

fn failed(source: &Source, error: &dyn std::error::Error) -> ConnectError {
    ConnectError::Streams {
        stream: source.stream.clone(),
        reason: error.to_string(),
    }
}

/// Takes the stream of an earlier release out of the parties' way: as long as something in it was
/// not taken, it stays to be read; else it goes.
async fn retire_shared(
    context: &Context,
    retention: &Retention,
) -> Result<Option<Source>, ConnectError> {
    let source = Source {
        stream: SHARED.to_owned(),
        consumer: PLATFORM.to_owned(),
        room: i64::MAX,
    };
    // It is not there, or cannot be asked for now; then what follows says so.
    let Ok(stream) = context.get_stream(SHARED).await else {
        return Ok(None);
    };
    if stream.cached_info().state.messages == 0 {
        let gone = context.delete_stream(SHARED).await;
        gone.map_err(|error| failed(&source, &error))?;
        return Ok(None);
    }
    let bytes = stream.cached_info().config.max_bytes;
    let config = stream_config(&source, NOWHERE.to_owned(), bytes, retention);
    let consumer = consumer_config(&source, IN_HAND, retention);
    make(context, &source, config, consumer).await?;
    Ok(Some(source))
}

/// Messages leave the broker once their reader acknowledged them: it is a carrier, not an
/// archive, and what it does not keep cannot leak. A full stream refuses new messages instead of
/// dropping old ones.
fn stream_config(
    source: &Source,
    subjects: String,
    max_bytes: i64,
    retention: &Retention,
) -> stream::Config {
    stream::Config {
        name: source.stream.clone(),
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

fn consumer_config(source: &Source, max_ack_pending: i64, retention: &Retention) -> pull::Config {
    pull::Config {
        durable_name: Some(source.consumer.clone()),
        ack_policy: AckPolicy::Explicit,
        ack_wait: retention.ack_wait,
        max_ack_pending,
        ..pull::Config::default()
    }
}
