//! Consumers whose place is beyond the end of their stream. A full disk or a power cut can leave the
//! broker with a stream that ends earlier than it did, while its consumer still stands where it
//! was: it would give out nothing until as many messages came again, and say nothing of it. Such a
//! consumer is made anew and reads the stream from its start; whoever reads knows what it had.
//!
//! When as many messages came again before anybody looked, the place is not beyond the end any more,
//! and what stands before it would never be given out. It shows in the numbers: a message leaves its
//! stream when it is acknowledged, so all that the stream holds is still to be given out or in hand.

use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::consumer::{PullConsumer, pull};
use tokio::sync::watch;

use super::streams::Source;

/// Between two attempts to look, while the broker cannot be asked.
const AGAIN: Duration = Duration::from_secs(2);

/// How often a stream is looked at that holds more than its consumer knows of, and how long apart: an
/// acknowledgement on its way looks the same, and passes.
const SURE: u32 = 4;
const APART: Duration = Duration::from_millis(300);

/// How often is looked while the connection lasts.
const LOOK: Duration = Duration::from_secs(60);

/// A consumer, as it was made.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) source: Source,
    pub(super) config: pull::Config,
}

/// Looks after every new connection and every minute, for as long as there are connections.
pub(super) async fn watch(
    context: Context,
    places: Vec<Place>,
    mut connections: watch::Receiver<u64>,
) {
    loop {
        while let Err(error) = mend_all(&context, &places).await {
            tracing::warn!(%error, "the places of the consumers cannot be looked at");
            tokio::time::sleep(AGAIN).await;
        }
        tokio::select! {
            changed = connections.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn mend_all(context: &Context, places: &[Place]) -> Result<(), async_nats::Error> {
    for place in places {
        mend(context, place).await?;
    }
    Ok(())
}

async fn mend(context: &Context, place: &Place) -> Result<(), async_nats::Error> {
    let Source {
        stream, consumer, ..
    } = &place.source;
    let Some(lost) = look(context, place).await? else {
        return Ok(());
    };
    for _ in 1..SURE {
        if lost.is_sure() {
            break;
        }
        tokio::time::sleep(APART).await;
        // What is before the place and stays there is the same message each time.
        if look(context, place).await? != Some(lost) {
            return Ok(());
        }
    }
    tracing::error!(
        %stream, ?lost,
        "the broker lost the end of a stream; it is read again from its start"
    );
    let found = context.get_stream_no_info(stream).await?;
    found.delete_consumer(consumer).await?;
    found.create_consumer(place.config.clone()).await?;
    Ok(())
}

/// By what is seen that a stream lost its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    /// The consumer stands beyond the end.
    Beyond,
    /// Messages stand before the consumer's place, with this one first.
    Passed { first: u64 },
}

impl Lost {
    /// Whether it cannot be anything else.
    fn is_sure(self) -> bool {
        match self {
            Lost::Beyond => true,
            Lost::Passed { .. } => false,
        }
    }
}

async fn look(context: &Context, place: &Place) -> Result<Option<Lost>, async_nats::Error> {
    let Source {
        stream, consumer, ..
    } = &place.source;
    let before = context.get_stream(stream).await?;
    let asked: PullConsumer = context.get_consumer_from_stream(consumer, stream).await?;
    let after = context.get_stream(stream).await?;
    let (before, after) = (&before.cached_info().state, &after.cached_info().state);
    let reads = asked.cached_info();
    // The end is asked after the place: what comes in between makes it later.
    if reads.delivered.stream_sequence > after.last_sequence {
        return Ok(Some(Lost::Beyond));
    }
    let known = reads.num_pending + u64::try_from(reads.num_ack_pending).unwrap_or(u64::MAX);
    // Without what came in between, so that what is in the stream is never counted too high.
    let came = after.last_sequence.saturating_sub(before.last_sequence);
    let holds = after.messages.saturating_sub(came);
    let first = after.first_sequence;
    Ok((holds > known).then_some(Lost::Passed { first }))
}
