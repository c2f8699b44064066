//! A message that somebody waits for.

use proto::InvalidParam;
use tracing::{Instrument, info_span, warn};

use super::super::hand_in::{HandedIn, Taken};
use super::{Fate, Worker};

impl Worker {
    /// Takes what came over HTTP as what came from the bus; whoever brought it tries again, as the
    /// bus does.
    pub(super) async fn take_handed_in(&self, handed: HandedIn) {
        let HandedIn { message, answer } = handed;
        if answer.is_closed() {
            // Nobody waits for it any more: it will be brought again.
            return;
        }
        let span = info_span!("intake", sender = %self.sender, door = "http");
        let fate = self.take(&message).instrument(span).await;
        let taken = match fate {
            Ok(Fate::Settled) => Some(Taken::Settled),
            Ok(Fate::Quarantined(unfit)) => Some(Taken::Unfit {
                code: unfit.code,
                detail: unfit.detail,
                params: unfit
                    .wrong
                    .into_iter()
                    .map(|wrong| InvalidParam::new(wrong.name, wrong.reason))
                    .collect(),
            }),
            Ok(Fate::Again) => None,
            Err(error) => {
                warn!(%error, "a message could not be taken in yet");
                None
            }
        };
        // Whoever brought it may have gone away; what was stored stays stored.
        let _ = answer.send(taken);
    }
}
