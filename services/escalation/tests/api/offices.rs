//! The screens of the operator and of the privacy officer.

use axum::http::Method;
use serde_json::json;

use crate::browser::{Browser, token};
use crate::exchange::{event, structured, world};
use crate::people::{FATMA, NOOR, OLGA, SEM};
use crate::story::{Chapter, Story};
use crate::world::World;

#[tokio::test]
async fn the_pages_are_for_whom_they_are_and_the_menu_says_so() {
    let world = World::new().await;
    Story::told(&world, Chapter::Closed).await;
    let privacy = [
        "/privacy",
        "/privacy/gedeeld",
        "/privacy/bewaren",
        "/privacy/logboek",
    ];
    for (person, own, others) in [
        (&OLGA, &["/beheer"][..], &privacy[..]),
        (&FATMA, &privacy[..], &["/beheer"][..]),
        (&NOOR, &[][..], &["/beheer", "/privacy"][..]),
    ] {
        let mut browser = Browser::new(&world);
        browser.login(person).await;
        for path in own {
            let page = browser.get(path).await;
            assert_eq!(page.status.as_u16(), 200, "{path}: {}", page.text);
            let menu = format!("<a href=\"{}\" aria-current=\"page\">", own[0]);
            assert!(page.text.contains(&menu), "{path}");
        }
        for path in others {
            assert_eq!(browser.get(path).await.status.as_u16(), 403, "{path}");
        }
    }
}

#[tokio::test]
async fn an_operator_sees_what_is_wrong_and_hears_that_it_still_is() {
    let world = world().await;
    structured(&world, &event("e-1", Some(1), "case.forgotten", &json!({})))
        .await
        .expect(400);
    let mut olga = Browser::new(&world);
    olga.login(&OLGA).await;
    let page = olga.get("/beheer").await;
    assert!(
        page.text.contains("onbekend soort bericht"),
        "{}",
        page.text
    );
    assert!(page.text.contains("Sociale Verzekeringsbank") && page.text.contains("handoff_answer"));
    let entry = page.text.split("name=\"over\" value=\"").nth(1).unwrap();
    let entry = entry.split('"').next().unwrap();
    let form = format!("token={}&over={entry}", token(&page));
    let place = "/beheer/doen/opnieuw-innemen";
    let reply = olga.ask(Method::POST, place, &form).await;
    assert_eq!(reply.status.as_u16(), 422);
    assert!(reply.text.contains("kan nog steeds niet worden ingenomen"));
    let forged = format!("token=x&over={entry}");
    let reply = olga.ask(Method::POST, place, &forged).await;
    assert_eq!(reply.status.as_u16(), 403);
}

#[tokio::test]
async fn an_officer_reviews_a_pass_and_records_a_request() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let pass = json!({"kind": "emergency", "categories": ["health"],
        "until": "2026-03-02T17:00:00Z", "reason": "Sam is vannacht niet veilig."});
    let mut fatma = Browser::new(&world);
    fatma.login(&FATMA).await;
    world
        .post(&NOOR, &story.path("/passes"), &pass)
        .await
        .expect(201);
    let page = fatma.get("/privacy").await;
    assert!(
        page.text.contains("Sam is vannacht niet veilig."),
        "{}",
        page.text
    );
    let over = page.text.split("name=\"over\" value=\"").nth(1).unwrap();
    let over = over.split('"').next().unwrap();
    let send = |form: &str| format!("token={}&{form}", token(&page));
    let place = "/privacy/doen/beoordelen";
    let form = send(&format!("over={over}&tekst=Klopt"));
    let missing = fatma.ask(Method::POST, place, &form).await;
    assert_eq!(missing.status.as_u16(), 422);
    let form = send(&format!("over={over}&oordeel=justified&tekst=Klopt"));
    let done = fatma.ask(Method::POST, place, &form).await;
    assert_eq!(
        done.header("location"),
        Some("/privacy?gedaan=beoordelen"),
        "{}",
        done.text
    );

    let page = fatma.get("/privacy").await;
    let send = |form: &str| format!("token={}&{form}", token(&page));
    let place = "/privacy/doen/inzage-vastleggen";
    let unknown = fatma
        .ask(Method::POST, place, &send("over=psn_unknown"))
        .await;
    assert_eq!(unknown.status.as_u16(), 422);
    assert!(
        unknown.text.contains("casus kennen wij niet"),
        "{}",
        unknown.text
    );
    let page = fatma.get("/privacy").await;
    let form = format!("token={}&over={}", token(&page), story.case);
    let done = fatma.ask(Method::POST, place, &form).await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.text);
    let report = fatma.get(&format!("/privacy/inzage/{}", story.case)).await;
    assert!(
        report.text.contains("Aan wie iets is verteld"),
        "{}",
        report.text
    );
}

#[tokio::test]
async fn the_logs_are_searched_by_case_person_and_colleague() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    for person in [&NOOR, &SEM] {
        world.get(person, &story.path("")).await.expect(200);
    }
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    let key = case["persons"][0]["personKey"].as_str().unwrap();
    let mut fatma = Browser::new(&world);
    fatma.login(&FATMA).await;
    let page = fatma.get("/privacy/logboek").await;
    assert!(page.text.contains("noor"));
    let place = "/privacy/logboek/doen/zoeken";
    let form = format!(
        "token={}&zaak={}&persoon={key}&medewerker=noor&van=2026-03-02&tot=2026-03-02",
        token(&page),
        story.case
    );
    let found = fatma.ask(Method::POST, place, &form).await;
    assert_eq!(found.status.as_u16(), 200, "{}", found.text);
    assert!(found.text.contains("<b>noor</b>") && !found.text.contains("<b>petra</b>"));
    assert!(found.text.contains("case-handling"));
    let form = format!("token={}&persoon=p1", token(&page));
    let wrong = fatma.ask(Method::POST, place, &form).await;
    assert_eq!(wrong.status.as_u16(), 422);
}

#[tokio::test]
async fn an_officer_holds_erasing_up_and_orders_an_erasure_with_its_certificate() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let mut fatma = Browser::new(&world);
    fatma.login(&FATMA).await;
    let page = fatma.get("/privacy/bewaren").await;
    assert!(page.text.contains("De hele zaak"), "{}", page.text);
    let place = "/privacy/bewaren/doen/wissen";
    let form = format!("token={}&over={}&waarom=unlawful", token(&page), story.case);
    let done = fatma.ask(Method::POST, place, &form).await;
    let on = "/privacy/bewaren?gedaan=wissen";
    assert_eq!(done.header("location"), Some(on), "{}", done.text);
    world.reacted().await;
    let page = fatma.get(on).await;
    let certificate = page.text.split("href=\"/privacy/bewaren/").nth(1).unwrap();
    let certificate = certificate.split('"').next().unwrap();
    let certificate = fatma.get(&format!("/privacy/bewaren/{certificate}")).await;
    assert!(
        certificate.text.contains("had niet bewaard mogen worden"),
        "{}",
        certificate.text
    );
}

#[tokio::test]
async fn an_officer_ends_a_hold_from_the_page_that_shows_it() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let until = (world.clock.now() + jiff::SignedDuration::from_hours(24 * 30)).to_string();
    let hold = json!({"reason": "Er loopt een klacht.", "until": until});
    let path = story.path("/holds");
    world.post(&FATMA, &path, &hold).await.expect(201);
    let mut fatma = Browser::new(&world);
    fatma.login(&FATMA).await;
    let place = "/privacy/bewaren/doen/vrijgeven";
    let page = fatma.get("/privacy/bewaren").await;
    let form = page.text.split(&format!("action=\"{place}\"")).nth(1);
    let over = form
        .unwrap()
        .split("name=\"over\" value=\"")
        .nth(1)
        .unwrap();
    let over = over.split('"').next().unwrap();
    let form = format!("token={}&over={over}", token(&page));
    let done = fatma.ask(Method::POST, place, &form).await;
    let on = "/privacy/bewaren?gedaan=vrijgeven";
    assert_eq!(done.header("location"), Some(on), "{}", done.text);
    let page = fatma.get(on).await;
    assert!(page.text.contains("Het vasthouden is beëindigd."));
    assert!(!page.text.contains(place), "{}", page.text);
    let kept = world.get(&FATMA, "/v1/retention").await.expect(200);
    assert_eq!(kept["items"][0]["heldUntil"], serde_json::Value::Null);
}
