//! What follows by itself follows once, however many replicas see to it, also after one lost its
//! place.

use std::collections::BTreeMap;

use escalation::execute::Order;
use escalation::react::FOLLOWER;
use ladder::{BlockType, CaseId, Command, RecordBlock};

use crate::carrier::Carrier;
use crate::orders::{Orders, case, executor, sealed};
use crate::place::Place;
use crate::world::{UTRECHT, World, until};

on_both_engines!(two_replicas_raise_one_signal_for_a_shortage);

const CASES: usize = 12;

fn shortage(orders: &Orders, id: &CaseId, message: &str) -> Order {
    let block = RecordBlock {
        kind: BlockType::Scarcity,
        rules: Vec::new(),
        explanation: orders.text.clone(),
    };
    let command = Command::RecordBlock(block);
    orders.order(UTRECHT, "raiser", id, message, command)
}

async fn reacted(world: &World) {
    until("the reactors come to an end", async || {
        let head = world.db().head().await.unwrap().position;
        (world.db().checkpoint(FOLLOWER).await.unwrap() >= head).then_some(())
    })
    .await;
}

async fn two_replicas_raise_one_signal_for_a_shortage(place: Place) {
    let world = World::start(place.clone(), Carrier::local()).await;
    let other = world.replica().await;
    let orders = Orders {
        text: sealed(&place).await,
    };
    let executors = [world.service().ground(), other.ground()].map(executor);
    for number in 0..CASES {
        let id = case(&format!("youth-{number}"));
        let report = orders.report(&id, &format!("report-{number}"));
        let block = shortage(&orders, &id, &format!("block-{number}"));
        for order in [report, block] {
            executors[number % 2].execute(order).await.unwrap();
        }
    }
    reacted(&world).await;
    world.db().save_checkpoint(FOLLOWER, 0).await.unwrap();
    reacted(&world).await;

    let mut signals: BTreeMap<String, usize> = BTreeMap::new();
    let mut raised = 0;
    for event in world.log().await {
        if event.kind.starts_with("signal.") {
            raised += usize::from(event.kind == "signal.raised");
            let cases = event.data["cases"].as_array().unwrap().len();
            *signals.entry(event.stream).or_default() += cases;
        }
    }
    assert_eq!(raised, 1);
    assert_eq!(signals.into_values().collect::<Vec<_>>(), [CASES]);
    other.stop().await;
}
