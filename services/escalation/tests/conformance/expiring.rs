//! The end of keeping, seen by several clocks at once: what is due is erased once.

use std::collections::BTreeMap;

use escalation::clock::Ticker;
use escalation::execute::Order;
use futures::future::join_all;
use journal::vault::Vault;
use ladder::{CaseId, Command, Initiative, ReportFact, Sealed, Withdraw};

use crate::carrier::Carrier;
use crate::orders::{Orders, case, code, executor, organisation};
use crate::people::People;
use crate::place::Place;
use crate::world::{START, UTRECHT, World, time, until};

on_both_engines!(what_is_due_expires_once_for_racing_clocks_on_two_replicas);

const CASES: usize = 6;

/// Three months after the end what is known under tax law goes; after two years everything.
const DAYS: [(&str, usize); 4] = [
    ("2026-06-03T08:00:00Z", 1),
    ("2026-06-04T08:00:00Z", 1),
    ("2028-03-03T08:00:00Z", 2),
    ("2028-03-04T08:00:00Z", 2),
];

/// A text of this case, which the vault opens; under a key with this number.
async fn text_of(vault: &Vault, id: &CaseId, key: u8) -> Sealed {
    let owner = format!("case/{id}/text");
    let sealer = vault.sealer(&owner, time(START), [key; _]).await.unwrap();
    Sealed::new(sealer.seal("een tekst", [4; _]).unwrap().as_str())
}

/// A case with what the tax office may know, that was withdrawn at once.
fn ended(orders: &Orders, people: &People, id: &CaseId) -> [Order; 3] {
    let fact = ReportFact {
        source: organisation(UTRECHT),
        category: "tax".to_owned(),
        law: "general_tax_act".to_owned(),
        rule: None,
        summary: orders.text.clone(),
        since: "2026-01-01".to_owned(),
        legal_basis: "basis".to_owned(),
    };
    let withdrawal = Withdraw {
        initiative: Initiative::Citizen,
        reason: orders.text.clone(),
    };
    let order = |name: &str, command| {
        let message = format!("{name} {id}");
        orders.order(UTRECHT, "raiser", id, &message, command)
    };
    [
        orders.report(id, &format!("report {id}")),
        order("fact", Command::ReportFact(fact)),
        // People stop at the platform: there is no event for it.
        Order {
            actor: people.actor(UTRECHT, "raiser"),
            ..order("withdrawal", Command::Withdraw(withdrawal))
        },
    ]
}

/// What happened of an erasure, by case and erasure.
async fn erasures(world: &World) -> BTreeMap<(String, String), Vec<String>> {
    let mut erasures: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for event in world.log().await {
        if let Some(erasure) = event.data["erasure"].as_str() {
            let name = (event.stream.clone(), erasure.to_owned());
            erasures.entry(name).or_default().push(event.kind);
        }
    }
    erasures
}

async fn what_is_due_expires_once_for_racing_clocks_on_two_replicas(place: Place) {
    let world = World::start(place.clone(), Carrier::local()).await;
    let other = world.replica().await;
    let vault = world.vault().await;
    let people = People::of(&[(UTRECHT, "raiser")], time(START)).await;
    let grounds = [world.service().ground().clone(), other.ground().clone()];
    let executors = grounds.each_ref().map(executor);
    for n in 0..CASES {
        let id = case(&n.to_string());
        let key = u8::try_from(n).unwrap();
        let orders = Orders {
            text: text_of(&vault, &id, key).await,
        };
        for order in ended(&orders, &people, &id) {
            assert_eq!(code(&executors[n % 2].execute(order).await), "stored");
        }
    }
    for (day, each) in DAYS {
        let at = time(day);
        world.clock.set(at);
        // Beside the two services' own clocks; each looks for itself whether it looked today.
        let tickers = (0..4).map(|n| Ticker::new(grounds[n % 2].clone(), executors[n % 2].clone()));
        let tickers: Vec<_> = tickers.collect();
        for ticked in join_all(tickers.iter().map(|ticker| ticker.tick(at))).await {
            ticked.unwrap();
        }
        let done = until("what was ordered is done", async || {
            let erasures = erasures(&world).await;
            erasures
                .values()
                .all(|kinds| kinds.len() > 1)
                .then_some(erasures)
        })
        .await;
        assert_eq!(done.len(), CASES * each, "{day}: {done:?}");
        for (name, kinds) in &done {
            assert_eq!(kinds, &["erasure.ordered", "erasure.completed"], "{name:?}");
        }
    }
    for n in 0..CASES {
        let text = text_of_copy(&world, n).await;
        assert_eq!(vault.unseal_all(&[text]).await.unwrap(), [None]);
    }
    vault.close().await;
    other.stop().await;
}

/// The reason for which a case was withdrawn, as the log holds it.
async fn text_of_copy(world: &World, n: usize) -> journal::vault::Sealed {
    let log = world.log().await;
    let stream = format!("case/case_{n}");
    let mut events = log.iter().filter(|event| event.stream == stream);
    let withdrawn = events.find(|event| event.kind == "case.withdrawn").unwrap();
    journal::vault::Sealed::parse(withdrawn.data["reason"].as_str().unwrap()).unwrap()
}
