//! What changes while the server runs: a party comes, a key is replaced, a release follows another.

use bus::nats::ConnectError;
use bus::{Identity, PublishError};
use proto::{Oin, out_subject};

use crate::server::Server;
use crate::{body, expect, from_svb, message, next, svb, to, utrecht};

fn spirit() -> Oin {
    Oin::parse("00000099000000004000").unwrap()
}

#[tokio::test]
async fn a_party_comes_to_a_server_that_runs_and_the_others_go_on() {
    let mut server = Server::start(&[svb(), utrecht()]);
    let before = server.platform().await;
    let mut read_before = before.deliveries().await.unwrap();
    let party = server.party(&svb()).await;
    party.publish(from_svb("before")).await.unwrap();
    expect(&mut read_before, "before", 1).await.ack().await;

    server.change(&spirit());
    // The same handles, on the same connections.
    party.publish(from_svb("meanwhile")).await.unwrap();
    expect(&mut read_before, "meanwhile", 1).await.ack().await;
    drop(read_before);

    // A platform that knows the new party makes its streams.
    let platform = server.platform().await;
    let mut deliveries = platform.deliveries().await.unwrap();
    let new = server.party(&spirit()).await;
    let first = message(out_subject(&spirit(), "heartbeat.sent"), "first", "first");
    new.publish(first).await.unwrap();
    let delivery = expect(&mut deliveries, "first", 1).await;
    assert_eq!(delivery.sender, spirit());
    delivery.ack().await;
    platform.publish(to(&spirit(), "welcome")).await.unwrap();
    let mut of_new = new.deliveries().await.unwrap();
    expect(&mut of_new, "welcome", 1).await.ack().await;
    assert_eq!(
        new.publish(from_svb("not its own")).await,
        Err(PublishError::Forbidden)
    );
}

#[tokio::test]
async fn a_key_that_was_replaced_opens_nothing_any_more() {
    let mut server = Server::start(&[svb(), utrecht()]);
    let _platform = server.platform().await;
    let holder = server.party(&svb()).await;
    holder.publish(from_svb("before")).await.unwrap();
    let old = server.seed_of(&svb());

    server.change(&svb());
    // The connection that was open with it is closed, and cannot come back.
    assert_eq!(
        holder.publish(from_svb("after")).await,
        Err(PublishError::Unavailable)
    );
    let refused = bus::nats::connect(server.connection(old, Identity::Party(svb()))).await;
    assert!(matches!(refused, Err(ConnectError::Denied)), "{refused:?}");
    let new = server.party(&svb()).await;
    new.publish(from_svb("with the new one")).await.unwrap();
}

/// Earlier releases kept what all parties send in one stream.
#[tokio::test]
async fn what_an_earlier_release_had_not_taken_is_read_and_then_its_stream_goes() {
    let server = Server::start(&[svb(), utrecht()]);
    let api = server.jetstream().await;
    let stream = async_nats::jetstream::stream::Config {
        name: "out".to_owned(),
        subjects: vec!["doorbraak.*.out.>".to_owned()],
        retention: async_nats::jetstream::stream::RetentionPolicy::WorkQueue,
        max_bytes: 256 * 1024 * 1024,
        ..Default::default()
    };
    let stream = api.create_stream(stream).await.unwrap();
    let consumer = async_nats::jetstream::consumer::pull::Config {
        durable_name: Some("platform".to_owned()),
        ..Default::default()
    };
    stream.create_consumer(consumer).await.unwrap();
    let party = server.party(&svb()).await;
    party.publish(from_svb("sent before")).await.unwrap();

    let platform = server.platform().await;
    party.publish(from_svb("sent after")).await.unwrap();
    let mut deliveries = platform.deliveries().await.unwrap();
    let mut got = Vec::new();
    for _ in 0..2 {
        let delivery = next(&mut deliveries).await;
        assert_eq!(delivery.sender, svb());
        got.push(body(&delivery));
        delivery.ack().await;
    }
    got.sort();
    assert_eq!(got, ["sent after", "sent before"]);
    // The broker forgets in its own time.
    while server.stored("out").await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let _next_start = server.platform().await;
    assert!(api.get_stream("out").await.is_err());
}
