//! What people can begin: a form stands before whoever may send it and before nobody else, as the gate
//! has it.

use axum::http::Method;
use serde_json::json;

use crate::browser::{Browser, token};
use crate::people::{ALL, HANNA, LENA, NOOR, Person, SEM, UTRECHT};
use crate::story::{Chapter, Story};
use crate::world::World;

const BELLA: Person = Person {
    name: "citizen-4711",
    organisation: UTRECHT,
    roles: &["citizen"],
};
/// Leads cases that colleagues raise.
const DIRECTOR: Person = Person {
    name: "noor-2",
    roles: &["case_director"],
    ..NOOR
};

/// Asks for a page as somebody: its status and its main part.
async fn main_of(world: &World, person: &Person, path: &str) -> (u16, String) {
    let mut browser = Browser::new(world);
    browser.login(person).await;
    let page = browser.get(path).await;
    let main = page.text.split("<main").nth(1).unwrap_or_default();
    let main = main.split("</main>").next().unwrap_or_default();
    (page.status.as_u16(), main.to_owned())
}

#[tokio::test]
async fn the_form_of_a_case_stands_before_whoever_can_write_one_down() {
    let world = World::new().await;
    for person in ALL.iter().chain([&DIRECTOR, &BELLA]) {
        let draft = json!({"content": {"story": "S"}});
        let kept = world.post(person, "/v1/drafts", &draft).await.status;
        let (status, main) = main_of(&world, person, "/casussen/nieuw").await;
        let wanted = match kept.as_u16() {
            201 => 200,
            _ => 403,
        };
        assert_eq!(status, wanted, "{}: {main}", person.name);
        assert_eq!(main.contains("<form"), status == 200, "{}", person.name);
    }
}

#[tokio::test]
async fn the_form_of_a_signal_stands_before_whoever_can_raise_one() {
    let world = World::new().await;
    for person in ALL.iter().chain([&DIRECTOR, &BELLA]) {
        let unease = json!({"kind": "unease", "text": "Twee regels sluiten elkaar uit."});
        let raised = world.post(person, "/v1/signals", &unease).await.status;
        let (status, main) = main_of(&world, person, "/signalen/nieuw").await;
        let wanted = match raised.as_u16() {
            201 => 200,
            _ => 403,
        };
        assert_eq!(status, wanted, "{}: {main}", person.name);
        assert_eq!(main.contains("<form"), status == 200, "{}", person.name);
        let mut browser = Browser::new(&world);
        browser.login(person).await;
        let list = browser.get("/signalen").await.text;
        for way in ["<a href=\"/signalen\"", "href=\"/signalen/nieuw\""] {
            assert_eq!(list.contains(way), status == 200, "{} {way}", person.name);
        }
    }
}

#[tokio::test]
async fn who_cannot_raise_a_case_hears_who_can_and_what_to_do_instead() {
    let world = World::new().await;
    for (person, text, way) in [
        (
            &LENA,
            "Loopt iets vast? Geef dan een signaal.",
            "href=\"/signalen/nieuw\"",
        ),
        (
            &HANNA,
            "Vertel een collega die dit kan wat u ziet.",
            "href=\"/werk\"",
        ),
        (
            &BELLA,
            "Vertel uw contactpersoon bij de gemeente",
            "href=\"/mijn-zaak\"",
        ),
    ] {
        let (status, main) = main_of(&world, person, "/casussen/nieuw").await;
        assert_eq!(status, 403, "{}", person.name);
        for part in [" inbrengen kunt u niet</h1>", "<li>inbrenger</li>"] {
            assert!(main.contains(part), "{part}: {main}");
        }
        assert!(main.contains(text), "{text}: {main}");
        assert!(main.contains(way), "{way}: {main}");
        assert_eq!(main.matches("<li>").count(), 1, "one role raises cases");
    }
    let (_, main) = main_of(&world, &HANNA, "/signalen/nieuw").await;
    assert!(main.contains("<li>lid van de landelijke tafel</li>"));
    assert_eq!(main.matches("<li>").count(), 9, "{main}");
    // Where nobody is logged in, it is asked who reads before anything is said.
    let away = Browser::new(&world).get("/casussen/nieuw").await;
    assert_eq!(away.status.as_u16(), 303);
}

#[tokio::test]
async fn who_leads_cases_and_raises_none_writes_one_down_for_a_colleague() {
    let world = World::new().await;
    let (status, main) = main_of(&world, &DIRECTOR, "/casussen/nieuw").await;
    assert_eq!(status, 200);
    assert!(main.contains("Een inbrenger van uw organisatie"), "{main}");
    assert!(!main.contains("value=\"inbrengen\""), "{main}");
    let mut director = Browser::new(&world);
    director.login(&DIRECTOR).await;
    let page = director.get("/casussen/nieuw").await;
    let form = format!("token={}&verhaal=Zij+wacht&doe=bewaren", token(&page));
    let kept = director.ask(Method::POST, "/casussen/nieuw", &form).await;
    let place = kept.header("location").unwrap();
    let (status, main) = main_of(&world, &NOOR, place).await;
    assert_eq!(status, 200);
    for part in ["Zij wacht</textarea>", "value=\"inbrengen\""] {
        assert!(main.contains(part), "{part}: {main}");
    }
}

#[tokio::test]
async fn a_higher_rung_is_asked_by_whoever_leads_the_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = format!("/casussen/{}/hoger", story.case);
    let (status, main) = main_of(&world, &NOOR, &path).await;
    assert_eq!(status, 200);
    assert!(main.contains("<form"), "{main}");
    let (status, main) = main_of(&world, &SEM, &path).await;
    assert_eq!(status, 403);
    for part in [
        "<li>Gemeente Utrecht</li>",
        &format!("href=\"/casussen/{}\"", story.case),
    ] {
        assert!(main.contains(part), "{part}: {main}");
    }
}
