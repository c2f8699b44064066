//! Emptying the lines of organisations that were behind: once the bus has room for their letters
//! again, these go on it in their order. Each organisation by itself, so that none waits for another.

use std::collections::BTreeSet;
use std::time::Duration;

use bus::PublishError;
use chassis::parties::Door;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use proto::Oin;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::behind::Behind;
use super::{PAGE, Relay, RelayError, going, outgoing};

/// How often is looked for organisations that are behind.
const LOOK: Duration = Duration::from_secs(1);

/// The shortest and the longest wait after the bus had no room for a letter. Short: whoever reads
/// again makes room at once, and asking costs one message. Time that passes, not the platform's
/// clock: whether the broker has room is no matter of terms, and that clock may stand still.
const WAITS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10));

/// What became of one turn.
enum Turn {
    /// Letters went, and more may wait.
    Next,
    /// The line is empty.
    Empty,
    /// The bus cannot be reached, or something of ours failed: again in a moment.
    Soon,
    /// The bus has no room, so often in a row.
    Full(u32),
}

impl Relay {
    /// Empties the lines of everybody whose letters go on the bus, until stopped.
    pub(super) async fn catch_up(&self, stop: &CancellationToken) {
        let mut busy = BTreeSet::new();
        let mut running = FuturesUnordered::new();
        loop {
            match outgoing::standing(&self.ground.db).await {
                Ok(standing) => {
                    for to in self.on_the_bus(&standing) {
                        if busy.insert(to.clone()) {
                            running.push(self.empty(to, stop));
                        }
                    }
                }
                Err(error) => warn!(%error, "letters that wait could not be looked for"),
            }
            let again = tokio::time::sleep(LOOK);
            tokio::pin!(again);
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = &mut again => break,
                    Some(done) = running.next() => { busy.remove(&done); }
                }
            }
        }
    }

    /// Those of them whose letters go on the bus.
    fn on_the_bus(&self, standing: &BTreeSet<String>) -> Vec<Oin> {
        let all = self.parties.iter().filter(|party| party.hears());
        let waits = all.filter(|party| standing.contains(party.oin.as_str()));
        waits
            .filter(|party| match party.door {
                Door::Nats => true,
                Door::Feed | Door::Webhook(_) => false,
            })
            .map(|party| party.oin.clone())
            .collect()
    }

    /// Empties one organisation's line; gives the organisation when that is done.
    async fn empty(&self, to: Oin, stop: &CancellationToken) -> Oin {
        let mut faults = 0_u32;
        loop {
            let turn = tokio::select! {
                () = stop.cancelled() => return to,
                turn = self.publish_waiting(&to) => turn,
            };
            let wait = match turn {
                Ok(Turn::Next) => {
                    faults = 0;
                    continue;
                }
                Ok(Turn::Empty) => {
                    info!(%to, "its line is empty: letters go on the bus at once again");
                    return to;
                }
                Ok(Turn::Soon) => LOOK,
                Ok(Turn::Full(times)) => WAITS.1.min(WAITS.0.saturating_mul(times)),
                Err(error) => {
                    faults = faults.saturating_add(1);
                    if faults == 1 || faults.is_multiple_of(60) {
                        error!(%to, %error, faults, "letters that wait are not sent now");
                    }
                    LOOK
                }
            };
            tokio::select! {
                () = stop.cancelled() => return to,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Puts the first letters that wait on the bus, as many as it takes. What went is confirmed in
    /// the line afterwards: after a kill in between it goes again, under the same ids.
    async fn publish_waiting(&self, to: &Oin) -> Result<Turn, RelayError> {
        let db = &self.ground.db;
        let behind = Behind::read(db, &self.bus).await?;
        let going = going::read(db, to).await?;
        let waiting = self.waiting(to, going.confirmed, PAGE).await?;
        if waiting.is_empty() {
            return Ok(Turn::Empty);
        }
        let (mut went, mut kept) = (None, None);
        for letter in &waiting {
            let envelope = &letter.envelope;
            let encoded = envelope.encode()?;
            match self.put_on_bus(to, envelope, encoded, &behind).await {
                Ok(()) => went = Some(letter.position),
                Err(refused) => {
                    kept = Some((letter.position, refused));
                    break;
                }
            }
        }
        if !behind.still_holds(&self.bus) {
            return Ok(Turn::Soon);
        }
        if let Some(position) = went {
            outgoing::confirm(db, to, position).await?;
            info!(%to, position, "letters that waited went on the bus");
        }
        let (position, refused) = match kept {
            None => return Ok(Turn::Next),
            Some((_, PublishError::Unavailable)) => return Ok(Turn::Soon),
            Some(kept) => kept,
        };
        let failures = if went.is_some() { 0 } else { going.failures };
        let reason = refused.to_string();
        warn!(%to, position, failures = failures + 1, reason, "not sent yet");
        going::failed(db, to, &reason, self.ground.clock.now()).await?;
        Ok(Turn::Full(u32::try_from(failures + 1).unwrap_or(u32::MAX)))
    }
}
