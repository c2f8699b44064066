//! The sign of life: while its service is up, a party sends `heartbeat.sent`, at start and then at
//! an interval, so that the platform can tell a party that is slow from one that is not there.

use std::{str::FromStr, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use journal::CauseKey;
use proto::event::HeartbeatSent;
use sqlx::Row;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::{
    core::Core,
    error::GatewayError,
    sql,
    work::{Begun, Work},
};

/// How long to wait after the database failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// How often a party gives a sign of life: at least a minute, so that signs of life do not fill
/// its log, and at most twelve hours, so that one that is lost does not make it "silent" (a day,
/// `heartbeat_silence` in the platform's ladder file).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeartbeatInterval(SignedDuration);

/// Why something is no interval of heartbeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no time between one minute and twelve hours, such as 4h or 30m")]
pub struct NoInterval;

impl HeartbeatInterval {
    /// Four hours: five in a row may be lost before the platform calls the party silent.
    pub const DEFAULT: Self = Self(SignedDuration::from_hours(4));

    const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
    const LONGEST: SignedDuration = SignedDuration::from_hours(12);
}

/// Reads `4h`, `30m`, `1h 30m` or the same in ISO 8601 (`PT4H`).
impl FromStr for HeartbeatInterval {
    type Err = NoInterval;

    fn from_str(text: &str) -> Result<Self, NoInterval> {
        let interval: SignedDuration = text.trim().parse().map_err(|_| NoInterval)?;
        (Self::SHORTEST..=Self::LONGEST)
            .contains(&interval)
            .then_some(Self(interval))
            .ok_or(NoInterval)
    }
}

/// When this process gave its last sign of life, and how often it does.
pub(crate) struct Heart {
    interval: SignedDuration,
    /// One beat at a time: the loop and the dev port may both find that it is due.
    last: Mutex<Option<Timestamp>>,
}

impl Heart {
    pub(crate) fn new(HeartbeatInterval(interval): HeartbeatInterval) -> Self {
        Self {
            interval,
            last: Mutex::default(),
        }
    }

    fn due_after(&self, last: Timestamp) -> Timestamp {
        last.saturating_add(self.interval).unwrap_or(Timestamp::MAX)
    }
}

impl Core {
    /// Sends a heartbeat when it is due: however far the clock jumped, one. Gives the time at
    /// which the next is due.
    ///
    /// # Errors
    /// When it could not be stored; then it is still due.
    pub(crate) async fn beat_when_due(&self, heart: &Heart) -> Result<Timestamp, GatewayError> {
        let mut last = heart.last.lock().await;
        let now = self.clock.now();
        let due = last.is_none_or(|last| heart.due_after(last) <= now);
        if due {
            self.beat().await?;
            *last = Some(now);
        }
        Ok(heart.due_after(last.unwrap_or(now)))
    }

    /// Puts a heartbeat into the outbox. While one waits there for its answer the platform cannot
    /// be reached, or is about to hear it: a second would say nothing more and fill the outbox.
    async fn beat(&self) -> Result<(), GatewayError> {
        let cause = CauseKey::new("heartbeat", self.entropy.uuid_v4().to_string());
        let Begun::Fresh(mut work) = Work::begin(self, cause).await? else {
            return Ok(());
        };
        let outgoing = work.outgoing(HeartbeatSent {});
        let row = sqlx::query(sql::OUTBOX_UNANSWERED)
            .bind(outgoing.event.event())
            .fetch_one(work.conn())
            .await?;
        if row.try_get::<i64, _>("unanswered")? > 0 {
            tracing::debug!("the last heartbeat is not answered yet");
            return Ok(());
        }
        let id = outgoing.id;
        work.send(outgoing, None).await?;
        work.commit(vec![id]).await
    }
}

/// Gives signs of life until it is asked to stop.
pub(crate) async fn keep_beating(core: Arc<Core>, heart: Arc<Heart>, stop: CancellationToken) {
    loop {
        let next = async {
            match core.beat_when_due(&heart).await {
                Ok(next) => core.clock.reaches(next).await,
                Err(error) => {
                    tracing::warn!(%error, "no heartbeat could be stored; trying again");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = next => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_lies_between_a_minute_and_half_a_day() {
        let four = "4h".parse();
        assert_eq!(four, Ok(HeartbeatInterval::DEFAULT));
        assert_eq!("PT4H".parse(), four);
        for right in ["1m", "1h 30m", "12h", " 30m "] {
            assert!(right.parse::<HeartbeatInterval>().is_ok(), "{right}");
        }
        for wrong in ["", "4", "59s", "-4h", "12h 1m", "1d", "soon"] {
            assert_eq!(
                wrong.parse::<HeartbeatInterval>(),
                Err(NoInterval),
                "{wrong}"
            );
        }
    }
}
