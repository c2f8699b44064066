//! The way to one sender's worker. What comes over the bus has room of its own, as much as the bus has
//! in hand at a time, and what comes by other ways has theirs, beyond which it is sent back. So
//! whoever fills one door, or all of them, holds up the dispatch of nobody else.

use std::sync::Arc;

use bus::{Delivery, MAX_UNACKNOWLEDGED};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};

use super::{again, hand_in};

/// How many messages of one sender that came by another way than the bus wait for its worker.
const BESIDE_THE_BUS: usize = 256;

/// What a worker is given to do.
pub(super) enum Job {
    /// A message from the bus.
    Delivered(Box<Delivery>),
    /// A message that came over HTTP, with its place in the line.
    HandedIn(hand_in::HandedIn, OwnedSemaphorePermit),
    /// A message out of quarantine, with its place in the line.
    Again(again::TakeAgain, OwnedSemaphorePermit),
    /// Something of this sender waits no longer.
    Ready,
}

/// Why a job was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turned {
    /// There is no room now.
    Full,
    /// The worker is gone: the service stops.
    Gone,
}

/// The entrance: cheap to clone.
#[derive(Clone)]
pub(super) struct Lane {
    jobs: mpsc::Sender<Job>,
    beside_the_bus: Arc<Semaphore>,
    ready: Arc<Notify>,
}

/// The worker's end.
pub(super) struct Jobs {
    jobs: mpsc::Receiver<Job>,
    ready: Arc<Notify>,
}

/// A lane with its end.
pub(super) fn lane() -> (Lane, Jobs) {
    let (jobs, waiting) = mpsc::channel(MAX_UNACKNOWLEDGED + BESIDE_THE_BUS);
    let ready = Arc::new(Notify::new());
    let lane = Lane {
        jobs,
        beside_the_bus: Arc::new(Semaphore::new(BESIDE_THE_BUS)),
        ready: Arc::clone(&ready),
    };
    let end = Jobs {
        jobs: waiting,
        ready,
    };
    (lane, end)
}

impl Lane {
    /// Puts a delivery at the end, without waiting.
    ///
    /// # Errors
    /// The delivery itself, when there is no room or no worker: it is to be given back.
    pub(super) fn deliver(&self, delivery: Delivery) -> Result<(), Box<Delivery>> {
        let job = Job::Delivered(Box::new(delivery));
        match self
            .jobs
            .try_send(job)
            .map_err(mpsc::error::TrySendError::into_inner)
        {
            Ok(()) | Err(Job::HandedIn(..) | Job::Again(..) | Job::Ready) => Ok(()),
            Err(Job::Delivered(delivery)) => Err(delivery),
        }
    }

    /// Puts a message that came over HTTP at the end, without waiting.
    ///
    /// # Errors
    /// [`Turned`].
    pub(super) fn hand_in(&self, message: hand_in::HandedIn) -> Result<(), Turned> {
        let place = self.place()?;
        self.put(Job::HandedIn(message, place))
    }

    /// Puts a message out of quarantine at the end, without waiting.
    ///
    /// # Errors
    /// [`Turned`].
    pub(super) fn again(&self, message: again::TakeAgain) -> Result<(), Turned> {
        let place = self.place()?;
        self.put(Job::Again(message, place))
    }

    /// Says that something of this sender waits no longer; said twice before the worker comes to it,
    /// it counts once.
    pub(super) fn ready(&self) {
        self.ready.notify_one();
    }

    fn place(&self) -> Result<OwnedSemaphorePermit, Turned> {
        let places = Arc::clone(&self.beside_the_bus);
        places.try_acquire_owned().map_err(|_| Turned::Full)
    }

    fn put(&self, job: Job) -> Result<(), Turned> {
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Turned::Full,
            mpsc::error::TrySendError::Closed(_) => Turned::Gone,
        })
    }
}

impl Jobs {
    /// Waits for the next thing to do; none when the last entrance is gone.
    pub(super) async fn next(&mut self) -> Option<Job> {
        tokio::select! {
            biased;
            job = self.jobs.recv() => job,
            () = self.ready.notified() => Some(Job::Ready),
        }
    }
}

#[cfg(test)]
mod tests {
    use bus::{LocalBus, Message};
    use futures::FutureExt;
    use proto::{Oin, out_subject};
    use tokio::sync::oneshot;

    use super::*;

    fn sender() -> Oin {
        Oin::parse("00000099000000002000").unwrap()
    }

    fn message(id: &str) -> Message {
        let subject = out_subject(&sender(), "heartbeat.sent");
        Message::event(subject, id.to_owned(), "{}")
    }

    fn handed_in() -> hand_in::HandedIn {
        let (answer, _) = oneshot::channel();
        hand_in::HandedIn {
            message: message("over http"),
            answer,
        }
    }

    #[tokio::test]
    async fn whoever_fills_one_door_leaves_the_room_of_the_other() {
        let (lane, mut jobs) = lane();
        while lane.hand_in(handed_in()) == Ok(()) {}
        assert_eq!(lane.hand_in(handed_in()), Err(Turned::Full));
        // As much as the bus has in hand at a time goes before the worker took anything.
        let bus = LocalBus::new();
        let (party, platform) = (bus.party(sender()), bus.platform());
        for nth in 0..MAX_UNACKNOWLEDGED {
            party.publish(message(&nth.to_string())).await.unwrap();
        }
        let mut deliveries = platform.deliveries().await.unwrap();
        for nth in 0..MAX_UNACKNOWLEDGED {
            let delivery = deliveries.next().await.unwrap();
            assert!(lane.deliver(delivery).is_ok(), "{nth}");
        }
        // What is taken out makes room for as much again.
        for _ in 0..BESIDE_THE_BUS {
            assert!(matches!(jobs.next().await, Some(Job::HandedIn(..))));
        }
        assert_eq!(lane.hand_in(handed_in()), Ok(()));
        assert_eq!(lane.hand_in(handed_in()), Ok(()));
        assert!(matches!(jobs.next().await, Some(Job::Delivered(_))));
    }

    #[tokio::test]
    async fn being_told_twice_is_one_thing_to_do() {
        let (lane, mut jobs) = lane();
        lane.ready();
        lane.ready();
        lane.hand_in(handed_in()).unwrap();
        assert!(matches!(jobs.next().await, Some(Job::HandedIn(..))));
        assert!(matches!(jobs.next().await, Some(Job::Ready)));
        assert!(jobs.next().now_or_never().is_none());
        drop(lane);
        assert!(jobs.next().await.is_none());
    }
}
