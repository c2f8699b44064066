//! What comes in from organisations: verified, put in its sender's order, translated, carried out.
//!
//! One worker per sender, so that nobody waits behind another. A message is acknowledged only
//! when what it led to is stored: carried out, refused, parked or in quarantine.

mod again;
mod hand_in;
mod incoming;
mod lane;
pub mod ledger;
pub mod quarantine;
pub(crate) mod waits_for;
mod worker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bus::{Bus, Delivery};
use chassis::parties::Parties;
use journal::vault::Vault;
use proto::Oin;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::warn;

use crate::execute::{Executor, Ground};
pub(crate) use again::{Again, AgainError};
pub(crate) use hand_in::{HandInError, Taken};
use lane::Lane;
pub(crate) use quarantine::KEEP_DAYS;
use worker::Worker;
pub(crate) use worker::{REPLAY, arrived_on, expire_parked, is_replay};

/// How often events that are ready are looked for, beside being told: another replica, or an
/// earlier run of this one, may have released them.
const LOOK: Duration = Duration::from_secs(1);

/// How long to wait before the bus is asked for deliveries again.
const RECONNECT: Duration = Duration::from_millis(500);

/// After how long a delivery that was given back comes again.
const GIVEN_BACK: Duration = Duration::from_millis(500);

/// How long a worker may take, after the stop, for the message that it has in hand.
const LAST_MESSAGE: Duration = Duration::from_secs(10);

/// What the intake needs.
#[derive(Clone)]
pub struct Intake {
    /// The log, the gate, the clock.
    pub ground: Ground,
    /// The one door to the log.
    pub executor: Executor,
    /// Seals what people wrote.
    pub vault: Vault,
    /// Who may send.
    pub parties: Arc<Parties>,
    /// Told when parked events became ready.
    pub released: Arc<Notify>,
}

/// The workers, one per sender: every door leads to the same. Cheap to clone.
#[derive(Clone)]
pub struct Line {
    intake: Intake,
    workers: Arc<Mutex<HashMap<Oin, Lane>>>,
    running: TaskTracker,
    stop: CancellationToken,
}

impl Line {
    /// A line without anybody in it, until `stop`.
    pub fn new(intake: Intake, stop: CancellationToken) -> Self {
        Self {
            intake,
            workers: Arc::default(),
            running: TaskTracker::new(),
            stop,
        }
    }

    /// Takes in what organisations send over the bus, until stopped.
    pub async fn run(self, bus: Bus) {
        let stop = &self.stop;
        while !stop.is_cancelled() {
            let mut deliveries = match bus.deliveries().await {
                Ok(deliveries) => deliveries,
                Err(error) => {
                    warn!(%error, "no deliveries yet");
                    tokio::select! {
                        () = tokio::time::sleep(RECONNECT) => continue,
                        () = stop.cancelled() => return,
                    }
                }
            };
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    delivery = deliveries.next() => match delivery {
                        Some(delivery) => self.dispatch(delivery),
                        None => break,
                    },
                    () = self.intake.released.notified() => self.nudge().await,
                    () = tokio::time::sleep(LOOK) => self.nudge().await,
                }
            }
        }
    }

    /// Waits, after the stop, until every worker is done with the message that it has in hand, as long
    /// as one may take. What waited behind it was given back to whoever brought it.
    pub(crate) async fn stopped(&self) {
        self.running.close();
        let in_time = tokio::time::timeout(LAST_MESSAGE, self.running.wait()).await;
        if in_time.is_err() {
            warn!("a message is still being taken in; it comes again after the start");
        }
    }

    /// Puts a delivery before its sender's worker. Never waits: one sender's line is no matter of
    /// the others'.
    fn dispatch(&self, delivery: Delivery) {
        let worker = self.worker(&delivery.sender);
        if let Err(delivery) = worker.deliver(delivery) {
            // There is room for all that the bus has in hand, so only a stop leads here.
            warn!(sender = %delivery.sender, "a delivery is given back");
            self.running.spawn(delivery.retry(GIVEN_BACK));
        }
    }

    async fn nudge(&self) {
        match ledger::ready_senders(&self.intake.ground.db).await {
            Ok(senders) => {
                for sender in senders {
                    self.worker(&sender).ready();
                }
            }
            Err(error) => warn!(%error, "parked events could not be looked for"),
        }
    }

    fn worker(&self, sender: &Oin) -> Lane {
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        workers
            .entry(sender.clone())
            .or_insert_with(|| {
                let (lane, jobs) = lane::lane();
                let worker = Worker::new(self.intake.clone(), sender.clone());
                self.running.spawn(worker.run(jobs, self.stop.clone()));
                lane
            })
            .clone()
    }
}
