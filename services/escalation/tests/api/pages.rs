//! The screens, as a browser gets them: who is let in, what they see, and what is written of it.

use axum::http::Method;

use crate::browser::{Browser, token};
use crate::people::{FATMA, NOOR, PETRA, SEM};
use crate::story::{Chapter, IDENTITY, Story};
use crate::world::World;

#[tokio::test]
async fn whoever_is_not_logged_in_is_sent_to_the_provider_and_comes_back() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    let away = browser.get("/werk").await;
    assert_eq!(away.header("location"), Some("/aanmelden?naar=/werk"));
    let back = browser.login(&NOOR).await;
    assert_eq!(
        (back.status.as_u16(), back.header("location")),
        (303, Some("/werk"))
    );
    let work = browser.get("/werk").await;
    assert_eq!(work.status.as_u16(), 200);
    assert!(work.text.contains("noor de Vries") && work.text.contains("Gemeente Utrecht"));
    // The cookie shows nobody what is in it.
    assert!(
        browser
            .cookies
            .iter()
            .all(|cookie| !cookie.contains("noor"))
    );
    let token = format!("token={}", token(&work));
    assert_eq!(
        browser
            .ask(Method::POST, "/afmelden", &token)
            .await
            .status
            .as_u16(),
        303
    );
    assert_eq!(browser.get("/werk").await.status.as_u16(), 303);
}

#[tokio::test]
async fn a_login_that_was_not_begun_here_or_answers_another_lets_nobody_in() {
    let world = World::new().await;
    let now = world.clock.now();
    let mut browser = Browser::new(&world);
    let (state, nonce) = browser.begin("/werk").await;
    for (state, person, access, nonce) in [
        ("another", &NOOR, &NOOR, nonce.as_str()),
        (&state, &NOOR, &NOOR, "another"),
        (&state, &NOOR, &PETRA, &nonce),
    ] {
        let code = world.issuer.code(now, person, access, nonce);
        let back = format!("/aanmelden/terug?code={code}&state={state}");
        let reply = browser.get(&back).await;
        assert_ne!(reply.header("location"), Some("/werk"), "{back}");
        assert!(!reply.headers.contains_key("set-cookie"), "{back}");
    }
    let nowhere = browser
        .get(&format!("/aanmelden/terug?code=unknown&state={state}"))
        .await;
    assert!(!nowhere.headers.contains_key("set-cookie"));
    // In another browser the same address is worth nothing.
    let code = world.issuer.code(now, &NOOR, &NOOR, &nonce);
    let back = format!("/aanmelden/terug?code={code}&state={state}");
    let stolen = Browser::new(&world).get(&back).await;
    assert!(!stolen.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn a_session_ends_with_its_token() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    browser.login(&NOOR).await;
    assert_eq!(browser.get("/werk").await.status.as_u16(), 200);
    world.advance("2026-03-02T09:31:00Z").await;
    assert_eq!(browser.get("/werk").await.status.as_u16(), 303);
}

#[tokio::test]
async fn a_page_shows_what_the_api_shows_and_is_written_in_the_access_log() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::DeskAsked).await;
    let address = format!("/casussen/{}", story.case);
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let work = noor.get("/werk").await;
    assert!(work.text.contains(&address), "{}", work.text);
    assert!(!work.text.contains("Bella"), "a queue names nobody");
    let case = noor.get(&address).await;
    assert!(case.text.contains("Bella") && case.text.contains("Gemeente Utrecht"));
    assert!(case.text.contains("aria-current=\"step\""));
    let log = world.get(&FATMA, "/v1/access-log?pageSize=100").await.text;
    for operation in ["listWork", "readCase", "readTimeline"] {
        assert!(log.contains(operation), "{operation} is not in {log}");
    }
    // Of another organisation, and not a part of this: there is no such case.
    let mut sem = Browser::new(&world);
    sem.login(&SEM).await;
    let hidden = sem.get(&address).await;
    let unknown = sem.get("/casussen/case_unknown").await;
    for word in IDENTITY {
        assert!(!hidden.text.contains(word), "{word}");
    }
    if hidden.status.as_u16() != 200 {
        assert_eq!(hidden.status.as_u16(), unknown.status.as_u16());
    }
    assert_eq!(unknown.status.as_u16(), 404);
}

const RIGHT: &str = "verhaal=Zij+staat+op+straat&wens=Een+kamer&onderwerp=housing&leeftijd=18-20";

#[tokio::test]
async fn a_case_is_raised_once_however_often_the_form_is_sent() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let page = noor.get("/casussen/nieuw").await;
    let form = format!(
        "token={}&kenmerk=EIGEN-1&doe=inbrengen&{RIGHT}",
        token(&page)
    );
    let one = noor.ask(Method::POST, "/casussen/nieuw", &form).await;
    let two = noor.ask(Method::POST, "/casussen/nieuw", &form).await;
    assert_eq!(one.status.as_u16(), 303, "{}", one.text);
    assert_eq!(one.header("location"), two.header("location"));
    let case = noor.get(one.header("location").unwrap()).await;
    assert!(case.text.contains("Zij staat op straat") && case.text.contains("EIGEN-1"));
    let all = world.get(&NOOR, "/v1/cases").await.expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field_and_what_was_written_stays() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let page = noor.get("/casussen/nieuw").await;
    let form = format!(
        "token={}&verhaal=Zij+staat+op+straat&doe=inbrengen",
        token(&page)
    );
    let again = noor.ask(Method::POST, "/casussen/nieuw", &form).await;
    assert_eq!(again.status.as_u16(), 422);
    for part in [
        "Zij staat op straat",
        "id=\"wens-fout\"",
        "href=\"#leeftijd-1\"",
    ] {
        assert!(again.text.contains(part), "{part}");
    }
    assert!(!again.text.contains("id=\"verhaal-fout\""));
    // What the API refuses comes back at the field, too.
    let long = "x".repeat(200);
    let form = format!(
        "token={}&kenmerk={long}&doe=inbrengen&{RIGHT}",
        token(&again)
    );
    let refused = noor.ask(Method::POST, "/casussen/nieuw", &form).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(
        refused.text.contains("id=\"kenmerk-fout\""),
        "{}",
        refused.text
    );
}

#[tokio::test]
async fn a_form_of_somebody_else_does_nothing() {
    let world = World::new().await;
    let (mut noor, mut petra) = (Browser::new(&world), Browser::new(&world));
    noor.login(&NOOR).await;
    petra.login(&PETRA).await;
    let theirs = token(&petra.get("/werk").await);
    for token in [theirs.as_str(), "", "a.b"] {
        let form = format!("token={token}&doe=inbrengen&{RIGHT}");
        let reply = noor.ask(Method::POST, "/casussen/nieuw", &form).await;
        assert_eq!(reply.status.as_u16(), 403);
    }
    let all = world.get(&NOOR, "/v1/cases").await.expect(200);
    assert!(all["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_draft_is_gone_on_with_and_becomes_the_case() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let page = noor.get("/casussen/nieuw").await;
    let form = format!(
        "token={}&verhaal=Zij+staat+op+straat&doe=bewaren",
        token(&page)
    );
    let kept = noor.ask(Method::POST, "/casussen/nieuw", &form).await;
    let place = kept.header("location").unwrap().to_owned();
    let work = noor.get("/werk").await;
    assert!(
        work.text.contains(&format!("href=\"{place}\"")),
        "{}",
        work.text
    );
    let again = noor.get(&place).await;
    assert!(again.text.contains("Zij staat op straat"));
    let draft = place.split('=').nth(1).unwrap();
    let form = format!(
        "token={}&concept={draft}&doe=inbrengen&{RIGHT}",
        token(&again)
    );
    let raised = noor.ask(Method::POST, "/casussen/nieuw", &form).await;
    let case = format!("/casussen/{draft}?gedaan=ingebracht");
    assert_eq!(
        raised.header("location"),
        Some(case.as_str()),
        "{}",
        raised.text
    );
}

#[tokio::test]
async fn a_question_is_answered_from_the_card() {
    let world = World::new().await;
    let _story = Story::told(&world, Chapter::Offered).await;
    let mut sem = Browser::new(&world);
    sem.login(&SEM).await;
    let inbox = sem.get("/vragen").await;
    let place = inbox.text.split("action=\"/vragen/").nth(1).unwrap();
    let place = format!("/vragen/{}", place.split('"').next().unwrap());
    for word in IDENTITY {
        assert!(!inbox.text.contains(word), "{word}");
    }
    let form = format!("token={}&antwoord=declined", token(&inbox));
    let wrong = sem.ask(Method::POST, &place, &form).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(
        wrong
            .text
            .contains("Kies waarom uw organisatie dit niet kan.")
    );
    let form = format!(
        "token={}&antwoord=declined&reden=no_power&alternatief=De+landelijke+tafel",
        token(&wrong)
    );
    let done = sem.ask(Method::POST, &place, &form).await;
    assert_eq!(
        done.header("location"),
        Some("/vragen?gedaan=declined"),
        "{}",
        done.text
    );
    let after = sem.get("/vragen").await;
    assert!(!after.text.contains(&place));
}

#[tokio::test]
async fn the_language_is_the_readers() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    assert!(browser.get("/").await.text.contains("<html lang=\"nl\">"));
    let chosen = browser.get("/taal/en?naar=/woorden").await;
    assert_eq!(chosen.header("location"), Some("/woorden"));
    assert!(
        browser
            .get("/woorden")
            .await
            .text
            .contains("<html lang=\"en\">")
    );
    let missing = browser.get("/nowhere").await;
    assert_eq!(missing.status.as_u16(), 404);
    assert!(missing.text.contains("This page is not there"));
    let elsewhere = browser.get("/taal/nl?naar=//elsewhere.example").await;
    assert_eq!(elsewhere.header("location"), Some("/"));
}
