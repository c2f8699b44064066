//! What the dev port asks of a party: to move its clock, and to say whether it has settled.

use std::sync::Arc;

use chassis::{
    Problem,
    dev::{DevHooks, SettledReport},
};
use jiff::Timestamp;
use sqlx::Row;

use crate::{core::Core, error::GatewayError, heartbeat::Heart, sql};

/// The state of outbox and inbox, in distinct messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Handed in, and waiting for a pseudonym.
    pub(crate) waiting: u64,
    /// Given a sequence, and not answered yet.
    pub(crate) unanswered: u64,
    /// Given a sequence.
    pub(crate) sent: u64,
    /// Taken from the platform, quarantine included.
    pub(crate) received: u64,
}

impl Core {
    pub(crate) async fn counts(&self) -> Result<Counts, GatewayError> {
        let row = sqlx::query(sql::COUNTS).fetch_one(self.db.reader()).await?;
        let count = |name: &str| -> Result<u64, GatewayError> {
            let count: i64 = row.try_get(name)?;
            u64::try_from(count).map_err(|_| GatewayError::Unreadable("count"))
        };
        Ok(Counts {
            waiting: count("waiting")?,
            unanswered: count("unanswered")?,
            sent: count("sent")?,
            received: count("received")?,
        })
    }
}

/// The hooks of one party's dev port.
#[derive(Clone)]
pub struct Hooks {
    pub(crate) core: Arc<Core>,
    pub(crate) heart: Option<Arc<Heart>>,
}

impl DevHooks for Hooks {
    /// Of a party's own only the sign of life falls due: once, however far the clock jumps. The
    /// deadlines of cases are the platform's.
    async fn advance(&self, to: Timestamp) -> Result<(), Problem> {
        self.core.clock.set(to);
        if let Some(heart) = &self.heart {
            self.core.beat_when_due(heart).await?;
        }
        Ok(())
    }

    /// A message that is being taken is not counted as received yet, so the platform's count of
    /// what it sent is ahead until it is done: nothing under way goes unseen.
    async fn settled(&self) -> Result<SettledReport, Problem> {
        let counts = self.core.counts().await?;
        Ok(SettledReport::Party {
            oin: self.core.oin.clone(),
            pending: counts.waiting + counts.unanswered,
            received: counts.received,
            sent: counts.sent,
        })
    }
}
