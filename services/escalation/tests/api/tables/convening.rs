//! Who holds a meeting without reading a case: sees how far it has come, and does not keep the minutes
//! waiting for ever.

use axum::http::Method;
use serde_json::{Value, json};

use crate::browser::{Browser, token};
use crate::people::{INE, LENA, LOTTE, NOOR, SPIRIT, SVB, TAX_OFFICE, UTRECHT};
use crate::table::{Meeting, promise};
use crate::world::World;

fn decision() -> Value {
    json!({"text": "Zo doen wij het.", "room": "within_law", "grounds": ["justice"]})
}

#[tokio::test]
async fn who_holds_a_meeting_knows_how_far_a_case_has_come_and_nothing_of_what_was_said() {
    let world = World::new().await;
    let meeting = Meeting::open(&world).await;
    let before = meeting.seen(&LOTTE).await["agenda"][0].clone();
    assert_eq!(
        (&before["case"], &before["conclusion"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(before["obstacleSpoken"], false);
    meeting.record("decision", decision()).await.expect(200);
    let reply = world.get(&LOTTE, &meeting.path("")).await;
    assert!(!reply.text.contains("Zo doen wij het"), "{}", reply.text);
    let case = reply.expect(200)["agenda"][0].clone();
    assert_eq!(case["conclusion"], "decided");
    assert_eq!(case["obstacleSpoken"], false);
    assert_eq!(case["case"], Value::Null);
    // Who is invited and holds nothing learns neither.
    let invited = meeting.seen(&crate::people::BAS).await["agenda"][0].clone();
    assert_eq!(
        (&invited["conclusion"], &invited["obstacleSpoken"]),
        (&Value::Null, &Value::Null)
    );
    meeting
        .record("obstacle", json!({"none": true}))
        .await
        .expect(200);
    assert_eq!(
        meeting.seen(&LOTTE).await["agenda"][0]["obstacleSpoken"],
        true
    );
}

#[tokio::test]
async fn the_page_says_who_can_lead_a_case_that_the_convener_does_not_see_and_the_minutes_follow() {
    let world = World::new().await;
    let meeting = Meeting::open(&world).await;
    let place = format!("/tafel/{}", meeting.id);
    let mut lotte = Browser::new(&world);
    lotte.login(&LOTTE).await;
    let page = lotte.get(&place).await;
    assert!(
        page.text
            .contains("U ziet deze casus niet. Wie hem ziet en kan leiden:")
    );
    assert!(
        page.text.contains("/doen/tafel-besluit") && !page.text.contains("/doen/geen-obstakel")
    );
    meeting.record("decision", decision()).await.expect(200);
    let page = lotte.get(&place).await;
    assert!(!page.text.contains("/doen/tafel-besluit"), "{}", page.text);
    assert!(page.text.contains("/doen/geen-obstakel") && page.text.contains("/doen/obstakel"));
    let case = meeting.seen(&LOTTE).await["agenda"][0]["pseudonym"].clone();
    let over = case.as_str().unwrap();
    let form = format!("token={}&over={over}", token(&page));
    let done = lotte
        .ask(Method::POST, &format!("{place}/doen/geen-obstakel"), &form)
        .await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.text);
    let page = lotte.get(&place).await;
    let form = format!("token={}", token(&page));
    let done = lotte
        .ask(Method::POST, &format!("{place}/doen/notulen"), &form)
        .await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.text);
    assert_eq!(meeting.seen(&LENA).await["state"], "adopted");
}

#[tokio::test]
async fn adopted_minutes_show_whom_they_left_out_the_days_and_the_signal() {
    let world = World::with_registers().await;
    let meeting = Meeting::planned(&world).await;
    let pseudonym = meeting.seen(&crate::people::KOEN).await["agenda"][0]["pseudonym"].clone();
    let recused = json!({"case": pseudonym});
    meeting
        .post(&crate::people::KOEN, "/recusals", recused)
        .await
        .expect(200);
    let present = json!({"present": [crate::people::TABLE, SVB, TAX_OFFICE, UTRECHT]});
    meeting.post(&LENA, "/opening", present).await.expect(200);
    let request = meeting.ask_svb().await;
    meeting
        .answer(&INE, &request, promise(1_000))
        .await
        .expect(200);
    meeting.record("decision", decision()).await.expect(200);
    let obstacle = json!({"text": "De keten breekt.", "target": "law", "owner": SVB});
    meeting.record("obstacle", obstacle).await.expect(200);
    let open = meeting.seen(&LENA).await["agenda"][0].clone();
    assert_eq!(open["recusals"], json!([SPIRIT]));
    assert_eq!(open["obstacles"][0]["signal"], Value::Null);
    meeting.adopt().await.expect(200);
    world.reacted().await;
    let minutes = meeting.seen(&LENA).await["agenda"][0].clone();
    let signal = minutes["obstacles"][0]["signal"].as_str().unwrap();
    let told = world
        .get(&LENA, &format!("/v1/signals/{signal}"))
        .await
        .expect(200);
    assert_eq!(told["assignedTo"], SVB);
    let mut lena = Browser::new(&world);
    lena.login(&LENA).await;
    let page = lena.get(&format!("/tafel/{}", meeting.id)).await;
    for part in [
        "Doen aan deze casus niet mee:",
        "1 mei",
        "Dit staat nu als toezegging in de casus",
        &format!("href=\"/signalen/{signal}\""),
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
}

#[tokio::test]
async fn the_papers_hold_what_their_reader_may_see_and_the_look_is_written_down() {
    let world = World::new().await;
    let meeting = Meeting::planned(&world).await;
    let place = format!("/tafel/{}/stukken", meeting.id);
    let mut lena = Browser::new(&world);
    lena.login(&LENA).await;
    let page = lena.get(&place).await;
    for part in [
        "Stukken voor deze bijeenkomst",
        "De zorgende past in geen van beide regels.",
        "Onderbouwing",
        "Dat is gedaan.",
        "Vertrouwelijk. Gemaakt voor lena",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    // What the table does not need for its decision stands on the papers of who may see it, only.
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let theirs = noor.get(&place).await;
    for part in ["De kinderbijslag is gestopt.", "Bijzondere bijstand"] {
        assert!(theirs.text.contains(part), "{part}: {}", theirs.text);
        assert!(!page.text.contains(part), "{part}");
    }
    // Who prepares the table and does not see the case gets its number alone.
    let mut lotte = Browser::new(&world);
    lotte.login(&LOTTE).await;
    let page = lotte.get(&place).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(
        page.text
            .contains("Van deze casus ziet u alleen het nummer."),
        "{}",
        page.text
    );
    for word in crate::story::IDENTITY.iter().chain([&"kinderbijslag"]) {
        assert!(!page.text.contains(word), "{word}");
    }
}
