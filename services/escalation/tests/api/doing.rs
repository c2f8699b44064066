//! What people do on the screens: offered to whoever may, done by the API, and said at the field when
//! something is wrong.

use axum::http::Method;
use serde_json::{Value, json};

use crate::browser::{Browser, token};
use crate::people::{ANNA, DESK, DIRK, LENA, LOTTE, NOOR, PETRA, Person, SEM, SVB, UTRECHT};
use crate::story::{Chapter, Story};
use crate::world::World;

const BELLA: Person = Person {
    name: "citizen-4711",
    organisation: UTRECHT,
    roles: &["citizen"],
};

async fn browser<'a>(world: &'a World, person: &Person) -> Browser<'a> {
    let mut browser = Browser::new(world);
    browser.login(person).await;
    browser
}

#[tokio::test]
async fn a_page_offers_what_its_reader_may_and_nothing_else() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::DeskAsked).await;
    let address = format!("/casussen/{}", story.case);
    let may = async |person: &Person| -> Vec<String> {
        let case = world.get(person, &story.path("")).await.expect(200);
        serde_json::from_value(case["mayDo"].clone()).unwrap()
    };
    let (noor, dirk) = (may(&NOOR).await, may(&DIRK).await);
    assert!(noor.iter().any(|it| it == "RequestEscalation"), "{noor:?}");
    assert!(!noor.iter().any(|it| it == "Triage"), "{noor:?}");
    assert!(dirk.iter().any(|it| it == "Triage"), "{dirk:?}");
    assert!(!dirk.iter().any(|it| it == "OfferHandoff"), "{dirk:?}");
    let page = browser(&world, &DIRK).await.get(&address).await;
    assert!(page.text.contains("/doen/toelaten") && !page.text.contains("/doen/blokkade"));
    let page = browser(&world, &NOOR).await.get(&address).await;
    assert!(!page.text.contains("/doen/toelaten"), "{}", page.text);
    // Who was not offered it and sends the form all the same hears what the API says.
    let form = format!("token={}&over={}", token(&page), story.escalation);
    let place = format!("{address}/doen/toelaten");
    let mut noor = browser(&world, &NOOR).await;
    let own = token(&noor.get(&address).await);
    let form = form.replace(&token(&page), &own);
    let refused = noor.ask(Method::POST, &place, &form).await;
    assert_eq!(refused.status.as_u16(), 403, "{}", refused.text);
    let unknown = format!("{address}/doen/alles");
    let reply = noor.ask(Method::POST, &unknown, &form).await;
    assert_eq!(reply.status.as_u16(), 404);
}

#[tokio::test]
async fn the_desk_returns_with_what_is_missing_and_the_raiser_completes() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::DeskAsked).await;
    let address = format!("/casussen/{}", story.case);
    let mut dirk = browser(&world, &DIRK).await;
    let desk = dirk.get("/loket").await;
    assert!(
        desk.text
            .contains("Alles wat deze trede vraagt, is gegeven.")
    );
    let place = format!("/loket/{}/doen/teruggeven", story.case);
    assert!(desk.text.contains(&format!("action=\"{place}\"")));
    let form = format!("token={}&over={}", token(&desk), story.escalation);
    let wrong = dirk.ask(Method::POST, &place, &form).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let field = format!("id=\"teruggeven-{}-mist-fout\"", story.escalation);
    assert!(wrong.text.contains(&field), "{}", wrong.text);
    // It is the desk that says so, with every request that waits, and no page of the case.
    assert!(wrong.text.contains("Aanvragen voor toelating"));
    assert!(!wrong.text.contains("id=\"tijdlijn\""), "{}", wrong.text);
    let form = format!(
        "{}&mist=organisation_supports&tekst=Wie+steunt+dit",
        form.replace(&token(&desk), &token(&wrong))
    );
    let done = dirk.ask(Method::POST, &place, &form).await;
    let onwards = done.header("location");
    assert_eq!(onwards, Some("/loket?gedaan=teruggeven"), "{}", done.text);
    assert!(!dirk.get("/loket").await.text.contains(&story.escalation));
    // The raiser reads what is missing, and gives it to the same rung.
    let mut noor = browser(&world, &NOOR).await;
    let case = noor.get(&address).await;
    assert!(case.text.contains("De aanvraag kwam terug") && case.text.contains("Wie steunt dit"));
    let higher = format!("{address}/hoger");
    let page = noor.get(&format!("{higher}?trede=national_desk")).await;
    assert!(page.text.contains("Wie in uw organisatie hierachter staat"));
    let form = format!("token={}&trede=national_desk", token(&page));
    let wrong = noor.ask(Method::POST, &higher, &form).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text.contains("id=\"stuk-1-fout\""), "{}", wrong.text);
    let form = format!(
        "token={}&trede=national_desk&stuk-1=De+directeur&ontbreekt-1=ja&waarom=beyond_its_power\
         &grondslag=national_desk_consent",
        token(&wrong)
    );
    let asked = noor.ask(Method::POST, &higher, &form).await;
    let done = format!("{address}?gedaan=hoger");
    assert_eq!(
        asked.header("location"),
        Some(done.as_str()),
        "{}",
        asked.text
    );
    let all = world.get(&NOOR, &story.path("/escalations")).await;
    let all = all.expect(200);
    let last = all["items"].as_array().unwrap().last().unwrap();
    assert_eq!(last["status"], "requested");
    let given = &last["evidence"][0];
    assert_eq!(
        (&given["item"], &given["explained"]),
        (&json!("organisation_supports"), &json!(true))
    );
}

#[tokio::test]
async fn what_a_table_asks_is_promised_and_decided_on_the_page_of_the_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let address = format!("/casussen/{}", story.case);
    let mut lena = browser(&world, &LENA).await;
    let page = lena.get(&address).await;
    let form = format!("token={}&aan={UTRECHT}&tekst=Help+haar", token(&page));
    let place = format!("{address}/doen/toezegging-vragen");
    let asked = lena.ask(Method::POST, &place, &form).await;
    assert_eq!(asked.status.as_u16(), 303, "{}", asked.text);
    let mut anna = browser(&world, &ANNA).await;
    let case = anna.get(&address).await;
    let over = case.text.split("id=\"doe-toezeggen-").nth(1).unwrap();
    let over = over.split('"').next().unwrap();
    let place = format!("{address}/doen/toezeggen");
    let form = format!(
        "token={}&over={over}&tekst=Wij+helpen&mandaat=Besluit",
        token(&case)
    );
    let wrong = anna.ask(Method::POST, &place, &form).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text.contains("Wij helpen"), "what was written stays");
    let form = form.replace(&token(&case), &token(&wrong));
    let made = anna
        .ask(Method::POST, &place, &format!("{form}&dag=2027-01-15"))
        .await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.text);
    let page = lena.get(&address).await;
    let form = format!(
        "token={}&tekst=Zij+krijgt+hulp&ruimte=within_law&gronden=justice&gronden=safety",
        token(&page)
    );
    let decided = lena
        .ask(Method::POST, &format!("{address}/doen/besluit"), &form)
        .await;
    assert_eq!(decided.status.as_u16(), 303, "{}", decided.text);
    let decisions = world
        .get(&LENA, &story.path("/decisions"))
        .await
        .expect(200);
    assert_eq!(
        decisions["items"][0]["grounds"],
        json!(["justice", "safety"])
    );
}

#[tokio::test]
async fn a_meeting_is_planned_prepared_and_opened_with_who_is_there() {
    let world = World::new().await;
    let _story = Story::told(&world, Chapter::Table).await;
    let mut lotte = browser(&world, &LOTTE).await;
    let page = lotte.get("/tafel").await;
    // Who prepares the table plans by numbers: the case itself is shown to those who sit at it.
    assert!(
        page.text.contains("Casus die u nog niet mag zien"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("href=\"/casussen/"), "{}", page.text);
    let form = format!(
        "token={}&trede=national_table&wanneer=2027-02-01T10:00",
        token(&page)
    );
    let planned = lotte.ask(Method::POST, "/tafel/doen/plannen", &form).await;
    assert_eq!(planned.status.as_u16(), 303, "{}", planned.text);
    let place = planned.header("location").unwrap();
    let place = place.split('?').next().unwrap().to_owned();
    let page = lotte.get(&place).await;
    let over = page.text.split("id=\"doe-agenderen-").nth(1).unwrap();
    let over = over.split('"').next().unwrap();
    let form = format!("token={}&over={over}", token(&page));
    let put = lotte
        .ask(Method::POST, &format!("{place}/doen/agenderen"), &form)
        .await;
    assert_eq!(put.status.as_u16(), 303, "{}", put.text);
    for invited in [SVB, UTRECHT, DESK] {
        let page = lotte.get(&place).await;
        let form = format!("token={}&wie={invited}", token(&page));
        let reply = lotte
            .ask(Method::POST, &format!("{place}/doen/uitnodigen"), &form)
            .await;
        assert_eq!(reply.status.as_u16(), 303, "{}", reply.text);
    }
    // Who is invited reads it, and cannot hold it.
    let seen = browser(&world, &SEM).await.get(&place).await;
    assert_eq!(seen.status.as_u16(), 200);
    assert!(seen.text.contains("/doen/verschonen") && !seen.text.contains("/doen/openen"));
    let place_open = format!("{place}/doen/openen");
    let page = lotte.get(&place).await;
    let form = format!("token={}&aanwezig={SVB}", token(&page));
    let few = lotte.ask(Method::POST, &place_open, &form).await;
    assert_eq!(few.status.as_u16(), 422);
    assert!(few.text.contains("te weinig organisaties"), "{}", few.text);
    let form = format!(
        "token={}&aanwezig={SVB}&aanwezig={UTRECHT}&aanwezig={DESK}",
        token(&few)
    );
    let open = lotte.ask(Method::POST, &place_open, &form).await;
    assert_eq!(open.status.as_u16(), 303, "{}", open.text);
    assert!(lotte.get(&place).await.text.contains("/doen/notulen"));
    // No table of theirs, nothing to plan.
    let page = browser(&world, &SEM).await.get("/tafel").await;
    assert!(!page.text.contains("/doen/plannen"));
}

#[tokio::test]
async fn a_citizen_sees_where_the_case_is_and_objects() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Decided).await;
    let door = Browser::new(&world).get("/mijn-zaak").await;
    assert!(
        door.text.contains("/aanmelden?naar=/mijn-zaak"),
        "{}",
        door.text
    );
    let mut bella = browser(&world, &BELLA).await;
    let none = bella.get("/mijn-zaak").await;
    assert!(none.text.contains("Er is geen zaak die u kunt bekijken."));
    let body: Value = json!({"personKey": "p1", "citizen": BELLA.name});
    world
        .post(&NOOR, &story.path("/citizens"), &body)
        .await
        .expect(201);
    let page = bella.get("/mijn-zaak").await;
    for part in [
        "Ik, Bella, wil dat hij bij mij blijft.",
        "Gemeente Utrecht",
        "/doen/bezwaar",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    for part in ["Vader Jansen", "/doen/besluit", "href=\"/werk\""] {
        assert!(!page.text.contains(part), "{part}");
    }
    // For herself, and for nobody else of the household.
    let place = format!("/mijn-zaak/{}/doen/bezwaar", story.case);
    let form = |over: &str| format!("token={}&over={over}&tekst=Liever+niet", token(&page));
    let for_sam = bella.ask(Method::POST, &place, &form("p2")).await;
    assert_eq!(for_sam.header("location"), None, "{}", for_sam.text);
    let form = form("p1");
    let done = bella.ask(Method::POST, &place, &form).await;
    assert_eq!(
        done.header("location"),
        Some(format!("/mijn-zaak/{}?gedaan=bezwaar", story.case).as_str()),
        "{}",
        done.text
    );
    let page = bella.get("/mijn-zaak").await;
    assert!(page.text.contains("Uw bezwaar is ontvangen") && page.text.contains("Liever niet"));
    // Whoever is no citizen gets the way in, not somebody's case.
    let other = browser(&world, &PETRA).await.get("/mijn-zaak").await;
    assert!(!other.text.contains("Ik, Bella"));
}

#[tokio::test]
async fn the_check_whether_something_may_be_shared_says_why() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let address = format!("/casussen/{}/delen", story.case);
    let mut noor = browser(&world, &NOOR).await;
    let page = noor.get(&address).await;
    assert!(page.text.contains("Mag ik dit delen?"), "{}", page.text);
    let place = format!("/casussen/{}/doen/delen", story.case);
    let ask = |what: &str, token: &str| format!("token={token}&met={SVB}&waarvoor=help&wat={what}");
    let yes = noor
        .ask(Method::POST, &place, &ask("care", &token(&page)))
        .await;
    assert!(yes.text.contains("Ja, dit mag"), "{}", yes.text);
    let no = noor
        .ask(Method::POST, &place, &ask("tax", &token(&yes)))
        .await;
    assert!(no.text.contains("Nee, zo mag dit niet"), "{}", no.text);
}
