//! What leaves the building: follows the log from a checkpoint and tells each organisation
//! concerned only what it may know; and answers every event that came in.

mod checkpoints;
mod disclosed;
mod letters;
pub mod sent;

use std::sync::Arc;
use std::time::Duration;

use bus::{Bus, Message, PublishError};
use chassis::parties::Parties;
use chassis::trace;
use jiff::Timestamp;
use journal::vault::Vault;
use journal::{Answer, Db, JournalError, Outcome, StoredEvent};
use proto::event::{InputRefused, InputStored};
use proto::{Envelope, EventType, InvalidParam, Oin, Source, ToParty};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, error, info, info_span, warn};

use crate::accounting::Accounting;
use crate::execute::{Ground, back_off};
use letters::{Letter, LetterError, Letters};

pub(crate) use letters::letter_id;

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
}

/// Why the relay stands still; it keeps its checkpoint and tries again.
#[derive(Debug, thiserror::Error)]
enum RelayError {
    #[error(transparent)]
    Journal(#[from] JournalError),
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
}

impl Relay {
    /// A relay that speaks as `source`.
    pub fn new(
        ground: Ground,
        vault: Vault,
        accounting: Accounting,
        parties: Arc<Parties>,
        bus: Bus,
        source: Source,
    ) -> Self {
        Self {
            ground,
            vault,
            accounting,
            parties,
            bus,
            source,
        }
    }

    /// Follows all three streams until stopped.
    pub async fn run(self, stop: CancellationToken) {
        tokio::join!(
            self.follow(EVENTS, &stop, Self::pass_on_page),
            self.follow(ANSWERS, &stop, Self::answer_page),
            self.follow(CHECKPOINTS, &stop, Self::checkpoint_page),
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
        sent::record(db, &sent, EVENTS, last.position).await?;
        Ok(true)
    }

    async fn pass_on(
        &self,
        letters: &Letters<'_>,
        stored: &StoredEvent,
    ) -> Result<Vec<sent::Sent>, RelayError> {
        let mut sent = Vec::new();
        for letter in letters.of(stored).await? {
            if self.has_service(&letter.to) {
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
            if self.has_service(&to) {
                let span = info_span!("answer", number = answer.number);
                trace::follow(&span, answer.trace.as_deref());
                sent.push(self.answer(to, answer).instrument(span).await?);
            }
        }
        sent::record(db, &sent, ANSWERS, last.number).await?;
        Ok(true)
    }

    fn has_service(&self, organisation: &Oin) -> bool {
        self.parties
            .get(organisation)
            .is_some_and(|party| party.service.is_some())
    }

    async fn send(&self, letter: Letter, stored: &StoredEvent) -> Result<sent::Sent, RelayError> {
        let nth = letter.nth.to_string();
        let mut parts = vec![
            stored.id.as_bytes().as_slice(),
            letter.to.as_str().as_bytes(),
            letter.event.event().as_bytes(),
        ];
        if letter.nth > 0 {
            parts.push(nth.as_bytes());
        }
        let id = letters::letter_id(&parts);
        self.account_for(&letter, id).await?;
        self.publish(letter, id, stored.at).await
    }

    async fn answer(&self, to: Oin, answer: &Answer) -> Result<sent::Sent, RelayError> {
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
        let id = letters::letter_id(&[b"answer", to.as_str().as_bytes(), message.as_bytes()]);
        let now = self.ground.clock.now();
        self.publish(
            Letter {
                to,
                subject: None,
                case: None,
                event,
                nth: 0,
            },
            id,
            now,
        )
        .await
    }

    async fn publish(
        &self,
        letter: Letter,
        id: uuid::Uuid,
        time: Timestamp,
    ) -> Result<sent::Sent, RelayError> {
        let Letter {
            to,
            subject,
            case,
            event,
            nth: _,
        } = letter;
        let name = event.event();
        let envelope = Envelope {
            id: id.to_string(),
            source: self.source.clone(),
            type_: EventType::new(name, event.version()),
            subject,
            time,
            dataschema: Some(event.dataschema()),
            traceparent: trace::current(),
            sequence: None,
            data: event.data(),
        };
        let message = Message::event(
            proto::in_subject(&to, name),
            envelope.message_id(),
            envelope.encode()?,
        )
        .traced(envelope.traceparent.as_deref());
        match self.bus.publish(message).await {
            Ok(()) => info!(event = name, to = %to, id = %id, "sent"),
            Err(source) => {
                warn!(event = name, to = %to, error = %source, "not sent yet");
                return Err(RelayError::Publish {
                    event: name.to_owned(),
                    to,
                    source,
                });
            }
        }
        Ok(sent::Sent {
            organisation: to,
            message: id.to_string(),
            event: name.to_owned(),
            case,
            at: time,
        })
    }
}
