//! Whether what the broker confirmed still stands in the parties' streams. After every new connection
//! a stream takes nothing until it was looked at, and after a loss until what was lost is on its way
//! again: so nothing later overtakes it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use proto::Oin;
use tokio::sync::oneshot;

/// A party may have lost what the broker had confirmed: the last of what was sent to it has to be sent
/// again, under the same ids. Its stream takes nothing before that is said; dropped without a word, it
/// is announced again.
#[derive(Debug)]
pub struct Loss {
    /// To whom it was addressed.
    pub party: Oin,
    told: oneshot::Sender<()>,
}

impl Loss {
    /// The loss of a party, and what hears that it was made good.
    pub(super) fn of(party: Oin) -> (Self, oneshot::Receiver<()>) {
        let (told, heard) = oneshot::channel();
        (Self { party, told }, heard)
    }

    /// Says that all of it waits to be sent again, before anything later.
    pub fn told(self) {
        // Whoever does not listen any more has ended.
        let _ = self.told.send(());
    }
}

/// What is known of the streams.
#[derive(Debug, Default)]
pub(super) struct Confirmed(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    epoch: u64,
    /// The connection in which the streams are looked at; the client counts them from 1.
    connection: u64,
    streams: HashMap<String, Stream>,
}

/// Whether a stream takes messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// It was looked at in this connection.
    Yes,
    /// It is being looked at, or something in it is to be made good: in a moment.
    NotYet,
    /// It cannot be looked at, and others can.
    No,
}

#[derive(Debug, Default)]
struct Stream {
    /// The connection in which it takes messages.
    open_in: u64,
    /// The connection in which it could not be looked at.
    unseen_in: u64,
    /// The number of the last message that was confirmed.
    last: u64,
}

impl Confirmed {
    /// Changes with every new connection and every loss: whoever knew before it what is sent and what
    /// waits looks again.
    pub(super) fn epoch(&self) -> u64 {
        self.with(|state| state.epoch)
    }

    /// The streams are looked at in this connection.
    pub(super) fn begin(&self, connection: u64) {
        self.with(|state| {
            if state.connection != connection {
                state.connection = connection;
                state.epoch += 1;
            }
        });
    }

    /// All that was confirmed stands there.
    pub(super) fn open(&self, stream: &str) {
        self.with(|state| {
            let connection = state.connection;
            state.stream(stream).open_in = connection;
        });
    }

    /// What stands there is not known.
    pub(super) fn unseen(&self, stream: &str) {
        self.with(|state| {
            let connection = state.connection;
            let stream = state.stream(stream);
            (stream.open_in, stream.unseen_in) = (0, connection);
        });
    }

    /// Something that was confirmed is gone.
    pub(super) fn close(&self, stream: &str) {
        self.with(|state| {
            state.epoch += 1;
            let stream = state.stream(stream);
            (stream.open_in, stream.unseen_in) = (0, 0);
        });
    }

    /// What is gone waits to be sent again: the stream counts from where it is.
    pub(super) fn forget(&self, stream: &str) {
        self.with(|state| state.stream(stream).last = 0);
    }

    /// Whether a stream takes messages in this connection.
    pub(super) fn takes(&self, stream: &str, connection: u64) -> Takes {
        self.with(|state| match state.streams.get(stream) {
            Some(stream) if stream.open_in == connection => Takes::Yes,
            Some(stream) if stream.unseen_in == connection => Takes::No,
            Some(_) | None => Takes::NotYet,
        })
    }

    /// A message was confirmed under this number.
    pub(super) fn add(&self, stream: &str, number: u64) {
        self.with(|state| {
            let stream = state.stream(stream);
            stream.last = stream.last.max(number);
        });
    }

    /// The number of the last message that this process saw confirmed; 0 when none.
    pub(super) fn last(&self, stream: &str) -> u64 {
        self.with(|state| state.streams.get(stream).map_or(0, |stream| stream.last))
    }

    fn with<T>(&self, what: impl FnOnce(&mut State) -> T) -> T {
        // Numbers are never left half written.
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn stream(&mut self, name: &str) -> &mut Stream {
        self.streams.entry(name.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_takes_nothing_in_a_connection_in_which_it_was_not_looked_at() {
        let confirmed = Confirmed::default();
        confirmed.begin(1);
        assert_eq!(confirmed.takes("to-1", 1), Takes::NotYet);
        confirmed.open("to-1");
        assert_eq!(confirmed.takes("to-1", 1), Takes::Yes);
        assert_eq!(confirmed.takes("to-1", 2), Takes::NotYet);
        assert_eq!(confirmed.takes("to-2", 1), Takes::NotYet);
    }

    #[test]
    fn a_stream_that_cannot_be_looked_at_is_said_to_take_nothing() {
        let confirmed = Confirmed::default();
        confirmed.begin(1);
        confirmed.open("to-1");
        confirmed.unseen("to-1");
        assert_eq!(confirmed.takes("to-1", 1), Takes::No);
        assert_eq!(confirmed.takes("to-1", 2), Takes::NotYet);
        confirmed.open("to-1");
        assert_eq!(confirmed.takes("to-1", 1), Takes::Yes);
    }

    #[test]
    fn a_loss_closes_one_stream_until_it_is_mended() {
        let confirmed = Confirmed::default();
        confirmed.begin(1);
        for stream in ["to-1", "to-2"] {
            confirmed.open(stream);
            confirmed.add(stream, 7);
        }
        let before = confirmed.epoch();
        confirmed.close("to-1");
        assert_ne!(confirmed.epoch(), before);
        assert_eq!(confirmed.takes("to-1", 1), Takes::NotYet);
        assert_eq!(confirmed.takes("to-2", 1), Takes::Yes);
        confirmed.forget("to-1");
        confirmed.open("to-1");
        assert_eq!(confirmed.takes("to-1", 1), Takes::Yes);
        assert_eq!((confirmed.last("to-1"), confirmed.last("to-2")), (0, 7));
    }

    #[test]
    fn the_same_connection_changes_nothing_for_who_knew_before() {
        let confirmed = Confirmed::default();
        confirmed.begin(1);
        let epoch = confirmed.epoch();
        confirmed.begin(1);
        assert_eq!(confirmed.epoch(), epoch);
        confirmed.begin(2);
        assert_ne!(confirmed.epoch(), epoch);
    }
}
