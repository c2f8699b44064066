//! The one function that appends events: `execute(command, actor, cause)`.
//!
//! Commands wait in a bounded queue; one executor takes what waits into one transaction.

mod batch;
mod decided;
mod work;

use std::sync::Arc;
use std::time::Duration;

use chassis::clock::Clock;
use chassis::entropy::Entropy;
use chassis::trace;
use gate::{Actor, Gate};
use journal::vault::Vault;
use journal::{CauseKey, Db, JournalError, Outcome};
use ladder::{Retention, Rules};
use proto::Oin;
use tokio::sync::{mpsc, oneshot};
use tracing::{error, warn};
use uuid::Uuid;

use crate::aggregate::RuleBook;
use crate::metrics::Counters;
use crate::pseudonym::Pseudonyms;

pub use crate::aggregate::{draft_facts, reading_facts};
pub use work::Work;

/// How many commands may wait; beyond that the caller waits, or is told to come back.
const QUEUE: usize = 1_024;

/// How many waiting commands go into one transaction at most.
const BATCH: usize = 128;

/// What one transaction needs.
#[derive(Clone)]
pub struct Ground {
    /// The log with its views.
    pub db: Db,
    /// Who may.
    pub gate: Arc<Gate>,
    /// Whether now: for cases.
    pub rules: Arc<Rules>,
    /// Whether now: for meetings, signals and registers.
    pub rule_book: Arc<RuleBook>,
    /// What time it is.
    pub clock: Clock,
    /// New ids.
    pub entropy: Entropy,
    /// Every organisation's name for a case.
    pub pseudonyms: Pseudonyms,
    /// The keys of what people wrote: those of new texts are stored before the transaction.
    pub vault: Vault,
    /// How long the platform keeps what it knows.
    pub retention: Arc<Retention>,
}

/// A command with everything that is needed to carry it out or to answer for it.
#[derive(Clone)]
pub struct Order {
    /// Who asks.
    pub actor: Actor,
    /// What, and about what.
    pub work: Work,
    /// By which message, form or timer; a repetition gets the same answer.
    pub cause: CauseKey,
    /// The version of it that the caller saw (`If-Match`).
    pub if_match: Option<i64>,
    /// For an event from the wire: where it came in.
    pub arrival: Option<Arrival>,
}

/// An event from the wire, as far as the transaction needs to know it.
#[derive(Clone)]
pub struct Arrival {
    /// Who sent it.
    pub sender: Oin,
    /// The sender's count.
    pub sequence: Option<u64>,
    /// SHA-256 (base64) of the message as it came in, for the tree over the log.
    pub digest: String,
    /// The whole event, sealed, to be parked when what it speaks of is not known yet.
    pub sealed_body: String,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// Carried out, now or at an earlier delivery.
    Stored {
        /// The events it led to.
        event_ids: Vec<Uuid>,
        /// The log's position after it.
        position: i64,
    },
    /// Refused by the gate or the rules; the same answer stands for every repetition.
    Refused {
        /// The stable code.
        code: String,
        /// The refusal in words.
        text: String,
        /// Whether the gate refused, rather than the rules.
        denied: bool,
    },
    /// Waiting until what it speaks of is known.
    Parked,
}

/// The code of a refusal by the gate.
pub const NOT_ALLOWED: &str = "not_allowed";

impl From<Outcome> for Done {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Stored {
                event_ids,
                position,
            } => Self::Stored {
                event_ids,
                position,
            },
            Outcome::Refused { code, text, .. } => {
                let denied = code == NOT_ALLOWED;
                Self::Refused { code, text, denied }
            }
        }
    }
}

/// Why a command has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExecuteError {
    /// What the command is about changed since the caller saw it.
    #[error("this changed in the meantime; it is now at version {version}")]
    Conflict {
        /// Its version now.
        version: i64,
    },
    /// The database did not take it; nothing of it was done.
    #[error("this could not be stored now; try again")]
    Unavailable,
}

/// An order, and where whoever gave it stands in a trace.
struct Traced {
    order: Order,
    trace: Option<String>,
}

type Answer = Result<Done, ExecuteError>;

struct Waiting {
    order: Traced,
    answer: oneshot::Sender<Answer>,
}

/// The door to the executor. Cheap to clone.
#[derive(Clone)]
pub struct Executor {
    queue: mpsc::Sender<Waiting>,
    counters: Counters,
}

impl Executor {
    /// Starts the executor; it ends when the last door is dropped and the queue is empty.
    /// `released` is told after each commit that made parked events ready.
    pub fn start(ground: Ground, released: Arc<tokio::sync::Notify>) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(run(ground, waiting, released));
        Self {
            queue,
            counters: Counters::default(),
        }
    }

    /// Carries a command out, or says why not. Returns after the commit.
    ///
    /// # Errors
    /// [`ExecuteError`]; nothing was done then, and the same order may be given again.
    pub async fn execute(&self, order: Order) -> Answer {
        let (answer, answered) = oneshot::channel();
        let trace = trace::current();
        let order = Traced { order, trace };
        let waiting = Waiting { order, answer };
        self.queue
            .send(waiting)
            .await
            .map_err(|_| ExecuteError::Unavailable)?;
        let answer = answered.await.unwrap_or(Err(ExecuteError::Unavailable));
        if let Ok(Done::Refused { code, .. }) = &answer {
            self.counters.refused(code);
        }
        answer
    }

    /// What is counted as it happens.
    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }
}

async fn run(
    ground: Ground,
    mut waiting: mpsc::Receiver<Waiting>,
    released: Arc<tokio::sync::Notify>,
) {
    let mut taken = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut taken, BATCH).await > 0 {
        let (orders, answers): (Vec<_>, Vec<_>) = taken
            .drain(..)
            .map(|waiting: Waiting| (waiting.order, waiting.answer))
            .unzip();
        let results = carry_out(&ground, orders).await;
        if results.iter().any(|(_, released)| *released) {
            released.notify_one();
        }
        for (answer, (result, _)) in answers.into_iter().zip(results) {
            // The caller may have gone away; what was stored stays stored.
            let _ = answer.send(result);
        }
    }
}

/// One transaction for all; when that fails, one for each, so that the one that fails alone is
/// the only one that suffers.
async fn carry_out(ground: &Ground, orders: Vec<Traced>) -> Vec<(Answer, bool)> {
    // Before the events that hold what is sealed under them.
    if let Err(error) = ground.vault.store_pending().await {
        error!(%error, "the keys of new texts could not be stored");
        let refused = |_| (Err(ExecuteError::Unavailable), false);
        return orders.into_iter().map(refused).collect();
    }
    match batch::run(ground, &orders).await {
        Ok(done) => done
            .answers
            .into_iter()
            .map(|answer| (answer, done.released))
            .collect(),
        Err(error) if orders.len() == 1 => {
            report_failure(&error);
            vec![(Err(ExecuteError::Unavailable), false)]
        }
        Err(error) => {
            warn!(%error, commands = orders.len(), "a batch failed; its commands run one by one");
            let mut answers = Vec::with_capacity(orders.len());
            for order in orders {
                match batch::run(ground, std::slice::from_ref(&order)).await {
                    Ok(mut done) => {
                        let answer = done.answers.pop().unwrap_or(Err(ExecuteError::Unavailable));
                        answers.push((answer, done.released));
                    }
                    Err(error) => {
                        report_failure(&error);
                        answers.push((Err(ExecuteError::Unavailable), false));
                    }
                }
            }
            answers
        }
    }
}

fn report_failure(error: &JournalError) {
    error!(%error, "a command could not be stored");
}

/// How long to wait before a message that could not be stored is tried again.
pub fn back_off(attempt: u64) -> Duration {
    let exponent = u32::try_from(attempt.clamp(1, 6) - 1).unwrap_or_default();
    Duration::from_millis(250) * 2_u32.pow(exponent)
}
