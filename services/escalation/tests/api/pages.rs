//! The overview in a browser.

use axum::body::Body;
use axum::http::Request;

use crate::story::{Chapter, IDENTITY, Story};
use crate::world::{Reply, World};

async fn page(world: &World, path: &str) -> Reply {
    let reply = world
        .send(Request::get(path).body(Body::empty()).unwrap())
        .await;
    assert_eq!(
        reply.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    assert_eq!(reply.header("content-security-policy"), Some(policy));
    for inline in [
        "<script",
        "<style",
        " style=",
        " onclick=",
        "http://",
        "https://",
    ] {
        assert!(!reply.text.contains(inline), "{path} has {inline}");
    }
    reply
}

#[tokio::test]
async fn in_development_the_overview_shows_where_every_case_stands_and_nobody() {
    let world = World::start(true).await;
    let story = Story::told(&world, Chapter::DeskAsked).await;
    let overview = page(&world, "/").await;
    assert_eq!(overview.status.as_u16(), 200);
    for part in [
        "<html lang=\"nl\">",
        "<li aria-current=\"step\">Lokale tafel</li>",
        "<li>Landelijk loket</li>",
        "Wacht op toelating tot een hogere stap",
        "Gemeente Utrecht",
        "2 maart 2026, 10:00",
        "antwoord op de vraag om een stap hoger",
        &format!("href=\"/cases/{}\"", story.case),
    ] {
        assert!(
            overview.text.contains(part),
            "{part} is not in {}",
            overview.text
        );
    }
    let case = page(&world, &format!("/cases/{}", story.case)).await;
    assert!(case.text.contains("De casus is ingebracht"));
    assert!(
        case.text
            .contains("2 maart 2026, 10:00 – Gemeente Utrecht (aandrager) – Eigen werk")
    );
    for word in IDENTITY.iter().chain(&["ZAAK-2026-0001", "noor"]) {
        assert!(
            !overview.text.contains(word) && !case.text.contains(word),
            "{word}"
        );
    }
}

#[tokio::test]
async fn without_development_the_root_says_what_this_is_and_shows_no_case() {
    let world = World::start(false).await;
    let story = Story::told(&world, Chapter::Reported).await;
    let home = page(&world, "/").await;
    assert!(home.text.contains("/v1/openapi.json") && !home.text.contains(&story.case));
    let case = page(&world, &format!("/cases/{}", story.case)).await;
    assert_eq!(case.status.as_u16(), 404);
    let other = page(&world, "/cases/case_unknown").await;
    assert_eq!(case.text, other.text);
}

#[tokio::test]
async fn the_style_sheet_is_served_by_the_service_itself() {
    let world = World::new().await;
    let css = world
        .send(
            Request::get("/assets/site.css")
                .body(Body::empty())
                .unwrap(),
        )
        .await;
    assert_eq!(css.header("content-type"), Some("text/css; charset=utf-8"));
    assert_eq!(css.status.as_u16(), 200);
}
