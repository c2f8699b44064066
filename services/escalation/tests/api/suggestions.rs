//! While a case is written: what there is already, by theme and by the words of the story.

use axum::http::Method;
use serde_json::{Value, json};

use crate::browser::{Browser, token};
use crate::people::{FATMA, NOOR, Person, YARA};
use crate::story::{CHAPTERS, Chapter, Story, text};
use crate::world::World;

async fn suggested(world: &World, person: &Person, body: Value) -> Value {
    world
        .post(person, "/v1/suggestions", &body)
        .await
        .expect(200)
}

fn names(suggested: &Value) -> Vec<String> {
    let provisions = suggested["provisions"].as_array().unwrap().iter();
    provisions.map(|one| text(&one["name"])).collect()
}

#[tokio::test]
async fn provisions_are_found_by_the_words_of_a_story_and_by_its_theme() {
    let world = World::new().await;
    let by_words = suggested(
        &world,
        &NOOR,
        json!({"text": "Zij krijgt geen huurtoeslagen meer."}),
    )
    .await;
    assert_eq!(names(&by_words)[0], "Huurtoeslag", "{by_words}");
    assert_eq!(by_words["provisions"][0]["words"], json!(["huurtoeslagen"]));
    assert_eq!(by_words["provisions"][0]["forTheme"], false);
    let by_both = json!({"text": "Zij heeft schuldhulp nodig.", "theme": "debts"});
    let by_both = suggested(&world, &NOOR, by_both).await;
    assert_eq!(names(&by_both)[0], "Schuldhulpverlening", "{by_both}");
    assert_eq!(by_both["provisions"][0]["forTheme"], true);
    let nothing = suggested(&world, &NOOR, json!({"text": "Een olifant."})).await;
    assert_eq!(nothing, json!({"provisions": [], "cases": []}));
    assert_eq!(suggested(&world, &NOOR, json!({})).await, nothing);
}

#[tokio::test]
async fn decided_cases_of_the_own_scope_are_shown_and_nobody_elses() {
    let world = World::new().await;
    let mut story = Story::told(&world, Chapter::TableAsked).await;
    let alike = json!({"theme": "income", "text": "Iets heel merkwaardigs."});
    assert_eq!(
        suggested(&world, &NOOR, alike.clone()).await["cases"],
        json!([]),
        "not decided yet"
    );
    for chapter in CHAPTERS
        .into_iter()
        .filter(|one| *one > Chapter::TableAsked)
    {
        story.tell(chapter).await;
    }
    let cases = suggested(&world, &NOOR, alike.clone()).await["cases"].clone();
    assert_eq!(cases.as_array().unwrap().len(), 1, "{cases}");
    assert_eq!(cases[0]["case"], story.case.as_str());
    assert_eq!(
        (&cases[0]["sameTheme"], &cases[0]["outcome"]),
        (&json!(true), &json!("solved_by_deviation"))
    );
    assert_eq!(
        suggested(&world, &NOOR, json!({"theme": "housing"})).await["cases"],
        json!([])
    );
    assert_eq!(suggested(&world, &YARA, alike).await["cases"], json!([]));
    // That it was suggested is in the log, with the case that was shown and nothing of the text.
    let log = world
        .get(&FATMA, "/v1/access-log?pageSize=200")
        .await
        .expect(200);
    let lines: Vec<&Value> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["operation"] == "suggest")
        .collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let shown = lines
        .iter()
        .filter(|line| line.to_string().contains(&story.case));
    assert_eq!(shown.count(), 1);
    assert!(!log.to_string().contains("merkwaardig"));
}

#[tokio::test]
async fn the_form_stays_as_it_was_and_nothing_is_kept() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let page = noor.get("/casussen/nieuw").await;
    assert!(page.text.contains("value=\"kijken\""));
    let form = format!(
        "token={}&doe=kijken&verhaal=De+zorgtoeslag+stopt&naam=Fenna",
        token(&page)
    );
    let head = world.service.ground().db.head().await.unwrap().position;
    let looked = noor.ask(Method::POST, "/casussen/nieuw", &form).await;
    assert_eq!(looked.status.as_u16(), 200);
    for stands in [
        "<b>Zorgtoeslag</b>",
        "De zorgtoeslag stopt</textarea>",
        "value=\"Fenna\"",
        "id=\"vergelijkbaar\"",
    ] {
        assert!(looked.text.contains(stands), "{stands}: {}", looked.text);
    }
    assert_eq!(
        world.service.ground().db.head().await.unwrap().position,
        head
    );
}
