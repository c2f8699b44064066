use std::sync::{Arc, Mutex};

use chassis::{
    Clock, Problem,
    dev::{self, DevHooks, SettledReport},
};
use jiff::Timestamp;
use proto::Oin;
use serde_json::{Value, json};

use crate::answer::{ask, get, post};

/// A process that remembers what fell due.
struct Process {
    clock: Clock,
    moved_to: Mutex<Vec<Timestamp>>,
}

impl DevHooks for Process {
    async fn advance(&self, to: Timestamp) -> Result<(), Problem> {
        self.clock.set(to);
        self.moved_to.lock().unwrap().push(to);
        Ok(())
    }

    async fn settled(&self) -> Result<SettledReport, Problem> {
        Ok(party(0, 2, 3))
    }
}

fn process() -> Arc<Process> {
    Arc::new(Process {
        clock: Clock::system(),
        moved_to: Mutex::default(),
    })
}

fn svb() -> Oin {
    Oin::parse("00000099000000002000").unwrap()
}

fn party(pending: u64, received: u64, sent: u64) -> SettledReport {
    SettledReport::Party {
        oin: svb(),
        pending,
        received,
        sent,
    }
}

fn platform(pending: u64, received: u64, sent: u64) -> SettledReport {
    SettledReport::Platform {
        pending,
        received: [(svb(), received)].into(),
        sent: [(svb(), sent)].into(),
    }
}

#[tokio::test]
async fn the_clock_moves_to_the_given_time_in_any_offset() {
    let process = process();
    let body = r#"{"now": "2026-03-02T10:00:00+01:00"}"#;
    let answer = ask(
        dev::routes(process.clone()),
        post("/clock", "application/json", body),
    )
    .await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (204, ""));
    let nine: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    assert_eq!(process.clock.now(), nine);
    assert_eq!(*process.moved_to.lock().unwrap(), [nine]);
}

#[tokio::test]
async fn a_time_that_is_none_moves_nothing() {
    let process = process();
    let answer = ask(
        dev::routes(process.clone()),
        post("/clock", "application/json", r#"{"now": "tomorrow"}"#),
    )
    .await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.problem()["invalidParams"],
        json!([{"name": "/now", "reason": "is no valid date-time"}])
    );
    assert!(process.moved_to.lock().unwrap().is_empty());
}

#[tokio::test]
async fn settled_tells_what_is_pending_and_what_was_exchanged() {
    let answer = ask(dev::routes(process()), get("/settled")).await;
    assert_eq!(
        answer.json(),
        json!({"role": "party", "oin": "00000099000000002000", "pending": 0, "received": 2, "sent": 3})
    );
    let report: SettledReport = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(report, party(0, 2, 3));

    let expected: Value = json!({
        "role": "platform", "pending": 0,
        "received": {"00000099000000002000": 3}, "sent": {"00000099000000002000": 2}
    });
    assert_eq!(serde_json::to_value(platform(0, 3, 2)).unwrap(), expected);
    assert_eq!(
        serde_json::from_value::<SettledReport>(expected).unwrap(),
        platform(0, 3, 2)
    );
}

#[test]
fn it_is_quiet_only_when_each_side_took_what_the_other_sent_and_nothing_is_pending() {
    assert!(dev::quiet(&[platform(0, 3, 2), party(0, 2, 3)]));
    assert!(!dev::quiet(&[platform(1, 3, 2), party(0, 2, 3)]));
    assert!(!dev::quiet(&[platform(0, 3, 2), party(1, 2, 3)]));
    assert!(!dev::quiet(&[platform(0, 2, 2), party(0, 2, 3)]));
    assert!(!dev::quiet(&[platform(0, 3, 3), party(0, 2, 3)]));
    assert!(!dev::quiet(&[party(0, 0, 0)]));
}

#[tokio::test]
async fn the_dev_port_opens_on_the_loopback_address_only() {
    for open in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let address = open.parse().unwrap();
        let error = dev::bind(address).await.unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "the dev port moves the clock and must stay on a loopback address, not on {address}"
            )
        );
    }
    let listener = dev::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    assert!(listener.local_addr().unwrap().ip().is_loopback());
}
