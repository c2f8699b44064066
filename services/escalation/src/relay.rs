//! What leaves the building: follows the log from a checkpoint and tells each organisation
//! concerned only what it may know; and answers every event that came in.

mod checkpoints;
mod disclosed;
mod fitting;
mod letters;
mod line;
pub mod outgoing;
pub mod sent;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

use bus::{Bus, Message, PublishError};
use chassis::parties::{Door, Parties};
use chassis::trace;
use jiff::{SignedDuration, Timestamp};
use journal::vault::Vault;
use journal::{Answer, Db, JournalError, Outcome, StoredEvent};
use proto::event::{InputRefused, InputStored};
use proto::{Envelope, EventType, InvalidParam, Oin, Source, ToParty};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, error, info, info_span, warn};
use uuid::Uuid;

use crate::accounting::Accounting;
use crate::execute::{Ground, back_off};
use letters::{Letter, LetterError, Letters};
use outgoing::Origin;
pub use webhook::Posting;

pub(crate) use letters::letter_id;
pub use line::LETTERS_KEPT;
pub(crate) use line::Waiting;

/// The follower that passes on what happened.
pub const EVENTS: &str = "relay.events";
/// The follower that answers what came in.
pub const ANSWERS: &str = "relay.answers";
/// The follower that sends what was signed of the log; its place is a number of events.
pub const CHECKPOINTS: &str = "relay.checkpoints";

/// How many rows are taken at a time.
const PAGE: u32 = 100;

/// How long to wait at most before looking again: another replica may have appended.
const LOOK: Duration = Duration::from_secs(1);

/// Tells everything again from the beginning: for a bus that forgets when its process ends.
/// Letters keep their ids, so whoever heard them before hears nothing new.
///
/// # Errors
/// [`JournalError`].
pub async fn begin_anew(db: &Db) -> Result<(), JournalError> {
    db.save_checkpoint(EVENTS, 0).await?;
    db.save_checkpoint(ANSWERS, 0).await?;
    db.save_checkpoint(CHECKPOINTS, 0).await
}

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

    /// Follows all three streams until stopped, and lets go of what waited too long.
    pub async fn run(self, stop: CancellationToken) {
        tokio::join!(
            self.follow(EVENTS, &stop, Self::pass_on_page),
            self.follow(ANSWERS, &stop, Self::answer_page),
            self.follow(CHECKPOINTS, &stop, Self::checkpoint_page),
            self.expire_letters(&stop),
            self.post_letters(&stop),
        );
    }

    async fn follow<'a, F, R>(&'a self, follower: &'static str, stop: &CancellationToken, page: F)
    where
        F: Fn(&'a Self) -> R,
        R: Future<Output = Result<bool, RelayError>>,
    {
        let mut committed = self.ground.db.committed();
        let mut failures = 0;
        while !stop.is_cancelled() {
            committed.mark_unchanged();
            let wait = match page(self).await {
                Ok(true) => {
                    failures = 0;
                    continue;
                }
                Ok(false) => {
                    failures = 0;
                    LOOK
                }
                Err(error) => {
                    failures += 1;
                    if failures == 1 || failures % 20 == 0 {
                        error!(%error, follower, failures, "the relay stands still");
                    }
                    tokio::select! {
                        () = stop.cancelled() => return,
                        () = tokio::time::sleep(back_off(failures)) => continue,
                    }
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                changed = committed.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Passes the next events on; says whether there were any.
    async fn pass_on_page(&self) -> Result<bool, RelayError> {
        let db = &self.ground.db;
        let after = db.checkpoint(EVENTS).await?;
        let events = db.read_after(after, PAGE).await?;
        let Some(last) = events.last() else {
            return Ok(false);
        };
        let letters = Letters::new(&self.ground, &self.vault, &self.parties);
        let causes: Vec<_> = events.iter().map(|stored| &stored.cause).collect();
        let traces = db.traces_of(&causes).await?;
        let mut sent = Vec::new();
        for stored in &events {
            let span = info_span!("relay", event = stored.kind, position = stored.position);
            trace::follow(&span, traces.get(&stored.cause).map(String::as_str));
            let letters = self.pass_on(&letters, stored).instrument(span).await?;
            sent.extend(letters);
        }
        sent::record(db, &sent, EVENTS, last.position, self.ground.clock.now()).await?;
        Ok(true)
    }

    async fn pass_on(
        &self,
        letters: &Letters<'_>,
        stored: &StoredEvent,
    ) -> Result<Vec<sent::Sent>, RelayError> {
        let mut sent = Vec::new();
        for letter in letters.of(stored).await? {
            if self.hears(&letter.to) {
                sent.push(self.send(letter, stored).await?);
            }
        }
        Ok(sent)
    }

    /// Answers the next events that came in; says whether there were any.
    async fn answer_page(&self) -> Result<bool, RelayError> {
        let db = &self.ground.db;
        let after = db.checkpoint(ANSWERS).await?;
        let answers = db.answers_after(after, PAGE).await?;
        let Some(last) = answers.last() else {
            return Ok(false);
        };
        let mut sent = Vec::new();
        for answer in &answers {
            // Forms and deadlines are answered where they were asked.
            let Ok(to) = Oin::parse(&answer.cause.sender) else {
                continue;
            };
            if self.hears(&to) {
                let span = info_span!("answer", number = answer.number);
                trace::follow(&span, answer.trace.as_deref());
                let (letter, id) = answer_letter(to, answer);
                let (now, origin) = (self.ground.clock.now(), Origin::Answer(answer.number));
                let letter = self.publish(letter, id, now, origin).instrument(span);
                sent.push(letter.await?);
            }
        }
        sent::record(db, &sent, ANSWERS, last.number, self.ground.clock.now()).await?;
        Ok(true)
    }

    fn hears(&self, organisation: &Oin) -> bool {
        let party = self.parties.get(organisation);
        party.is_some_and(chassis::parties::Party::hears)
    }

    async fn send(&self, letter: Letter, stored: &StoredEvent) -> Result<sent::Sent, RelayError> {
        let id = id_of(&letter, stored);
        self.account_for(&letter, id).await?;
        let origin = Origin::Event(stored.position);
        self.publish(letter, id, stored.at, origin).await
    }

    /// Sends a letter by the door of whom it is for: on the bus at once, else into the line in
    /// which it waits, when the page is recorded.
    async fn publish(
        &self,
        letter: Letter,
        id: Uuid,
        time: Timestamp,
        origin: Origin,
    ) -> Result<sent::Sent, RelayError> {
        let (to, name) = (letter.to.clone(), letter.event.event());
        let case = letter.case.clone();
        let envelope = self.envelope(letter, (id, time), trace::current());
        // What cannot be written is found out here, whatever the door.
        let encoded = envelope.encode()?;
        let waits = match self.parties.get(&to).map(|party| &party.door) {
            Some(Door::Feed | Door::Webhook(_)) => Some(origin),
            Some(Door::Nats) | None => {
                let subject = proto::in_subject(&to, name);
                let message = Message::event(subject, envelope.message_id(), encoded)
                    .traced(envelope.traceparent.as_deref());
                if let Err(source) = self.bus.publish(message).await {
                    warn!(event = name, to = %to, error = %source, "not sent yet");
                    return Err(RelayError::Publish {
                        event: name.to_owned(),
                        to,
                        source,
                    });
                }
                info!(event = name, to = %to, id = %id, "sent");
                None
            }
        };
        Ok(sent::Sent {
            organisation: to,
            message: id.to_string(),
            event: name.to_owned(),
            case,
            at: time,
            waits,
        })
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

/// What a sender is told of its own event.
fn answer_letter(to: Oin, answer: &Answer) -> (Letter, Uuid) {
    let message = answer.cause.message.as_str();
    let input = message
        .rsplit_once(' ')
        .map_or(message, |(_, id)| id)
        .to_owned();
    let event = match &answer.outcome {
        Outcome::Stored {
            event_ids,
            position,
        } => ToParty::from(InputStored {
            input,
            events: event_ids.iter().map(ToString::to_string).collect(),
            position: u64::try_from(*position).unwrap_or_default(),
        }),
        Outcome::Refused { code, text, wrong } => ToParty::from(InputRefused {
            input,
            reason: code.clone(),
            text: text.clone(),
            invalid_params: wrong
                .iter()
                .map(|wrong| InvalidParam::new(&wrong.name, &wrong.reason))
                .collect(),
        }),
    };
    let id = letter_id(&[b"answer", to.as_str().as_bytes(), message.as_bytes()]);
    let letter = Letter {
        to,
        subject: None,
        case: None,
        event,
        nth: 0,
    };
    (letter, id)
}

/// Every statement of letters that are posted.
pub const POSTING_STATEMENTS: &[journal::Statement] = webhook::STATEMENTS;
