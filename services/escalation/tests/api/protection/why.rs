//! Why is this shown, and why not that: the answer is the decision's own.

use axum::http::Method;
use serde_json::{Value, json};

use crate::people::{NOOR, Person, SEM, SVB, YARA};
use crate::story::{Chapter, Story};
use crate::world::World;

async fn about(world: &World, person: &Person, story: &Story<'_>, query: &str) -> Value {
    let path = story.path(&format!("/why?{query}"));
    let seen = world.get(person, &path).await.expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    seen["items"][0].clone()
}

#[tokio::test]
async fn what_is_shown_names_policy_rule_and_article_in_both_languages() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let health = about(&world, &NOOR, &story, "category=health").await;
    assert_eq!(health["shown"], "masked");
    assert_eq!(health["permittedBy"][0]["rule"], "r5", "{health}");
    assert!(health["permittedBy"][0]["basis"].is_string(), "{health}");
    let words = &health["permittedBy"][0]["words"];
    assert!(words["nl"].as_str().unwrap().contains("beroepsgeheim"));
    assert!(words["en"].as_str().unwrap().contains("secrecy"));
    assert_eq!(health["withheld"]["not"], "full");
    let identity = about(&world, &NOOR, &story, "category=identity").await;
    assert_eq!(identity["shown"], "full");
    assert_eq!(identity["withheld"], Value::Null);
}

#[tokio::test]
async fn what_is_not_shown_says_why_not_and_for_what_it_would_be() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let tax = about(&world, &NOOR, &story, "category=tax").await;
    assert_eq!(
        (&tax["shown"], &tax["permittedBy"]),
        (&json!("none"), &json!([]))
    );
    assert_eq!(tax["withheld"]["not"], "pseudonym");
    assert_eq!(tax["withheld"]["code"], "not_permitted");
    assert_eq!(tax["withheld"]["otherwise"], json!({}));
    let words = tax["withheld"]["words"]["nl"].as_str().unwrap();
    assert!(words.contains("rol"), "{words}");

    let path = story.path("/why?category=identity");
    let headers = [("Purpose", "routing")];
    let seen = world.ask(&SEM, Method::GET, &path, &headers, None).await;
    let seen = seen.expect(200);
    assert_eq!(seen["purpose"], "routing");
    let identity = &seen["items"][0];
    assert_eq!(
        identity["withheld"]["otherwise"]["own_law"], "full",
        "{seen}"
    );

    // Whose data it is counts: of the own organisation's all is shown.
    let own = format!("category=finance&source={SVB}&law=child_benefit_act");
    assert_eq!(about(&world, &SEM, &story, &own).await["shown"], "full");
    let nobodys = about(&world, &SEM, &story, "category=finance").await;
    assert_eq!(nobodys["shown"], "none");
}

#[tokio::test]
async fn every_category_is_explained_to_who_sees_the_case_and_to_nobody_else() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let seen = world.get(&NOOR, &story.path("/why")).await.expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 12);
    for item in seen["items"].as_array().unwrap() {
        let full = item["shown"] == "full";
        assert_eq!(item["withheld"].is_null(), full, "{item}");
    }
    world.get(&YARA, &story.path("/why")).await.expect(404);
    let path = story.path("/why?category=everything");
    world.get(&NOOR, &path).await.expect(400);
}
