//! What a reader gets: one message at a time, to be answered for.

use std::time::Duration;

use proto::Oin;

use crate::{Message, local, nats};

/// One delivered message. It comes back until it is acknowledged or terminated; dropping it
/// gives it back at once.
#[derive(Debug)]
pub struct Delivery {
    /// What was published.
    pub message: Message,
    /// The OIN in the message's subject. On a delivery to the platform that is the organisation
    /// that sent it, as authenticated by the carrier, which lets nobody else publish there. On a
    /// delivery to a party it is the party itself: only the platform publishes to it.
    pub sender: Oin,
    /// How often this message was delivered, this time included: 1 the first time.
    pub attempt: u64,
    receipt: Receipt,
}

/// The carrier's own token for answering.
#[derive(Debug)]
enum Receipt {
    Local(local::Receipt),
    Nats(nats::Receipt),
}

/// What the reader decided about a delivery.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Settlement {
    /// Dealt with: never again.
    Acknowledged,
    /// Again, but not before this time has passed.
    RetryAfter(Duration),
    /// Never again, though it was not dealt with (it stands in quarantine).
    Terminated,
}

impl Delivery {
    pub(crate) fn local(message: Message, sender: Oin, attempt: u64, r: local::Receipt) -> Self {
        Delivery {
            message,
            sender,
            attempt,
            receipt: Receipt::Local(r),
        }
    }

    pub(crate) fn nats(message: Message, sender: Oin, attempt: u64, r: nats::Receipt) -> Self {
        Delivery {
            message,
            sender,
            attempt,
            receipt: Receipt::Nats(r),
        }
    }

    /// The message was dealt with and is not delivered again. An acknowledgement can be lost
    /// with the connection; then the message comes once more.
    pub async fn ack(self) {
        self.settle(Settlement::Acknowledged).await;
    }

    /// Delivers the message again once `after` has passed; later messages go before it.
    pub async fn retry(self, after: Duration) {
        self.settle(Settlement::RetryAfter(after)).await;
    }

    /// Never delivers the message again, although it could not be dealt with.
    pub async fn terminate(self) {
        self.settle(Settlement::Terminated).await;
    }

    async fn settle(self, settlement: Settlement) {
        match self.receipt {
            Receipt::Local(receipt) => receipt.settle(settlement),
            Receipt::Nats(receipt) => receipt.settle(settlement).await,
        }
    }
}

/// The stream of deliveries to one identity. Survives a restart of the broker.
#[derive(Debug)]
pub struct Deliveries(Source);

#[derive(Debug)]
enum Source {
    Local(local::Deliveries),
    Nats(Box<nats::Deliveries>),
}

impl Deliveries {
    pub(crate) fn local(deliveries: local::Deliveries) -> Self {
        Deliveries(Source::Local(deliveries))
    }

    pub(crate) fn nats(deliveries: nats::Deliveries) -> Self {
        Deliveries(Source::Nats(Box::new(deliveries)))
    }

    /// Waits for the next delivery. Safe to cancel: no message is lost. While the broker is away
    /// this keeps waiting; `None` would mean that the bus was closed for good, which neither
    /// carrier does by itself.
    pub async fn next(&mut self) -> Option<Delivery> {
        match &mut self.0 {
            Source::Local(deliveries) => Some(deliveries.next().await),
            Source::Nats(deliveries) => Some(deliveries.next().await),
        }
    }
}

/// Why the stream of deliveries could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveriesError {
    /// The broker denies this identity the stream it asks for.
    #[error("the broker denies this reader its deliveries")]
    Forbidden,
    /// The broker cannot be asked now, or has no stream for this identity yet.
    #[error("the broker has no deliveries for this reader now")]
    Unavailable,
}
