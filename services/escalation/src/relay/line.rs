//! A letter that waits is written when it leaves, from what it follows from: the same letter as
//! when it was put in the line, without what was erased since.

use std::time::Duration;

use jiff::SignedDuration;
use proto::{Envelope, Oin};
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use super::answers::answer_letter;
use super::checkpoints::checkpoint_letter;
use super::letters::Letters;
use super::outgoing::{self, Entry, Origin};
use super::{Relay, RelayError, id_of};
use crate::checkpoints::store;

/// How often is looked for letters that are too old.
const LOOK: Duration = Duration::from_secs(60);

/// A letter on its way out.
pub(crate) struct Waiting {
    /// Its place in its organisation's line.
    pub(crate) position: i64,
    /// The letter.
    pub(crate) envelope: Envelope,
}

impl Relay {
    /// What waits for an organisation after this place in its line, at most `limit` letters.
    ///
    /// # Errors
    /// [`RelayError`]: then none is given, so that none is passed over.
    pub(crate) async fn waiting(
        &self,
        to: &Oin,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Waiting>, RelayError> {
        let entries = outgoing::after(&self.ground.db, to, after, limit).await?;
        let mut waiting = Vec::with_capacity(entries.len());
        for entry in entries {
            let position = entry.position;
            let envelope = self.written(to, entry).await?;
            waiting.push(Waiting { position, envelope });
        }
        Ok(waiting)
    }

    async fn written(&self, to: &Oin, entry: Entry) -> Result<Envelope, RelayError> {
        let Entry {
            position,
            message,
            origin,
            at,
        } = entry;
        let letter = match origin {
            Origin::Event(place) => {
                let db = &self.ground.db;
                let stored = db.read_after(place - 1, 1).await?;
                let stored = stored.first().filter(|stored| stored.position == place);
                let letters = Letters::new(&self.ground, &self.vault, &self.parties);
                match stored {
                    Some(stored) => {
                        let told = letters.of(stored).await?;
                        let mut traces = db.traces_of(&[&stored.cause]).await?;
                        let trace = traces.remove(&stored.cause);
                        let told = told.into_iter().filter(|letter| letter.to == *to);
                        told.map(|letter| (id_of(&letter, stored), letter, trace.clone()))
                            .find(|(id, _, _)| id.to_string() == message)
                    }
                    None => None,
                }
            }
            Origin::Answer(place) => {
                let answers = self.ground.db.answers_after(place - 1, 1).await?;
                let answer = answers.first().filter(|answer| answer.number == place);
                answer.map(|answer| {
                    let (letter, id) = answer_letter(to.clone(), answer);
                    (id, letter, answer.trace.clone())
                })
            }
            Origin::Checkpoint(place) => {
                let signed = store::after(&self.ground.db, place - 1, 1).await?;
                signed.first().map(|signed| {
                    let (letter, id) = checkpoint_letter(to.clone(), signed);
                    (id, letter, None)
                })
            }
        };
        match letter {
            Some((id, letter, trace)) if id.to_string() == message => {
                Ok(self.envelope(letter, (id, at), trace))
            }
            // The log keeps everything, so only a fault of ours leads here: stand still, visibly.
            Some(_) | None => Err(RelayError::Lost {
                to: to.clone(),
                position,
            }),
        }
    }

    /// Lets go of letters that nobody fetched, and of those that an address does not take, when
    /// they are as old as the bus lets a message become; says so.
    pub(super) async fn expire_letters(&self, stop: &CancellationToken) {
        loop {
            let before = self.ground.clock.now().checked_sub(self.letters_kept);
            match outgoing::expire(&self.ground.db, before.unwrap_or_default()).await {
                Ok(0) => {}
                Ok(lines) => warn!(lines, "letters that nobody took in time were let go"),
                Err(error) => error!(%error, "letters that are too old are not let go yet"),
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

/// How long a letter waits when nothing else is said: as long as the bus keeps one.
pub const LETTERS_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
