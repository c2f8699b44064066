//! The two tasks of a gateway: what waits in the outbox goes onto the bus, and what the bus brings
//! is taken.

use std::{collections::HashMap, sync::Arc, time::Duration};

use bus::{Bus, Delivery, Message, PublishError};
use proto::{Envelope, out_subject};
use sqlx::Row;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{core::Core, error::GatewayError, sql};

/// How many unanswered events are looked at in one go.
const BATCH: i64 = 500;
/// How long the relay waits before it looks by itself: another process may have written.
const LOOK: Duration = Duration::from_secs(1);
/// The longest wait before an unanswered event is sent again.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// How long to wait after the bus or the database failed.
pub(crate) const AFTER_FAILURE: Duration = Duration::from_millis(250);
/// After so many failed attempts a message is put aside, so that nothing stays blocked behind it.
const MOST_ATTEMPTS: u64 = 12;

/// When each unanswered event is sent again. Kept in memory: after a restart all are sent again.
struct Resends {
    first_wait: Duration,
    due: HashMap<i64, (Instant, Duration)>,
}

impl Resends {
    fn is_due(&self, sequence: i64, now: Instant) -> bool {
        self.due.get(&sequence).is_none_or(|(due, _)| *due <= now)
    }

    /// Each wait is twice the one before.
    fn sent(&mut self, sequence: i64, now: Instant) {
        let wait = match self.due.get(&sequence) {
            None => self.first_wait,
            Some((_, last)) => (*last * 2).min(LONGEST_WAIT),
        };
        self.due.insert(sequence, (now + wait, wait));
    }

    /// When the relay must look again at the latest.
    fn next(&self, now: Instant) -> Instant {
        let earliest = self.due.values().map(|(due, _)| *due).min();
        earliest.map_or(now + LOOK, |due| due.min(now + LOOK))
    }
}

/// Publishes what waits in the outbox, in the order of its sequence, and again until it is
/// answered.
pub(crate) async fn publish(
    core: Arc<Core>,
    bus: Bus,
    resend_after: Duration,
    stop: CancellationToken,
) {
    let mut resends = Resends {
        first_wait: resend_after,
        due: HashMap::new(),
    };
    let mut committed = core.db.committed();
    loop {
        committed.borrow_and_update();
        let look_again = match publish_due(&core, &bus, &mut resends).await {
            Ok(()) => resends.next(Instant::now()),
            Err(error) => {
                tracing::warn!(%error, "the outbox could not be sent; trying again");
                Instant::now() + AFTER_FAILURE
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            _ = committed.changed() => {}
            () = tokio::time::sleep_until(look_again) => {}
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum RelayError {
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Publish(#[from] PublishError),
}

impl From<sqlx::Error> for RelayError {
    fn from(error: sqlx::Error) -> Self {
        Self::Gateway(error.into())
    }
}

async fn publish_due(core: &Core, bus: &Bus, resends: &mut Resends) -> Result<(), RelayError> {
    let rows = sqlx::query(sql::OUTBOX_OPEN)
        .bind(BATCH)
        .fetch_all(core.db.reader())
        .await?;
    let mut open = HashMap::new();
    for row in &rows {
        let sequence: i64 = row.try_get("sequence")?;
        if resends.is_due(sequence, Instant::now()) {
            let message = message(core, row.try_get("envelope")?).await?;
            match bus.publish(message).await {
                // A message that the bus will never take must not hold up the others.
                Err(error @ (PublishError::Forbidden | PublishError::TooLarge)) => {
                    tracing::error!(sequence, %error, "the bus refuses an event");
                }
                sent => sent?,
            }
            resends.sent(sequence, Instant::now());
        }
        if let Some(waits) = resends.due.get(&sequence) {
            open.insert(sequence, *waits);
        }
    }
    resends.due = open;
    Ok(())
}

async fn message(core: &Core, sealed: String) -> Result<Message, GatewayError> {
    let opened = core.unseal_all(vec![sealed]).await?;
    let encoded = opened.concat();
    let envelope = Envelope::decode_structured(encoded.as_bytes())?;
    Ok(Message::event(
        out_subject(&core.oin, &envelope.type_.event),
        envelope.message_id(),
        encoded,
    )
    .traced(envelope.traceparent.as_deref()))
}

/// Takes what the platform sends, one message after the other.
pub(crate) async fn receive(core: Arc<Core>, bus: Bus, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            opened = bus.deliveries() => match opened {
                Ok(deliveries) => {
                    if receive_all(&core, deliveries, &stop).await.is_break() {
                        return;
                    }
                }
                Err(error) => tracing::warn!(%error, "the bus gives no deliveries; trying again"),
            },
        }
        tokio::time::sleep(AFTER_FAILURE).await;
    }
}

async fn receive_all(
    core: &Core,
    mut deliveries: bus::Deliveries,
    stop: &CancellationToken,
) -> std::ops::ControlFlow<()> {
    use std::ops::ControlFlow;

    loop {
        let delivery = tokio::select! {
            () = stop.cancelled() => return ControlFlow::Break(()),
            delivery = deliveries.next() => delivery,
        };
        match delivery {
            // Finished even when a stop comes meanwhile: a message is taken whole or not at all.
            Some(delivery) => receive_one(core, delivery).await,
            None => return ControlFlow::Continue(()),
        }
    }
}

async fn receive_one(core: &Core, delivery: Delivery) {
    use crate::inbound::Taken;

    let attempt = delivery.attempt;
    let taken = match core.take(&delivery.message).await {
        Err(error) if attempt >= MOST_ATTEMPTS => {
            tracing::error!(%error, attempt, "a message cannot be dealt with");
            core.quarantine(&delivery.message, "cannot_be_dealt_with")
                .await
                .map(|()| Taken::Quarantined)
        }
        taken => taken,
    };
    match taken {
        Ok(Taken::Done) => delivery.ack().await,
        Ok(Taken::Quarantined) => delivery.terminate().await,
        Err(error) => {
            tracing::warn!(%error, attempt, "a message could not be taken; it comes again");
            let wait = AFTER_FAILURE * u32::try_from(attempt.min(20)).unwrap_or(20);
            delivery.retry(wait).await;
        }
    }
}
