//! A question for advice, on the screens: asked in a case, answered by whoever has no part in it.

use axum::http::Method;

use crate::browser::{Browser, token};
use crate::people::{DESK, DIRK, NOOR, SEM, SVB, YARA};
use crate::story::{Chapter, IDENTITY, Story};
use crate::world::World;

#[tokio::test]
async fn a_question_is_asked_in_the_case_and_answered_by_who_sees_nothing_else_of_it() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let address = format!("/casussen/{}", story.case);
    let place = format!("{address}/doen/vraag-advies");
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let page = noor.get(&address).await;
    assert!(page.text.contains(&format!("action=\"{place}\"")));
    // Who points at a person hears so at the field.
    let form = |token: &str, what: &str| format!("token={token}&aan={SVB}&vraag={what}");
    let wrong = form(&token(&page), "Bel+06-12345678");
    let wrong = noor.ask(Method::POST, &place, &wrong).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(
        wrong.text.contains("id=\"vraag-advies-vraag-fout\""),
        "{}",
        wrong.text
    );
    assert!(wrong.text.contains("Hier staat een telefoonnummer."));
    let form = form(&token(&wrong), "Kan+dit+naar+een+zus");
    let done = noor.ask(Method::POST, &place, &form).await;
    let on = format!("{address}?gedaan=vraag-advies");
    assert_eq!(done.header("location"), Some(on.as_str()), "{}", done.text);
    let page = noor.get(&address).await;
    assert!(page.text.contains("Kan dit naar een zus") && page.text.contains("id=\"advies\""));

    // In the queue of whoever is asked, leading to the question.
    let mut sem = Browser::new(&world);
    sem.login(&SEM).await;
    let work = sem.get("/werk").await;
    let link = work.text.split("href=\"/vragen#advies-").nth(1).unwrap();
    let question = link.split('"').next().unwrap().to_owned();
    assert!(work.text.contains("Advies geven"));
    let page = sem.get("/vragen").await;
    assert!(page.text.contains(&format!("id=\"advies-{question}\"")));
    assert!(page.text.contains("Kan dit naar een zus"));
    for word in IDENTITY.iter().chain([&story.case.as_str()]) {
        assert!(!page.text.contains(word), "{word}");
    }
    let place = "/vragen/doen/advies-geven";
    let empty = format!("token={}&over={question}&antwoord=", token(&page));
    let wrong = sem.ask(Method::POST, place, &empty).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let field = format!("id=\"advies-geven-{question}-antwoord-fout\"");
    assert!(wrong.text.contains(&field), "{}", wrong.text);
    let form = format!("token={}&over={question}&antwoord=Ja", token(&wrong));
    let done = sem.ask(Method::POST, place, &form).await;
    let on = Some("/vragen?gedaan=advies-geven");
    assert_eq!(done.header("location"), on, "{}", done.text);
    assert!(
        sem.get("/vragen?gedaan=advies-geven")
            .await
            .text
            .contains("Uw advies is gegeven.")
    );
    assert!(!sem.get("/werk").await.text.contains("/vragen#advies-"));
    let page = noor.get(&address).await;
    assert!(
        page.text.contains("Beantwoord") && page.text.contains(">Ja<"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn whoever_advises_finds_the_way_and_nobody_elses_questions() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let body = serde_json::json!({"of": DESK, "question": "Wie beslist hierover?"});
    world
        .post(&NOOR, &story.path("/advice"), &body)
        .await
        .expect(201);
    let mut dirk = Browser::new(&world);
    dirk.login(&DIRK).await;
    let page = dirk.get("/loket").await;
    assert!(page.text.contains("href=\"/vragen\""), "{}", page.text);
    let page = dirk.get("/vragen").await;
    assert!(page.text.contains("Wie beslist hierover?"), "{}", page.text);
    let question = page.text.split("id=\"advies-").nth(1).unwrap();
    let question = question.split('"').next().unwrap();
    let mut yara = Browser::new(&world);
    yara.login(&YARA).await;
    let page = yara.get("/vragen").await;
    assert!(!page.text.contains("Wie beslist hierover?"));
    let token = token(&page);
    let form = format!("token={token}&over={question}&antwoord=Ik");
    let refused = yara
        .ask(Method::POST, "/vragen/doen/advies-geven", &form)
        .await;
    assert_eq!(refused.status.as_u16(), 404);
}
