//! The dev port's view of the platform: its clock, and whether anything is under way.

use std::collections::BTreeMap;
use std::sync::Arc;

use chassis::dev::{DevHooks, SettledReport};
use chassis::problem::Problem;
use jiff::Timestamp;
use journal::JournalError;
use proto::Oin;

use crate::checkpoints::Notary;
use crate::clock::Ticker;
use crate::execute::Ground;
use crate::intake::{REPLAY, is_replay, ledger};
use crate::react;
use crate::relay::{ANSWERS, EVENTS, sent};
use crate::views;

/// Moves the platform's clock and counts what is under way.
pub struct Hooks {
    ground: Ground,
    ticker: Ticker,
    notary: Arc<Notary>,
}

impl Hooks {
    pub(super) fn new(ground: Ground, ticker: Ticker, notary: Arc<Notary>) -> Self {
        Self {
            ground,
            ticker,
            notary,
        }
    }

    async fn count(&self) -> Result<SettledReport, JournalError> {
        let db = &self.ground.db;
        let head = db.head().await?;
        let relayed = db.checkpoint(EVENTS).await?;
        let answered = db.checkpoint(ANSWERS).await?;
        let reacted = db.checkpoint(react::FOLLOWER).await?;
        let due = views::deadlines_due(db, self.ground.clock.now())
            .await?
            .len();
        let mut pending = unsigned(head.position - relayed) + unsigned(head.answers - answered);
        pending += unsigned(head.position - reacted);
        pending += u64::try_from(due).unwrap_or_default();
        pending += self.notary.pending().await?;
        let mut received = BTreeMap::new();
        // What an operator had taken in again came once, and was counted then.
        for (sender, messages) in db.answers_by_sender(Some(REPLAY)).await? {
            if let Ok(sender) = Oin::parse(&sender) {
                received.insert(sender, messages);
            }
        }
        // What waits for something unknown was taken in; what waits no longer is still to be done.
        for waiting in ledger::waiting(db).await? {
            match Oin::parse(&waiting.sender) {
                Ok(_) if !waiting.ready && is_replay(&waiting.message) => {}
                Ok(sender) if !waiting.ready => *received.entry(sender).or_default() += 1,
                _ => pending += 1,
            }
        }
        let mut given = BTreeMap::new();
        for (organisation, messages) in sent::counts(db).await? {
            if let Ok(organisation) = Oin::parse(&organisation) {
                given.insert(organisation, messages);
            }
        }
        Ok(SettledReport::Platform {
            pending,
            received,
            sent: given,
        })
    }
}

impl DevHooks for Hooks {
    async fn advance(&self, to: Timestamp) -> Result<(), Problem> {
        self.ticker
            .advance(to)
            .await
            .map_err(|error| Problem::unavailable(error.to_string()))
    }

    async fn settled(&self) -> Result<SettledReport, Problem> {
        self.count()
            .await
            .map_err(|error| Problem::unavailable(error.to_string()))
    }
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
