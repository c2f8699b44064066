//! What the escalation service promises, on both engines (a SQLite file, a database of its own on
//! the PostgreSQL of `DOORBRAAK_TEST_POSTGRES`) and, where a message travels, on both carriers (the
//! local bus, a real nats-server from `DOORBRAAK_TEST_NATS_SERVER`).

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

/// Runs each rule (an `async fn(Place)`) on both engines, as a test of its own.
macro_rules! on_both_engines {
    ($($rule:ident),+ $(,)?) => {
        $(mod $rule {
            use crate::place::Place;

            #[tokio::test]
            async fn sqlite() {
                super::$rule(Place::sqlite()).await;
            }

            #[tokio::test]
            async fn postgres() {
                let place = Place::postgres().await;
                super::$rule(place.clone()).await;
                place.remove().await;
            }
        })+
    };
}

/// Runs each rule (an `async fn(World)`) on both engines and both carriers: four tests.
macro_rules! on_every_ground {
    ($($rule:ident),+ $(,)?) => {
        $(mod $rule {
            use crate::carrier::Carrier;
            use crate::place::Place;
            use crate::world::World;

            async fn postgres(carrier: Carrier) {
                let place = Place::postgres().await;
                super::$rule(World::start(place.clone(), carrier).await).await;
                place.remove().await;
            }

            #[tokio::test]
            async fn sqlite_local() {
                super::$rule(World::start(Place::sqlite(), Carrier::local()).await).await;
            }

            #[tokio::test]
            async fn sqlite_nats() {
                super::$rule(World::start(Place::sqlite(), Carrier::nats()).await).await;
            }

            #[tokio::test]
            async fn postgres_local() {
                postgres(Carrier::local()).await;
            }

            #[tokio::test]
            async fn postgres_nats() {
                postgres(Carrier::nats()).await;
            }
        })+
    };
}

#[path = "conformance/bad_input.rs"]
mod bad_input;
#[path = "conformance/batch.rs"]
mod batch;
#[path = "conformance/behind.rs"]
mod behind;
#[path = "conformance/carrier.rs"]
mod carrier;
#[path = "conformance/crowd.rs"]
mod crowd;
#[path = "conformance/deadlines.rs"]
mod deadlines;
#[path = "conformance/erasing.rs"]
mod erasing;
#[path = "conformance/expiring.rs"]
mod expiring;
#[path = "conformance/hostile.rs"]
mod hostile;
#[path = "api/issuer.rs"]
mod issuer;
#[path = "conformance/kinds.rs"]
mod kinds;
#[path = "conformance/kinds_rebuilt.rs"]
mod kinds_rebuilt;
#[path = "conformance/lost.rs"]
mod lost;
#[path = "conformance/orders.rs"]
mod orders;
#[path = "conformance/outgoing.rs"]
mod outgoing;
#[path = "conformance/party.rs"]
mod party;
#[path = "conformance/people.rs"]
mod people;
#[path = "conformance/place.rs"]
mod place;
#[path = "conformance/races.rs"]
mod races;
#[path = "conformance/reactor.rs"]
mod reactor;
#[path = "conformance/redelivery.rs"]
mod redelivery;
#[path = "conformance/registers.rs"]
mod registers;
#[path = "conformance/relay.rs"]
mod relay;
#[path = "conformance/replicas.rs"]
mod replicas;
#[path = "conformance/restored.rs"]
mod restored;
#[path = "conformance/scene.rs"]
mod scene;
#[path = "conformance/schema.rs"]
mod schema;
#[path = "conformance/secrecy.rs"]
mod secrecy;
#[path = "conformance/sequence.rs"]
mod sequence;
#[path = "conformance/stopping.rs"]
mod stopping;
#[path = "conformance/waiting.rs"]
mod waiting;
#[path = "conformance/world.rs"]
mod world;
