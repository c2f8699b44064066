//! A party that does what it should not, on a real server: it is refused, the server's log says
//! so, and the others notice nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bus::nats::{ConnectError, Connection};
use bus::{Identity, MESSAGE_ID, PublishError};
use nkeys::KeyPair;
use proto::out_subject;

use crate::server::Server;
use crate::{body, expect, expect_nothing, from_svb, message, next, svb, to, utrecht};

fn from_utrecht(id: &str) -> bus::Message {
    message(out_subject(&utrecht(), "fact.reported"), id, id)
}

/// The carrier forgets what it saw before: by its id, and per sender.
#[tokio::test]
async fn nobody_swallows_anothers_message_by_sending_under_its_id_first() {
    let server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    let mut deliveries = platform.deliveries().await.unwrap();
    let (liar, _) = server.raw(&svb()).await;
    let mut headers = async_nats::HeaderMap::new();
    headers.insert(MESSAGE_ID, "theirs");
    liar.publish_with_headers(from_svb("x").subject, headers, "forged".into())
        .await
        .unwrap();
    liar.flush().await.unwrap();
    let forged = next(&mut deliveries).await;
    assert_eq!((forged.sender.clone(), &*body(&forged)), (svb(), "forged"));
    forged.ack().await;

    let honest = server.party(&utrecht()).await;
    honest.publish(from_utrecht("theirs")).await.unwrap();
    let heard = expect(&mut deliveries, "theirs", 1).await;
    assert_eq!(heard.sender, utrecht());
    heard.ack().await;
}

#[tokio::test]
async fn a_flood_is_refused_where_its_own_room_ends_and_nowhere_else() {
    const ROOM: usize = 40;
    let mut server = Server::start(&[svb(), utrecht()]);
    server.from_one = 40;
    let platform = server.platform().await;
    let flood = server.party(&svb()).await;
    for n in 0..ROOM {
        flood.publish(from_svb(&n.to_string())).await.unwrap();
    }
    for n in ["one more", "and another"] {
        assert_eq!(flood.publish(from_svb(n)).await, Err(PublishError::Refused));
    }
    let other = server.party(&utrecht()).await;
    other.publish(from_utrecht("not mine")).await.unwrap();

    // What was confirmed is there; once it is taken there is room again.
    let mut deliveries = platform.deliveries().await.unwrap();
    let mut got = Vec::new();
    for _ in 0..=ROOM {
        let delivery = next(&mut deliveries).await;
        got.push(body(&delivery));
        delivery.ack().await;
    }
    got.sort();
    let mut sent: Vec<_> = (0..ROOM).map(|n| n.to_string()).collect();
    sent.push("not mine".to_owned());
    sent.sort();
    assert_eq!(got, sent);
    // The broker makes it in its own time.
    while flood.publish(from_svb("one more")).await.is_err() {
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    expect(&mut deliveries, "one more", 1).await.ack().await;
}

#[tokio::test]
async fn a_sender_of_many_is_no_longer_queue_for_another() {
    const MANY: usize = 2_000;
    let server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    let (flood, _) = server.raw(&svb()).await;
    for n in 0..MANY {
        let subject = from_svb("x").subject;
        flood.publish(subject, n.to_string().into()).await.unwrap();
    }
    flood.flush().await.unwrap();
    let other = server.party(&utrecht()).await;
    other.publish(from_utrecht("one")).await.unwrap();
    // All that was sent before it is stored before it is read.
    for _ in 0..400 {
        if server.stored(&format!("from-{}", svb())).await == MANY as u64 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let mut deliveries = platform.deliveries().await.unwrap();
    let mut before = 0;
    loop {
        let delivery = next(&mut deliveries).await;
        let found = delivery.sender == utrecht();
        delivery.ack().await;
        if found {
            break;
        }
        before += 1;
    }
    assert!(before < 200, "{before} of the other's went before it");
}

#[tokio::test]
async fn one_party_cannot_take_all_connections() {
    let server = Server::start(&[svb(), utrecht()]);
    let _platform = server.platform().await;
    let mut open = Vec::new();
    let mut refused = 0;
    for _ in 0..24 {
        let connection = server.connection(server.seed_of(&svb()), Identity::Party(svb()));
        match bus::nats::connect(connection).await {
            Ok(bus) => open.push(bus),
            Err(_) => refused += 1,
        }
    }
    assert_eq!((open.len(), refused), (16, 8));
    server
        .party(&utrecht())
        .await
        .publish(from_utrecht("still"))
        .await
        .unwrap();
    assert!(
        server
            .log()
            .contains("maximum account active connections exceeded")
    );
}

#[tokio::test]
async fn what_is_refused_stands_in_the_servers_log() {
    let server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    let (liar, mut complaints) = server.raw(&svb()).await;
    let foreign = out_subject(&utrecht(), "fact.reported");
    liar.publish(foreign.clone(), "x".into()).await.unwrap();
    let read = format!("doorbraak.{}.in.>", utrecht());
    let _none = liar.subscribe(read.clone()).await.unwrap();
    for _ in 0..2 {
        let complaint = tokio::time::timeout(Duration::from_secs(10), complaints.recv());
        complaint.await.expect("the server refuses it").unwrap();
    }
    let stranger = KeyPair::new_user();
    let unknown = server.connection(stranger.seed().unwrap(), Identity::Party(svb()));
    let refused = bus::nats::connect(unknown).await;
    assert!(matches!(refused, Err(ConnectError::Denied)), "{refused:?}");
    let log = server.log();
    let of_svb = server.key_of(&svb()).public_key();
    for line in [
        format!(
            "{}/nkey:{of_svb}\" - Publish Violation - Subject \"{foreign}\"",
            svb()
        ),
        format!(
            "{}/nkey:{of_svb}\" - Subscription Violation - Subject \"{read}\"",
            svb()
        ),
        format!("authentication error - Nkey \"{}\"", stranger.public_key()),
    ] {
        assert!(log.contains(&line), "{line} is not in {log}");
    }
    expect_nothing(&mut platform.deliveries().await.unwrap()).await;
}

/// A client that keeps to no limit: what it says goes on the wire as it is.
fn bare(server: &Server) -> (TcpStream, BufReader<TcpStream>) {
    let mut wire = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).unwrap();
    wire.set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut heard = BufReader::new(wire.try_clone().unwrap());
    let mut info = String::new();
    heard.read_line(&mut info).unwrap();
    let nonce = info.split("\"nonce\":\"").nth(1).unwrap();
    let nonce = nonce.split('"').next().unwrap();
    let key = server.key_of(&svb());
    let signature = URL_SAFE_NO_PAD.encode(key.sign(nonce.as_bytes()).unwrap());
    let nkey = key.public_key();
    let connect = format!(
        "CONNECT {{\"verbose\":false,\"lang\":\"bare\",\"version\":\"0\",\"protocol\":1,\
         \"nkey\":\"{nkey}\",\"sig\":\"{signature}\"}}\r\nPING\r\n"
    );
    wire.write_all(connect.as_bytes()).unwrap();
    let mut said = String::new();
    while !said.ends_with("PONG\r\n") {
        assert_ne!(heard.read_line(&mut said).unwrap(), 0, "{said}");
    }
    (wire, heard)
}

#[tokio::test]
async fn what_is_too_large_or_no_message_at_all_costs_its_sender_the_connection() {
    let server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    let subject = out_subject(&svb(), "fact.reported");
    // The server need not read the body to know.
    let large = format!("PUB {subject} 200000\r\n");
    for (sent, answer) in [
        (large, "-ERR 'Maximum Payload Violation'"),
        (
            "GARBAGE \0\x01\x02\r\n".to_owned(),
            "-ERR 'Unknown Protocol Operation'",
        ),
    ] {
        let (mut wire, mut heard) = bare(&server);
        wire.write_all(sent.as_bytes()).unwrap();
        let mut said = Vec::new();
        heard.read_to_end(&mut said).ok();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(said.contains(answer), "{said}");
    }
    // Who it was stands with it.
    let who = format!("{}/nkey:{}\"", svb(), server.key_of(&svb()).public_key());
    let large = format!("{who} - maximum payload exceeded: 200000");
    let garbage = format!("{who} - Client parser ERROR");
    server.says(&[&large, &garbage]).await;
    server
        .party(&utrecht())
        .await
        .publish(from_utrecht("after it"))
        .await
        .unwrap();
    let mut deliveries = platform.deliveries().await.unwrap();
    expect(&mut deliveries, "after it", 1).await.ack().await;
    expect_nothing(&mut deliveries).await;
}

/// Acknowledges twenty messages, takes the next, and is gone without another word.
fn dies_with_a_message_in_hand(connection: Connection) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let party = bus::nats::connect(connection).await.unwrap();
        let mut deliveries = party.deliveries().await.unwrap();
        for n in 0..20 {
            let delivery = expect(&mut deliveries, &n.to_string(), 1).await;
            delivery.ack().await;
        }
        std::mem::forget(expect(&mut deliveries, "20", 1).await);
        std::mem::forget(deliveries);
    });
    // The connection goes with the runtime.
    runtime.shutdown_background();
}

/// A reader that is killed with a message in hand, and a server that is killed under it, each
/// between delivery and acknowledgement, across accounts.
#[tokio::test]
async fn what_a_party_had_in_hand_comes_again_when_either_side_is_killed() {
    const MESSAGES: usize = 60;
    let mut server = Server::start(&[svb(), utrecht()]);
    let platform = server.platform().await;
    for n in 0..MESSAGES {
        platform.publish(to(&svb(), &n.to_string())).await.unwrap();
    }
    let killed = server.connection(server.seed_of(&svb()), Identity::Party(svb()));
    std::thread::spawn(move || dies_with_a_message_in_hand(killed))
        .join()
        .unwrap();

    let party = server.party(&svb()).await;
    let mut deliveries = party.deliveries().await.unwrap();
    expect(&mut deliveries, "20", 2).await.ack().await;
    for n in 21..40 {
        expect(&mut deliveries, &n.to_string(), 1).await.ack().await;
    }
    let in_hand = next(&mut deliveries).await;
    assert_eq!(body(&in_hand), "40");
    server.kill();
    // This acknowledgement reaches nobody.
    in_hand.ack().await;
    server.restart();
    let mut missing: std::collections::BTreeSet<_> =
        (40..MESSAGES).map(|n| n.to_string()).collect();
    while !missing.is_empty() {
        let delivery = next(&mut deliveries).await;
        missing.remove(&body(&delivery));
        delivery.ack().await;
    }
}
