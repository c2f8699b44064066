//! What a party says on the wire of its own register.

use escalation::views;
use serde_json::json;

use crate::party::acted_by;
use crate::world::{SVB, UTRECHT, World, time};

on_every_ground!(
    a_contact_that_is_confirmed_stands_in_the_senders_register,
    a_heartbeat_is_stored_once_an_hour,
);

async fn a_contact_that_is_confirmed_stands_in_the_senders_register(world: World) {
    let mut svb = world.party(SVB).await;
    let said = |laws: &[&str]| {
        json!({
            "actedBy": acted_by("agency_liaison"),
            "contact": "desk-1",
            "reach": "030 123 45 67",
            "laws": laws,
            "themes": ["sibling_care"],
            "regions": ["midden-nederland"],
        })
    };
    let first = svb
        .send("contact.confirmed", None, said(&["child_benefit_act"]))
        .await;
    svb.stored(&first).await;
    let again = svb
        .send(
            "contact.confirmed",
            None,
            said(&["child_benefit_act", "anw"]),
        )
        .await;
    svb.stored(&again).await;

    let db = world.db();
    let contact = views::find_contact(db, SVB, "desk-1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(contact.function, "desk-1");
    assert_eq!(contact.tier, "national");
    assert_eq!(contact.laws, json!(["anw", "child_benefit_act"]));
    assert_eq!(contact.content["mail"], json!(null));
    let phone = contact.content["phone"].to_string();
    assert!(phone.len() > 4 && !phone.contains("123"), "{phone}");
    assert_eq!(views::contacts(db, UTRECHT, "", 10).await.unwrap().len(), 0);

    // Who keeps cases does not keep the register.
    let mut denied = said(&["anw"]);
    denied["actedBy"] = acted_by("raiser");
    let denied = svb.send("contact.confirmed", None, denied).await;
    assert_eq!(svb.refused(&denied).await, "not_allowed");
}

async fn a_heartbeat_is_stored_once_an_hour(world: World) {
    let mut svb = world.party(SVB).await;
    for _ in 0..3 {
        let beat = svb.send("heartbeat.sent", None, json!({})).await;
        svb.stored(&beat).await;
    }
    assert_eq!(world.kinds().await, ["heartbeat.received"]);
    let later = time("2026-03-02T09:00:00Z");
    world.clock.set(later);
    let beat = svb.send("heartbeat.sent", None, json!({})).await;
    svb.stored(&beat).await;
    assert_eq!(world.kinds().await.len(), 2);
    let register = views::register(world.db(), SVB).await.unwrap().unwrap();
    assert_eq!(register.heartbeat_at, Some(later.to_string()));
}
