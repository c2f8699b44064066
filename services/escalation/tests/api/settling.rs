//! What waits for an answer on the page of a case, and what was recorded in it: all of it is there,
//! and is answered there.

use axum::http::Method;
use serde_json::{Value, json};

use crate::browser::{Browser, token};
use crate::people::{NOOR, Person, SEM, SVB, UTRECHT};
use crate::story::{Chapter, HANDOFFS, Story, offer};
use crate::world::{Reply, World};

/// Somebody who reads a case and does things on its page.
struct Reading<'a> {
    browser: Browser<'a>,
    address: String,
}

impl<'a> Reading<'a> {
    async fn begin(world: &'a World, person: &Person, story: &Story<'_>) -> Self {
        let mut browser = Browser::new(world);
        browser.login(person).await;
        Self {
            browser,
            address: format!("/casussen/{}", story.case),
        }
    }

    async fn page(&mut self) -> String {
        self.browser.get(&self.address).await.text
    }

    /// Sends a form of the page as it stands there now.
    async fn send(&mut self, deed: &str, filled: &str) -> Reply {
        let page = self.browser.get(&self.address).await;
        let form = format!("token={}&{filled}", token(&page));
        let place = format!("{}/doen/{deed}", self.address);
        self.browser.ask(Method::POST, &place, &form).await
    }

    async fn done(&mut self, deed: &str, filled: &str) {
        let reply = self.send(deed, filled).await;
        let onwards = format!("{}?gedaan={deed}", self.address);
        let sent = reply.header("location");
        assert_eq!(sent, Some(onwards.as_str()), "{deed}: {}", reply.text);
        assert!(
            self.browser
                .get(&onwards)
                .await
                .text
                .contains("role=\"status\"")
        );
    }
}

/// What the page offers to do about a thing.
fn offers(page: &str, deed: &str, over: &str) -> bool {
    page.contains(&format!("id=\"doe-{deed}-{over}\""))
}

async fn countered(world: &World) -> Story<'_> {
    let story = Story::told(world, Chapter::Offered).await;
    let body = json!({"answer": "countered", "alternative": "Een voorschot.",
        "text": "De wet laat niet meer toe."});
    let path = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    world.post(&SEM, &path, &body).await.expect(200);
    story
}

async fn handoff(world: &World, story: &Story<'_>) -> Value {
    let list = world.get(&NOOR, &story.path("/handoffs")).await.expect(200);
    let items = list["items"].as_array().unwrap();
    let found = items.iter().find(|item| item["handoff"] == HANDOFFS[0]);
    found.unwrap().clone()
}

#[tokio::test]
async fn a_counter_offer_is_read_and_refused_with_a_reason_on_the_page() {
    let world = World::new().await;
    let story = countered(&world).await;
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let page = noor.page().await;
    // Both what was explained and what is possible instead.
    for part in ["De wet laat niet meer toe.", "Een voorschot."] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let link = format!("href=\"#doe-tegenvoorstel-ja-{}\"", HANDOFFS[0]);
    assert!(page.contains(&link), "the task leads to its form: {page}");
    assert!(!offers(&page, "vraag-intrekken", HANDOFFS[0]));
    let over = format!("over={}", HANDOFFS[0]);
    let wrong = noor.send("tegenvoorstel-nee", &over).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let field = format!("id=\"tegenvoorstel-nee-{}-reden-fout\"", HANDOFFS[0]);
    assert!(wrong.text.contains(&field), "{}", wrong.text);
    noor.done("tegenvoorstel-nee", &format!("{over}&reden=not_enough"))
        .await;
    let seen = handoff(&world, &story).await;
    assert_eq!(
        (&seen["counterAnswer"], &seen["counterReason"]),
        (&json!("refused"), &json!("not_enough"))
    );
    let page = noor.page().await;
    assert!(page.contains("Dit voorstel is niet aangenomen: het helpt de inwoner niet genoeg"));
    assert!(!offers(&page, "tegenvoorstel-nee", HANDOFFS[0]));
}

#[tokio::test]
async fn a_counter_offer_is_taken_by_whoever_asked_and_by_nobody_else() {
    let world = World::new().await;
    let story = countered(&world).await;
    let over = format!("over={}", HANDOFFS[0]);
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    noor.done("tegenvoorstel-ja", &over).await;
    let seen = handoff(&world, &story).await;
    assert_eq!(seen["status"], "accepted");
    // Once is enough: whoever comes second hears that it waits no more.
    let late = noor.send("tegenvoorstel-ja", &over).await;
    assert_eq!(late.status.as_u16(), 422);
    assert!(
        late.text.contains("wacht niet meer op antwoord"),
        "{}",
        late.text
    );
    let mut sem = Reading::begin(&world, &SEM, &story).await;
    assert!(!offers(&sem.page().await, "tegenvoorstel-ja", HANDOFFS[0]));
}

#[tokio::test]
async fn an_offer_that_nobody_answered_is_taken_back() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let page = noor.page().await;
    assert!(
        page.contains("Trek de vraag in: Sociale Verzekeringsbank"),
        "{page}"
    );
    let over = format!("over={}&tekst=Het+is+opgelost", HANDOFFS[0]);
    noor.done("vraag-intrekken", &over).await;
    assert_eq!(handoff(&world, &story).await["status"], "withdrawn");
    let page = noor.page().await;
    assert!(!offers(&page, "vraag-intrekken", HANDOFFS[0]));
    assert!(offers(&page, "vraag-intrekken", HANDOFFS[1]));
}

#[tokio::test]
async fn an_objection_is_read_extended_settled_and_lifted_on_the_page() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let said = json!({"person": "p1", "text": "Ik wil niet dat dit verder gaat."});
    let path = story.path("/objections");
    let raised = world.post(&NOOR, &path, &said).await.expect(201);
    let objection = raised["objection"].as_str().unwrap().to_owned();
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let page = noor.page().await;
    for part in [
        "Bezwaar tegen delen",
        "Ik wil niet dat dit verder gaat.",
        "Beslis over het bezwaar tegen delen",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let over = |text: &str| format!("over={objection}&tekst={text}");
    noor.done("bezwaar-verlengen", &over("De+SVB+antwoordt+later"))
        .await;
    let page = noor.page().await;
    assert!(page.contains("De SVB antwoordt later"), "{page}");
    assert!(!offers(&page, "bezwaar-verlengen", &objection));
    assert!(!offers(&page, "bezwaar-opheffen", &objection));
    noor.done("bezwaar-gegrond", &over("Zij+heeft+gelijk"))
        .await;
    let list = world.get(&NOOR, &path).await.expect(200);
    assert_eq!(list["items"][0]["status"], "upheld");
    let page = noor.page().await;
    assert!(page.contains("De inwoner kreeg gelijk") && page.contains("Zij heeft gelijk"));
    assert!(!offers(&page, "bezwaar-ongegrond", &objection));
    noor.done("bezwaar-opheffen", &over("Zij+trok+het+in"))
        .await;
    let list = world.get(&NOOR, &path).await.expect(200);
    assert_eq!(list["items"][0]["status"], "lifted");
    // Who helps sees that there is one, and does not decide on it.
    let seen = Reading::begin(&world, &SEM, &story).await.page().await;
    assert!(!seen.contains("/doen/bezwaar-"), "{seen}");
}

#[tokio::test]
async fn an_objection_is_turned_down_with_its_reason() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let said = json!({"person": "p1", "text": "Liever niet."});
    let path = story.path("/objections");
    let raised = world.post(&NOOR, &path, &said).await.expect(201);
    let over = raised["objection"].as_str().unwrap();
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let wrong = noor
        .send("bezwaar-ongegrond", &format!("over={over}"))
        .await;
    assert_eq!(wrong.status.as_u16(), 422);
    let filled = format!("over={over}&tekst=Zonder+delen+stopt+de+hulp");
    noor.done("bezwaar-ongegrond", &filled).await;
    let list = world.get(&NOOR, &path).await.expect(200);
    assert_eq!(
        (&list["items"][0]["status"], &list["items"][0]["reason"]),
        (&json!("overruled"), &json!("Zonder delen stopt de hulp"))
    );
}

#[tokio::test]
async fn what_silence_left_unexplained_is_given_or_explained_item_by_item() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    world
        .post(&NOOR, &story.path("/handoffs"), &offer(HANDOFFS[0], SVB))
        .await
        .expect(201);
    // Nobody answers, and the case climbs by itself.
    world.advance("2026-04-20T09:00:00Z").await;
    let path = story.path("/escalations");
    let list = world.get(&NOOR, &path).await.expect(200);
    let asked = list["items"].as_array().unwrap().last().unwrap().clone();
    let unexplained = asked["unexplained"].as_array().unwrap().len();
    assert!(unexplained > 1, "{asked}");
    let over = asked["escalation"].as_str().unwrap();
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let page = noor.page().await;
    assert!(
        page.contains(&format!("href=\"#doe-uitleggen-{over}\"")),
        "{page}"
    );
    let empty = noor
        .send("uitleggen", &format!("over={over}&stuk-1=+"))
        .await;
    assert_eq!(empty.status.as_u16(), 422);
    assert!(empty.text.contains("id=\"stuk-1-fout\""), "{}", empty.text);
    let filled = format!("over={over}&stuk-1=Dit+is+er&stuk-2=Niemand+weet+het&ontbreekt-2=ja");
    noor.done("uitleggen", &filled).await;
    let list = world.get(&NOOR, &path).await.expect(200);
    let seen = list["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        seen["unexplained"].as_array().unwrap().len(),
        unexplained - 2
    );
    let given: Vec<_> = seen["evidence"].as_array().unwrap().iter().collect();
    let said =
        |text: &str| given.iter().find(|one| one["text"] == text).unwrap()["explained"].clone();
    assert_eq!(said("Dit is er"), json!(false));
    assert_eq!(said("Niemand weet het"), json!(true));
}

#[tokio::test]
async fn a_bridging_measure_is_taken_and_ended_on_the_page() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let filled = format!("tekst=Uitstel+van+betaling&dag=2026-03-10&aan={UTRECHT}");
    noor.done("overbruggen", &filled).await;
    world.advance("2026-03-10T23:00:00Z").await;
    // A day later, a session of before has ended.
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let page = noor.page().await;
    assert!(page.contains("Uitstel van betaling") && page.contains("De laatste dag is voorbij"));
    let list = world.get(&NOOR, &story.path("/measures")).await.expect(200);
    let over = list["items"][0]["measure"].as_str().unwrap();
    assert!(page.contains(&format!("href=\"#doe-overbrugging-einde-{over}\"")));
    noor.done(
        "overbrugging-einde",
        &format!("over={over}&tekst=De+toeslag+loopt"),
    )
    .await;
    let page = noor.page().await;
    assert!(page.contains("De toeslag loopt") && !page.contains("/doen/overbrugging-einde"));
}

#[tokio::test]
async fn what_was_recorded_is_read_on_the_page() {
    let world = World::new().await;
    let mut story = Story::told(&world, Chapter::LocalTable).await;
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let told = json!({"text": "Zij is bang dat Sam weg moet."});
    let path = story.path("/perspectives");
    world.post(&NOOR, &path, &told).await.expect(201);
    let page = noor.page().await;
    assert!(page.contains("Zij is bang dat Sam weg moet."), "{page}");
    assert!(
        page.contains("Regels die botsen"),
        "the block names its rules: {page}"
    );
    assert!(!page.contains("Bekijk de afweging"));
    for chapter in [
        Chapter::DeskAsked,
        Chapter::Desk,
        Chapter::TableAsked,
        Chapter::Table,
        Chapter::Committed,
        Chapter::Decided,
        Chapter::Proposed,
        Chapter::Home,
        Chapter::Done,
    ] {
        story.tell(chapter).await;
    }
    let page = noor.page().await;
    for part in [
        "Afwijken van een beleidsregel",
        "Rechtvaardigheid, De bedoeling van de wet",
        "/doen/beleving",
        "href=\"#doe-beleving\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let told = json!({"personKey": "p1", "citizen": "citizen-4711"});
    world
        .post(&NOOR, &story.path("/citizens"), &told)
        .await
        .expect(201);
    let mut bella = Browser::new(&world);
    let citizen = Person {
        name: "citizen-4711",
        organisation: UTRECHT,
        roles: &["citizen"],
    };
    bella.login(&citizen).await;
    let own = bella.get("/mijn-zaak").await.text;
    assert!(
        own.contains("Rechtvaardigheid, De bedoeling van de wet"),
        "{own}"
    );
    world.advance("2026-06-30T09:00:00Z").await;
    story.tell(Chapter::Closed).await;
    let mut noor = Reading::begin(&world, &NOOR, &story).await;
    let page = noor.page().await;
    for part in [
        "Opgelost door af te wijken",
        "Het geld klopt.",
        "De keten breekt bij broers en zussen.",
        "Verander de regel",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for gone in ["/doen/beleving", "/doen/vraag"] {
        assert!(!page.contains(gone), "{gone} after the end");
    }
}
