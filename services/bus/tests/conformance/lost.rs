//! A broker that lost the end of a stream, as a full disk or a power cut may leave it: what was addressed
//! to a party is announced, so that it is sent again before anything later.

use std::collections::BTreeSet;
use std::time::Duration;

use bus::{Bus, Message, PublishError};
use proto::Oin;

use crate::server::Server;
use crate::{body, expect, next, svb, to, utrecht};

fn stream(party: &Oin) -> String {
    format!("to-{party}")
}

/// Stops the server, takes away what it keeps for a party, and starts it again.
fn lose_the_end(server: &mut Server, party: &Oin) {
    server.stop();
    server.lose_messages(&stream(party));
    server.restart();
}

/// Publishes until the broker takes it.
async fn publish(platform: &Bus, message: Message) {
    let patience = tokio::time::Instant::now() + Duration::from_secs(20);
    while let Err(error) = platform.publish(message.clone()).await {
        assert!(tokio::time::Instant::now() < patience, "{error}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn announced(platform: &Bus) -> bus::nats::Loss {
    let loss = tokio::time::timeout(Duration::from_secs(20), platform.next_loss());
    loss.await.expect("no loss was announced")
}

#[tokio::test]
async fn a_stream_that_lost_its_end_is_read_on() {
    let mut server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    let party = server.party(&utrecht()).await;
    let mut deliveries = party.deliveries().await.unwrap();
    for n in 0..5 {
        let id = n.to_string();
        platform.publish(to(&utrecht(), &id)).await.unwrap();
        expect(&mut deliveries, &id, 1).await.ack().await;
    }
    server.emptied(&stream(&utrecht())).await;
    lose_the_end(&mut server, &utrecht());
    let loss = announced(&platform).await;
    assert_eq!(loss.party, utrecht());
    loss.told();
    publish(&platform, to(&utrecht(), "after")).await;
    expect(&mut deliveries, "after", 1).await.ack().await;
}

/// Its consumer stands where it stood, and only what the platform saw confirmed shows that there was
/// more.
#[tokio::test]
async fn what_nobody_had_read_yet_is_announced_too() {
    let mut server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    for n in 0..3 {
        let message = to(&utrecht(), &n.to_string());
        platform.publish(message).await.unwrap();
    }
    lose_the_end(&mut server, &utrecht());
    assert_eq!(announced(&platform).await.party, utrecht());
}

#[tokio::test]
async fn nothing_goes_to_a_party_before_its_loss_is_made_good_and_to_others_it_does() {
    let mut server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    for party in [svb(), utrecht()] {
        platform.publish(to(&party, "before")).await.unwrap();
    }
    let epoch = platform.epoch();
    lose_the_end(&mut server, &utrecht());
    let loss = announced(&platform).await;
    assert_ne!(platform.epoch(), epoch);
    publish(&platform, to(&svb(), "after")).await;
    let too_early = platform.publish(to(&utrecht(), "after")).await;
    assert_eq!(too_early, Err(PublishError::Unavailable));
    loss.told();
    publish(&platform, to(&utrecht(), "before")).await;
    publish(&platform, to(&utrecht(), "after")).await;
    let mut deliveries = server.party(&utrecht()).await.deliveries().await.unwrap();
    for id in ["before", "after"] {
        expect(&mut deliveries, id, 1).await.ack().await;
    }
}

/// As when somebody took the broker's store away.
#[tokio::test]
async fn a_stream_that_is_gone_is_made_anew_and_its_loss_announced() {
    let mut server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    platform.publish(to(&utrecht(), "before")).await.unwrap();
    let jetstream = server.jetstream().await;
    jetstream.delete_stream(stream(&utrecht())).await.unwrap();
    server.stop();
    server.restart();
    let loss = announced(&platform).await;
    assert_eq!(loss.party, utrecht());
    loss.told();
    publish(&platform, to(&utrecht(), "after")).await;
    let mut deliveries = server.party(&utrecht()).await.deliveries().await.unwrap();
    expect(&mut deliveries, "after", 1).await.ack().await;
}

#[tokio::test]
async fn a_reader_that_is_gone_is_made_anew() {
    let mut server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    platform.publish(to(&utrecht(), "before")).await.unwrap();
    let jetstream = server.jetstream().await;
    let kept = jetstream.get_stream(stream(&utrecht())).await.unwrap();
    kept.delete_consumer(utrecht().as_str()).await.unwrap();
    server.stop();
    server.restart();
    announced(&platform).await.told();
    publish(&platform, to(&utrecht(), "after")).await;
    let mut deliveries = server.party(&utrecht()).await.deliveries().await.unwrap();
    for id in ["before", "after"] {
        expect(&mut deliveries, id, 1).await.ack().await;
    }
}

/// Whoever was to make it good died.
#[tokio::test]
async fn a_loss_that_was_not_made_good_is_announced_again() {
    let mut server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    platform.publish(to(&utrecht(), "before")).await.unwrap();
    lose_the_end(&mut server, &utrecht());
    drop(announced(&platform).await);
    assert_eq!(announced(&platform).await.party, utrecht());
}

/// As many came again as were lost, and more, before the platform looked: the consumer stands within
/// the stream, and past what it never gave out.
#[tokio::test]
async fn what_came_again_before_anybody_looked_is_read_too() {
    let mut server = Server::start(&[svb(), utrecht()]);
    {
        let platform = server.platform().await;
        let mut deliveries = server.party(&utrecht()).await.deliveries().await.unwrap();
        for n in 0..5 {
            let id = format!("before {n}");
            platform.publish(to(&utrecht(), &id)).await.unwrap();
            expect(&mut deliveries, &id, 1).await.ack().await;
        }
        server.emptied(&stream(&utrecht())).await;
    }
    lose_the_end(&mut server, &utrecht());
    // Whoever publishes here does not look.
    let jetstream = server.jetstream().await;
    for n in 0..8 {
        let message = to(&utrecht(), &n.to_string());
        let stored = jetstream.publish(message.subject, message.payload).await;
        stored.unwrap().await.unwrap();
    }
    let mut deliveries = server.party(&utrecht()).await.deliveries().await.unwrap();
    let platform = server.platform().await;
    announced(&platform).await.told();
    // What the consumer gave out of itself may come before what it had passed, and comes again when it
    // was in hand while the consumer was made anew.
    let mut missing: BTreeSet<_> = (0..8).map(|n| n.to_string()).collect();
    let read = async {
        loop {
            let delivery = next(&mut deliveries).await;
            missing.remove(&body(&delivery));
            delivery.ack().await;
        }
    };
    let stream = stream(&utrecht());
    tokio::select! {
        () = read => {}
        () = server.emptied(&stream) => {}
    }
    assert_eq!(missing, BTreeSet::new());
}
