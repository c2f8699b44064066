//! What somebody is writing is not lost: as a draft, and when the session ended in the meantime.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::Value;

use crate::browser::{Browser, token};
use crate::people::{NOOR, PETRA};
use crate::story::{Chapter, Story};
use crate::world::{Reply, World};

const PLACE: &str = "/casussen/nieuw";
const STORY: &str = "verhaal=Zij+staat+straks+op+straat&wens=Een+kamer";
const REST: &str = "onderwerp=housing&leeftijd=18-20";

async fn drafts(world: &World) -> Vec<Value> {
    let list = world.get(&NOOR, "/v1/drafts").await.expect(200);
    list["items"].as_array().unwrap().clone()
}

async fn cases(world: &World) -> usize {
    let list = world.get(&NOOR, "/v1/cases").await.expect(200);
    list["items"].as_array().unwrap().len()
}

/// What a hidden field of the page's main form says.
fn hidden(page: &Reply, name: &str) -> Option<String> {
    let form = page.text.split("data-bewaren").nth(1).unwrap();
    let rest = form.split("</form>").next().unwrap();
    let rest = rest.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    Some(rest.split('"').next().unwrap().to_owned())
}

#[tokio::test]
async fn a_draft_is_kept_again_and_again_with_the_token_of_each_answer_and_thrown_away() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let mut page = noor.get(PLACE).await;
    for text in ["Zij", "Zij+staat", "Zij+staat+op+straat"] {
        let concept =
            hidden(&page, "concept").map_or_else(String::new, |one| format!("&concept={one}"));
        let form = format!(
            "token={}{concept}&doe=bewaren&verhaal={text}",
            hidden(&page, "token").unwrap()
        );
        let kept = noor.ask(Method::POST, PLACE, &form).await;
        assert_eq!(kept.status.as_u16(), 303, "{}", kept.text);
        let onwards = kept.header("location").unwrap().to_owned();
        page = noor.get(&onwards).await;
        assert!(page.text.contains("Uw concept is bewaard"), "{}", page.text);
    }
    assert!(page.text.contains("Zij staat op straat"));
    let [draft] = drafts(&world).await.try_into().unwrap();
    assert_eq!(draft["version"], 3);
    // Where the script says how it went, and what it says when nobody is logged in any more.
    assert!(page.text.contains("id=\"bewaard\" role=\"status\""));
    assert!(page.text.contains("<template id=\"bewaren-mislukt\">"));
    let concept = draft["case"].as_str().unwrap();
    let form = format!("token={}&concept={concept}&doe=weggooien", token(&page));
    let gone = noor.ask(Method::POST, PLACE, &form).await;
    assert_eq!(
        gone.header("location"),
        Some("/werk?gedaan=concept-weg"),
        "{}",
        gone.text
    );
    assert!(drafts(&world).await.is_empty());
    let work = noor.get("/werk?gedaan=concept-weg").await;
    assert!(
        work.text.contains("Het concept is weggegooid."),
        "{}",
        work.text
    );
    // Nothing is thrown away that is no draft of ours.
    let form = format!("token={}&concept=case_unknown&doe=weggooien", token(&work));
    let unknown = noor.ask(Method::POST, PLACE, &form).await;
    assert_eq!(unknown.status.as_u16(), 404);
}

#[tokio::test]
async fn what_was_written_comes_back_when_the_session_had_ended_and_is_sent_after_login() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let old = token(&noor.get(PLACE).await);
    world.advance("2026-03-02T18:00:00Z").await;
    let form = format!("token={old}&{STORY}&{REST}&doe=inbrengen");
    let turned = noor.ask(Method::POST, PLACE, &form).await;
    assert_eq!(turned.status.as_u16(), 401);
    for part in [
        "Zij staat straks op straat</textarea>",
        "name=\"wens\"",
        "name=\"leeftijd\" value=\"18-20\"",
        "name=\"doe\" value=\"inbrengen\"",
        "target=\"_blank\"",
        "action=\"/casussen/nieuw\"",
        ">Wat is er aan de hand?</label>",
    ] {
        assert!(turned.text.contains(part), "{part}: {}", turned.text);
    }
    assert!(!turned.text.contains(&old), "an old token is worth nothing");
    assert_eq!(cases(&world).await, 0);
    // Logged in elsewhere: asked once more, with a token of the new session.
    noor.login(&NOOR).await;
    let form = format!("token=&{STORY}&{REST}&doe=inbrengen");
    let asked = noor.ask(Method::POST, PLACE, &form).await;
    assert_eq!(asked.status.as_u16(), 403);
    assert!(
        asked.text.contains("U bent opnieuw aangemeld"),
        "{}",
        asked.text
    );
    assert!(asked.text.contains("Zij staat straks op straat</textarea>"));
    assert_eq!(
        cases(&world).await,
        0,
        "nothing is done before it was confirmed"
    );
    let main = asked.text.split("<main").nth(1).unwrap();
    let fresh = main.split("name=\"token\" value=\"").nth(1).unwrap();
    let fresh = fresh.split('"').next().unwrap();
    let form = form.replace("token=&", &format!("token={fresh}&"));
    let raised = noor.ask(Method::POST, PLACE, &form).await;
    assert_eq!(raised.status.as_u16(), 303, "{}", raised.text);
    assert_eq!(cases(&world).await, 1);
}

#[tokio::test]
async fn a_form_on_the_page_of_a_case_comes_back_by_its_names_and_goes_on_where_it_was_going() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let address = format!("/casussen/{}", story.case);
    let place = format!("{address}/doen/blokkade");
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    noor.cookies.clear();
    let text = "Twee+regels+sluiten+elkaar+uit.";
    let form = format!("soort=legal_basis&tekst={text}");
    let turned = noor.ask(Method::POST, &place, &form).await;
    assert_eq!(turned.status.as_u16(), 401);
    for part in [
        ">Hoe blokkeert het?</label>",
        "Twee regels sluiten elkaar uit.</textarea>",
        "name=\"soort\" value=\"legal_basis\"",
        &format!("action=\"{place}\""),
    ] {
        assert!(turned.text.contains(part), "{part}: {}", turned.text);
    }
    noor.login(&NOOR).await;
    let token = token(&noor.get(&address).await);
    let form = format!("token={token}&{form}");
    let sent = noor.ask(Method::POST, &place, &form).await;
    let done = format!("{address}?gedaan=blokkade");
    assert_eq!(sent.header("location"), Some(done.as_str()));
    let page = noor.get(&address).await;
    assert!(page.text.contains("Twee regels sluiten elkaar uit."));
}

#[tokio::test]
async fn what_another_site_put_in_a_form_is_not_shown_as_if_the_reader_wrote_it() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    for (cookies, status) in [(String::new(), 401), (noor.cookies.join("; "), 403)] {
        let request = Request::builder()
            .method(Method::POST)
            .uri(PLACE)
            .header("cookie", cookies)
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded");
        let form = format!("{STORY}&{REST}&doe=inbrengen");
        let reply = world.send(request.body(Body::from(form)).unwrap()).await;
        assert_eq!(reply.status.as_u16(), status);
        assert!(!reply.text.contains("op straat"), "{}", reply.text);
    }
    // A form in which nothing was filled in has nothing to give back.
    let bare = Browser::new(&world)
        .ask(Method::POST, "/afmelden", "token=x")
        .await;
    assert!(!bare.text.contains("<textarea"), "{}", bare.text);
}

#[tokio::test]
async fn whoever_logs_in_instead_is_asked_and_may_do_no_more_than_before() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    browser.login(&NOOR).await;
    let old = token(&browser.get(PLACE).await);
    browser.login(&PETRA).await;
    let form = format!("token={old}&{STORY}&{REST}&doe=inbrengen");
    let asked = browser.ask(Method::POST, PLACE, &form).await;
    assert_eq!(asked.status.as_u16(), 403);
    for part in ["petra", "U bent opnieuw aangemeld", "op straat</textarea>"] {
        assert!(asked.text.contains(part), "{part}: {}", asked.text);
    }
    assert_eq!(cases(&world).await, 0);
}

#[tokio::test]
async fn what_is_wrong_with_a_report_is_said_as_it_is() {
    let world = World::new().await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let long = "K".repeat(200);
    for (filled, field, says) in [
        (
            format!("{STORY}&{REST}&kenmerk={long}"),
            "kenmerk",
            "Dit is te lang. Maak het korter.",
        ),
        (
            format!("{STORY}&onderwerp=A+B&leeftijd=18-20&naam=Zij"),
            "onderwerp",
            "Kies waar het over gaat.",
        ),
        (
            format!("{STORY}&onderwerp=housing&leeftijd=oud&naam=Zij"),
            "leeftijd",
            "Kies hoe oud de inwoner is.",
        ),
    ] {
        let page = noor.get(PLACE).await;
        let form = format!("token={}&{filled}&doe=inbrengen", token(&page));
        let wrong = noor.ask(Method::POST, PLACE, &form).await;
        assert_eq!(wrong.status.as_u16(), 422, "{field}");
        let said = wrong.text.split(&format!("id=\"{field}-fout\"")).nth(1);
        let said = said.unwrap_or_else(|| panic!("{field}: {}", wrong.text));
        let said = said.split("</").next().unwrap();
        assert!(said.contains(says), "{field}: {said}");
        assert_eq!(
            wrong.text.matches("-fout\"").count(),
            wrong.text.matches(&format!("{field}-fout\"")).count()
        );
    }
}
