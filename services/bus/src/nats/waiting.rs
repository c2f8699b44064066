//! What stands in a stream: a message leaves it when its reader acknowledged it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_nats::Error;
use async_nats::jetstream::Context;
use futures::TryStreamExt;
use proto::parse_subject;

use crate::Waiting;

/// Per event how many messages stand in a stream, the one that waits longest first.
///
/// # Errors
/// When the broker does not answer, or has no such stream.
pub(super) async fn in_stream(context: &Context, stream: &str) -> Result<Vec<Waiting>, Error> {
    let stream = context.get_stream_no_info(stream).await?;
    let mut subjects = stream.info_with_subjects(">").await?;
    let mut waiting = Vec::new();
    while let Some((name, messages)) = subjects.try_next().await? {
        let Ok(subject) = parse_subject(&name) else {
            continue;
        };
        // The last of them may have been acknowledged in the meantime.
        let Ok(first) = stream.get_first_raw_message_by_subject(&name, 1).await else {
            continue;
        };
        waiting.push(Waiting {
            event: subject.event,
            messages: u64::try_from(messages).unwrap_or(u64::MAX),
            first: first.sequence,
            age: age(first.time.unix_timestamp_nanos()),
        });
    }
    waiting.sort_by_key(|one| one.first);
    Ok(waiting)
}

/// How long ago the broker stored something, by this machine's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the broker stores by the machine's clock, whatever time ours is"
)]
fn age(stored_at: i128) -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.unwrap_or_default().as_nanos();
    let age = i128::try_from(now).unwrap_or_default() - stored_at;
    Duration::from_nanos(u64::try_from(age).unwrap_or_default())
}
