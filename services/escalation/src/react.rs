//! What follows by itself: follows the log from a checkpoint and gives the commands that an event
//! leads to elsewhere. Adopted minutes are told to their cases; a shortage that many cases share
//! becomes a signal.
//!
//! Each command has a cause that follows from the event, so that reacting twice, or at two
//! replicas at once, changes nothing. It is given in the name of whoever acted in the event; why
//! that is enough stands with the gate's action `CarryOut`: the gate let them do the thing that
//! this follows from, and an [`Actor`] is only ever a person, an organisation or the clock.

pub(crate) mod erasure;
mod minutes;
mod scarcity;

use std::sync::Arc;

use chassis::parties::Parties;
use chassis::trace;
use gate::{ActedBy, Actor};
use journal::vault::{Vault, VaultError};
use journal::{CauseKey, JournalError, StoredEvent};
use ladder::{EventError, IdentifierError};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, info, info_span, warn};

use crate::actor;
use crate::aggregate::Subject;
use crate::execute::{Done, ExecuteError, Executor, Ground, Order, Work};
use crate::follow::follow;
use crate::seal::{meeting_owner, signal_owner};

pub(crate) use minutes::obstacle_signal;

/// The follower's name.
pub const FOLLOWER: &str = "reactor";

/// How many events are taken at a time.
const PAGE: u32 = 100;

/// Reacts to events.
#[derive(Clone)]
pub struct Reactor {
    ground: Ground,
    executor: Executor,
    vault: Vault,
    parties: Arc<Parties>,
}

/// Why the reactor stands still; it keeps its checkpoint and tries again.
#[derive(Debug, thiserror::Error)]
pub enum ReactError {
    /// The database did not answer.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The key vault did not answer.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A command could not be stored.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// This release cannot read an event.
    #[error(transparent)]
    Event(#[from] EventError),
    /// An identifier in the log is none.
    #[error(transparent)]
    Identifier(#[from] IdentifierError),
}

impl Reactor {
    /// A reactor on this log.
    pub fn new(ground: Ground, executor: Executor, vault: Vault, parties: Arc<Parties>) -> Self {
        Self {
            ground,
            executor,
            vault,
            parties,
        }
    }

    /// Follows the log until stopped.
    pub async fn run(self, stop: CancellationToken) {
        follow(&self.ground.db, FOLLOWER, &stop, || self.next_page()).await;
    }

    /// Reacts to the next events; says whether there were any.
    async fn next_page(&self) -> Result<bool, ReactError> {
        let db = &self.ground.db;
        let after = db.checkpoint(FOLLOWER).await?;
        let events = db.read_after(after, PAGE).await?;
        let Some(last) = events.last() else {
            return Ok(false);
        };
        let causes: Vec<_> = events.iter().map(|stored| &stored.cause).collect();
        let traces = db.traces_of(&causes).await?;
        for stored in &events {
            let span = info_span!("react", event = stored.kind, position = stored.position);
            trace::follow(&span, traces.get(&stored.cause).map(String::as_str));
            self.react(stored).instrument(span).await?;
        }
        // Once for all that was erased in between: old pages and copies are useless then.
        if self.vault.rotation_is_due().await? {
            self.rotate().await?;
        }
        db.save_checkpoint(FOLLOWER, last.position).await?;
        Ok(true)
    }

    /// Gives the commands that one event leads to. Giving them again changes nothing.
    ///
    /// # Errors
    /// [`ReactError`]; the same event may be reacted to again then.
    pub async fn react(&self, stored: &StoredEvent) -> Result<(), ReactError> {
        match (Subject::parse(&stored.stream), stored.kind.as_str()) {
            (Some(Subject::Meeting(meeting)), "minutes.adopted") => {
                minutes::carry_out(self, &meeting, stored).await
            }
            (Some(Subject::Case(case)), "erasure.ordered") => {
                erasure::carry_out(self, &case, stored).await
            }
            (Some(Subject::Signal(signal)), "signal.erasure-ordered") => {
                erasure::texts(self, &signal_owner(&signal), stored).await
            }
            (Some(Subject::Meeting(meeting)), "meeting.erasure-ordered") => {
                erasure::texts(self, &meeting_owner(&meeting), stored).await
            }
            (Some(Subject::Case(case)), "block.recorded") => {
                scarcity::count(self, &case, stored).await
            }
            _ => Ok(()),
        }
    }

    async fn rotate(&self) -> Result<(), ReactError> {
        let (entropy, now) = (&self.ground.entropy, self.ground.clock.now());
        let rotated = self
            .vault
            .rotate(now, entropy.bytes(), || entropy.bytes())
            .await?;
        let (generation, keys) = (rotated.generation, rotated.keys);
        info!(generation, keys, "the wrapping key of the vault changed");
        Ok(())
    }

    /// Gives one command. What is refused is noted and left: the case may have moved on, and the
    /// refusal stands as the answer to its cause.
    async fn give(&self, actor: Actor, cause: CauseKey, work: Work) -> Result<(), ReactError> {
        let subject = work.subject();
        let order = Order {
            actor,
            cause,
            work,
            if_match: None,
            arrival: None,
        };
        match self.executor.execute(order).await? {
            Done::Stored { .. } => {}
            Done::Refused { code, .. } => {
                warn!(%subject, code, "what follows by itself was refused");
            }
            Done::Parked => warn!(%subject, "what follows by itself waits"),
        }
        Ok(())
    }

    /// An organisation that acts for one of its people, as the log says who acted.
    fn on_behalf(&self, organisation: &str, role: &str, person: &str) -> Actor {
        let acted_by = ActedBy {
            role: role.to_owned(),
            person_ref: person.to_owned(),
        };
        actor::on_behalf(&self.parties, organisation, acted_by)
    }

    /// Whoever acted in an event; nobody when a deadline fell due.
    fn who_acted(&self, stored: &StoredEvent) -> Option<Actor> {
        let of = |name: &str| stored.actor[name].as_str();
        Some(self.on_behalf(
            of("organisation")?,
            of("role")?,
            of("personRef").unwrap_or_default(),
        ))
    }
}
