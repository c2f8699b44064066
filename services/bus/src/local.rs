//! The bus inside one process: the same promises as the broker, held in memory.
//!
//! There is one queue for what all parties send to the platform and one per party for what is
//! addressed to it. A queue keeps the order of publication, forgets nothing that was not
//! acknowledged, and refuses new messages when it is full. Timers (retry, the dedupe window) run
//! on tokio's clock, which tests can pause.

mod faults;
mod queue;

pub use faults::Faults;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use proto::{Direction, Oin, parse_subject};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::delivery::Settlement;
use crate::{Bus, Delivery, Identity, Message, PublishError, Waiting};
use faults::Shuffler;
use queue::{Entry, Queue, Taken};

/// The in-process bus itself. Cheap to clone; hands out one [`Bus`] per identity.
#[derive(Clone, Debug, Default)]
pub struct LocalBus {
    queues: Arc<Mutex<HashMap<Identity, Arc<Shared>>>>,
    faults: Option<Faults>,
}

/// A queue and the bell that rings when something in it changed.
#[derive(Debug)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Notify,
}

impl Shared {
    /// Changes the queue and wakes whoever waits for it. A panic elsewhere cannot leave the
    /// queue half-changed (nothing in it panics), so a poisoned lock is taken over.
    fn change<T>(&self, change: impl FnOnce(&mut Queue) -> T) -> T {
        let result = change(&mut self.queue.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_waiters();
        result
    }
}

impl LocalBus {
    /// An empty bus that delivers everything once and in order.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty bus that repeats and reorders messages as an unkind network would.
    #[must_use]
    pub fn with_faults(faults: Faults) -> Self {
        LocalBus {
            queues: Arc::default(),
            faults: Some(faults),
        }
    }

    /// The platform's handle.
    #[must_use]
    pub fn platform(&self) -> Bus {
        self.handle(Identity::Platform)
    }

    /// The handle of the party with this OIN.
    #[must_use]
    pub fn party(&self, oin: Oin) -> Bus {
        self.handle(Identity::Party(oin))
    }

    fn handle(&self, identity: Identity) -> Bus {
        Bus::Local(Handle {
            bus: self.clone(),
            identity,
        })
    }

    /// The queue that `reader` reads, made when first needed.
    fn queue_of(&self, reader: &Identity) -> Arc<Shared> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queues.entry(reader.clone()).or_insert_with(|| {
            let shuffler = self.faults.map(|faults| Shuffler::new(faults, reader));
            Arc::new(Shared {
                queue: Mutex::new(Queue::new(shuffler)),
                changed: Notify::new(),
            })
        });
        Arc::clone(queue)
    }
}

/// A handle on the local bus, bound to one identity.
#[derive(Clone, Debug)]
pub struct Handle {
    bus: LocalBus,
    identity: Identity,
}

impl Handle {
    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    pub(crate) fn publish(&self, message: Message) -> Result<(), PublishError> {
        let subject = parse_subject(&message.subject).map_err(|_| PublishError::Forbidden)?;
        let reader = match subject.direction {
            Direction::Out => Identity::Platform,
            Direction::In => Identity::Party(subject.oin.clone()),
        };
        let stored = self
            .bus
            .queue_of(&reader)
            .change(|queue| queue.publish(message, subject.oin, Instant::now()));
        if stored {
            Ok(())
        } else {
            Err(PublishError::Refused)
        }
    }

    pub(crate) fn waiting_for(&self, party: &Oin) -> Vec<Waiting> {
        let queue = self.bus.queue_of(&Identity::Party(party.clone()));
        let queue = queue.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.waiting(Instant::now())
    }

    pub(crate) fn deliveries(&self) -> Deliveries {
        Deliveries {
            shared: self.bus.queue_of(&self.identity),
        }
    }
}

/// The deliveries to one identity on the local bus.
#[derive(Debug)]
pub(crate) struct Deliveries {
    shared: Arc<Shared>,
}

impl Deliveries {
    pub(crate) async fn next(&mut self) -> Delivery {
        loop {
            // Listen before looking, so that a message that arrives in between is not missed.
            let changed = self.shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let taken = {
                let queue = &self.shared.queue;
                queue
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take(Instant::now())
            };
            match taken {
                Taken::Entry(entry) => {
                    let (message, sender) = (entry.message.clone(), entry.sender.clone());
                    let attempt = entry.attempt;
                    let receipt = Receipt {
                        shared: Arc::clone(&self.shared),
                        entry: Some(entry),
                    };
                    return Delivery::local(message, sender, attempt, receipt);
                }
                Taken::NotBefore(due) => {
                    tokio::select! {
                        () = changed => {}
                        () = tokio::time::sleep_until(due) => {}
                    }
                }
                Taken::Nothing => changed.await,
            }
        }
    }
}

/// Answers for one delivery; dropped without an answer, it puts the message back.
#[derive(Debug)]
pub(crate) struct Receipt {
    shared: Arc<Shared>,
    entry: Option<Entry>,
}

impl Receipt {
    pub(crate) fn settle(mut self, settlement: Settlement) {
        let Some(entry) = self.entry.take() else {
            return;
        };
        self.shared.change(|queue| match settlement {
            Settlement::Acknowledged | Settlement::Terminated => queue.forget(&entry),
            Settlement::RetryAfter(after) => queue.postpone(entry, Instant::now() + after),
        });
    }
}

impl Drop for Receipt {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.shared.change(|queue| queue.give_back(entry));
        }
    }
}

#[cfg(test)]
mod tests;
