//! The mandate in whose name somebody acts.

use jiff::Timestamp;
use serde_json::json;

use super::{Own, mandates, may_decide, problem};
use crate::people::{ANNA, INE, LENA, NOOR, SVB};
use crate::story::{Chapter, Story, text};
use crate::world::World;

#[tokio::test]
async fn a_mandate_that_is_not_in_the_own_register_for_this_person_is_unknown() {
    let world = World::new().await;
    mandates(&world).await;
    let own = Own::reported(&world).await;
    let annas = json!({"id": "m-anna"});
    may_decide(&world, &ANNA, &ANNA, annas).await;
    // Nobody's, another organisation's, and a colleague's.
    for id in ["m-none", "m-ine", "m-anna"] {
        let spent = json!({"amountCents": 1, "text": "Luiers.", "mandate": id,
            "subject": "income"});
        let refused = own.post(&NOOR, "/spending", spent, 400).await;
        assert_eq!(problem(&refused), "unknown-mandate");
    }
}

#[tokio::test]
async fn a_mandate_holds_through_its_last_day() {
    let world = World::new().await;
    mandates(&world).await;
    let own = Own::reported(&world).await;
    let spent = json!({"amountCents": 1, "text": "Luiers.", "mandate": "m-noor",
        "subject": "income"});
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    world.clock.set(at("2026-03-31T21:59:59Z"));
    own.post(&NOOR, "/spending", spent.clone(), 201).await;
    world.clock.set(at("2026-03-31T22:00:00Z"));
    let refused = own.post(&NOOR, "/spending", spent, 409).await;
    assert_eq!(problem(&refused), "outside-mandate");
    assert_eq!(refused["detail"], "This mandate ended on 2026-03-31.");
}

#[tokio::test]
async fn a_commitment_within_a_mandate_of_the_register_carries_its_id_and_amount() {
    let world = World::new().await;
    mandates(&world).await;
    let story = Story::told(&world, Chapter::Table).await;
    let ask = json!({"of": SVB, "text": "Wilt u dit doen?"});
    let asked = world.post(&LENA, &story.path("/commitments"), &ask).await;
    let request = text(&asked.expect(201)["request"]);
    let path = story.path(&format!("/commitments/{request}/answer"));
    let mut made = json!({"answer": "made", "text": "Wij doen dit.", "mandate": "Artikel 1",
        "due": "2026-04-20", "mandateId": "m-ine", "amountCents": 20_001});
    let refused = world.post(&INE, &path, &made).await.expect(409);
    assert_eq!(problem(&refused), "outside-mandate");
    made["amountCents"] = 20_000.into();
    world.post(&INE, &path, &made).await.expect(200);
    let list = world
        .get(&INE, &story.path("/commitments"))
        .await
        .expect(200);
    assert_eq!(list["items"][0]["mandateId"], "m-ine");
    assert_eq!(list["items"][0]["amountCents"], 20_000);
    assert_eq!(list["items"][0]["mandate"], "Artikel 1");
}
