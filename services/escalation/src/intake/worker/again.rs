//! A message out of quarantine, taken in once more.

use journal::{CauseKey, Claim, Outcome};
use tracing::{Instrument, info_span, warn};

use super::super::again::{Again, TakeAgain};
use super::super::incoming;
use super::{Fate, WorkError, Worker};
use crate::execute::Arrival;

/// What the cause of such a message begins with. Its own id was answered when it went to
/// quarantine, and an answer stays what it is.
pub(crate) const REPLAY: &str = "replay/";

/// Whether this is the cause of a message out of quarantine.
pub(crate) fn is_replay(message: &str) -> bool {
    message.starts_with(REPLAY)
}

impl Worker {
    /// In its sender's line, so that nothing of the same sender happens at the same time.
    pub(super) async fn take_again(&self, again: TakeAgain) {
        let span = info_span!("intake", sender = %self.sender, door = "quarantine");
        let done = self.once_more(&again).instrument(span).await;
        let done = done.map_err(|error| warn!(%error, "a message could not be taken in again"));
        // Whoever asked may have gone away; what was stored stays stored.
        let _ = again.answer.send(done.ok().flatten());
    }

    /// Under one cause per entry, so that twice is once. Its place in its sender's order was
    /// counted when it went to quarantine. `None`: it could not be stored now.
    async fn once_more(&self, again: &TakeAgain) -> Result<Option<Again>, WorkError> {
        let message = &again.message;
        let unfit = |unfit: incoming::Unfit| Again::Unfit {
            code: unfit.code,
            detail: unfit.detail,
        };
        let envelope = match incoming::envelope(message, &self.sender) {
            Ok(envelope) => envelope,
            Err(why) => return Ok(Some(unfit(why))),
        };
        let at = self.intake.ground.clock.now();
        let name = format!("{REPLAY}{} {}", again.entry, envelope.message_id());
        let cause = CauseKey::new(self.sender.as_str(), name);
        let arrival = Arrival {
            sender: self.sender.clone(),
            sequence: None,
            digest: transparency::sha256(&message.payload).to_string(),
            sealed_body: self.seal_message(message, at).await?,
        };
        let incoming = match incoming::event(envelope) {
            Ok(incoming) => incoming,
            Err((_, why)) => return Ok(Some(unfit(why))),
        };
        let fate = self
            .carry_out(incoming, message, arrival, cause.clone(), at)
            .await?;
        match fate {
            Fate::Settled => self.became(&cause).await.map(Some),
            Fate::Quarantined(why) => Ok(Some(unfit(why))),
            Fate::Again => Ok(None),
        }
    }

    /// What was answered; nothing yet when the event waits for what it speaks of.
    async fn became(&self, cause: &CauseKey) -> Result<Again, WorkError> {
        let mut tx = self.intake.ground.db.begin().await?;
        let claims = tx.claim(std::slice::from_ref(cause)).await?;
        Ok(match claims.into_iter().next() {
            Some(Claim::Known(known)) => match known.outcome {
                Outcome::Stored { .. } => Again::Stored,
                Outcome::Refused { code, .. } => Again::Refused { code },
            },
            Some(Claim::New | Claim::Repeated(_)) | None => Again::Waits,
        })
    }
}
