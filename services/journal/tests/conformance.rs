//! One suite for both engines: every rule runs on SQLite and on a real PostgreSQL
//! (`DOORBRAAK_TEST_POSTGRES`, a server on which databases may be created).

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
                let place = Place::postgres(concat!(module_path!(), "::", stringify!($rule))).await;
                super::$rule(place.clone()).await;
                place.remove().await;
            }
        })+
    };
}

#[path = "conformance/backup.rs"]
mod backup;
#[path = "conformance/followers.rs"]
mod followers;
#[path = "conformance/inbox.rs"]
mod inbox;
#[path = "conformance/log.rs"]
mod log;
#[path = "conformance/order.rs"]
mod order;
#[path = "conformance/place.rs"]
mod place;
#[path = "conformance/schema.rs"]
mod schema;
#[path = "conformance/tree.rs"]
mod tree;
#[path = "conformance/vault.rs"]
mod vault;
#[path = "conformance/vault_copies.rs"]
mod vault_copies;
#[path = "conformance/vault_erasure.rs"]
mod vault_erasure;
#[path = "conformance/vault_rotation.rs"]
mod vault_rotation;
