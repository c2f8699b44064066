//! Two services on one database: one log, one answer per command, views that follow from the log.

use std::collections::{BTreeMap, BTreeSet};

use escalation::execute::{Done, Order};
use escalation::views;
use ladder::HandoffKind;

use crate::carrier::Carrier;
use crate::orders::{Answer, Orders, case, code, executor, sealed};
use crate::party::{accept, block, climb_to_the_desk, fact, offer};
use crate::place::Place;
use crate::world::{SVB, TAX_OFFICE, UTRECHT, World};

on_both_engines!(eight_writers_on_two_replicas_keep_one_log);
on_every_ground!(every_view_can_be_rebuilt);

const WRITERS: usize = 8;
const ROUNDS: usize = 6;

/// What one writer gives: cases of its own, and (by the same cause) one that its neighbour on the
/// other replica gives as well.
fn given_by(writer: usize, orders: &Orders) -> Vec<Order> {
    let mut given = Vec::new();
    for round in 0..ROUNDS {
        let id = case(&format!("{writer}-{round}"));
        let name = format!("{writer}-{round}");
        given.push(orders.report(&id, &name));
        given.push(orders.offer(&id, &format!("o{name}"), HandoffKind::Ownership, SVB));
        given.push(orders.offer(&id, &format!("a{name}"), HandoffKind::Advice, TAX_OFFICE));
        given.push(orders.accept(&id, &format!("o{name}")));
        given.push(orders.withdraw(&id, &format!("a{name}")));
        let shared = format!("shared-{}-{round}", writer / 2);
        given.push(orders.report(&case(&shared), &shared));
    }
    given
}

async fn eight_writers_on_two_replicas_keep_one_log(place: Place) {
    let world = World::start(place.clone(), Carrier::local()).await;
    let other = world.replica().await;
    let orders = Orders {
        text: sealed(&place).await,
    };
    let executors = [world.service().ground(), other.ground()].map(executor);
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let executor = executors[writer % 2].clone();
            let given = given_by(writer, &orders);
            tokio::spawn(async move {
                let mut answers = Vec::new();
                for order in given {
                    let cause = order.cause.clone();
                    answers.push((cause, executor.execute(order).await));
                }
                answers
            })
        })
        .collect();
    let mut answered: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for writer in writers {
        for (cause, answer) in writer.await.unwrap() {
            let key = format!("{} {}", cause.sender, cause.message);
            answered.entry(key).or_default().push(answer);
        }
    }

    // Six commands a round, of which every second writer's last one is its neighbour's.
    let different = WRITERS * ROUNDS * 5 + WRITERS / 2 * ROUNDS;
    assert_eq!(answered.len(), different);
    for (cause, answers) in &answered {
        assert!(
            answers.iter().all(|answer| answer == &answers[0]),
            "{cause}"
        );
        assert_eq!(code(&answers[0]), "stored", "{cause}");
    }
    let log = world.log().await;
    let positions: Vec<i64> = log.iter().map(|event| event.position).collect();
    assert_eq!(
        positions,
        (1..=i64::try_from(log.len()).unwrap()).collect::<Vec<_>>()
    );
    let told: Vec<_> = answered
        .values()
        .flat_map(|answers| match &answers[0] {
            Ok(Done::Stored { event_ids, .. }) => event_ids.clone(),
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(told.len(), log.len());
    assert_eq!(
        told.into_iter().collect::<BTreeSet<_>>(),
        log.iter().map(|event| event.id).collect()
    );
    let settled = world.answers().await;
    let numbers: Vec<i64> = settled.iter().map(|answer| answer.number).collect();
    assert_eq!(
        numbers,
        (1..=i64::try_from(different).unwrap()).collect::<Vec<_>>()
    );

    let before = place.views().await;
    assert_eq!(
        before["case_view"].len(),
        WRITERS * ROUNDS + WRITERS / 2 * ROUNDS
    );
    views::rebuild(world.db(), &world.service().ground().pseudonyms)
        .await
        .unwrap();
    assert_eq!(place.views().await, before);
    other.stop().await;
}

/// A story with a handoff of every kind, a climb that skips a rung, and a lapse.
async fn every_view_can_be_rebuilt(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let (_, case) = utrecht.report("Z-1").await;
    let case = case.as_str();
    let (first, second) = (world.new_handoff(), world.new_handoff());
    utrecht
        .send("handoff.offered", Some(case), offer(first, SVB))
        .await;
    utrecht
        .send("handoff.offered", Some(case), offer(second, TAX_OFFICE))
        .await;
    let theirs = svb.hear("handoff.offered").await.subject.unwrap();
    svb.send("handoff.answered", Some(&theirs), accept(first))
        .await;
    svb.send("fact.reported", Some(&theirs), fact("Een feit."))
        .await;
    utrecht.hear("handoff.answered").await;
    utrecht.send("block.recorded", Some(case), block()).await;
    let climbed = utrecht
        .send("escalation.requested", Some(case), climb_to_the_desk())
        .await;
    utrecht.stored(&climbed).await;
    let ticker = {
        let ground = world.service().ground().clone();
        let executor = executor(&ground);
        escalation::clock::Ticker::new(ground, executor)
    };
    ticker
        .advance("2026-04-01T08:00:00Z".parse().unwrap())
        .await
        .unwrap();
    let kinds: BTreeSet<String> = world.kinds().await.into_iter().collect();
    for kind in [
        "rung.skipped",
        "escalation.expired",
        "handoff.expired",
        "fact.reported",
    ] {
        assert!(kinds.contains(kind), "{kind} in {kinds:?}");
    }

    let before = world.place.views().await;
    // Anything that is there only once is gone, so that a rebuild has to bring it back.
    world.place.run("delete from case_view").await;
    world
        .place
        .run("update handoff_view set status = 'spoilt'")
        .await;
    world
        .place
        .run("insert into deadline_view values ('case/case_spoilt', 'aftercare-check', 1)")
        .await;
    assert_ne!(world.place.views().await, before);
    views::rebuild(world.db(), &world.service().ground().pseudonyms)
        .await
        .unwrap();
    assert_eq!(world.place.views().await, before);
}
