//! What the platform and a party promise together, on both engines (a SQLite file each, databases of
//! their own on the PostgreSQL of `DOORBRAAK_TEST_POSTGRES`).

#![allow(
    clippy::unwrap_used,
    reason = "a test says best where it stopped by stopping there"
)]

/// Runs each rule (an `async fn(Place)`) on both engines, as a test of its own.
macro_rules! on_both_engines {
    ($($rule:ident),+ $(,)?) => {
        $(mod $rule {
            use crate::place::Place;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$rule(Place::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$rule(Place::postgres().await).await;
            }
        })+
    };
}

mod attacks;
mod place;
mod releases;
mod tamper;
mod world;
