//! What only a real broker can show: its permissions, and its death.

use std::time::Duration;

use bus::nats::{ConnectError, Ground};
use bus::{DeliveriesError, Identity, PublishError};
use futures::StreamExt;
use nkeys::KeyPair;
use proto::{in_subject, out_subject};

use crate::server::{ACK_WAIT, Server};
use crate::{body, expect, expect_nothing, from_svb, message, next, svb, to, utrecht};

#[tokio::test]
async fn the_server_itself_denies_a_publish_under_anothers_prefix() {
    for ground in [Ground::AccountEach, Ground::OneAccount] {
        a_publish_under_anothers_prefix_is_denied(ground).await;
    }
}

async fn a_publish_under_anothers_prefix_is_denied(ground: Ground) {
    let server = Server::on(ground, &[svb(), utrecht()], |_| None);
    let _streams = server.platform().await;
    // The SVB's key, in the hands of a client that says it is Utrecht: our own check passes.
    let liar = server.connection(server.seed_of(&svb()), Identity::Party(utrecht()));
    let liar = bus::nats::connect(liar).await;
    let subject = out_subject(&utrecht(), "fact.reported");
    match liar {
        Ok(liar) => {
            let outcome = liar.publish(message(subject, "x", "x")).await;
            assert_eq!(outcome, Err(PublishError::Forbidden));
        }
        Err(error) => panic!("{error}"),
    }
}

/// What was erased elsewhere must not lie on the broker for ever.
#[tokio::test]
async fn a_stream_keeps_nothing_for_longer_than_it_was_told_at_the_last_start() {
    let server = Server::start(&[svb(), utrecht()]);
    let day = Duration::from_secs(24 * 60 * 60);
    for stream in [format!("from-{}", svb()), format!("to-{}", svb())] {
        assert_eq!(server.kept_for(&stream, 30 * day).await, 30 * day);
        assert_eq!(server.kept_for(&stream, 2 * day).await, 2 * day);
    }
}

#[tokio::test]
async fn the_server_itself_denies_anothers_consumer() {
    for ground in [Ground::AccountEach, Ground::OneAccount] {
        anothers_consumer_is_denied(ground).await;
    }
}

async fn anothers_consumer_is_denied(ground: Ground) {
    let server = Server::on(ground, &[svb(), utrecht()], |_| None);
    server
        .platform()
        .await
        .publish(to(&utrecht(), "secret"))
        .await
        .unwrap();
    let liar = server.connection(server.seed_of(&svb()), Identity::Party(utrecht()));
    let liar = bus::nats::connect(liar).await.unwrap();
    assert_eq!(
        liar.deliveries().await.err(),
        Some(DeliveriesError::Forbidden)
    );
}

#[tokio::test]
async fn the_server_denies_every_other_way_to_what_is_not_ones_own() {
    let server = Server::start(&[svb(), utrecht()]);
    server
        .platform()
        .await
        .publish(to(&utrecht(), "secret"))
        .await
        .unwrap();
    let (client, mut complaints) = server.raw(&svb()).await;
    let stream = format!("to-{}", utrecht());
    let consumer = format!("{stream}.{}", utrecht());
    let publishes = [
        format!("platform.API.CONSUMER.MSG.NEXT.{consumer}"),
        format!("platform.API.CONSUMER.INFO.{consumer}"),
        "platform.API.STREAM.NAMES".to_owned(),
        format!("$JS.API.CONSUMER.MSG.NEXT.{consumer}"),
        format!("$JS.API.CONSUMER.INFO.{consumer}"),
        format!("$JS.API.CONSUMER.CREATE.{stream}"),
        format!("$JS.API.CONSUMER.CREATE.to-{}.mine", svb()),
        format!("$JS.API.CONSUMER.DELETE.{consumer}"),
        format!("$JS.API.STREAM.MSG.GET.{stream}"),
        format!("$JS.API.DIRECT.GET.{stream}"),
        format!("$JS.API.STREAM.INFO.{stream}"),
        format!("$JS.API.STREAM.DELETE.from-{}", svb()),
        "$JS.API.STREAM.NAMES".to_owned(),
        format!("$JS.ACK.{consumer}.1.1.1.1.0"),
        format!("$JS.API.CONSUMER.MSG.NEXT.from-{}.platform", svb()),
        format!("$JS.ACK.from-{}.platform.1.1.1.1.0", utrecht()),
        out_subject(&utrecht(), "fact.reported"),
        format!("doorbraak.{}.in.case.closed", svb()),
        format!("_INBOX_{}.x", utrecht()),
        "_INBOX_platform.x".to_owned(),
    ];
    for subject in publishes {
        client.publish(subject.clone(), "1".into()).await.unwrap();
        assert_eq!(
            complaints.recv().await.unwrap(),
            format!("nats: Permissions Violation for Publish to \"{subject}\"")
        );
    }
    let subscriptions = [
        "doorbraak.>".to_owned(),
        format!("doorbraak.{}.in.>", utrecht()),
        format!("doorbraak.{}.in.>", svb()),
        format!("_INBOX_{}.>", utrecht()),
        "_INBOX_platform.>".to_owned(),
        "_INBOX.>".to_owned(),
        "$JS.>".to_owned(),
        ">".to_owned(),
    ];
    for subject in subscriptions {
        let _subscription = client.subscribe(subject.clone()).await.unwrap();
        assert_eq!(
            complaints.recv().await.unwrap(),
            format!("nats: Permissions Violation for Subscription to \"{subject}\"")
        );
    }
}

#[tokio::test]
async fn a_key_the_server_does_not_know_cannot_connect() {
    let server = Server::start(&[svb()]);
    let seed = KeyPair::new_user().seed().unwrap();
    let refused = bus::nats::connect(server.connection(seed, Identity::Party(svb()))).await;
    assert!(matches!(refused, Err(ConnectError::Denied)), "{refused:?}");
    let anonymous = async_nats::connect(server.url()).await.unwrap_err();
    assert_eq!(
        anonymous.kind(),
        async_nats::ConnectErrorKind::AuthorizationViolation
    );
}

#[tokio::test]
async fn an_unreachable_server_is_said_to_be_so() {
    let mut server = Server::start(&[svb()]);
    server.kill();
    let connection = server.connection(server.seed_of(&svb()), Identity::Party(svb()));
    let refused = bus::nats::connect(connection).await;
    assert!(
        matches!(refused, Err(ConnectError::Unreachable(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn an_event_name_nobody_knows_reaches_the_platform() {
    let server = Server::start(&[svb()]);
    let platform = server.platform().await;
    let (client, _complaints) = server.raw(&svb()).await;
    let subject = format!("doorbraak.{}.out.Odd_name", svb());
    client.publish(subject.clone(), "odd".into()).await.unwrap();
    let delivery = next(&mut platform.deliveries().await.unwrap()).await;
    assert_eq!(
        (delivery.sender.clone(), &delivery.message.subject),
        (svb(), &subject)
    );
}

#[tokio::test]
async fn a_delivery_that_is_held_too_long_comes_again() {
    let server = Server::start(&[svb()]);
    let platform = server.platform().await;
    server
        .party(&svb())
        .await
        .publish(from_svb("one"))
        .await
        .unwrap();
    let mut deliveries = platform.deliveries().await.unwrap();
    let asked = std::time::Instant::now();
    let held = expect(&mut deliveries, "one", 1).await;
    expect(&mut deliveries, "one", 2).await.ack().await;
    assert!(asked.elapsed() >= ACK_WAIT, "{:?}", asked.elapsed());
    held.ack().await;
}

#[tokio::test]
async fn nothing_later_comes_to_a_party_before_what_it_could_not_take() {
    let server = Server::start(&[svb()]);
    let platform = server.platform().await;
    for id in ["first", "second"] {
        platform.publish(to(&svb(), id)).await.unwrap();
    }
    let mut deliveries = server.party(&svb()).await.deliveries().await.unwrap();
    let first = expect(&mut deliveries, "first", 1).await;
    first.retry(Duration::from_millis(400)).await;
    expect(&mut deliveries, "first", 2).await.ack().await;
    expect(&mut deliveries, "second", 1).await.ack().await;
}

#[tokio::test]
async fn nothing_overtakes_what_a_party_had_in_hand_when_it_died() {
    let server = Server::start(&[svb()]);
    let platform = server.platform().await;
    for id in ["first", "second", "third"] {
        platform.publish(to(&svb(), id)).await.unwrap();
    }
    let party = server.party(&svb()).await;
    let mut deliveries = party.deliveries().await.unwrap();
    // A process that is killed answers for nothing.
    std::mem::forget(expect(&mut deliveries, "first", 1).await);
    drop((deliveries, party));
    let mut deliveries = server.party(&svb()).await.deliveries().await.unwrap();
    expect(&mut deliveries, "first", 2).await.ack().await;
    expect(&mut deliveries, "second", 1).await.ack().await;
    expect(&mut deliveries, "third", 1).await.ack().await;
}

#[tokio::test]
async fn connecting_again_as_the_platform_keeps_streams_and_messages() {
    let server = Server::start(&[svb()]);
    server
        .platform()
        .await
        .publish(to(&svb(), "kept"))
        .await
        .unwrap();
    let _again = server.platform().await;
    let mut deliveries = server.party(&svb()).await.deliveries().await.unwrap();
    expect(&mut deliveries, "kept", 1).await.ack().await;
}

#[tokio::test]
async fn what_was_confirmed_survives_kill_9_of_the_server() {
    const MESSAGES: usize = 400;
    let mut server = Server::start(&[svb()]);
    let platform = server.platform().await;
    let party = server.party(&svb()).await;
    let mut deliveries = platform.deliveries().await.unwrap();
    let mut to_party = party.deliveries().await.unwrap();
    for n in 0..MESSAGES {
        party.publish(from_svb(&n.to_string())).await.unwrap();
    }
    // Half of them were dealt with when the server dies.
    for n in 0..MESSAGES / 2 {
        expect(&mut deliveries, &n.to_string(), 1).await.ack().await;
    }
    server.kill();
    let down = party.publish(from_svb("while it is down")).await;
    assert_eq!(down, Err(PublishError::Unavailable));
    server.restart();

    // The same handles go on by themselves: first the publisher …
    let mut last = party.publish(from_svb("after the restart")).await;
    for _ in 0..600 {
        if last.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        last = party.publish(from_svb("after the restart")).await;
    }
    assert_eq!(
        last,
        Ok(()),
        "half a minute later; the server says: {}",
        server.log()
    );
    // … then the reader, which gets every confirmed message that it had not acknowledged. An
    // acknowledgement may have died with the server, so what came before may come again; so may
    // the message whose fate was unknown.
    let mut missing: std::collections::BTreeSet<String> =
        (MESSAGES / 2..MESSAGES).map(|n| n.to_string()).collect();
    missing.insert("after the restart".to_owned());
    while !missing.is_empty() {
        let delivery = next(&mut deliveries).await;
        missing.remove(&body(&delivery));
        delivery.ack().await;
    }
    // The other direction goes on as well.
    platform.publish(to(&svb(), "to the party")).await.unwrap();
    expect(&mut to_party, "to the party", 1).await.ack().await;
}

#[tokio::test]
async fn a_party_cannot_make_the_broker_write_where_it_may_not() {
    let server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    platform.publish(to(&svb(), "for svb")).await.unwrap();
    let mut of_utrecht = server.party(&utrecht()).await.deliveries().await.unwrap();
    let mut of_platform = platform.deliveries().await.unwrap();
    let (victim, _) = server.raw(&utrecht()).await;
    let mut inbox = victim
        .subscribe(format!("_INBOX_{}.>", utrecht()))
        .await
        .unwrap();
    victim.flush().await.unwrap();

    // The reply address is where the broker writes its confirmation, or the message itself.
    let (client, _complaints) = server.raw(&svb()).await;
    let own = out_subject(&svb(), "fact.reported");
    let pull = format!("platform.API.CONSUMER.MSG.NEXT.to-{0}.{0}", svb());
    for reply in [
        format!("_INBOX_{}.forged", utrecht()),
        out_subject(&utrecht(), "fact.reported"),
        in_subject(&utrecht(), "case.closed"),
    ] {
        client
            .publish_with_reply(own.clone(), reply.clone(), "own".into())
            .await
            .unwrap();
        client
            .publish_with_reply(pull.clone(), reply, "1".into())
            .await
            .unwrap();
    }
    client.flush().await.unwrap();

    for _ in 0..3 {
        let delivery = next(&mut of_platform).await;
        assert_eq!(
            (delivery.sender.clone(), body(&delivery)),
            (svb(), "own".to_owned())
        );
        delivery.ack().await;
    }
    expect_nothing(&mut of_platform).await;
    expect_nothing(&mut of_utrecht).await;
    assert!(futures::FutureExt::now_or_never(inbox.next()).is_none());
}
