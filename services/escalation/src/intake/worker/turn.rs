//! Whose turn it is: an event waits for those that its sender sent before it, and for its case.

use jiff::Timestamp;
use journal::{CauseKey, Claim};
use ladder::CaseId;
use tracing::info;

use super::super::{ledger, waits_for};
use super::{WorkError, Worker};
use crate::execute::Arrival;
use crate::views;

/// Why an event about a case is parked.
#[derive(Debug, Clone, Copy)]
enum Waits {
    /// Its case is not known yet.
    ForIt,
    /// It is, and an earlier event of the same sender about it, which waited for that, comes first.
    ItsTurn,
}

impl Worker {
    /// Parks an event whose predecessor has not come. A look without the lock is enough to go on,
    /// for the count only grows; before parking it is read again under the head row's lock, so
    /// that the predecessor cannot slip past in between.
    pub(super) async fn waits_its_turn(
        &self,
        arrival: &Arrival,
        cause: &CauseKey,
        at: Timestamp,
    ) -> Result<bool, WorkError> {
        let Some(sequence) = arrival.sequence else {
            return Ok(false);
        };
        let db = &self.intake.ground.db;
        if sequence <= ledger::expected_sequence(db, &self.sender).await? {
            return Ok(false);
        }
        let mut tx = db.begin().await?;
        if sequence <= ledger::expected_sequence_locked(&mut tx, &self.sender).await? {
            return Ok(false);
        }
        let key = waits_for::sequence_key(&self.sender, sequence);
        ledger::park(&mut tx, arrival, cause, &key, at).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The case that a pseudonym means; none for an event that is parked: its case is not known yet, or
    /// an earlier event about it has to be taken first.
    pub(super) async fn case_of(
        &self,
        pseudonym: &str,
        arrival: &Arrival,
        cause: &CauseKey,
        at: Timestamp,
    ) -> Result<Option<CaseId>, WorkError> {
        let db = &self.intake.ground.db;
        let sender = self.sender.as_str();
        let find = async || -> Result<Option<CaseId>, WorkError> {
            let case = views::case_of_pseudonym(db, sender, pseudonym).await?;
            Ok(case.map(|case| CaseId::parse(&case)).transpose()?)
        };
        let (tx, case) = match find().await? {
            Some(case) => (None, Some(case)),
            // Once more under the lock: it may have become known since.
            None => (Some(db.begin().await?), find().await?),
        };
        let (key, waits) = match &case {
            None => (waits_for::pseudonym_key(sender, pseudonym), Waits::ForIt),
            Some(known) => match self.before(arrival, known, pseudonym).await? {
                None => return Ok(case),
                Some(key) => (key, Waits::ItsTurn),
            },
        };
        let tx = match tx {
            Some(tx) => tx,
            None => db.begin().await?,
        };
        self.park(tx, arrival, cause, (&key, waits), at).await?;
        Ok(None)
    }

    /// For what an earlier event about this case waited that is not carried out yet.
    async fn before(
        &self,
        arrival: &Arrival,
        case: &CaseId,
        pseudonym: &str,
    ) -> Result<Option<String>, WorkError> {
        let db = &self.intake.ground.db;
        match arrival.sequence {
            Some(count) => Ok(ledger::before(db, &self.sender, count, (case, pseudonym)).await?),
            // Whoever gives no count asks for no order.
            None => Ok(None),
        }
    }

    async fn park(
        &self,
        mut tx: journal::Tx,
        arrival: &Arrival,
        cause: &CauseKey,
        (key, waits): (&str, Waits),
        at: Timestamp,
    ) -> Result<(), WorkError> {
        // It may have waited in vain before: then it was refused, for good.
        if !matches!(
            tx.claim(std::slice::from_ref(cause)).await?.as_slice(),
            [Claim::New]
        ) {
            return Ok(());
        }
        ledger::park(&mut tx, arrival, cause, key, at).await?;
        let next = ledger::taken(&mut tx, &self.sender, arrival.sequence, cause, true).await?;
        let mut came = Vec::from_iter(next);
        match waits {
            Waits::ForIt => {}
            Waits::ItsTurn => came.push(key.to_owned()),
        }
        let released = ledger::release(&mut tx, &came).await?;
        tx.commit().await?;
        self.tell_released(released);
        info!(?waits, "parked");
        Ok(())
    }
}
