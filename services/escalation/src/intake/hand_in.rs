//! What comes over HTTP: it stands in its sender's line like a message from the bus, and whoever
//! brought it waits for what the bus would hear.

use std::time::Duration;

use bus::Message;
use proto::{Envelope, InvalidParam, Oin, out_subject};
use tokio::sync::oneshot;
use tracing::warn;

use super::Line;
use super::lane::Turned;

/// How long whoever brings an event waits for it: less than a request may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Stands in place of the bus subject where the event's type cannot be read.
const UNREAD: &str = "http";

/// A message with whoever waits for what becomes of it.
pub(super) struct HandedIn {
    pub(super) message: Message,
    pub(super) answer: oneshot::Sender<Option<Taken>>,
}

/// What became of a message: what follows is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It was taken in: carried out, refused by the rules, parked, or seen before.
    Settled,
    /// It is no event of the contract, and stands in quarantine.
    Unfit {
        /// The stable code.
        code: &'static str,
        /// The reason in words, without any value of the message.
        detail: String,
        /// Every attribute and field that is wrong.
        params: Vec<InvalidParam>,
    },
}

/// Why a message was not taken in; bringing it again is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HandInError {
    /// So much of this sender waits that it has to come back.
    #[error("too much of this sender waits")]
    Busy,
    /// It could not be stored now.
    #[error("this could not be stored now")]
    Unavailable,
}

/// A place in the line.
pub(crate) struct Ticket(oneshot::Receiver<Option<Taken>>);

impl Line {
    /// Puts a message at the end of its sender's line, when there is room.
    ///
    /// # Errors
    /// [`HandInError::Busy`]: there is none now. Nothing waits in memory for it.
    pub(crate) fn hand_in(
        &self,
        sender: &Oin,
        headers: Vec<(String, String)>,
        payload: bytes::Bytes,
    ) -> Result<Ticket, HandInError> {
        let subject = match Envelope::decode(&headers, &payload) {
            Ok(envelope) => out_subject(sender, &envelope.type_.event),
            Err(_) => UNREAD.to_owned(),
        };
        let message = Message {
            subject,
            headers,
            payload,
        };
        let (answer, answered) = oneshot::channel();
        match self.worker(sender).hand_in(HandedIn { message, answer }) {
            Ok(()) => Ok(Ticket(answered)),
            Err(Turned::Full) => Err(HandInError::Busy),
            Err(Turned::Gone) => {
                warn!("a sender's worker is gone");
                Err(HandInError::Unavailable)
            }
        }
    }
}

impl Ticket {
    /// Waits until what the message led to is stored.
    ///
    /// # Errors
    /// [`HandInError::Unavailable`]; it may still be taken in, and bringing it again counts once.
    pub(crate) async fn taken(self) -> Result<Taken, HandInError> {
        match tokio::time::timeout(PATIENCE, self.0).await {
            Ok(Ok(Some(taken))) => Ok(taken),
            Ok(Ok(None) | Err(_)) | Err(_) => Err(HandInError::Unavailable),
        }
    }
}
