//! What comes in from organisations: verified, put in its sender's order, translated, carried out.
//!
//! One worker per sender, so that nobody waits behind another. A message is acknowledged only
//! when what it led to is stored: carried out, refused, parked or in quarantine.

mod hand_in;
mod incoming;
pub mod ledger;
pub mod quarantine;
mod worker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bus::{Bus, Delivery};
use chassis::parties::Parties;
use journal::vault::Vault;
use proto::Oin;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use crate::execute::{Executor, Ground};
pub(crate) use hand_in::{HandInError, Taken};
pub(crate) use quarantine::KEEP_DAYS;
use worker::Worker;
pub(crate) use worker::{arrived_on, expire_parked};

/// How many deliveries of one sender may wait for its worker.
const PER_SENDER: usize = 256;

/// How often events that are ready are looked for, beside being told: another replica, or an
/// earlier run of this one, may have released them.
const LOOK: Duration = Duration::from_secs(1);

/// How long to wait before the bus is asked for deliveries again.
const RECONNECT: Duration = Duration::from_millis(500);

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

/// What a worker is given to do.
enum Job {
    /// A message from the bus.
    Delivered(Box<Delivery>),
    /// A message that came over HTTP.
    HandedIn(hand_in::HandedIn),
    /// Something of this sender waits no longer.
    Ready,
}

/// The workers, one per sender: every door leads to the same. Cheap to clone; they end when the
/// last clone is dropped.
#[derive(Clone)]
pub struct Line {
    intake: Intake,
    workers: Arc<Mutex<HashMap<Oin, mpsc::Sender<Job>>>>,
}

impl Line {
    /// A line without anybody in it.
    pub fn new(intake: Intake) -> Self {
        Self {
            intake,
            workers: Arc::default(),
        }
    }

    /// Takes in what organisations send over the bus, until stopped.
    pub async fn run(self, bus: Bus, stop: CancellationToken) {
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
                        Some(delivery) => {
                            let worker = self.worker(&delivery.sender);
                            // A full worker holds the bus back: back-pressure, not memory.
                            if worker.send(Job::Delivered(Box::new(delivery))).await.is_err() {
                                error!("a sender's worker is gone");
                            }
                        }
                        None => break,
                    },
                    () = self.intake.released.notified() => self.nudge().await,
                    () = tokio::time::sleep(LOOK) => self.nudge().await,
                }
            }
        }
    }

    async fn nudge(&self) {
        match ledger::ready_senders(&self.intake.ground.db).await {
            Ok(senders) => {
                for sender in senders {
                    // A full worker looks by itself after its next job.
                    let _ = self.worker(&sender).try_send(Job::Ready);
                }
            }
            Err(error) => warn!(%error, "parked events could not be looked for"),
        }
    }

    fn worker(&self, sender: &Oin) -> mpsc::Sender<Job> {
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        workers
            .entry(sender.clone())
            .or_insert_with(|| {
                let (jobs, waiting) = mpsc::channel(PER_SENDER);
                tokio::spawn(Worker::new(self.intake.clone(), sender.clone()).run(waiting));
                jobs
            })
            .clone()
    }
}
