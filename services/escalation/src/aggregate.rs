//! What the executor must know of a kind of thing that has streams of its own in the log: how it
//! is decided, asked of the gate, and shown. One file per kind; a further kind is one more file
//! and one more arm of each `match` over [`Subject`].

mod case;
mod meeting;
mod pass;
mod register;
mod rule_book;
mod signal;
mod subject;

use gate::Action;
use jiff::Timestamp;
use journal::{Db, JournalError, StoredEvent, Tx};
use ladder::{Decider, EventError};
use serde_json::Value;

use crate::execute::Ground;
use crate::pseudonym::Pseudonyms;
use crate::views::Change;

pub use case::facts::{draft_facts, reading_facts};
pub use meeting::meeting_facts;
pub(crate) use meeting::of_body as facts_of_meeting;
pub use rule_book::RuleBook;
pub(crate) use signal::of as facts_of_signal;
pub use signal::signal_facts;
pub use subject::Subject;

/// An event as the log holds it.
pub trait Recorded: Sized {
    /// Its kind, `<noun>.<past-verb>`.
    fn kind(&self) -> &'static str;

    /// The version in which its data is written.
    fn version(&self) -> u32;

    /// The data as stored, without the kind.
    fn data(&self) -> Value;

    /// The event of a stored kind, version and data.
    ///
    /// # Errors
    /// [`EventError`] when this release knows no such event.
    fn from_stored(kind: &str, version: i64, data: Value) -> Result<Self, EventError>;
}

macro_rules! recorded {
    ($($event:ty),+ $(,)?) => {
        $(impl Recorded for $event {
            fn kind(&self) -> &'static str {
                <$event>::kind(self)
            }

            fn version(&self) -> u32 {
                <$event>::version(self)
            }

            fn data(&self) -> Value {
                <$event>::data(self)
            }

            fn from_stored(kind: &str, version: i64, data: Value) -> Result<Self, EventError> {
                <$event>::from_stored(kind, version, data)
            }
        })+
    };
}

recorded!(
    ladder::Event,
    ladder::meeting::Event,
    ladder::signal::Event,
    ladder::pass::Event,
    ladder::register::Event,
);

/// The rules of one kind of thing, and what belongs to them in this service.
pub trait Aggregate:
    Decider<
        Command: Clone + Send + Sync,
        Event: Recorded + Send + Sync,
        State: Clone + Send + Sync,
        Refusal: Send,
    > + Sized
    + 'static
{
    /// What tells one from another.
    type Id: Clone + Send + Sync;

    /// What the gate must know of one.
    type Facts: gate::Facts;

    /// The rules in force.
    fn rules(ground: &Ground) -> &Self;

    /// Its name across all kinds; its stream follows from it.
    fn subject(id: &Self::Id) -> Subject;

    /// Which action of the policies a command is, and the facts on which they decide.
    fn question(
        id: &Self::Id,
        state: &Self::State,
        command: &Self::Command,
        ground: &Ground,
    ) -> (Action, Self::Facts);

    /// The stable code of a refusal.
    fn code(refusal: &Self::Refusal) -> &'static str;

    /// The open deadlines in this state, each by its name.
    fn deadlines(state: &Self::State) -> Vec<(String, Timestamp)>;

    /// Brings the views of this kind up to a change; deadlines are seen to elsewhere.
    ///
    /// # Errors
    /// [`JournalError`]; the transaction can only be dropped then.
    fn show(
        tx: &mut Tx,
        change: &Change<'_, Self>,
        pseudonyms: &Pseudonyms,
    ) -> impl Future<Output = Result<(), JournalError>> + Send;

    /// The key under which an event from the wire waits, when the command speaks of something
    /// that is not known yet.
    fn missing(_: &Self::Id, _: &Self::State, _: &Self::Command) -> Option<String> {
        None
    }

    /// Whether the rules refused because something is not known yet.
    fn is_not_known_yet(_: &Self::Refusal) -> bool {
        false
    }

    /// What a change brings that events from the wire may wait for.
    ///
    /// # Errors
    /// [`JournalError::Unreadable`]: an id in the log is not valid.
    fn brought(_: &Change<'_, Self>, _: &Pseudonyms) -> Result<Vec<String>, JournalError> {
        Ok(Vec::new())
    }
}

/// Deadlines by their names, as timers keep them.
fn named<D: ToString>(
    deadlines: impl IntoIterator<Item = (D, Timestamp)>,
) -> Vec<(String, Timestamp)> {
    let deadlines = deadlines.into_iter();
    deadlines.map(|(due, at)| (due.to_string(), at)).collect()
}

/// A thing as its events make it, and the version of its stream.
#[derive(Debug, Clone)]
pub(crate) struct Folded<A: Aggregate> {
    /// The state.
    pub state: A::State,
    /// How many events its stream has.
    pub version: i64,
}

impl<A: Aggregate> Default for Folded<A> {
    fn default() -> Self {
        Self {
            state: A::State::default(),
            version: 0,
        }
    }
}

impl<A: Aggregate> Folded<A> {
    /// Folds a stream from its first event.
    ///
    /// # Errors
    /// [`EventError`] when this release cannot read one of them.
    pub(crate) fn of<'a>(
        events: impl IntoIterator<Item = &'a StoredEvent>,
    ) -> Result<Self, EventError> {
        let mut folded = Self::default();
        for stored in events {
            folded.evolve(&event(stored)?, stored.at);
        }
        Ok(folded)
    }

    /// One event further.
    pub(crate) fn evolve(&mut self, event: &A::Event, at: Timestamp) {
        self.version += 1;
        self.state = A::evolve(std::mem::take(&mut self.state), event, at);
    }
}

/// One thing as it stands in the log now, and its version; the default and 0 when it is not there.
///
/// # Errors
/// [`JournalError`] when the database does not answer or an event cannot be read.
pub async fn read<A: Aggregate>(db: &Db, id: &A::Id) -> Result<(A::State, i64), JournalError> {
    let events = db.read_stream(&A::subject(id).to_string()).await?;
    let folded = Folded::<A>::of(&events).map_err(|_| JournalError::Unreadable {
        what: "event of a stream",
    })?;
    Ok((folded.state, folded.version))
}

/// The event behind a row of the log.
///
/// # Errors
/// [`EventError`] when this release cannot read it.
pub(crate) fn event<E: Recorded>(stored: &StoredEvent) -> Result<E, EventError> {
    E::from_stored(
        &stored.kind,
        i64::from(stored.kind_version),
        stored.data.clone(),
    )
}
