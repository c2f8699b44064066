//! The time, as an argument. The only place in the workspace that asks the machine what time it is.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::sync::watch;

/// A shared clock: either the machine's time, or a time that stands still until it is set.
///
/// Clones are the same clock. Only the dev port and tests set it; the dev port exists only under
/// `--dev`, so that time is the machine's in production.
#[derive(Clone, Debug)]
pub struct Clock {
    /// `None` while the clock follows the machine.
    standing_at: Arc<watch::Sender<Option<Timestamp>>>,
}

impl Clock {
    /// A clock that follows the machine's time, in UTC.
    pub fn system() -> Self {
        Self::starting(None)
    }

    /// A clock that stands at `at` until it is set.
    pub fn at(at: Timestamp) -> Self {
        Self::starting(Some(at))
    }

    fn starting(standing_at: Option<Timestamp>) -> Self {
        Self {
            standing_at: Arc::new(watch::Sender::new(standing_at)),
        }
    }

    /// What time it is now.
    pub fn now(&self) -> Timestamp {
        self.standing_at.borrow().unwrap_or_else(machine_time)
    }

    /// Lets the clock stand at `to`, and wakes everyone who watches it. Moving back is allowed: a
    /// story of last spring is played on a machine that lives in autumn.
    pub fn set(&self, to: Timestamp) {
        self.standing_at.send_replace(Some(to));
    }

    /// Lets the clock follow the machine's time again, for instance after seeding.
    pub fn follow_machine(&self) {
        self.standing_at.send_replace(None);
    }

    /// Changes whenever the clock is set: the time at which it stands, or `None` when it follows
    /// the machine.
    pub fn moved(&self) -> watch::Receiver<Option<Timestamp>> {
        self.standing_at.subscribe()
    }

    /// Waits until this clock shows `due` or later, whether because time passed or because the
    /// clock was set.
    pub async fn reaches(&self, due: Timestamp) {
        let mut moved = self.moved();
        loop {
            let standing_at = *moved.borrow_and_update();
            let now = standing_at.unwrap_or_else(machine_time);
            if now >= due {
                return;
            }
            // A machine's timer may be a little early, hence the loop.
            let rest = Duration::try_from(due.duration_since(now)).unwrap_or(Duration::ZERO);
            let changed = match standing_at {
                Some(_) => moved.changed().await,
                None => tokio::select! {
                    () = tokio::time::sleep(rest) => Ok(()),
                    changed = moved.changed() => changed,
                },
            };
            // `self` holds the sender, so the channel cannot be closed here.
            if changed.is_err() {
                return;
            }
        }
    }
}

/// The one place that asks the machine.
#[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
fn machine_time() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_set_clock_stands_still_and_its_clones_show_the_same_time() {
        let clock = Clock::at(time("2026-03-02T09:00:00Z"));
        let clone = clock.clone();
        clone.set(time("2026-03-05T22:05:00Z"));
        assert_eq!(clock.now(), time("2026-03-05T22:05:00Z"));
    }

    #[test]
    fn a_clock_can_be_set_back_and_later_follow_the_machine_again() {
        let clock = Clock::system();
        clock.set(time("2026-03-02T09:00:00Z"));
        assert_eq!(clock.now(), time("2026-03-02T09:00:00Z"));
        clock.follow_machine();
        assert!(clock.now() > time("2026-03-03T00:00:00Z"));
    }

    #[tokio::test]
    async fn who_waits_for_a_moment_wakes_when_the_clock_is_set_past_it() {
        let clock = Clock::at(time("2026-03-02T09:00:00Z"));
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.reaches(time("2026-03-05T22:05:00Z")).await }
        });
        clock.set(time("2026-03-04T00:00:00Z"));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.set(time("2026-03-05T22:05:00Z"));
        waiting.await.unwrap();
    }
}
