//! Signals, what an administrator answers for, absence, and weighing on the screens.

use axum::http::Method;
use jiff::ToSpan;
use serde_json::{Value, json};

use crate::browser::{Browser, token};
use crate::people::{ANNA, INE, LENA, LOTTE, NOOR, PETRA, Person, SEM, SVB, UTRECHT};
use crate::story::{Chapter, Story};
use crate::world::{Reply, World};

async fn browser<'a>(world: &'a World, person: &Person) -> Browser<'a> {
    let mut browser = Browser::new(world);
    browser.login(person).await;
    browser
}

/// Sends a form of a page that was just read, and says where it leads.
async fn send(browser: &mut Browser<'_>, (page, place): (&str, &str), form: &str) -> Reply {
    let page = browser.get(page).await;
    let form = format!("token={}&{form}", token(&page));
    browser.ask(Method::POST, place, &form).await
}

#[track_caller]
fn onwards(reply: &Reply) -> String {
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.text);
    reply.header("location").unwrap().to_owned()
}

const NEW: (&str, &str) = ("/signalen/nieuw", "/signalen/nieuw");

#[tokio::test]
async fn a_signal_that_names_somebody_is_refused_at_its_field() {
    let world = World::new().await;
    let mut noor = browser(&world, &NOOR).await;
    let wrong = send(&mut noor, NEW, "tekst=Het+gaat+om+111222333&vaak=weekly").await;
    assert_eq!(wrong.status.as_u16(), 422);
    for part in [
        "id=\"signaleren-tekst-fout\">Hier lijkt een burgerservicenummer te staan.",
        "Het gaat om 111222333",
        "value=\"weekly\" checked",
    ] {
        assert!(wrong.text.contains(part), "{part}: {}", wrong.text);
    }
    let mailed = send(&mut noor, NEW, "tekst=Mail+iemand@voorbeeld.nl").await;
    assert!(mailed.text.contains("Hier staat een mailadres."));
    let empty = send(&mut noor, NEW, "tekst=").await;
    assert!(empty.text.contains("id=\"signaleren-tekst-fout\""));
    let all = world.get(&NOOR, "/v1/signals").await.expect(200);
    assert_eq!(all["items"], json!([]));
}

#[tokio::test]
async fn a_signal_goes_from_raising_to_its_end_by_who_may() {
    let world = World::with_registers().await;
    let mut noor = browser(&world, &NOOR).await;
    let form = "tekst=De+toets+duurt+te+lang&waarover=rule.participation_asset_limit&vaak=weekly";
    let raised = onwards(&send(&mut noor, NEW, form).await);
    let place = raised.split('?').next().unwrap().to_owned();
    let id = place.rsplit('/').next().unwrap();
    let seen = world.get(&NOOR, &format!("/v1/signals/{id}")).await;
    let seen = seen.expect(200);
    // The rule is the municipality's, so nobody has to say who could change it.
    assert_eq!(
        [&seen["often"], &seen["suggested"], &seen["kind"]],
        [&json!("weekly"), &json!(UTRECHT), &json!("unease")]
    );
    assert_eq!(seen["mayDo"], json!(["RaiseSignal"]));
    let page = noor.get(&raised).await;
    assert!(page.text.contains("Uw signaal is gegeven") && page.text.contains("Elke week"));
    assert!(page.text.contains("/doen/casus-maken") && !page.text.contains("/doen/toewijzen"));
    assert!(
        noor.get("/signalen")
            .await
            .text
            .contains("Door uw organisatie gegeven")
    );
    let at = |deed: &str| format!("{place}/doen/{deed}");
    // Who was not offered it hears what the API says.
    let form = format!("wie={UTRECHT}");
    let refused = send(&mut noor, (&place, &at("toewijzen")), &form).await;
    assert_eq!(refused.status.as_u16(), 403);
    let mut petra = browser(&world, &PETRA).await;
    let page = petra.get(&place).await;
    let chosen = format!("<option value=\"{UTRECHT}\" selected>");
    assert!(
        page.text.contains(&chosen),
        "the owner of the rule is suggested"
    );
    onwards(&send(&mut petra, (&place, &at("toewijzen")), &form).await);
    let mut anna = browser(&world, &ANNA).await;
    let board = anna.get("/bestuur").await;
    assert!(board.text.contains(&place), "{}", board.text);
    let wrong = send(
        &mut anna,
        (&place, &at("antwoorden")),
        "antwoord=will_change",
    )
    .await;
    assert!(wrong.text.contains("id=\"antwoorden-tekst-fout\""));
    let form = "antwoord=will_change&tekst=Wij+passen+het+aan";
    onwards(&send(&mut anna, (&place, &at("antwoorden")), form).await);
    for step in ["effect_named", "tried_in_practice", "laid_down", "checked"] {
        let page = anna.get(&place).await;
        assert!(!page.text.contains("/doen/afronden"), "before {step}");
        let form = format!("over={step}&tekst=Gedaan");
        onwards(&send(&mut anna, (&place, &at("stap")), &form).await);
    }
    let form = "tekst=De+grens+is+hoger";
    onwards(&send(&mut anna, (&place, &at("afronden")), form).await);
    let page = noor.get(&place).await;
    assert!(page.text.contains("De grens is hoger") && !page.text.contains("/doen/"));
    assert!(!anna.get("/bestuur").await.text.contains(&place));
}

#[tokio::test]
async fn an_unease_about_one_household_becomes_its_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let mut noor = browser(&world, &NOOR).await;
    let raised = onwards(&send(&mut noor, NEW, "tekst=Dit+klopt+niet").await);
    let place = raised.split('?').next().unwrap();
    let page = noor.get(place).await;
    assert!(
        page.text
            .contains(&format!("<option value=\"{}\">", story.case))
    );
    let form = format!("casus={}", story.case);
    let deed = format!("{place}/doen/casus-maken");
    onwards(&send(&mut noor, (place, &deed), &form).await);
    assert!(
        noor.get(place)
            .await
            .text
            .contains("Het signaal is een casus geworden")
    );
}

#[tokio::test]
async fn an_administrator_sees_what_the_own_organisation_owes_overdue_first() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let mut asked = Vec::new();
    for text in ["Help haar", "Betaal haar", "Wacht haar op"] {
        let body = json!({"of": SVB, "text": text});
        let path = story.path("/commitments");
        let made = world.post(&LENA, &path, &body).await.expect(201);
        asked.push(made["request"].as_str().unwrap().to_owned());
    }
    for (request, due) in [(&asked[0], "2026-12-01"), (&asked[1], "2026-06-01")] {
        let path = story.path(&format!("/commitments/{request}/answer"));
        let promise = json!({"answer": "made", "text": due, "mandate": "Besluit", "due": due});
        world.post(&INE, &path, &promise).await.expect(200);
    }
    let own = async |person: &Person| -> Vec<(Value, Value)> {
        let all = world.get(person, "/v1/commitments").await.expect(200);
        let items = all["items"].as_array().unwrap().clone();
        let told = |one: &Value| (one["request"].clone(), one["overdue"].clone());
        items.iter().map(told).collect()
    };
    let now = world.clock.now();
    let order = |places: [usize; 3], late| -> Vec<(Value, Value)> {
        let told = places.iter().enumerate();
        told.map(|(index, place)| (json!(asked[*place]), json!(late && index == 0)))
            .collect()
    };
    assert_eq!(own(&INE).await, order([2, 1, 0], false));
    world.clock.set(now + (120 * 24).hours());
    assert_eq!(own(&INE).await, order([1, 2, 0], true));
    // Whose organisation owes nothing sees nothing of what others owe.
    for person in [&ANNA, &NOOR, &LENA] {
        assert!(own(person).await.is_empty(), "{person:?}");
    }
    let page = browser(&world, &INE).await.get("/bestuur").await;
    let (late, rest) = page.text.split_once("id=\"lijst-2\"").unwrap();
    assert!(late.contains("die te laat zijn") && late.contains("1 juni"));
    assert!(rest.contains("Wacht haar op") && rest.contains("1 december"));
    assert!(
        browser(&world, &ANNA)
            .await
            .get("/bestuur")
            .await
            .text
            .contains("Er staat geen")
    );
}

#[tokio::test]
async fn who_is_away_is_covered_and_colleagues_see_it() {
    let world = World::with_registers().await;
    let mut sem = browser(&world, &SEM).await;
    let page = sem.get("/afwezig").await;
    assert!(
        page.text.contains("Neemt meestal waar: Ine Bedacht"),
        "{}",
        page.text
    );
    let here = ("/afwezig", "/afwezig/doen/afwezig");
    let back = "over=maatwerk&van=2026-03-09&tot=2026-03-02";
    let wrong = send(&mut sem, here, back).await;
    assert!(
        wrong.text.contains("id=\"afwezig-maatwerk-tot-fout\""),
        "{}",
        wrong.text
    );
    let days = "over=maatwerk&van=2026-03-02&tot=2026-03-06&wie=bestuur";
    assert_eq!(
        onwards(&send(&mut sem, here, days).await),
        "/afwezig?gedaan=afwezig"
    );
    let found = world.get(&NOOR, "/v1/register?law=child_benefit_act").await;
    assert_eq!(found.expect(200)["found"]["contact"], "bestuur");
    let inbox = browser(&world, &INE).await.get("/vragen").await;
    assert!(inbox.text.contains("Sem Verzonnen") && inbox.text.contains("U neemt waar"));
    // The mandates of somebody away are in the hands of who covers; the own are there too.
    let page = sem.get("/afwezig").await;
    assert!(
        page.text
            .contains("U bent afwezig van 2 maart tot en met 6 maart.")
    );
    let back = ("/afwezig", "/afwezig/doen/weer-terug");
    onwards(&send(&mut sem, back, "over=maatwerk").await);
    let inbox = browser(&world, &INE).await.get("/vragen").await;
    assert!(!inbox.text.contains("U neemt waar"));
}

#[tokio::test]
async fn a_mandate_is_chosen_from_the_register_and_else_said_in_words() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let body = json!({"of": UTRECHT, "text": "Help haar"});
    let asked = world.post(&LENA, &story.path("/commitments"), &body).await;
    let asked = asked.expect(201)["request"].as_str().unwrap().to_owned();
    let address = format!("/casussen/{}", story.case);
    let mut anna = browser(&world, &ANNA).await;
    let page = anna.get(&address).await;
    assert!(page.text.contains("<input class=\"utrecht-textbox utrecht-textbox--html-input db-input\" type=\"text\" id=\"toezeggen-"));
    assert!(
        page.text
            .contains("In het register staat geen mandaat op uw naam.")
    );
    let entry = json!({
        "person": "anna", "function": "Wethouder", "tier": "local",
        "mandates": [
            {"id": "m-theme", "scope": ["income"], "amountCents": 2_500_000},
            {"id": "m-other", "scope": ["housing"]},
            {"id": "m-ended", "scope": ["income"], "until": "2026-01-01"},
        ],
    });
    world
        .put(&ANNA, "/v1/register/bestuur", &entry)
        .await
        .expect(200);
    let page = anna.get(&address).await;
    let field = page.text.split("name=\"mandaat\"").nth(1).unwrap();
    let field = field.split("</select>").next().unwrap();
    let theme = "<option value=\"m-theme\">m-theme: Inkomen, hoogstens € 25000</option>";
    assert!(field.contains(theme), "{field}");
    assert!(
        !field.contains("m-other") && !field.contains("m-ended"),
        "{field}"
    );
    let form = format!("over={asked}&tekst=Wij+helpen&mandaat=m-theme&dag=2026-12-01");
    let place = format!("{address}/doen/toezeggen");
    onwards(&send(&mut anna, (&address, &place), &form).await);
    let all = world
        .get(&ANNA, &story.path("/commitments"))
        .await
        .expect(200);
    assert_eq!(all["items"][0]["mandateBasis"], "registered", "{all}");
}

#[tokio::test]
async fn a_case_is_weighed_one_part_at_a_time() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let mut noor = browser(&world, &NOOR).await;
    let case = format!("/casussen/{}", story.case);
    let place = format!("{case}/wegen");
    assert!(
        noor.get(&case)
            .await
            .text
            .contains(&format!("href=\"{place}\""))
    );
    // A heavy method needs a light one first, or a reason.
    let heavy = "methode=breakthrough_plan&deel=helpers&tekst=Veel&aantal=";
    let start = format!("{place}?methode=breakthrough_plan");
    let none = send(&mut noor, (&start, &place), &format!("{heavy}veel")).await;
    assert!(
        none.text
            .contains("id=\"aantal-fout\">Vul hier een getal in."),
        "{}",
        none.text
    );
    let early = send(&mut noor, (&start, &place), &format!("{heavy}7")).await;
    assert!(
        early
            .text
            .contains("id=\"reden-fout\">Weeg eerst met een lichte methode"),
        "{}",
        early.text
    );
    let start = format!("{place}?methode=value_triangle");
    let first = "methode=value_triangle&deel=legitimacy&tekst=Het+mag";
    let wrong = send(&mut noor, (&start, &place), first).await;
    assert!(wrong.text.contains("id=\"cijfer-fout\"") && wrong.text.contains("Het mag"));
    let done = onwards(&send(&mut noor, (&start, &place), &format!("{first}&cijfer=4")).await);
    let weighing = done.split("afweging=").nth(1).unwrap().to_owned();
    let page = noor.get(&done).await;
    assert!(page.text.contains("4 van 5") && page.text.contains("value=\"involvement\""));
    for part in ["involvement", "return"] {
        let form =
            format!("methode=value_triangle&deel={part}&afweging={weighing}&tekst=Goed&cijfer=5");
        onwards(&send(&mut noor, (&done, &place), &form).await);
    }
    let all = world
        .get(&NOOR, &story.path("/assessments"))
        .await
        .expect(200);
    assert_eq!(all["items"][0]["passed"], json!(true), "{all}");
    assert!(noor.get(&place).await.text.contains("voldoende"));
}

#[tokio::test]
async fn an_agenda_is_changed_and_a_meeting_moved_and_called_off() {
    let world = World::new().await;
    let _story = Story::told(&world, Chapter::Table).await;
    let mut lotte = browser(&world, &LOTTE).await;
    let form = "trede=national_table&wanneer=2027-02-01T10:00";
    let planned = send(&mut lotte, ("/tafel", "/tafel/doen/plannen"), form).await;
    let place = onwards(&planned).split('?').next().unwrap().to_owned();
    let at = |deed: &str| format!("{place}/doen/{deed}");
    let page = lotte.get(&place).await;
    let over = page.text.split("id=\"doe-agenderen-").nth(1).unwrap();
    let over = format!("over={}", over.split('"').next().unwrap());
    onwards(&send(&mut lotte, (&place, &at("agenderen")), &over).await);
    let wrong = send(&mut lotte, (&place, &at("van-agenda")), &over).await;
    assert!(wrong.text.contains("-reden-fout\""), "{}", wrong.text);
    let form = format!("{over}&reden=not_ready");
    onwards(&send(&mut lotte, (&place, &at("van-agenda")), &form).await);
    assert!(lotte.get(&place).await.text.contains("/doen/agenderen"));
    onwards(
        &send(
            &mut lotte,
            (&place, &at("verzetten")),
            "wanneer=2027-03-01T10:00",
        )
        .await,
    );
    assert!(
        lotte
            .get(&place)
            .await
            .text
            .contains("maandag 1 maart 2027")
    );
    onwards(&send(&mut lotte, (&place, &at("afzeggen")), "tekst=Niemand+kan").await);
    let page = lotte.get(&place).await;
    assert!(page.text.contains("Afgezegd") && !page.text.contains("/doen/verzetten"));
}
