//! What leaves the building: follows the log from a checkpoint and tells each organisation
//! concerned only what it may know; and answers every event that came in.

mod anew;
mod answers;
mod behind;
mod catching_up;
mod checkpoints;
mod disclosed;
mod fitting;
mod going;
mod letters;
mod line;
mod lost;
pub mod outgoing;
pub mod sent;
mod undelivered;
mod webhook;

use std::sync::Arc;

use bus::{Bus, Message, PublishError};
use chassis::parties::{Door, Parties};
use chassis::trace;
use jiff::{SignedDuration, Timestamp};
use journal::vault::Vault;
use journal::{JournalError, StoredEvent};
use proto::{Envelope, EventType, Oin, Source};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, error, info, info_span, warn};
use uuid::Uuid;

use crate::accounting::Accounting;
use crate::execute::Ground;
use crate::follow::follow;
pub use anew::begin_anew;
use behind::Behind;
use letters::{Letter, LetterError, Letters};
use outgoing::Origin;
use sent::Way;
pub use webhook::Posting;

pub(crate) use anew::tell_after;
pub(crate) use letters::letter_id;
pub use line::LETTERS_KEPT;
pub(crate) use line::Waiting;
pub(crate) use undelivered::Undelivered;

/// The follower that passes on what happened.
pub const EVENTS: &str = "relay.events";
/// The follower that answers what came in.
pub const ANSWERS: &str = "relay.answers";
/// The follower that sends what was signed of the log; its place is a number of events.
pub const CHECKPOINTS: &str = "relay.checkpoints";

/// How many rows are taken at a time.
const PAGE: u32 = 100;

/// What the relay needs.
#[derive(Clone)]
pub struct Relay {
    ground: Ground,
    vault: Vault,
    accounting: Accounting,
    parties: Arc<Parties>,
    bus: Bus,
    source: Source,
    letters_kept: SignedDuration,
    posting: Posting,
}

/// Why the relay stands still; it keeps its checkpoint and tries again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RelayError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Vault(#[from] journal::vault::VaultError),
    #[error(transparent)]
    Letter(#[from] LetterError),
    #[error("what is told cannot be accounted for: {0}")]
    Account(#[from] account::AccountError),
    #[error(transparent)]
    Envelope(#[from] proto::EnvelopeError),
    #[error("event {event} to {to}: {source}")]
    Publish {
        event: String,
        to: Oin,
        source: PublishError,
    },
    #[error("the bus may have lost what was just sent: it goes again")]
    Uncertain,
    #[error("what waits for {to} at {position} follows from nothing any more")]
    Lost { to: Oin, position: i64 },
}

impl Relay {
    /// A relay that speaks as `source`, keeps a letter that nobody takes for so long, and posts
    /// letters as said.
    pub fn new(
        ground: Ground,
        vault: Vault,
        accounting: Accounting,
        parties: Arc<Parties>,
        bus: Bus,
        (source, letters_kept, posting): (Source, SignedDuration, Posting),
    ) -> Self {
        Self {
            ground,
            vault,
            accounting,
            parties,
            bus,
            source,
            letters_kept,
            posting,
        }
    }

    /// Follows all three streams until stopped, sends what waits, and lets go of what waited too
    /// long.
    pub async fn run(self, stop: CancellationToken) {
        let db = &self.ground.db;
        tokio::join!(
            follow(db, EVENTS, &stop, || self.pass_on_page()),
            follow(db, ANSWERS, &stop, || self.answer_page()),
            follow(db, CHECKPOINTS, &stop, || self.checkpoint_page()),
            self.expire_letters(&stop),
            self.post_letters(&stop),
            self.catch_up(&stop),
            self.tell_lost(&stop),
        );
    }

    /// Passes the next events on; says whether there were any.
    async fn pass_on_page(&self) -> Result<bool, RelayError> {
        let db = &self.ground.db;
        let after = db.checkpoint(EVENTS).await?;
        let events = db.read_after(after, PAGE).await?;
        if events.is_empty() {
            return Ok(false);
        }
        let letters = Letters::new(&self.ground, &self.vault, &self.parties);
        let causes: Vec<_> = events.iter().map(|stored| &stored.cause).collect();
        let traces = db.traces_of(&causes).await?;
        let mut behind = Behind::read(db, &self.bus).await?;
        let (mut sent, mut done, mut failed) = (Vec::new(), after, None);
        for stored in &events {
            let span = info_span!("relay", event = stored.kind, position = stored.position);
            trace::follow(&span, traces.get(&stored.cause).map(String::as_str));
            let passed_on = self.pass_on(&letters, stored, &mut behind);
            match passed_on.instrument(span).await {
                Ok(letters) => {
                    sent.extend(letters);
                    done = stored.position;
                }
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        // What went before a failure is not sent again with what failed.
        if done > after {
            self.record(&sent, (EVENTS, done), &behind).await?;
        }
        failed.map_or(Ok(true), Err)
    }

    async fn pass_on(
        &self,
        letters: &Letters<'_>,
        stored: &StoredEvent,
        behind: &mut Behind,
    ) -> Result<Vec<sent::Sent>, RelayError> {
        let mut sent = Vec::new();
        for letter in letters.of(stored).await? {
            if self.hears(&letter.to) {
                sent.push(self.send(letter, stored, behind).await?);
            }
        }
        Ok(sent)
    }

    fn hears(&self, organisation: &Oin) -> bool {
        let party = self.parties.get(organisation);
        party.is_some_and(chassis::parties::Party::hears)
    }

    async fn send(
        &self,
        letter: Letter,
        stored: &StoredEvent,
        behind: &mut Behind,
    ) -> Result<sent::Sent, RelayError> {
        let id = id_of(&letter, stored);
        self.account_for(&letter, id).await?;
        let origin = Origin::Event(stored.position);
        self.publish(letter, (id, stored.at), origin, behind).await
    }

    /// Sends a letter by the door of whom it is for: on the bus at once, else into the line in
    /// which it waits, when the page is recorded. What the bus has no room for waits in the line
    /// too, with everything later for the same organisation.
    ///
    /// # Errors
    /// [`RelayError::Publish`] when the bus cannot be reached: then nobody's letters go.
    async fn publish(
        &self,
        letter: Letter,
        (id, time): (Uuid, Timestamp),
        origin: Origin,
        behind: &mut Behind,
    ) -> Result<sent::Sent, RelayError> {
        let (to, name) = (letter.to.clone(), letter.event.event());
        let case = letter.case.clone();
        let envelope = self.envelope(letter, (id, time), trace::current());
        // What cannot be written is found out here, whatever the door.
        let encoded = envelope.encode()?;
        let way = match self.parties.get(&to).map(|party| &party.door) {
            Some(Door::Feed | Door::Webhook(_)) => Way::Line(origin),
            Some(Door::Nats) | None if behind.holds(&to) => Way::Behind(origin),
            Some(Door::Nats) | None => match self.put_on_bus(&to, &envelope, encoded, behind).await
            {
                Ok(()) => {
                    info!(event = name, to = %to, id = %id, "sent");
                    Way::Bus
                }
                Err(source @ PublishError::Unavailable) => {
                    warn!(event = name, to = %to, error = %source, "not sent yet");
                    return Err(RelayError::Publish {
                        event: name.to_owned(),
                        to,
                        source,
                    });
                }
                Err(
                    refused @ (PublishError::Refused
                    | PublishError::Forbidden
                    | PublishError::TooLarge),
                ) => {
                    error!(event = name, to = %to, %refused, "its letters wait in its line from now on");
                    behind.add(&to);
                    Way::Behind(origin)
                }
            },
        };
        Ok(sent::Sent {
            organisation: to,
            message: id.to_string(),
            event: name.to_owned(),
            case,
            at: time,
            way,
        })
    }

    /// Records what was sent, unless the bus may have lost it again: then the whole page goes once
    /// more, under the same ids.
    async fn record(
        &self,
        sent: &[sent::Sent],
        (follower, place): (&str, i64),
        behind: &Behind,
    ) -> Result<(), RelayError> {
        if !behind.still_holds(&self.bus) {
            return Err(RelayError::Uncertain);
        }
        let (db, now) = (&self.ground.db, self.ground.clock.now());
        Ok(sent::record(db, sent, follower, place, now).await?)
    }

    async fn put_on_bus(
        &self,
        to: &Oin,
        envelope: &Envelope,
        encoded: Vec<u8>,
        behind: &Behind,
    ) -> Result<(), PublishError> {
        if !behind.still_holds(&self.bus) {
            return Err(PublishError::Unavailable);
        }
        let subject = proto::in_subject(to, &envelope.type_.event);
        let message = Message::event(subject, envelope.message_id(), encoded)
            .traced(envelope.traceparent.as_deref());
        self.bus.publish(message).await
    }

    fn envelope(
        &self,
        letter: Letter,
        (id, time): (Uuid, Timestamp),
        traceparent: Option<String>,
    ) -> Envelope {
        let Letter { subject, event, .. } = letter;
        fitting::fitting(Envelope {
            id: id.to_string(),
            source: self.source.clone(),
            type_: EventType::new(event.event(), event.version()),
            subject,
            time,
            dataschema: Some(event.dataschema()),
            traceparent,
            sequence: None,
            data: event.data(),
        })
    }
}

/// The id of a letter that follows from an event.
fn id_of(letter: &Letter, stored: &StoredEvent) -> Uuid {
    let nth = letter.nth.to_string();
    let mut parts = vec![
        stored.id.as_bytes().as_slice(),
        letter.to.as_str().as_bytes(),
        letter.event.event().as_bytes(),
    ];
    if letter.nth > 0 {
        parts.push(nth.as_bytes());
    }
    letter_id(&parts)
}

/// Every statement of how sending the letters of a line goes.
pub const POSTING_STATEMENTS: &[journal::Statement] = going::STATEMENTS;
