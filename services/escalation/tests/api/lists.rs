//! Lists: nobody's case in them but one's own, and nobody's person.

use escalation::views;
use gate::{Action, Actor};
use serde_json::{Value, json};

use crate::people::{ALL, DIRK, FATMA, LENA, NOOR, Person, SEM};
use crate::story::{CHAPTERS, Chapter, IDENTITY, Story, text};
use crate::world::World;

/// Whether the gate says that the case is there for this person.
async fn is_there(world: &World, person: &Person, case: &str) -> bool {
    let ground = world.service.ground();
    let row = views::find_case(&ground.db, case).await.unwrap().unwrap();
    let facts = views::facts(&ground.db, &row).await.unwrap();
    let acting = |role: &&str| {
        let acted_by = gate::ActedBy {
            role: (*role).to_owned(),
            person_ref: person.name.to_owned(),
        };
        let organisation = gate::Organisation::authenticated(person.organisation, "", acted_by);
        let actor = Actor::Organisation(organisation);
        ground.gate.may(&actor, Action::ReadCase, &facts).is_ok()
    };
    person.roles.iter().any(acting)
}

#[tokio::test]
async fn a_case_is_listed_for_exactly_those_for_whom_it_is_there_at_every_step() {
    let world = World::new().await;
    let mut story = Story::begin(&world).await;
    for chapter in CHAPTERS {
        story.tell(chapter).await;
        for person in &ALL {
            let there = is_there(&world, person, &story.case).await;
            let list = world.get(person, "/v1/cases").await.expect(200);
            let listed = list["items"].as_array().unwrap().len();
            assert_eq!(listed, usize::from(there), "{} at {chapter:?}", person.name);
            let status = if there { 200 } else { 404 };
            world.get(person, &story.path("")).await.expect(status);
        }
    }
}

#[tokio::test]
async fn no_list_names_a_person_whoever_asks_and_whenever() {
    let world = World::new().await;
    let mut story = Story::begin(&world).await;
    for chapter in CHAPTERS {
        story.tell(chapter).await;
        for person in &ALL {
            let reply = world.get(person, "/v1/cases").await;
            for word in IDENTITY {
                assert!(
                    !reply.text.contains(word),
                    "{} at {chapter:?}: {word}",
                    person.name
                );
            }
        }
    }
}

#[tokio::test]
async fn a_list_comes_in_pages_that_together_are_the_whole() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for _ in 0..5 {
        cases.push(Story::begin(&world).await.case);
    }
    cases.sort();
    let (mut found, mut cursor, mut sizes) = (Vec::new(), String::new(), Vec::new());
    loop {
        let page = world
            .get(&NOOR, &format!("/v1/cases?pageSize=2{cursor}"))
            .await
            .expect(200);
        let items = page["items"].as_array().unwrap();
        sizes.push(items.len());
        found.extend(items.iter().map(|item| text(&item["id"])));
        let Some(next) = page["nextCursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, cases);
    assert_eq!(sizes, [2, 2, 1]);
}

#[tokio::test]
async fn a_list_of_a_case_comes_in_pages_too() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    for list in ["/timeline", "/handoffs"] {
        let whole = world.get(&NOOR, &story.path(list)).await.expect(200);
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = story.path(&format!("{list}?pageSize=1{cursor}"));
            let page = world.get(&NOOR, &path).await.expect(200);
            found.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["nextCursor"].as_str() else {
                break;
            };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(Value::from(found), whole["items"]);
    }
}

#[tokio::test]
async fn a_page_that_cannot_be_is_a_bad_request() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let size = json!({"name": "pageSize", "reason": "is no number from 1 to 200"});
    let cursor = json!({"name": "cursor", "reason": "is no cursor of this list"});
    for (path, expected) in [
        ("/v1/cases?pageSize=0".to_owned(), json!([size])),
        (
            "/v1/cases?pageSize=201&cursor=*".to_owned(),
            json!([size, cursor]),
        ),
        (story.path("/timeline?cursor=YWJj"), json!([cursor])),
        (story.path("/facts?cursor=YWJj"), json!([cursor])),
    ] {
        let told = world.get(&NOOR, &path).await.expect(400);
        assert_eq!(told["invalidParams"], expected, "{path}");
    }
    let told = world.get(&SEM, "/v1/handoffs?state=lost").await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "state");
}

/// The items of every page of a list, in their order.
async fn whole(world: &World, person: &Person, list: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world
            .get(person, &format!("{list}pageSize=2{cursor}"))
            .await;
        let page = page.expect(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        found.extend(items.clone());
        let Some(next) = page["nextCursor"].as_str() else {
            return found;
        };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn cases_come_newest_first_when_asked_so_page_by_page() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for _ in 0..5 {
        cases.push(Story::begin(&world).await.case);
    }
    cases.sort();
    let listed = async |order: &str| {
        let all = whole(&world, &NOOR, &format!("/v1/cases?order={order}&")).await;
        let ids = all.iter().map(|item| text(&item["id"]));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(listed("oldest").await, cases);
    cases.reverse();
    assert_eq!(listed("newest").await, cases);
    let told = world.get(&NOOR, "/v1/cases?order=random").await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "order");
}

#[tokio::test]
async fn a_desk_lists_what_waits_for_it_and_nobody_elses_desk_does() {
    let world = World::new().await;
    let mut stories = Vec::new();
    for _ in 0..3 {
        let mut story = Story::begin(&world).await;
        for chapter in [Chapter::Workshop, Chapter::LocalTable, Chapter::DeskAsked] {
            story.tell(chapter).await;
        }
        stories.push(story);
        // Each is due later than the one before.
        world
            .clock
            .set(world.clock.now() + jiff::SignedDuration::from_hours(24));
    }
    // A case that came later than any of them and waits for nobody's admission.
    Story::told(&world, Chapter::Workshop).await;
    let waiting = whole(&world, &DIRK, "/v1/escalations?").await;
    let found: Vec<_> = waiting.iter().map(|one| text(&one["case"])).collect();
    let told: Vec<_> = stories.iter().map(|story| story.case.clone()).collect();
    assert_eq!(found, told);
    let first = &waiting[0];
    assert_eq!(first["escalation"], stories[0].escalation.as_str());
    assert_eq!(first["mayDo"], json!(["Triage", "AcknowledgeEscalation"]));
    assert_eq!(first["theme"], "income");
    assert_eq!(first["ownReference"], Value::Null);
    for word in IDENTITY {
        assert!(!first["pseudonym"].to_string().contains(word));
    }
    for person in [NOOR, SEM, LENA, FATMA] {
        let list = world.get(&person, "/v1/escalations").await.expect(200);
        assert_eq!(list["items"], json!([]), "{}", person.name);
    }
    // What was answered waits no more.
    let path = format!("/escalations/{}/triage", stories[0].escalation);
    let admitted = json!({"answer": "admitted"});
    let admitted = world.post(&DIRK, &stories[0].path(&path), &admitted).await;
    admitted.expect(200);
    let waiting = whole(&world, &DIRK, "/v1/escalations?").await;
    assert_eq!(waiting.len(), 2);
    assert_eq!(waiting[0]["case"], told[1].as_str());
}
