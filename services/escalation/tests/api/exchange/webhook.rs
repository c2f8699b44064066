//! Letters that are posted: to an address that wants them, until it has them, in their order.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, options};
use axum::{Router, serve};
use chassis::parties::{Door, Mode, Webhook};
use escalation::relay::Posting;
use jiff::ToSpan;
use proto::Envelope;

use crate::exchange::{event, report, structured, world_with};
use crate::people::NOOR;
use crate::world::World;

/// What the address answers to the next letter.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Status(u16),
    ElseWhere,
    /// It has the letter, and says so a while later.
    Late,
    Never,
}

/// An organisation's own address.
#[derive(Clone, Default)]
struct Address(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    allowed: Option<&'static str>,
    asked: Vec<String>,
    next: VecDeque<Answer>,
    tried: Vec<String>,
    taken: Vec<Envelope>,
    elsewhere: usize,
}

impl Address {
    async fn open(allowed: Option<&'static str>, next: &[Answer]) -> (Self, String) {
        let address = Self::default();
        {
            let mut inner = address.0.lock().unwrap();
            inner.allowed = allowed;
            inner.next.extend(next);
        }
        let router = Router::new()
            .route("/in", options(asked).post(posted))
            .route("/else", get(elsewhere).post(elsewhere))
            .with_state(address.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/in", listener.local_addr().unwrap());
        tokio::spawn(async move { serve(listener, router).await });
        (address, url)
    }

    fn see<T>(&self, see: impl FnOnce(&mut Inner) -> T) -> T {
        see(&mut self.0.lock().unwrap())
    }

    /// Waits until this holds; with a moving clock, for what waits to be tried again.
    async fn until(&self, world: &World, what: &str, holds: impl Fn(&Inner) -> bool) {
        for _ in 0..500 {
            if self.see(|inner| holds(inner)) {
                return;
            }
            world.clock.set(world.clock.now() + 5.seconds());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let (asked, tried) = self.see(|inner| (inner.asked.clone(), inner.tried.clone()));
        panic!("it never came to this: {what}; asked {asked:?}, tried {tried:?}");
    }

    fn inputs(&self) -> Vec<String> {
        self.see(|inner| {
            let told = inner.taken.iter();
            told.filter_map(|letter| letter.data["input"].as_str().map(str::to_owned))
                .collect()
        })
    }
}

async fn asked(State(address): State<Address>, headers: HeaderMap) -> Response {
    let origin = headers["webhook-request-origin"]
        .to_str()
        .unwrap()
        .to_owned();
    let allowed = address.see(|inner| {
        inner.asked.push(origin);
        inner.allowed
    });
    match allowed {
        Some(origin) => [
            ("webhook-allowed-origin", origin),
            ("webhook-allowed-rate", "*"),
        ]
        .into_response(),
        None => StatusCode::OK.into_response(),
    }
}

async fn posted(State(address): State<Address>, headers: HeaderMap, body: Bytes) -> Response {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let letter = Envelope::decode(&headers, &body).unwrap();
    let answer = address.see(|inner| {
        inner.tried.push(letter.id.clone());
        inner.next.pop_front().unwrap_or(Answer::Status(204))
    });
    match answer {
        Answer::Status(status) => {
            if (200..300).contains(&status) {
                address.see(|inner| inner.taken.push(letter));
            }
            StatusCode::from_u16(status).unwrap().into_response()
        }
        Answer::ElseWhere => {
            (StatusCode::TEMPORARY_REDIRECT, [("location", "/else")]).into_response()
        }
        Answer::Late => {
            address.see(|inner| inner.taken.push(letter));
            tokio::time::sleep(Duration::from_millis(300)).await;
            StatusCode::NO_CONTENT.into_response()
        }
        Answer::Never => std::future::pending().await,
    }
}

async fn elsewhere(State(address): State<Address>) {
    address.see(|inner| inner.elsewhere += 1);
}

fn to(url: &str, mode: Mode) -> Door {
    Door::Webhook(Webhook::to(url, mode).unwrap())
}

fn posting() -> Posting {
    Posting {
        origin: "doorbraak.test".to_owned(),
        patience: Duration::from_millis(500),
        ..Posting::default()
    }
}

async fn beat(world: &World, nth: u64) {
    let beat = event(
        &format!("e-{nth}"),
        Some(nth),
        "heartbeat.sent",
        &serde_json::json!({}),
    );
    structured(world, &beat).await.expect(202);
}

#[tokio::test]
async fn nothing_is_posted_to_an_address_that_does_not_want_it() {
    let (address, url) = Address::open(None, &[]).await;
    let world = world_with(to(&url, Mode::Structured), posting()).await;
    beat(&world, 1).await;
    address
        .until(&world, "it is asked twice", |inner| inner.asked.len() >= 2)
        .await;
    assert_eq!(
        address.see(|inner| inner.asked[0].clone()),
        "doorbraak.test"
    );
    address.see(|inner| inner.allowed = Some("somebody.else"));
    let asked = address.see(|inner| inner.asked.len());
    address
        .until(&world, "it is asked again", |inner| {
            inner.asked.len() > asked + 1
        })
        .await;
    assert_eq!(address.see(|inner| inner.tried.len()), 0);
    let metrics = world.get(&NOOR, "/metrics").await.text;
    let letters = "doorbraak_undelivered_letters{organisation=\"utrecht\"} 1";
    assert!(metrics.contains(letters), "{metrics}");
    let failures = "doorbraak_delivery_failures{organisation=\"utrecht\"} 0";
    assert!(!metrics.contains(failures), "{metrics}");

    address.see(|inner| inner.allowed = Some("doorbraak.test"));
    address
        .until(&world, "it has the letter", |inner| inner.taken.len() == 1)
        .await;
    assert_eq!(address.inputs(), ["e-1"]);
}

#[tokio::test]
async fn whatever_an_address_does_every_letter_comes_once_and_in_its_order() {
    let answers = [
        Answer::Status(500),
        Answer::Never,
        Answer::ElseWhere,
        Answer::Status(204),
        Answer::Status(404),
        Answer::Status(200),
        Answer::Status(429),
        Answer::Status(202),
    ];
    let (address, url) = Address::open(Some("*"), &answers).await;
    let world = world_with(to(&url, Mode::Binary), posting()).await;
    for nth in 1..=3 {
        beat(&world, nth).await;
    }
    address
        .until(&world, "it has all three", |inner| inner.taken.len() == 3)
        .await;
    assert_eq!(address.inputs(), ["e-1", "e-2", "e-3"]);
    assert_eq!(
        address.see(|inner| inner.elsewhere),
        0,
        "a redirect was followed"
    );
    // Each was tried until it was taken, and none before the one ahead of it was.
    let tried = address.see(|inner| inner.tried.clone());
    let ids: Vec<_> = address.see(|inner| inner.taken.iter().map(|l| l.id.clone()).collect());
    let times = |id: &String| tried.iter().filter(|tried| *tried == id).count();
    assert_eq!(ids.iter().map(times).collect::<Vec<_>>(), [4, 2, 2]);
    assert!(tried.is_sorted_by_key(|id| ids.iter().position(|known| known == id)));

    let world = world.restart().await;
    let reported = event("e-4", Some(4), "case.reported", &report("Z-1"));
    structured(&world, &reported).await.expect(202);
    address
        .until(&world, "it has the letters of the case", |inner| {
            inner.taken.len() >= 5
        })
        .await;
    assert_eq!(address.inputs(), ["e-1", "e-2", "e-3", "e-4"]);
    let kinds: Vec<_> = address.see(|inner| {
        let kinds = inner.taken[3..]
            .iter()
            .map(|letter| letter.type_.event.clone());
        kinds.collect()
    });
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&"case.registered".to_owned()), "{kinds:?}");
}

#[tokio::test]
async fn a_service_that_stops_while_an_address_takes_a_letter_does_not_post_it_again() {
    let (address, url) = Address::open(Some("*"), &[Answer::Late]).await;
    let world = world_with(to(&url, Mode::Structured), posting()).await;
    beat(&world, 1).await;
    address
        .until(&world, "it is taking the letter", |inner| {
            inner.taken.len() == 1
        })
        .await;

    let world = world.restart().await;
    beat(&world, 2).await;
    address
        .until(&world, "it has the second letter", |inner| {
            let last = inner.taken.last();
            last.is_some_and(|letter| letter.data["input"] == "e-2")
        })
        .await;
    assert_eq!(address.inputs(), ["e-1", "e-2"]);
}
