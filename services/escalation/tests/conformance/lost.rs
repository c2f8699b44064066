//! A broker that lost letters after it had confirmed them: they come all the same, before what was written
//! later.

use escalation::relay::EVENTS;
use proto::Pseudonym;

use crate::carrier::Carrier;
use crate::party::{Party, offer};
use crate::place::Place;
use crate::world::{SVB, UTRECHT, World, oin, until};

on_both_engines!(what_the_broker_lost_is_told_again_in_its_order);

/// Offers a handoff to the SVB; gives its id.
async fn offered(world: &World, from: &mut Party, case: &Pseudonym) -> String {
    let handoff = world.new_handoff();
    let body = offer(handoff, SVB);
    let id = from.send("handoff.offered", Some(case.as_str()), body);
    let id = id.await;
    from.stored(&id).await;
    handoff.to_string()
}

/// Waits until everything that happened was put on the bus.
async fn all_is_sent(world: &World) {
    until("everything is sent", async || {
        let head = world.db().head().await.unwrap();
        let sent = world.db().checkpoint(EVENTS).await.unwrap();
        (sent == head.position).then_some(())
    })
    .await;
}

async fn next_offer(svb: &mut Party) -> (String, String) {
    let letter = svb.hear("handoff.offered").await;
    let handoff = letter.data["handoff"].as_str().unwrap().to_owned();
    (handoff, letter.id)
}

async fn what_the_broker_lost_is_told_again_in_its_order(place: Place) {
    let carrier = Carrier::nats();
    let mut world = World::start(place, carrier.clone()).await;
    let mut utrecht = world.party(UTRECHT).await;
    let (_, case) = utrecht.report("Z-1").await;
    let taken = offered(&world, &mut utrecht, &case).await;
    let mut svb = world.party(SVB).await;
    let (handoff, id) = next_offer(&mut svb).await;
    assert_eq!(handoff, taken);
    // From here on it reads nothing.
    drop(svb);
    let lost = offered(&world, &mut utrecht, &case).await;
    all_is_sent(&world).await;
    let Carrier::Nats(server) = &carrier else {
        unreachable!("this rule is about a broker");
    };
    server.lose_what_is_for(&oin(SVB));
    let later = offered(&world, &mut utrecht, &case).await;

    let mut svb = world.party(SVB).await;
    // What it had comes under the id by which it knows it.
    assert_eq!(next_offer(&mut svb).await, (taken, id));
    assert_eq!(next_offer(&mut svb).await.0, lost);
    assert_eq!(next_offer(&mut svb).await.0, later);
    world.stop().await;
}
