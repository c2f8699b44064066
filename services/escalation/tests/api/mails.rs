//! Mails through a mail server that speaks the protocol (RFC 5321), on this machine: to the people of the
//! register, once per cause, and with nothing in them.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use escalation::mails::MailServer;
use jiff::SignedDuration;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::people::{NOOR, SEM, SVB};
use crate::story::{HANDOFFS, IDENTITY, Story, offer};
use crate::world::World;

/// What a mail server got.
#[derive(Debug)]
struct Got {
    to: String,
    message: String,
}

/// A mail server that takes mails, but for the first so many, which it turns away for now.
struct Server {
    address: String,
    got: mpsc::UnboundedReceiver<Got>,
    asked: Arc<AtomicUsize>,
}

impl Server {
    async fn start(busy: usize) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let (told, got) = mpsc::unbounded_channel();
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, told.clone(), Arc::clone(&counted), busy));
            }
        });
        Self {
            address,
            got,
            asked,
        }
    }

    fn settings(&self) -> MailServer {
        let from = "Doorbraak <noreply@doorbraak.example>";
        MailServer::new(&self.address, from, "https://doorbraak.example/").unwrap()
    }

    async fn next(&mut self) -> Got {
        let got = tokio::time::timeout(Duration::from_secs(30), self.got.recv()).await;
        got.expect("no mail comes").unwrap()
    }
}

async fn serve(
    socket: TcpStream,
    told: mpsc::UnboundedSender<Got>,
    asked: Arc<AtomicUsize>,
    busy: usize,
) -> Option<()> {
    let mut socket = BufReader::new(socket);
    let (mut line, mut to) = (String::new(), String::new());
    socket.write_all(b"220 mail.example\r\n").await.ok()?;
    loop {
        line.clear();
        if socket.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let answer = match line.split([' ', ':', '\r']).next()? {
            "EHLO" => "250 mail.example",
            "MAIL" if asked.fetch_add(1, Ordering::SeqCst) < busy => {
                "451 later, maatwerk@svb.example"
            }
            "RCPT" => {
                to = line.trim().to_owned();
                "250 ok"
            }
            "DATA" => {
                socket.write_all(b"354 go on\r\n").await.ok()?;
                let mut message = String::new();
                while !message.ends_with("\r\n.\r\n") {
                    socket.read_line(&mut message).await.ok()?;
                }
                let to = std::mem::take(&mut to);
                told.send(Got { to, message }).ok()?;
                "250 taken"
            }
            "QUIT" => {
                socket.write_all(b"221 bye\r\n").await.ok()?;
                return None;
            }
            _ => "250 ok",
        };
        socket
            .write_all(format!("{answer}\r\n").as_bytes())
            .await
            .ok()?;
    }
}

/// Nothing that says of whom or what: a mail passes through systems of others.
fn says_nothing(got: &Got, story: &Story<'_>) {
    let words = [
        "kinderbijslag",
        "income",
        "ZAAK",
        "Utrecht",
        "child_benefit",
        HANDOFFS[0],
        &story.case,
    ];
    for word in words.iter().chain(&IDENTITY) {
        assert!(!got.message.contains(word), "{word} in {}", got.message);
    }
    for part in [
        "From: Doorbraak <noreply@doorbraak.example>",
        "Auto-Submitted: auto-generated",
    ] {
        assert!(got.message.contains(part), "{part}: {}", got.message);
    }
}

/// Noor asks the SVB.
async fn asks(world: &World, story: &Story<'_>) {
    let path = story.path("/handoffs");
    let offer = offer(HANDOFFS[0], SVB);
    world.post(&NOOR, &path, &offer).await.expect(201);
}

/// And Sem says yes.
async fn answers(world: &World) {
    let path = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    let yes = json!({"answer": "accepted"});
    world.post(&SEM, &path, &yes).await.expect(200);
}

#[tokio::test]
async fn a_question_and_its_answer_lead_to_one_mail_each_to_whom_they_concern() {
    let mut server = Server::start(0).await;
    let world = World::with_mails(server.settings()).await;
    let story = Story::begin(&world).await;
    asks(&world, &story).await;
    let got = server.next().await;
    assert_eq!(got.to, "RCPT TO:<maatwerk@svb.example>");
    assert!(
        got.message.contains("https://doorbraak.example/werk"),
        "{}",
        got.message
    );
    assert!(
        got.message.contains("Er is een vraag voor uw organisatie."),
        "{}",
        got.message
    );
    assert!(
        got.message
            .contains("There is a question for your organisation.")
    );
    says_nothing(&got, &story);
    answers(&world).await;
    let got = server.next().await;
    assert!(got.to.ends_with("utrecht.example>"), "{}", got.to);
    assert!(
        got.message.contains("Er is een antwoord op een vraag"),
        "{}",
        got.message
    );
    says_nothing(&got, &story);
    // Once per cause: nothing more came in between.
    assert_eq!(server.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_mail_that_is_turned_away_is_tried_again_later_and_is_the_same() {
    let mut server = Server::start(2).await;
    let world = World::with_mails(server.settings()).await;
    let story = Story::begin(&world).await;
    let start = world.clock.now();
    asks(&world, &story).await;
    let after = |seconds| (start + SignedDuration::from_secs(seconds)).to_string();
    let tried = |times: usize| {
        let asked = Arc::clone(&server.asked);
        async move {
            for _ in 0..3_000 {
                if asked.load(Ordering::SeqCst) >= times {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            panic!("not tried {times} times");
        }
    };
    tried(1).await;
    // What happens meanwhile wakes whoever sends, and does not bring the next try forward.
    let block =
        json!({"type": "rule", "rules": ["child_benefit_parent"], "explanation": "Niets past."});
    world
        .post(&NOOR, &story.path("/blocks"), &block)
        .await
        .expect(201);
    world.reacted().await;
    assert_eq!(server.asked.load(Ordering::SeqCst), 1);
    // After one minute, and then after two more.
    world.advance(&after(61)).await;
    tried(2).await;
    world.advance(&after(190)).await;
    let got = server.next().await;
    assert_eq!(got.to, "RCPT TO:<maatwerk@svb.example>");
    assert_eq!(server.asked.load(Ordering::SeqCst), 3);
    says_nothing(&got, &story);
}

#[tokio::test]
async fn a_term_that_ends_within_a_day_is_said_once_to_whoever_has_to_act() {
    let mut server = Server::start(0).await;
    let world = World::with_mails(server.settings()).await;
    let story = Story::begin(&world).await;
    asks(&world, &story).await;
    assert!(server.next().await.message.contains("Er is een vraag"));
    let inbox = world
        .get(&SEM, "/v1/handoffs?state=offered")
        .await
        .expect(200);
    let answer_by: jiff::Timestamp = inbox["items"][0]["answerBy"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let ahead = |hours| (answer_by - SignedDuration::from_hours(hours)).to_string();
    world.advance(&ahead(23)).await;
    let mut got = server.next().await;
    // Others' terms may come near on the way.
    while !got.to.contains("svb") {
        got = server.next().await;
    }
    assert!(
        got.message.contains("Binnen een dag loopt een termijn"),
        "{}",
        got.message
    );
    says_nothing(&got, &story);
    world.advance(&ahead(1)).await;
    answers(&world).await;
    loop {
        let got = server.next().await;
        assert!(
            !got.to.contains("svb"),
            "a second mail about one term: {}",
            got.message
        );
        if got.message.contains("Er is een antwoord") {
            break;
        }
    }
}
