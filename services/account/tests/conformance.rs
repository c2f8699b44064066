//! What the logs promise, on both engines: a SQLite file, and a database of its own on the
//! PostgreSQL of `DOORBRAAK_TEST_POSTGRES`.

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
                let place = Place::postgres(stringify!($rule)).await;
                super::$rule(place.clone()).await;
                place.remove().await;
            }
        })+
    };
}

#[path = "conformance/asked.rs"]
mod asked;
#[path = "conformance/kept.rs"]
mod kept;
#[path = "conformance/place.rs"]
mod place;
