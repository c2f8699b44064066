//! What waited for something and waits no longer.

use journal::CauseKey;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, error, info_span, warn};

use super::super::incoming::Kept;
use super::super::ledger;
use super::{Fate, WorkError, Worker, again};

/// How often a parked event is tried, about once a second, before it goes to quarantine.
const PARKED_ATTEMPTS: u64 = 60;

impl Worker {
    /// Takes what waited and waits no longer, in the sender's order. What cannot be stored however
    /// often it is tried goes to quarantine, so that nothing waits behind it.
    pub(super) async fn take_ready(&mut self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match ledger::next_ready(&self.intake.ground.db, &self.sender).await {
                Ok(Some(parked)) => {
                    let Err(error) = self.take_parked(&parked).await else {
                        continue;
                    };
                    let attempt = self.failed_again(&parked.message);
                    // Trying again does not make it readable.
                    let hopeless = matches!(error, WorkError::Unreadable);
                    if attempt < PARKED_ATTEMPTS && !hopeless {
                        warn!(%error, attempt, "a parked event could not be taken in yet");
                        return;
                    }
                    error!(%error, attempt, "a parked event cannot be stored");
                    if self.give_up_parked(parked).await.is_err() {
                        return;
                    }
                }
                Ok(None) => return,
                Err(error) => {
                    warn!(%error, "parked events could not be read");
                    return;
                }
            }
        }
    }

    fn failed_again(&mut self, message: &str) -> u64 {
        let attempt = match &self.stuck {
            Some((stuck, attempts)) if stuck == message => attempts + 1,
            _ => 1,
        };
        self.stuck = Some((message.to_owned(), attempt));
        attempt
    }

    async fn take_parked(&self, parked: &ledger::Parked) -> Result<(), WorkError> {
        let span = info_span!("intake", sender = %self.sender, message = %parked.message);
        async {
            let sealed = journal::vault::Sealed::parse(parked.body.as_str())?;
            let body = self
                .intake
                .vault
                .unseal_for("intake", &sealed)
                .await?
                .unwrap_or_default();
            let message = Kept::restore(&body).ok_or(WorkError::Unreadable)?;
            let cause = CauseKey::new(self.sender.as_str(), parked.message.as_str());
            let fate = self.take_under(&message, Some(cause)).await?;
            // What is unfit goes to quarantine under the id that its sender gave it.
            match fate {
                Fate::Quarantined(_) if again::is_replay(&parked.message) => {
                    Err(WorkError::Unreadable)
                }
                Fate::Quarantined(_) | Fate::Settled | Fate::Again => Ok(()),
            }
        }
        .instrument(span)
        .await
    }
}
