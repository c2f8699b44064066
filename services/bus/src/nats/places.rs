//! Consumers whose place is beyond the end of their stream. A full disk or a power cut can leave the
//! broker with a stream that ends earlier than it did, while its consumer still stands where it
//! was: it would give out nothing until as many messages came again, and say nothing of it. Such a
//! consumer is made anew and reads the stream from its start; whoever reads knows what it had.
//!
//! When as many messages came again before anybody looked, the place is not beyond the end any more,
//! and what stands before it would never be given out. It shows in the numbers: a message leaves its
//! stream when it is acknowledged, so all that the stream holds is still to be given out or in hand.
//!
//! What was in the end that is lost was confirmed, and some of it perhaps never read. A party sends
//! again until it is answered. The platform does not, so a loss in what is addressed to a party is
//! announced, and its stream is closed until the last of it waits to be sent again. A stream that is gone
//! altogether is made anew, and so is a consumer.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use async_nats::Client;
use async_nats::connection::State;
use async_nats::jetstream::consumer::pull;
use async_nats::jetstream::context::{ConsumerInfoErrorKind, GetStreamErrorKind};
use async_nats::jetstream::{Context, ErrorCode, stream};
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use proto::Oin;
use tokio::sync::{mpsc, oneshot, watch};

use super::confirmed::{Confirmed, Loss};
use super::streams::Source;

/// Between two attempts to look, while the broker cannot be asked.
const AGAIN: Duration = Duration::from_secs(2);

/// How often a stream is looked at that holds more than its consumer knows of, and how long apart: an
/// acknowledgement on its way looks the same, and passes.
const SURE: u32 = 4;
const APART: Duration = Duration::from_millis(300);

/// How many places are looked at together.
const AT_ONCE: usize = 16;

/// How often is looked while the connection lasts.
const LOOK: Duration = Duration::from_secs(60);

/// A stream with its consumer, as they were made.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) source: Source,
    pub(super) stream: stream::Config,
    pub(super) consumer: pull::Config,
    /// Whose it is; none: the platform's own.
    pub(super) party: Option<Oin>,
}

/// Looks after the places.
pub(super) struct Keeper {
    pub(super) client: Client,
    pub(super) context: Context,
    pub(super) places: Vec<Place>,
    pub(super) confirmed: Arc<Confirmed>,
    pub(super) losses: mpsc::Sender<Loss>,
}

/// The losses that were announced, until it is said that they are made good.
#[derive(Default)]
struct Announced<'a> {
    streams: BTreeSet<&'a str>,
    answers: FuturesUnordered<BoxFuture<'a, (&'a Place, Lost, bool)>>,
}

impl<'a> Announced<'a> {
    fn add(&mut self, place: &'a Place, lost: Lost, told: oneshot::Receiver<()>) {
        self.streams.insert(&place.source.stream);
        let answer = async move { (place, lost, told.await.is_ok()) };
        self.answers.push(answer.boxed());
    }

    /// The next place of which something is said, and whether its loss is made good.
    async fn next(&mut self) -> Option<(&'a Place, Lost, bool)> {
        let (place, lost, told) = self.answers.next().await?;
        self.streams.remove(&*place.source.stream);
        Some((place, lost, told))
    }
}

impl Keeper {
    /// Looks after every new connection and every minute, for as long as there are connections. Says
    /// when it has looked for the first time.
    pub(super) async fn watch(
        self,
        mut connections: watch::Receiver<u64>,
        looked: oneshot::Sender<()>,
    ) {
        let mut looked = Some(looked);
        let mut announced = Announced::default();
        loop {
            let connection = connection(&self.client);
            self.confirmed.begin(connection);
            let failed = self.look_at_all(&mut announced).await;
            if let Some(looked) = looked.take() {
                // Nobody waits any more when connecting was given up.
                let _ = looked.send(());
            }
            if let Some(error) = &failed {
                tracing::warn!(%error, "the places of the consumers cannot all be looked at");
            }
            let all = failed.is_none() && connection == self::connection(&self.client);
            tokio::select! {
                changed = connections.changed() => if changed.is_err() { return },
                Some((place, lost, told)) = announced.next() => if told {
                    self.mend(place, lost).await;
                },
                () = tokio::time::sleep(if all { LOOK } else { AGAIN }) => {}
            }
        }
    }

    /// Looks at every place of which nothing is announced; one that cannot be looked at keeps no other
    /// waiting, as long as there is a connection.
    async fn look_at_all<'a>(&'a self, announced: &mut Announced<'a>) -> Option<async_nats::Error> {
        let mut failed = None;
        for some in self.places.chunks(AT_ONCE) {
            let mut looks = FuturesUnordered::new();
            for place in some {
                if !announced.streams.contains(&*place.source.stream) {
                    looks.push(self.look_at(place));
                }
            }
            while let Some((place, lost)) = looks.next().await {
                let acted = match lost {
                    Ok(lost) => self.act(place, lost, announced).await,
                    Err(error) => Err(error),
                };
                if let Err(error) = acted {
                    failed = Some(error);
                    self.confirmed.unseen(&place.source.stream);
                }
            }
            if failed.is_some() && self.client.connection_state() != State::Connected {
                break;
            }
        }
        failed
    }

    async fn look_at<'a>(
        &self,
        place: &'a Place,
    ) -> (&'a Place, Result<Option<Lost>, async_nats::Error>) {
        (place, self.surely_lost(place).await)
    }

    async fn act<'a>(
        &'a self,
        place: &'a Place,
        lost: Option<Lost>,
        announced: &mut Announced<'a>,
    ) -> Result<(), async_nats::Error> {
        let stream = &place.source.stream;
        match (lost, &place.party) {
            (None, None) => {}
            (None, Some(_)) => self.confirmed.open(stream),
            (Some(lost), None) => {
                tracing::error!(%stream, ?lost, "the broker lost the end of a stream; it is read \
                    again from its start, and its sender sends again what was not answered");
                self.read_anew(place).await?;
            }
            (Some(lost), Some(party)) => {
                tracing::error!(%stream, ?lost, "the broker lost the end of a stream; it takes \
                    nothing until the last of what was sent waits to be sent again");
                self.confirmed.close(stream);
                let (loss, told) = Loss::of(party.clone());
                self.losses.send(loss).await?;
                announced.add(place, lost, told);
            }
        }
        Ok(())
    }

    /// What was lost waits to be sent again. The stream is looked at once more before it takes it.
    async fn mend(&self, place: &Place, lost: Lost) {
        if lost.misleads_its_consumer()
            && let Err(error) = self.read_anew(place).await
        {
            tracing::warn!(stream = place.source.stream, %error, "its consumer is not anew yet");
            return;
        }
        self.confirmed.forget(&place.source.stream);
    }

    async fn surely_lost(&self, place: &Place) -> Result<Option<Lost>, async_nats::Error> {
        let Some(lost) = self.look(place).await? else {
            return Ok(None);
        };
        for _ in 1..SURE {
            if lost.is_sure() {
                break;
            }
            tokio::time::sleep(APART).await;
            // What is before the place and stays there is the same message each time.
            if self.look(place).await? != Some(lost) {
                return Ok(None);
            }
        }
        Ok(Some(lost))
    }

    /// Makes the consumer anew, and the stream where it is gone.
    async fn read_anew(&self, place: &Place) -> Result<(), async_nats::Error> {
        let made = self.context.create_or_update_stream(place.stream.clone());
        made.await?;
        let Source {
            stream, consumer, ..
        } = &place.source;
        let found = self.context.get_stream_no_info(stream).await?;
        // It may be gone itself. Where it is not, it is seen again that it stands in the wrong place.
        if let Err(error) = found.delete_consumer(consumer).await {
            tracing::info!(%stream, %error, "there is no consumer to take away");
        }
        found.create_consumer(place.consumer.clone()).await?;
        Ok(())
    }

    async fn look(&self, place: &Place) -> Result<Option<Lost>, async_nats::Error> {
        let Source {
            stream, consumer, ..
        } = &place.source;
        // What is confirmed from here on makes the end later.
        let confirmed = self.confirmed.last(stream);
        let before = match self.context.get_stream(stream).await {
            Err(error) if is_no_stream(&error.kind()) => return Ok(Some(Lost::Whole)),
            before => before?,
        };
        let reads = match before.consumer_info(consumer).await {
            Err(error) if error.kind() == ConsumerInfoErrorKind::NotFound => {
                return Ok(Some(Lost::Reader));
            }
            reads => reads?,
        };
        let after = self.context.get_stream(stream).await?;
        let (before, after) = (&before.cached_info().state, &after.cached_info().state);
        // The end is asked after the place: what comes in between makes it later.
        if reads.delivered.stream_sequence > after.last_sequence {
            return Ok(Some(Lost::Beyond));
        }
        let known = reads.num_pending + u64::try_from(reads.num_ack_pending).unwrap_or(u64::MAX);
        // Without what came in between, so that what is in the stream is never counted too high.
        let came = after.last_sequence.saturating_sub(before.last_sequence);
        let holds = after.messages.saturating_sub(came);
        let first = after.first_sequence;
        if holds > known {
            return Ok(Some(Lost::Passed { first }));
        }
        Ok((after.last_sequence < confirmed).then_some(Lost::Shorter))
    }
}

fn is_no_stream(kind: &GetStreamErrorKind) -> bool {
    match kind {
        GetStreamErrorKind::JetStream(error) => error.error_code() == ErrorCode::STREAM_NOT_FOUND,
        GetStreamErrorKind::EmptyName
        | GetStreamErrorKind::Request
        | GetStreamErrorKind::InvalidStreamName => false,
    }
}

/// Which connection it is that the client has: how often it connected.
pub(super) fn connection(client: &Client) -> u64 {
    client.statistics().connects.load(Ordering::Relaxed)
}

/// By what is seen that a stream lost its end, or everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    /// There is no such stream.
    Whole,
    /// There is no such consumer.
    Reader,
    /// The consumer stands beyond the end.
    Beyond,
    /// Messages stand before the consumer's place, with this one first.
    Passed { first: u64 },
    /// The stream ends before what this process saw confirmed.
    Shorter,
}

impl Lost {
    /// Whether it cannot be anything else.
    fn is_sure(self) -> bool {
        match self {
            Lost::Beyond | Lost::Shorter => true,
            // A broker that begins may not know everything yet.
            Lost::Passed { .. } | Lost::Whole | Lost::Reader => false,
        }
    }

    /// Whether a consumer gives out less than there is.
    fn misleads_its_consumer(self) -> bool {
        match self {
            Lost::Whole | Lost::Reader | Lost::Beyond | Lost::Passed { .. } => true,
            Lost::Shorter => false,
        }
    }
}
