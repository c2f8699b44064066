//! The bus between the parties and the platform: one API, two carriers.
//!
//! [`LocalBus`] carries messages inside one process (demo, tests); [`nats`] carries them over
//! NATS JetStream (production). Both are *at least once*: a message that was published is
//! delivered until it is acknowledged, so a receiver must recognise a message it saw before.
//!
//! Whoever holds a [`Bus`] is bound to one [`Identity`]: a party publishes only under
//! `doorbraak.<its OIN>.out.` and reads only `doorbraak.<its OIN>.in.`; the platform reads what
//! all parties send and publishes what is addressed to them.

mod delivery;
mod identity;
pub mod local;
mod message;
pub mod nats;
#[cfg(feature = "testing")]
pub mod testing;
mod waiting;

pub use delivery::{Deliveries, DeliveriesError, Delivery};
pub use identity::Identity;
pub use local::{Faults, LocalBus};
pub use message::{MAX_PAYLOAD, MESSAGE_ID, Message, PublishError};
pub use waiting::{Waiting, WaitingError};

use std::time::Duration;

use proto::Oin;

/// How long a message id is remembered: a second message with the same `Nats-Msg-Id` within
/// this time is stored only once. Equal on both carriers (JetStream's own default).
pub const DEDUPE_WINDOW: Duration = Duration::from_secs(120);

/// How many deliveries of one reader may be open (neither acknowledged nor given back) in this
/// process. Over NATS a party has one in hand, so that nothing overtakes it.
pub const MAX_UNACKNOWLEDGED: usize = 1_000;

/// A handle on the bus, bound to the one identity it was made for. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Bus {
    /// Inside this process.
    Local(local::Handle),
    /// Over NATS JetStream.
    Nats(nats::Handle),
}

impl Bus {
    /// Who this handle speaks for.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        match self {
            Bus::Local(handle) => handle.identity(),
            Bus::Nats(handle) => handle.identity(),
        }
    }

    /// Publishes a message and returns once the carrier has stored it.
    ///
    /// # Errors
    /// [`PublishError::Forbidden`] for a subject this identity may not publish on (or a message
    /// that cannot be put on the wire), [`PublishError::TooLarge`] above [`MAX_PAYLOAD`],
    /// [`PublishError::Refused`] when the carrier said that it has no room for it now,
    /// [`PublishError::Unavailable`] when the carrier did not confirm; then it is unknown whether
    /// the message was stored, and sending it again under the same `Nats-Msg-Id` is safe.
    pub async fn publish(&self, message: Message) -> Result<(), PublishError> {
        message.check(self.identity())?;
        match self {
            Bus::Local(handle) => handle.publish(message),
            Bus::Nats(handle) => handle.publish(message).await,
        }
    }

    /// Opens the stream of what is addressed to this identity: for the platform everything the
    /// parties send, for a party what the platform sends to it. Readers that open it more than
    /// once share the messages between them.
    ///
    /// # Errors
    /// [`DeliveriesError::Forbidden`] when the broker denies this identity its stream,
    /// [`DeliveriesError::Unavailable`] when the broker cannot be asked now.
    pub async fn deliveries(&self) -> Result<Deliveries, DeliveriesError> {
        match self {
            Bus::Local(handle) => Ok(Deliveries::local(handle.deliveries())),
            Bus::Nats(handle) => Ok(Deliveries::nats(handle.deliveries().await?)),
        }
    }

    /// What is addressed to a party and it did not acknowledge yet, per event, the one that waits
    /// longest first. Nothing of what is in the messages.
    ///
    /// # Errors
    /// [`WaitingError::Forbidden`] for whoever is not the platform, [`WaitingError::Unavailable`]
    /// when the carrier cannot be asked now.
    pub async fn waiting_for(&self, party: &Oin) -> Result<Vec<Waiting>, WaitingError> {
        if *self.identity() != Identity::Platform {
            return Err(WaitingError::Forbidden);
        }
        match self {
            Bus::Local(handle) => Ok(handle.waiting_for(party)),
            Bus::Nats(handle) => handle.waiting_for(party).await,
        }
    }

    /// Changes whenever the carrier may have lost something that it had confirmed: with every new
    /// connection, and with every loss that is found.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        match self {
            Bus::Local(_) => 0,
            Bus::Nats(handle) => handle.epoch(),
        }
    }

    /// Waits for the next party that may have lost what was confirmed to the platform. Nothing goes
    /// to that party before [`nats::Loss::told`] is called.
    pub async fn next_loss(&self) -> nats::Loss {
        match self {
            // It loses nothing but with the whole process.
            Bus::Local(_) => std::future::pending().await,
            Bus::Nats(handle) => handle.next_loss().await,
        }
    }

    /// Whether the carrier can be reached now, as far as this process knows.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        match self {
            Bus::Local(_) => true,
            Bus::Nats(handle) => handle.is_connected(),
        }
    }
}
