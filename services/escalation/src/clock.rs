//! Deadlines that fall due. A timer is a row; what happens then is a command like any other, so
//! two clocks racing are harmless.

use std::sync::Arc;
use std::time::Duration;

use gate::Actor;
use jiff::Timestamp;
use journal::vault::VaultError;
use journal::{CauseKey, JournalError};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::execute::{ExecuteError, Executor, Ground, Order, Work};
use crate::expiry::Expiry;
use crate::intake::{expire_parked, ledger, quarantine};
use crate::views::{self, DeadlineRow};

/// The sender of a deadline's cause.
pub const SENDER: &str = "clock";

/// How long to wait at most before looking again: another replica may have set a nearer deadline.
const LOOK: Duration = Duration::from_secs(1);

/// Why a tick did not finish; the deadlines stay and are tried again.
#[derive(Debug, thiserror::Error)]
pub enum TickError {
    /// The database did not answer.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A command could not be stored.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// The key vault did not answer.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Lets deadlines fall due.
#[derive(Clone)]
pub struct Ticker {
    ground: Ground,
    executor: Executor,
    expiry: Arc<Expiry>,
}

impl Ticker {
    /// A ticker for this log.
    pub fn new(ground: Ground, executor: Executor) -> Self {
        Self {
            ground,
            executor,
            expiry: Arc::default(),
        }
    }

    /// Carries out everything that is due at `now`, oldest first.
    ///
    /// # Errors
    /// [`TickError`].
    pub async fn tick(&self, now: Timestamp) -> Result<(), TickError> {
        loop {
            let due = views::deadlines_due(&self.ground.db, now).await?;
            let page = due.len();
            for deadline in due {
                self.lapse(deadline).await?;
            }
            if page < 100 {
                break;
            }
        }
        for parked in ledger::overdue(&self.ground.db, now).await? {
            expire_parked(&self.ground, parked, now).await?;
        }
        quarantine::expire(&self.ground.db, now).await?;
        self.expiry.look(&self.ground, &self.executor, now).await?;
        Ok(())
    }

    async fn lapse(&self, deadline: DeadlineRow) -> Result<(), TickError> {
        let DeadlineRow { subject, due, at } = deadline;
        info!(%subject, %due, "a deadline fell due");
        let work =
            Work::lapse(&subject, &due).ok_or(JournalError::Unreadable { what: "deadline" })?;
        let order = Order {
            actor: Actor::Clock,
            cause: CauseKey::new(SENDER, format!("{subject}/{due}/{at}")),
            work,
            if_match: None,
            arrival: None,
        };
        self.executor.execute(order).await?;
        Ok(())
    }

    /// Moves a standing clock to `to`, stopping at every deadline on the way, so that each falls
    /// due at its own time.
    ///
    /// # Errors
    /// [`TickError`].
    pub async fn advance(&self, to: Timestamp) -> Result<(), TickError> {
        while let Some(next) = views::next_deadline(&self.ground.db).await? {
            if next > to {
                break;
            }
            if next > self.ground.clock.now() {
                self.ground.clock.set(next);
            }
            self.tick(next).await?;
            if views::next_deadline(&self.ground.db).await? == Some(next) {
                error!(at = %next, "a deadline did not go away");
                break;
            }
        }
        self.ground.clock.set(to);
        // What is looked at once a day has no deadline of its own.
        self.tick(to).await
    }

    /// Ticks whenever a deadline falls due, until stopped.
    pub async fn run(self, stop: CancellationToken) {
        let mut committed = self.ground.db.committed();
        loop {
            if let Err(error) = self.tick(self.ground.clock.now()).await {
                error!(%error, "deadlines could not be carried out; tried again soon");
            }
            let next = views::next_deadline(&self.ground.db).await.ok().flatten();
            tokio::select! {
                () = stop.cancelled() => return,
                () = async {
                    match next {
                        Some(due) => self.ground.clock.reaches(due).await,
                        None => std::future::pending().await,
                    }
                } => {}
                changed = committed.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}
