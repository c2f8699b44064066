//! Letters that are posted to an address of their organisation: one after the other, so that what
//! concerns one case stays in its order, until the address says that it has each.

mod post;

use std::time::Duration;

use chassis::parties::{Door, Webhook};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use proto::Oin;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::going::{self, Going};
use super::outgoing;
use super::{Relay, RelayError};
use post::{Post, PostError};

/// How long a stop waits for the letter in hand.
const FINISH: Duration = Duration::from_secs(5);

/// How long to wait at most before looking again: another replica may have written a letter.
const LOOK: Duration = Duration::from_secs(1);

/// For how long one replica posts the letters of an organisation before it says so again.
const HOLD: SignedDuration = SignedDuration::from_mins(2);

/// How letters are posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Who asks to post, as `WebHook-Request-Origin` says it: a name in the DNS.
    pub origin: String,
    /// How long to wait after the first failure; it doubles with each further one.
    pub first_wait: SignedDuration,
    /// The longest wait.
    pub longest_wait: SignedDuration,
    /// How long an address may take to answer.
    pub patience: Duration,
}

impl Default for Posting {
    fn default() -> Self {
        Self {
            origin: "doorbraak.example".to_owned(),
            first_wait: SignedDuration::from_secs(2),
            longest_wait: SignedDuration::from_hours(1),
            patience: Duration::from_secs(10),
        }
    }
}

impl Posting {
    /// How long to wait after so many failures; `jitter` (of 0 to 255) takes up to half of it off,
    /// so that those who failed together do not come back together.
    #[must_use]
    pub fn wait(&self, failures: i64, jitter: u8) -> SignedDuration {
        doubled((self.first_wait, self.longest_wait), failures, jitter)
    }
}

/// How long to wait after so many failures: the first wait, doubled with each further one up to the
/// longest; `jitter` (of 0 to 255) takes up to half of it off.
fn doubled(
    (first, longest): (SignedDuration, SignedDuration),
    failures: i64,
    jitter: u8,
) -> SignedDuration {
    let doubled = u32::try_from(failures.clamp(1, 31) - 1).unwrap_or_default();
    let full = 2_i32
        .checked_pow(doubled)
        .and_then(|times| first.checked_mul(times))
        .unwrap_or(longest)
        .min(longest);
    full - full / 512 * i32::from(jitter)
}

/// What became of one turn.
enum Turn {
    /// A letter went; the next one may.
    Next,
    /// There is nothing to do before this time, if any.
    Until(Option<Timestamp>),
}

impl Relay {
    /// Posts the letters of every organisation that has them posted, until stopped. Nobody waits
    /// behind another's address.
    pub(super) async fn post_letters(&self, stop: &CancellationToken) {
        let addresses = self.parties.iter().filter_map(|party| match &party.door {
            Door::Webhook(webhook) => Some((&party.oin, webhook)),
            Door::Nats | Door::Feed => None,
        });
        join_all(addresses.map(|(to, webhook)| self.post_to(to, webhook, stop))).await;
    }

    async fn post_to(&self, to: &Oin, webhook: &Webhook, stop: &CancellationToken) {
        let mut post = match Post::new(webhook, &self.posting) {
            Ok(post) => post,
            Err(error) => {
                error!(%to, %error, "letters cannot be posted");
                return;
            }
        };
        let me = self.ground.entropy.uuid_v4().to_string();
        let mut committed = self.ground.db.committed();
        let mut held = Timestamp::MIN;
        let mut faults = 0_u32;
        while !stop.is_cancelled() {
            committed.mark_unchanged();
            let turn = self.turn(to, &mut post, (&me, &mut held));
            tokio::pin!(turn);
            let turn = tokio::select! {
                () = stop.cancelled() => {
                    // A letter that was taken and not confirmed would be posted twice.
                    if tokio::time::timeout(FINISH, turn).await.is_err() {
                        warn!(%to, "stopped while a letter was posted: it may come again");
                    }
                    return;
                }
                turn = &mut turn => turn,
            };
            let until = match turn {
                Ok(Turn::Next) => {
                    faults = 0;
                    continue;
                }
                Ok(Turn::Until(until)) => {
                    faults = 0;
                    until
                }
                Err(error) => {
                    faults = faults.saturating_add(1);
                    if faults == 1 || faults.is_multiple_of(60) {
                        error!(%to, %error, faults, "letters are not posted now");
                    }
                    None
                }
            };
            let due = async {
                match until {
                    Some(due) => self.ground.clock.reaches(due).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = due => {}
                changed = committed.changed(), if until.is_none() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Posts the first letter that waits, when it is its time and no other replica does.
    async fn turn(
        &self,
        to: &Oin,
        post: &mut Post,
        (me, held): (&str, &mut Timestamp),
    ) -> Result<Turn, RelayError> {
        let db = &self.ground.db;
        let now = self.ground.clock.now();
        let Going {
            confirmed,
            failures,
            again_at,
        } = going::read(db, to).await?;
        let waiting = self.waiting(to, confirmed, 1).await?;
        let Some(letter) = waiting.first() else {
            return Ok(Turn::Until(None));
        };
        if again_at > now {
            return Ok(Turn::Until(Some(again_at)));
        }
        if *held < now + HOLD / 2 {
            let until = now + HOLD;
            if !going::hold(db, to, me, (now, until)).await? {
                return Ok(Turn::Until(None));
            }
            *held = until;
        }
        match post.letter(&letter.envelope, now).await {
            Ok(()) => {
                outgoing::confirm(db, to, letter.position).await?;
                info!(%to, position = letter.position, id = %letter.envelope.id, "posted");
                Ok(Turn::Next)
            }
            Err(PostError::NotYet(at)) => Ok(Turn::Until(Some(at))),
            Err(failed) => {
                let [jitter] = self.ground.entropy.bytes::<1>();
                let again = now + self.posting.wait(failures + 1, jitter);
                let reason = failed.to_string();
                warn!(%to, position = letter.position, failures = failures + 1, reason, "not posted yet");
                going::failed(db, to, &reason, again).await?;
                Ok(Turn::Until(Some(again)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_fails_waits_longer_each_time_and_never_longer_than_said() {
        let posting = Posting::default();
        let waits: Vec<i64> = (1..=14).map(|n| posting.wait(n, 0).as_secs()).collect();
        assert_eq!(
            waits,
            [
                2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600
            ]
        );
        assert_eq!(posting.wait(i64::MAX, 0).as_secs(), 3600);
        for jitter in [0, 1, 128, 255] {
            let wait = posting.wait(4, jitter);
            assert!(wait >= SignedDuration::from_secs(8) && wait <= SignedDuration::from_secs(16));
        }
        assert!(posting.wait(4, 255) < posting.wait(4, 0));
    }
}
