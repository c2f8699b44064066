//! Where people are: in which place they come in, and that they keep it.

use axum::http::Method;

use crate::browser::{Browser, token};
use crate::people::{ANNA, DIRK, FATMA, HANNA, LENA, NOOR, OLGA, Person, SEM, UTRECHT};
use crate::story::{Chapter, Story};
use crate::world::World;

const BELLA: Person = Person {
    name: "citizen-4711",
    organisation: UTRECHT,
    roles: &["citizen"],
};

#[tokio::test]
async fn everybody_comes_in_on_the_page_of_the_own_role() {
    let world = World::new().await;
    for (person, page) in [
        (&OLGA, "/beheer"),
        (&FATMA, "/privacy"),
        (&BELLA, "/mijn-zaak"),
        (&SEM, "/vragen"),
        (&DIRK, "/loket"),
        (&LENA, "/tafel"),
        (&ANNA, "/bestuur"),
        (&HANNA, "/inzicht"),
        (&NOOR, "/werk"),
    ] {
        let mut browser = Browser::new(&world);
        let (state, nonce) = browser.begin("").await;
        let code = world.issuer.code(world.clock.now(), person, person, &nonce);
        let back = format!("/aanmelden/terug?code={code}&state={state}");
        let back = browser.get(&back).await;
        assert_eq!(back.header("location"), Some("/"), "{}", person.name);
        let first = browser.get("/").await;
        assert_eq!(first.header("location"), Some(page), "{}", person.name);
        let shown = browser.get(page).await;
        assert_eq!(
            shown.status.as_u16(),
            200,
            "{}: {}",
            person.name,
            shown.text
        );
    }
}

#[tokio::test]
async fn logging_in_again_and_another_language_keep_the_place() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    let away = browser
        .get("/casussen/nieuw?concept=c1&gedaan=bewaren")
        .await;
    let naar = "/casussen/nieuw%3Fconcept%3Dc1";
    let login = format!("/aanmelden?naar={naar}");
    assert_eq!(away.header("location"), Some(login.as_str()));
    let (state, nonce) = browser.begin(naar).await;
    let code = world.issuer.code(world.clock.now(), &NOOR, &NOOR, &nonce);
    let back = format!("/aanmelden/terug?code={code}&state={state}");
    let back = browser.get(&back).await;
    assert_eq!(back.header("location"), Some("/casussen/nieuw?concept=c1"));
    let other = browser.get(&format!("/taal/en?naar={naar}")).await;
    assert_eq!(other.header("location"), Some("/casussen/nieuw?concept=c1"));
}

#[tokio::test]
async fn a_page_that_answers_a_form_leads_to_the_page_of_that_form() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let address = format!("/casussen/{}", story.case);
    let place = format!("{address}/doen/blokkade");
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let page = noor.get(&address).await;
    let form = format!("token={}", token(&page));
    let wrong = noor.ask(Method::POST, &place, &form).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let language = format!("href=\"/taal/en?naar={address}\"");
    assert!(wrong.text.contains(&language), "{}", wrong.text);
    // The address of the form, asked for as a page.
    let typed = noor.get(&place).await;
    assert_eq!(typed.status.as_u16(), 405);
    assert!(
        typed.text.contains("Dit adres hoort bij een formulier"),
        "{}",
        typed.text
    );
    assert!(
        typed.text.contains(&format!("href=\"{address}\"")),
        "{}",
        typed.text
    );
}

#[tokio::test]
async fn a_code_that_is_shown_once_is_not_lost_by_choosing_a_language() {
    let world = World::start(true).await;
    let story = Story::told(&world, Chapter::Reported).await;
    let address = format!("/casussen/{}", story.case);
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let page = noor.get(&address).await;
    assert!(page.text.contains("/taal/en"));
    let place = format!("{address}/doen/toegang");
    let form = format!("token={}&over=p1", token(&page));
    let given = noor.ask(Method::POST, &place, &form).await;
    assert!(given.text.contains("U ziet hem één keer."));
    assert!(!given.text.contains("/taal/en"), "{}", given.text);
}

#[tokio::test]
async fn an_owner_links_a_citizen_who_chooses_between_two_own_cases() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let mut cases = Vec::new();
    for _ in 0..2 {
        let story = Story::told(&world, Chapter::Reported).await;
        let address = format!("/casussen/{}", story.case);
        let page = noor.get(&address).await;
        let place = format!("{address}/doen/inwoner-koppelen");
        assert!(page.text.contains(&place), "{}", page.text);
        let empty = format!("token={}&wie=p1&naam=", token(&page));
        let wrong = noor.ask(Method::POST, &place, &empty).await;
        assert!(
            wrong.text.contains("id=\"inwoner-koppelen-naam-fout\""),
            "{}",
            wrong.text
        );
        let form = format!("token={}&wie=p1&naam={}", token(&wrong), BELLA.name);
        let done = noor.ask(Method::POST, &place, &form).await;
        assert_eq!(done.status.as_u16(), 303, "{}", done.text);
        cases.push(story.case);
        // Ids follow the clock.
        let later = world.clock.now() + jiff::SignedDuration::from_secs(1);
        world.clock.set(later);
    }
    let mut bella = Browser::new(&world);
    bella.login(&BELLA).await;
    let list = bella.get("/mijn-zaak").await;
    assert!(
        list.text.contains("Welke zaak wilt u bekijken?"),
        "{}",
        list.text
    );
    let at = |case: &String| {
        list.text
            .find(&format!("href=\"/mijn-zaak/{case}\""))
            .unwrap()
    };
    assert!(at(&cases[1]) < at(&cases[0]), "the newest first");
    // What is said in one is said in that one.
    let one = format!("/mijn-zaak/{}", cases[0]);
    let page = bella.get(&one).await;
    let form = format!("token={}&over=p1&tekst=Liever+niet", token(&page));
    let done = bella
        .ask(Method::POST, &format!("{one}/doen/bezwaar"), &form)
        .await;
    let on = format!("{one}?gedaan=bezwaar");
    assert_eq!(done.header("location"), Some(on.as_str()), "{}", done.text);
    assert!(bella.get(&one).await.text.contains("Liever niet"));
    let other = bella.get(&format!("/mijn-zaak/{}", cases[1])).await;
    assert!(!other.text.contains("Liever niet"));
    // Where nothing is for a citizen, the way leads to the own case.
    let missing = bella.get("/mijn-zaak/case_unknown").await;
    assert_eq!(missing.status.as_u16(), 404);
    assert!(
        missing.text.contains("href=\"/mijn-zaak\">Naar mijn zaak"),
        "{}",
        missing.text
    );
}
