//! Whom a text is about: it goes with them, and stays with all others.

use serde_json::json;

use crate::people::{FATMA, NOOR};
use crate::story::{Chapter, Story};
use crate::world::World;

#[tokio::test]
async fn a_text_goes_with_the_person_whom_it_is_about_and_with_no_other() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Decided).await;
    let about = |who: &[&str], words: &str| {
        let mut body = json!({"type": "rule", "explanation": words});
        if !who.is_empty() {
            body["about"] = json!(who);
        }
        body
    };
    let blocks = story.path("/blocks");
    for (who, words) in [
        (&["p2"][..], "Alleen over Sam."),
        (&["p1"][..], "Alleen over Bella."),
        (&["p1", "p2"][..], "Over hen beiden."),
        (&[][..], "Over de zaak."),
    ] {
        world
            .post(&NOOR, &blocks, &about(who, words))
            .await
            .expect(201);
    }
    let perspective = json!({"text": "Zo ziet Bella het.", "about": ["p1"]});
    let path = story.path("/perspectives");
    world.post(&NOOR, &path, &perspective).await.expect(201);
    let fact = json!({
        "category": "family", "law": "youth_act", "summary": "Sam woont bij zijn zus.",
        "since": "2026-02-01", "legalBasis": "youth_act", "about": ["p2"]
    });
    let path = story.path("/facts");
    world.post(&NOOR, &path, &fact).await.expect(201);

    let order = json!({"person": "p2", "ground": "request"});
    let path = story.path("/erasures");
    world.post(&FATMA, &path, &order).await.expect(201);
    world.reacted().await;
    let seen = world.get(&NOOR, &blocks).await.text;
    assert!(seen.contains("Alleen over Bella."), "{seen}");
    for gone in ["Alleen over Sam.", "Over hen beiden.", "Over de zaak."] {
        assert!(!seen.contains(gone), "{gone}: {seen}");
    }
    let seen = world.get(&NOOR, &story.path("/perspectives")).await.text;
    assert!(seen.contains("Zo ziet Bella het."), "{seen}");
    let seen = world.get(&NOOR, &story.path("/facts")).await.text;
    assert!(!seen.contains("zijn zus"), "{seen}");

    // Nobody writes about whom nothing is kept any more, or about somebody else's person.
    for (who, place) in [("p2", "/about/0"), ("p9", "/about/0")] {
        let refused = world
            .post(&NOOR, &blocks, &about(&[who], "Nog iets."))
            .await;
        let refused = refused.expect(400);
        assert_eq!(refused["invalidParams"][0]["name"], place, "{refused}");
    }
    let wrong = json!({"type": "rule", "explanation": "Nee.", "about": "p1"});
    world.post(&NOOR, &blocks, &wrong).await.expect(400);
}
