use std::collections::HashMap;

use serde::Serialize;
use sqlx::Row;

use super::{Tx, as_json};
use crate::outcome::outcome_of;
use crate::{CauseKey, Claim, JournalError, Outcome, SHARD, Settled, StoredOutcome, sql};

/// A row of the inbox as it travels in the batch's JSON parameter.
#[derive(Serialize)]
struct InboxRow<'c> {
    sender: &'c str,
    message: &'c str,
    answer: i64,
    outcome: String,
    digest: Option<&'c str>,
    trace: Option<&'c str>,
}

impl Tx {
    /// Asks of a batch of causes which are new; the answers stand in the order of the causes.
    /// Every [`Claim::New`] must be settled in this transaction.
    ///
    /// # Errors
    /// [`JournalError::Nul`] for a cause no engine can store; [`JournalError`] for the rest.
    pub async fn claim(&mut self, causes: &[CauseKey]) -> Result<Vec<Claim>, JournalError> {
        self.usable()?;
        if causes.is_empty() {
            return Ok(Vec::new());
        }
        causes.iter().try_for_each(CauseKey::check)?;
        let rows = sqlx::query(sql::inbox::KNOWN.text(self.engine))
            .bind(SHARD)
            .bind(as_json(&causes))
            .fetch_all(&mut *self.inner)
            .await;
        let mut known = HashMap::new();
        for row in &self.seen(rows)? {
            let cause = CauseKey {
                sender: row.try_get("sender")?,
                message: row.try_get("message")?,
            };
            let outcome = StoredOutcome {
                number: row.try_get("answer")?,
                outcome: outcome_of(row)?,
            };
            known.insert(cause, outcome);
        }
        let mut first_at = HashMap::new();
        let claims = causes.iter().enumerate().map(|(index, cause)| {
            if let Some(outcome) = known.get(cause) {
                return Claim::Known(outcome.clone());
            }
            match *first_at.entry(cause).or_insert(index) {
                first if first == index => Claim::New,
                first => Claim::Repeated(first),
            }
        });
        Ok(claims.collect())
    }

    /// Stores what became of new causes, and numbers the answers in this order.
    ///
    /// # Errors
    /// [`JournalError::Database`] also when a cause was settled before; [`JournalError`] for the
    /// rest.
    pub async fn settle(&mut self, outcomes: &[(CauseKey, Outcome)]) -> Result<(), JournalError> {
        let settled: Vec<Settled> = outcomes
            .iter()
            .map(|(cause, outcome)| Settled {
                cause: cause.clone(),
                outcome: outcome.clone(),
                digest: None,
                trace: None,
            })
            .collect();
        self.settle_received(&settled).await
    }

    /// The same, for causes of which some are messages whose digest is kept.
    ///
    /// # Errors
    /// As [`Tx::settle`].
    pub async fn settle_received(&mut self, outcomes: &[Settled]) -> Result<(), JournalError> {
        self.usable()?;
        if outcomes.is_empty() {
            return Ok(());
        }
        let mut answer = self.head.answers;
        let mut rows = Vec::with_capacity(outcomes.len());
        for settled in outcomes {
            let Settled { cause, outcome, .. } = settled;
            cause.check()?;
            answer += 1;
            rows.push(InboxRow {
                sender: &cause.sender,
                message: &cause.message,
                answer,
                outcome: as_json(outcome),
                digest: settled.digest.as_deref(),
                trace: settled.trace.as_deref(),
            });
        }
        let stored = sqlx::query(sql::inbox::SETTLE.text(self.engine))
            .bind(SHARD)
            .bind(as_json(&rows))
            .execute(&mut *self.inner)
            .await;
        self.seen(stored)?;
        self.head.answers = answer;
        Ok(())
    }
}
