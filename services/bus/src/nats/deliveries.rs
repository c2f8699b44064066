//! Reading over NATS: pull consumers that are opened again whenever they break.

use std::fmt;
use std::time::Duration;

use async_nats::jetstream::consumer::{PullConsumer, pull};
use async_nats::jetstream::message::Acker;
use async_nats::jetstream::{self, AckKind, Context};
use futures::StreamExt;
use futures::stream::{self, BoxStream, SelectAll};
use proto::Oin;

use super::api_prefix;
use super::denials::Denials;
use super::streams::Source;
use crate::delivery::Settlement;
use crate::{DeliveriesError, Delivery, Identity, Message};

/// How many messages are asked for at a time. Those still unread when the reader stops come back
/// only after the acknowledgement time, so this stays small.
const BATCH: usize = 64;

/// How often the server says that it is still there; twice this long without a word and the
/// consumer is opened again.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// How long one request for messages stands.
const EXPIRES: Duration = Duration::from_secs(20);

/// The shortest and longest wait between two attempts to open the consumer.
const BACK_OFF: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// The deliveries to one identity over NATS: from one stream, or from several in turn, so that
/// nobody waits behind a sender of many.
pub(crate) struct Deliveries {
    readers: SelectAll<BoxStream<'static, Delivery>>,
}

impl fmt::Debug for Deliveries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deliveries")
            .field("streams", &self.readers.len())
            .finish()
    }
}

impl Deliveries {
    pub(super) async fn open(
        context: Context,
        identity: &Identity,
        sources: &[Source],
        denials: Denials,
    ) -> Result<Self, DeliveriesError> {
        let mut readers = SelectAll::new();
        for source in sources {
            let reader = Reader::open(&context, identity, source, &denials).await?;
            let read = |mut reader: Reader| async { Some((reader.next().await, reader)) };
            readers.push(stream::unfold(reader, read).boxed());
        }
        Ok(Deliveries { readers })
    }

    pub(crate) async fn next(&mut self) -> Delivery {
        match self.readers.next().await {
            Some(delivery) => delivery,
            // A platform without parties has nothing to read.
            None => std::future::pending().await,
        }
    }
}

/// Reads one stream.
struct Reader {
    context: Context,
    source: Source,
    /// The subjects on which the broker is asked about this consumer: as this user names it, and
    /// as the broker calls it where both share an account.
    info: [String; 2],
    denials: Denials,
    open: Option<pull::Stream>,
    back_off: Duration,
    /// Whether more waits than a sender normally leaves.
    crowded: bool,
}

impl Reader {
    async fn open(
        context: &Context,
        identity: &Identity,
        source: &Source,
        denials: &Denials,
    ) -> Result<Self, DeliveriesError> {
        let Source {
            stream, consumer, ..
        } = source;
        let info = [api_prefix(identity), api_prefix(&Identity::Platform)]
            .map(|prefix| format!("{prefix}.CONSUMER.INFO.{stream}.{consumer}"));
        let mut reader = Reader {
            context: context.clone(),
            source: source.clone(),
            info,
            denials: denials.clone(),
            open: None,
            back_off: BACK_OFF.0,
            crowded: false,
        };
        reader.open = Some(reader.pull().await?);
        Ok(reader)
    }

    async fn next(&mut self) -> Delivery {
        loop {
            let Some(open) = &mut self.open else {
                match self.pull().await {
                    Ok(open) => self.open = Some(open),
                    Err(error) => self.pause(&error).await,
                }
                continue;
            };
            match open.next().await {
                Some(Ok(message)) => {
                    self.back_off = BACK_OFF.0;
                    self.watch_crowd(&message);
                    if let Some(delivery) = delivery(message) {
                        return delivery;
                    }
                }
                Some(Err(error)) => {
                    self.open = None;
                    self.pause(&error).await;
                }
                None => self.open = None,
            }
        }
    }

    /// Says once when a stream fills, and once when it is read empty again.
    fn watch_crowd(&mut self, message: &jetstream::Message) {
        let waiting = message.info().map_or(0, |info| info.pending);
        let stream = &self.source.stream;
        if !self.crowded && waiting >= self.source.crowded_from() {
            self.crowded = true;
            tracing::error!(%stream, waiting, "security: a stream fills faster than it is read; \
                when it is full the broker refuses what this sender sends");
        } else if self.crowded && waiting == 0 {
            self.crowded = false;
            tracing::info!(%stream, "the stream is read empty again");
        }
    }

    /// Asks for the consumer and starts pulling from it.
    async fn pull(&self) -> Result<pull::Stream, DeliveriesError> {
        let Source {
            stream, consumer, ..
        } = &self.source;
        let asked = self.context.get_consumer_from_stream(consumer, stream);
        let info = self.info.each_ref().map(String::as_str);
        let consumer: PullConsumer = match self.denials.unless_denied(&info, asked).await {
            None => return Err(DeliveriesError::Forbidden),
            Some(Ok(consumer)) => consumer,
            Some(Err(error)) => {
                tracing::warn!(%stream, error = %error, "no consumer to read from");
                return Err(DeliveriesError::Unavailable);
            }
        };
        consumer
            .stream()
            .max_messages_per_batch(BATCH)
            .heartbeat(HEARTBEAT)
            .expires(EXPIRES)
            .messages()
            .await
            .map_err(|_| DeliveriesError::Unavailable)
    }

    async fn pause(&mut self, error: &(dyn std::error::Error + Sync)) {
        let wait = self.back_off;
        tracing::warn!(stream = %self.source.stream, error = %error, ?wait, "reading starts again");
        self.back_off = (wait * 2).min(BACK_OFF.1);
        tokio::time::sleep(wait).await;
    }
}

/// A delivery, unless the message has no place in a stream of ours; the stream's subjects make
/// that impossible but for an OIN that is none, and then the message is given up, with a line.
fn delivery(message: jetstream::Message) -> Option<Delivery> {
    let attempt = message
        .info()
        .map_or(1, |info| info.delivered.unsigned_abs());
    let (message, acker) = message.split();
    let receipt = Receipt { acker: Some(acker) };
    let Some(sender) = sender(&message.subject) else {
        tracing::error!(subject = %message.subject, "a message under no organisation's prefix");
        receipt.settle_in_background(AckKind::Term);
        return None;
    };
    let headers = message.headers.iter().flat_map(|headers| headers.iter());
    let headers = headers
        .flat_map(|(name, values)| values.iter().map(move |value| (name, value)))
        .map(|(name, value)| (name.to_string(), value.as_str().to_owned()))
        .collect();
    let subject = message.subject.to_string();
    let message = Message {
        subject,
        headers,
        payload: message.payload,
    };
    Some(Delivery::nats(message, sender, attempt, receipt))
}

/// The OIN in a subject. Only the prefix counts here: it is what the server's permissions guard.
/// An event name the contract does not know must reach the reader, which quarantines it.
fn sender(subject: &str) -> Option<Oin> {
    let mut tokens = subject.split('.');
    (tokens.next() == Some("doorbraak"))
        .then(|| tokens.next())
        .flatten()
        .and_then(|oin| Oin::parse(oin).ok())
}

/// Answers for one delivery; dropped without an answer, it gives the message back.
pub(crate) struct Receipt {
    acker: Option<Acker>,
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receipt").finish_non_exhaustive()
    }
}

impl Receipt {
    pub(crate) async fn settle(mut self, settlement: Settlement) {
        let kind = match settlement {
            Settlement::Acknowledged => AckKind::Ack,
            Settlement::RetryAfter(after) => AckKind::Nak(Some(after)),
            Settlement::Terminated => AckKind::Term,
        };
        if let Some(acker) = self.acker.take() {
            answer(acker, kind).await;
        }
    }

    fn settle_in_background(mut self, kind: AckKind) {
        if let Some(acker) = self.acker.take() {
            tokio::spawn(answer(acker, kind));
        }
    }
}

impl Drop for Receipt {
    fn drop(&mut self) {
        // Without a runtime (the process is ending) the server's acknowledgement time does it.
        if let (Some(acker), Ok(runtime)) =
            (self.acker.take(), tokio::runtime::Handle::try_current())
        {
            runtime.spawn(answer(acker, AckKind::Nak(None)));
        }
    }
}

/// A lost answer is no loss: the server delivers the message again.
async fn answer(acker: Acker, kind: AckKind) {
    if let Err(error) = acker.ack_with(kind).await {
        tracing::warn!(error = %error, "a delivery could not be answered; it will come again");
    }
}
