//! What waits for whom: the queue of *Mijn werk* and what was asked of an organisation.

use axum::http::Method;
use serde_json::{Value, json};

use crate::browser::{Browser, token};
use crate::people::{ANNA, INE, LENA, NOOR, Person, SEM, SVB, UTRECHT};
use crate::story::{Chapter, HANDOFFS, Story};
use crate::world::World;

async fn browser<'a>(world: &'a World, person: &Person) -> Browser<'a> {
    let mut browser = Browser::new(world);
    browser.login(person).await;
    browser
}

async fn queue(world: &World, person: &Person) -> Vec<Value> {
    let list = world.get(person, "/v1/work").await.expect(200);
    list["items"].as_array().unwrap().clone()
}

/// A part of a page, up to the next.
fn part<'a>(page: &'a str, heading: &str) -> &'a str {
    let from = page
        .find(&format!("id=\"{heading}\""))
        .unwrap_or_else(|| panic!("{heading}: {page}"));
    page[from..].split("</section>").next().unwrap()
}

#[tokio::test]
async fn what_waits_for_us_stands_in_the_queue_however_much_waits_for_others_before() {
    let world = World::new().await;
    Story::told(&world, Chapter::Offered).await;
    let [own] = queue(&world, &NOOR).await.try_into().unwrap();
    assert_eq!(
        (&own["due"], &own["waitsFor"]),
        (&json!("review"), &json!(UTRECHT))
    );
    let before = &own["before"];
    assert_eq!(before["due"], format!("handoff-answer/{}", HANDOFFS[0]));
    assert_eq!(before["waitsFor"], SVB);
    assert!(before["at"].as_str().unwrap() < own["at"].as_str().unwrap());
    let page = browser(&world, &NOOR).await.get("/werk").await.text;
    let mine = part(&page, "verwacht");
    assert!(mine.contains("Kijken of er voortgang is"), "{mine}");
    assert!(!mine.contains("wacht op"), "{mine}");
    let others = part(&page, "wacht");
    assert!(
        others.contains("wacht op Sociale Verzekeringsbank"),
        "{others}"
    );
    // A counter-offer is the sender's to answer, and comes before the review.
    let path = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    let body = json!({"answer": "countered", "alternative": "Een voorschot."});
    world.post(&SEM, &path, &body).await.expect(200);
    let [own] = queue(&world, &NOOR).await.try_into().unwrap();
    assert_eq!(own["due"], format!("counter-follow-up/{}", HANDOFFS[0]));
    assert_eq!(own["waitsFor"], UTRECHT);
}

#[tokio::test]
async fn every_kind_of_deadline_waits_in_the_queue_for_whom_it_waits_by_itself() {
    let world = World::new().await;
    let mut story = Story::begin(&world).await;
    let mut seen = 0;
    for chapter in crate::story::CHAPTERS {
        story.tell(chapter).await;
        for person in &crate::people::ALL {
            for item in queue(&world, person).await {
                seen += 1;
                let ours = item["waitsFor"] == person.organisation;
                // What is shown first is ours, or nothing is.
                assert!(
                    ours || item["before"].is_null(),
                    "{} at {chapter:?}: {item}",
                    person.name
                );
                if !item["before"].is_null() {
                    assert_ne!(item["before"]["waitsFor"], person.organisation);
                    let (before, at) = (&item["before"]["at"], &item["at"]);
                    assert!(before.as_str() <= at.as_str(), "{item}");
                }
            }
        }
    }
    assert!(seen > 50, "{seen}");
    // After the decision each waits for its own promise, whatever others promised.
    let mut story = Story::begin(&world).await;
    for chapter in crate::story::CHAPTERS
        .into_iter()
        .filter(|one| *one <= Chapter::Decided)
    {
        if chapter == Chapter::Offered {
            continue;
        }
        if chapter == Chapter::Accepted {
            continue;
        }
        story.tell(chapter).await;
    }
    let [own] = queue(&world, &INE).await.try_into().unwrap();
    assert_eq!(own["due"], format!("commitment-day/{}", story.requests[0]));
    assert_eq!(own["waitsFor"], SVB);
}

#[tokio::test]
async fn a_queue_comes_in_pages_by_what_waits_for_its_reader() {
    let world = World::new().await;
    for day in [
        "2026-03-02T09:00:00Z",
        "2026-03-03T09:00:00Z",
        "2026-03-04T09:00:00Z",
    ] {
        world.advance(day).await;
        Story::begin(&world).await;
    }
    let all = queue(&world, &NOOR).await;
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/work?pageSize=1{cursor}");
        let page = world.get(&NOOR, &path).await.expect(200);
        found.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["nextCursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!((all.len(), &found), (3, &all));
}

#[tokio::test]
async fn a_commitment_that_is_asked_for_stands_below_what_has_a_term() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let body = json!({"of": UTRECHT, "text": "Helpt u Bella?"});
    let path = story.path("/commitments");
    world.post(&LENA, &path, &body).await.expect(201);
    for person in [&ANNA, &NOOR] {
        let page = browser(&world, person).await.get("/werk").await.text;
        let mine = part(&page, "verwacht");
        let asked = mine.find("Antwoord geven op een gevraagde toezegging");
        let asked = asked.unwrap_or_else(|| panic!("{}: {mine}", person.name));
        assert!(mine[asked..].contains("zonder termijn"));
        let terms = mine.match_indices("<time ").map(|(at, _)| at);
        assert!(terms.max().is_none_or(|last| last < asked), "{mine}");
        assert!(mine.contains(&format!("/casussen/{}", story.case)));
        assert!(!page.contains("Bella"), "a queue names nobody");
    }
    let board = browser(&world, &INE).await.get("/werk").await.text;
    assert!(
        !board.contains("gevraagde toezegging"),
        "it was asked of another"
    );
}

#[tokio::test]
async fn what_was_accepted_says_since_when_and_is_given_back() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let list = world
        .get(&SEM, "/v1/handoffs?state=accepted")
        .await
        .expect(200);
    let since = list["items"][0]["acceptedAt"].as_str().unwrap();
    assert!(since.starts_with("2026-03-02T"), "{since}");
    let mut sem = browser(&world, &SEM).await;
    let page = sem.get("/vragen").await;
    let accepted = part(&page.text, "aangenomen");
    assert!(
        accepted.contains("sinds") && accepted.contains("2 maart"),
        "{accepted}"
    );
    let place = "/vragen/doen/geef-terug";
    let form = format!("token={}&over={}", token(&page), HANDOFFS[0]);
    let wrong = sem.ask(Method::POST, place, &form).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let field = format!("id=\"geef-terug-{}-tekst-fout\"", HANDOFFS[0]);
    assert!(wrong.text.contains(&field), "{}", wrong.text);
    let form = form.replace(&token(&page), &token(&wrong));
    let done = sem
        .ask(
            Method::POST,
            place,
            &format!("{form}&tekst=Wij+gaan+hier+niet+over"),
        )
        .await;
    assert_eq!(
        done.header("location"),
        Some("/vragen?gedaan=geef-terug"),
        "{}",
        done.text
    );
    let page = sem.get("/vragen?gedaan=geef-terug").await.text;
    assert!(page.contains("U gaf dit terug") && !page.contains("id=\"aangenomen\""));
    let list = world.get(&NOOR, &story.path("/handoffs")).await.expect(200);
    let items = list["items"].as_array().unwrap();
    let back = items
        .iter()
        .find(|item| item["returns"] == HANDOFFS[0])
        .unwrap();
    assert_eq!(
        (&back["to"], &back["status"]),
        (&json!(UTRECHT), &json!("offered"))
    );
    // The owner reads it among what is asked, and takes it back.
    let page = browser(&world, &NOOR).await.get("/vragen").await.text;
    assert!(page.contains(&format!("/vragen/{}", back["handoff"].as_str().unwrap())));
}

#[tokio::test]
async fn a_counter_offer_that_was_taken_is_accepted_since_then() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let path = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    let body = json!({"answer": "countered", "alternative": "Een voorschot."});
    world.post(&SEM, &path, &body).await.expect(200);
    world.advance("2026-03-04T10:00:00Z").await;
    let path = story.path(&format!("/handoffs/{}/counter-answer", HANDOFFS[0]));
    world
        .post(&NOOR, &path, &json!({"accepted": true}))
        .await
        .expect(200);
    let list = world
        .get(&SEM, "/v1/handoffs?state=accepted")
        .await
        .expect(200);
    let since = list["items"][0]["acceptedAt"].as_str().unwrap();
    assert!(since.starts_with("2026-03-04T10:00"), "{since}");
}

#[tokio::test]
async fn commitments_of_the_own_organisation_stand_among_what_is_asked() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let body = json!({"of": SVB, "text": "Herstelt u de kinderbijslag?"});
    let path = story.path("/commitments");
    world.post(&LENA, &path, &body).await.expect(201);
    let page = browser(&world, &SEM).await.get("/vragen").await.text;
    let promises = part(&page, "toezeggingen");
    assert!(promises.contains("zonder termijn"), "{promises}");
    assert!(promises.contains("href=\"/casussen/"), "{promises}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_given_says_why() {
    let world = World::new().await;
    Story::told(&world, Chapter::Offered).await;
    let mut sem = browser(&world, &SEM).await;
    let page = sem.get("/vragen").await;
    let place = format!("/vragen/{}", HANDOFFS[0]);
    let yes = |page| format!("token={}&antwoord=accepted", token(page));
    let first = sem.ask(Method::POST, &place, &yes(&page)).await;
    assert_eq!(first.status.as_u16(), 303, "{}", first.text);
    let page = sem.get("/afwezig").await;
    let no = format!(
        "token={}&antwoord=declined&reden=no_power&alternatief=Een+ander",
        token(&page)
    );
    let again = sem.ask(Method::POST, &place, &no).await;
    assert_eq!(again.status.as_u16(), 422);
    assert!(
        again.text.contains("Op deze vraag is al antwoord gegeven."),
        "{}",
        again.text
    );
    // What is wrong with a field is said there.
    let story = Story::told(&world, Chapter::Reported).await;
    let late = "019cae00-0000-7000-8000-000000000009";
    let offer = crate::story::offer(late, SVB);
    world
        .post(&NOOR, &story.path("/handoffs"), &offer)
        .await
        .expect(201);
    let place = format!("/vragen/{late}");
    let page = sem.get("/afwezig").await;
    let no = format!(
        "token={}&antwoord=declined&reden=NO&alternatief=X",
        token(&page)
    );
    let wrong = sem.ask(Method::POST, &place, &no).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(
        wrong
            .text
            .contains(&format!("id=\"nee-reden-{late}-fout\"")),
        "{}",
        wrong.text
    );
    world.advance("2026-04-01T09:00:00Z").await;
    let mut sem = browser(&world, &SEM).await;
    let page = sem.get("/afwezig").await;
    let gone = sem.ask(Method::POST, &place, &yes(&page)).await;
    assert_eq!(gone.status.as_u16(), 422);
    assert!(
        gone.text.contains("De termijn voor deze vraag is voorbij."),
        "{}",
        gone.text
    );
}
