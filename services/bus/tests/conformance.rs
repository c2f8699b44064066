//! What the bus promises, asked of both carriers: the local bus, and a real nats-server with
//! JetStream, with the accounts and permissions that production uses and with the one account of
//! development.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "conformance/broker.rs"]
mod broker;
#[path = "conformance/changes.rs"]
mod changes;
#[path = "conformance/cluster.rs"]
mod cluster;
#[path = "conformance/hostile.rs"]
mod hostile;
#[path = "conformance/lost.rs"]
mod lost;
#[path = "conformance/server.rs"]
mod server;
#[path = "conformance/tls.rs"]
mod tls;

use std::time::Duration;

use bus::nats::Ground;
use bus::{Bus, Deliveries, Delivery, LocalBus, MAX_PAYLOAD, Message, PublishError, WaitingError};
use proto::{Oin, in_subject, out_subject};

use server::Server;

/// Longer than the broker waits for an acknowledgement in these tests.
const LONG_ENOUGH: Duration = Duration::from_millis(1500);

/// Two parties and the platform on one bus.
struct World {
    platform: Bus,
    svb: Bus,
    utrecht: Bus,
    /// Stops the server when the test is over.
    _server: Option<Server>,
}

impl World {
    async fn local() -> Self {
        let bus = LocalBus::new();
        World {
            platform: bus.platform(),
            svb: bus.party(svb()),
            utrecht: bus.party(utrecht()),
            _server: None,
        }
    }

    async fn nats(ground: Ground) -> Self {
        let server = Server::on(ground, &[svb(), utrecht()], |_| None);
        World {
            platform: server.platform().await,
            svb: server.party(&svb()).await,
            utrecht: server.party(&utrecht()).await,
            _server: Some(server),
        }
    }
}

fn svb() -> Oin {
    Oin::parse("00000099000000002000").unwrap()
}

fn utrecht() -> Oin {
    Oin::parse("00000099000000001000").unwrap()
}

fn message(subject: String, id: &str, body: &str) -> Message {
    Message::event(subject, id.to_owned(), body.to_owned())
}

/// An event of the SVB whose body is its id.
fn from_svb(id: &str) -> Message {
    message(out_subject(&svb(), "fact.reported"), id, id)
}

fn to(oin: &Oin, id: &str) -> Message {
    message(in_subject(oin, "case.closed"), id, id)
}

async fn next(deliveries: &mut Deliveries) -> Delivery {
    tokio::time::timeout(Duration::from_secs(30), deliveries.next())
        .await
        .unwrap()
        .unwrap()
}

fn body(delivery: &Delivery) -> String {
    String::from_utf8(delivery.message.payload.to_vec()).unwrap()
}

async fn expect(deliveries: &mut Deliveries, id: &str, attempt: u64) -> Delivery {
    let delivery = next(deliveries).await;
    assert_eq!((body(&delivery).as_str(), delivery.attempt), (id, attempt));
    delivery
}

async fn expect_nothing(deliveries: &mut Deliveries) {
    let more = tokio::time::timeout(LONG_ENOUGH, deliveries.next()).await;
    assert!(more.is_err(), "{more:?}");
}

async fn what_was_published_arrives_in_order(world: World) {
    let mut deliveries = world.platform.deliveries().await.unwrap();
    for n in 0..200 {
        world.svb.publish(from_svb(&n.to_string())).await.unwrap();
    }
    for n in 0..200 {
        let mut delivery = expect(&mut deliveries, &n.to_string(), 1).await;
        assert_eq!(delivery.sender, svb());
        delivery.message.headers.sort();
        let mut published = from_svb(&n.to_string());
        published.headers.sort();
        assert_eq!(delivery.message, published);
        delivery.ack().await;
    }
    expect_nothing(&mut deliveries).await;
}

async fn messages_wait_for_a_reader_that_comes_later(world: World) {
    world.platform.publish(to(&svb(), "early")).await.unwrap();
    let mut deliveries = world.svb.deliveries().await.unwrap();
    expect(&mut deliveries, "early", 1).await.ack().await;
}

async fn the_same_message_id_is_stored_once(world: World) {
    let mut deliveries = world.platform.deliveries().await.unwrap();
    for id in ["a", "a", "b", "a", "b"] {
        world.svb.publish(from_svb(id)).await.unwrap();
    }
    expect(&mut deliveries, "a", 1).await.ack().await;
    expect(&mut deliveries, "b", 1).await.ack().await;
    expect_nothing(&mut deliveries).await;
}

async fn a_retried_delivery_comes_again_after_the_others(world: World) {
    let mut deliveries = world.platform.deliveries().await.unwrap();
    world.svb.publish(from_svb("first")).await.unwrap();
    world.svb.publish(from_svb("second")).await.unwrap();
    let asked = std::time::Instant::now();
    expect(&mut deliveries, "first", 1)
        .await
        .retry(Duration::from_millis(400))
        .await;
    expect(&mut deliveries, "second", 1).await.ack().await;
    expect(&mut deliveries, "first", 2).await.ack().await;
    assert!(
        asked.elapsed() >= Duration::from_millis(400),
        "{:?}",
        asked.elapsed()
    );
    expect_nothing(&mut deliveries).await;
}

async fn a_dropped_delivery_comes_back(world: World) {
    let mut deliveries = world.platform.deliveries().await.unwrap();
    world.svb.publish(from_svb("one")).await.unwrap();
    drop(expect(&mut deliveries, "one", 1).await);
    drop(expect(&mut deliveries, "one", 2).await);
    expect(&mut deliveries, "one", 3).await.ack().await;
    expect_nothing(&mut deliveries).await;
}

async fn a_reader_that_starts_again_gets_what_was_not_acknowledged(world: World) {
    for id in ["one", "two", "three"] {
        world.svb.publish(from_svb(id)).await.unwrap();
    }
    let mut before = world.platform.deliveries().await.unwrap();
    expect(&mut before, "one", 1).await.ack().await;
    drop(expect(&mut before, "two", 1).await);
    drop(before);
    let mut after = world.platform.deliveries().await.unwrap();
    let mut got = Vec::new();
    for _ in 0..2 {
        let delivery = next(&mut after).await;
        got.push(body(&delivery));
        delivery.ack().await;
    }
    got.sort();
    assert_eq!(got, ["three", "two"]);
    expect_nothing(&mut after).await;
}

async fn a_terminated_delivery_never_comes_again(world: World) {
    let mut deliveries = world.platform.deliveries().await.unwrap();
    world.svb.publish(from_svb("bad")).await.unwrap();
    expect(&mut deliveries, "bad", 1).await.terminate().await;
    expect_nothing(&mut deliveries).await;
}

async fn nobody_publishes_under_anothers_prefix(world: World) {
    let forged = message(out_subject(&utrecht(), "fact.reported"), "x", "x");
    assert_eq!(
        world.svb.publish(forged.clone()).await,
        Err(PublishError::Forbidden)
    );
    assert_eq!(
        world.platform.publish(forged).await,
        Err(PublishError::Forbidden)
    );
    assert_eq!(
        world.svb.publish(to(&utrecht(), "x")).await,
        Err(PublishError::Forbidden)
    );
    assert_eq!(
        world.svb.publish(to(&svb(), "x")).await,
        Err(PublishError::Forbidden)
    );
    let mut deliveries = world.platform.deliveries().await.unwrap();
    expect_nothing(&mut deliveries).await;
}

async fn a_header_cannot_smuggle_in_another(world: World) {
    let mut smuggling = from_svb("x");
    smuggling
        .headers
        .push(("traceparent".into(), "a\r\nNats-Msg-Id: b".into()));
    assert_eq!(
        world.svb.publish(smuggling).await,
        Err(PublishError::Forbidden)
    );
}

async fn a_party_reads_only_what_is_addressed_to_it(world: World) {
    world.platform.publish(to(&svb(), "for svb")).await.unwrap();
    world
        .platform
        .publish(to(&utrecht(), "for utrecht"))
        .await
        .unwrap();
    let mut of_svb = world.svb.deliveries().await.unwrap();
    let mut of_utrecht = world.utrecht.deliveries().await.unwrap();
    expect(&mut of_svb, "for svb", 1).await.ack().await;
    expect(&mut of_utrecht, "for utrecht", 1).await.ack().await;
    expect_nothing(&mut of_svb).await;
    expect_nothing(&mut of_utrecht).await;
}

async fn the_platform_alone_knows_what_waits_for_whom(world: World) {
    let closed = |id: &str| to(&svb(), id);
    let opened = |id: &str| message(in_subject(&svb(), "case.registered"), id, id);
    for message in [closed("one"), opened("two"), closed("three")] {
        world.platform.publish(message).await.unwrap();
    }
    world
        .platform
        .publish(to(&utrecht(), "other"))
        .await
        .unwrap();
    let waits = async || {
        let waiting = world.platform.waiting_for(&svb()).await.unwrap();
        assert!(waiting.iter().all(|one| one.age < Duration::from_secs(60)));
        let told = waiting.into_iter();
        let told = told.map(|one| (one.event, one.messages, one.first));
        told.collect::<Vec<_>>()
    };
    let both = [
        ("case.closed".to_owned(), 2, 1),
        ("case.registered".to_owned(), 1, 2),
    ];
    assert_eq!(waits().await, both);
    // In hand is not confirmed.
    let mut deliveries = world.svb.deliveries().await.unwrap();
    let one = expect(&mut deliveries, "one", 1).await;
    assert_eq!(waits().await, both);
    one.ack().await;
    expect(&mut deliveries, "two", 1).await.ack().await;
    // The broker lets go of what was confirmed a moment later.
    let mut left = waits().await;
    for _ in 0..100 {
        if left.len() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        left = waits().await;
    }
    assert_eq!(left, [("case.closed".to_owned(), 1, 3)]);
    assert_eq!(
        world.svb.waiting_for(&svb()).await,
        Err(WaitingError::Forbidden)
    );
    assert!(world.platform.is_connected());
}

async fn a_body_over_the_limit_is_refused(world: World) {
    let of = |bytes: usize| {
        message(
            from_svb("x").subject,
            &bytes.to_string(),
            &"x".repeat(bytes),
        )
    };
    assert_eq!(world.svb.publish(of(MAX_PAYLOAD)).await, Ok(()));
    assert_eq!(
        world.svb.publish(of(MAX_PAYLOAD + 1)).await,
        Err(PublishError::TooLarge)
    );
}

/// Makes each promise a test of its own for each carrier.
macro_rules! on_both_carriers {
    ($($promise:ident)*) => {
        mod local {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(super::World::local().await).await;
            })*
        }
        mod nats {
            use bus::nats::Ground;

            $(#[tokio::test]
            async fn $promise() {
                super::$promise(super::World::nats(Ground::AccountEach).await).await;
            })*
        }
        mod one_account {
            use bus::nats::Ground;

            $(#[tokio::test]
            async fn $promise() {
                super::$promise(super::World::nats(Ground::OneAccount).await).await;
            })*
        }
    };
}

on_both_carriers! {
    what_was_published_arrives_in_order
    messages_wait_for_a_reader_that_comes_later
    the_same_message_id_is_stored_once
    a_retried_delivery_comes_again_after_the_others
    a_dropped_delivery_comes_back
    a_reader_that_starts_again_gets_what_was_not_acknowledged
    a_terminated_delivery_never_comes_again
    nobody_publishes_under_anothers_prefix
    a_header_cannot_smuggle_in_another
    a_party_reads_only_what_is_addressed_to_it
    the_platform_alone_knows_what_waits_for_whom
    a_body_over_the_limit_is_refused
}
