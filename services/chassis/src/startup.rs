//! Starting beside others that are still starting.

use std::{fmt::Display, future::Future, time::Duration};

/// How often something that is not there yet is tried, and how long in between: half a minute.
const TRIES: u32 = 60;
const BETWEEN_TRIES: Duration = Duration::from_millis(500);

/// Tries again while something that this process needs (`what`: its database, the bus) is still
/// starting.
///
/// # Errors
/// What the last attempt said.
pub async fn patiently<T, E, F>(what: &str, mut attempt: impl FnMut() -> F) -> Result<T, E>
where
    E: Display,
    F: Future<Output = Result<T, E>>,
{
    for _ in 1..TRIES {
        match attempt().await {
            Ok(done) => return Ok(done),
            Err(error) => tracing::warn!(%error, what, "not there yet; trying again"),
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    attempt().await
}
