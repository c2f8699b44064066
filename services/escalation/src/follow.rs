//! Following the log: step after step while there is something to do, and then waiting until something was
//! appended, here or by another replica.

use std::fmt::Display;
use std::time::Duration;

use journal::Db;
use tokio_util::sync::CancellationToken;
use tracing::error;

use crate::execute::back_off;

/// How long to wait at most before looking again: another replica may have appended.
const LOOK: Duration = Duration::from_secs(1);
/// How many failures in a row are said once.
const SAID: u64 = 20;

/// Takes steps until stopped. A step says whether there may be more to do; what it has in hand it finishes,
/// also when everything stops. After a failure it is tried again, ever later: its place in the log stays.
pub(crate) async fn follow<F, R, E>(db: &Db, follower: &str, stop: &CancellationToken, step: F)
where
    F: Fn() -> R,
    R: Future<Output = Result<bool, E>>,
    E: Display,
{
    let mut committed = db.committed();
    let mut failures = 0_u64;
    while !stop.is_cancelled() {
        committed.mark_unchanged();
        match step().await {
            Ok(true) => {
                failures = 0;
                continue;
            }
            Ok(false) => failures = 0,
            Err(error) => {
                failures += 1;
                if failures == 1 || failures.is_multiple_of(SAID) {
                    error!(%error, follower, failures, "a follower of the log stands still");
                }
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(back_off(failures)) => continue,
                }
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            changed = committed.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
