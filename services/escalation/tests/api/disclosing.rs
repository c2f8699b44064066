//! "May I share this?": the check, what it lets through, and who then sees what.

use serde_json::{Value, json};

use crate::people::{ALL, KOEN, NOOR, PETRA, SEM, SPIRIT, SVB, TARA, TAX_OFFICE};
use crate::story::{Chapter, Story, offer};
use crate::world::World;

const ANSWERS: [&str; 3] = ["necessity", "proportionality", "subsidiarity"];

fn disclosure(receiver: &str, categories: &[&str]) -> Value {
    json!({"receiver": receiver, "categories": categories, "purpose": "own_law",
        "legalBasis": "wmo_5_2_1",
        "necessity": "Zonder het inkomen kan de SVB niet rekenen.",
        "proportionality": "Het gaat om een bedrag, en het huishouden wil het zelf.",
        "subsidiarity": "Een band van het inkomen is te grof."})
}

fn codes(list: &Value, field: &str) -> Vec<String> {
    let items = list.as_array().unwrap().iter();
    items
        .map(|item| item[field].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_catalogue_is_there_for_the_screens() {
    let world = World::new().await;
    let told = world.get(&SEM, "/v1/legal-bases").await.expect(200);
    let items = told["items"].as_array().unwrap();
    let tax = items
        .iter()
        .find(|item| item["legalBasis"] == "awr_67_3")
        .unwrap();
    assert_eq!(tax["from"], json!({"kinds": ["tax_office"], "laws": []}));
    assert_eq!(tax["note"], "te bevestigen door een jurist");
    let bill = items.iter().find(|item| item["legalBasis"] == "wams");
    assert_eq!(bill.unwrap()["status"], "bill");
    assert_eq!(
        told["purposes"][0],
        json!({"purpose": "routing", "needs": ["process"],
            "title": {"nl": "Nagaan of het hier goed is",
                "en": "Finding out whether this is the right place"}})
    );
}

#[tokio::test]
async fn the_check_names_the_bases_what_is_missing_and_the_smallest_set() {
    let world = World::new().await;
    let asked = json!({"receiver": SVB, "purpose": "own_law",
        "categories": ["identity", "process", "health"], "text": "Zijn nummer is 123456782."});
    let told = world.post(&NOOR, "/v1/sharing-checks", &asked).await;
    let told = told.expect(200);
    assert_eq!(told["permitted"], false);
    assert_eq!(told["smallest"], json!(["identity", "process"]));
    assert_eq!(codes(&told["missing"], "category"), ["health"]);
    assert!(codes(&told["bases"], "legalBasis").contains(&"wmo_5_2_1".to_owned()));
    let warned = codes(&told["warnings"], "warning");
    for warning in [
        "bill",
        "wider_than_needed",
        "number_in_text",
        "to_be_confirmed",
    ] {
        assert!(
            warned.contains(&warning.to_owned()),
            "{warning}: {warned:?}"
        );
    }
    assert!(!told.to_string().contains("123456782"));
    let narrow = json!({"receiver": SVB, "purpose": "own_law", "legalBasis": "wmo_5_2_1"});
    let told = world.post(&NOOR, "/v1/sharing-checks", &narrow).await;
    assert_eq!(told.expect(200)["permitted"], true);
    let wrong = json!({"receiver": SVB, "purpose": "own_law", "legalBasis": "made_up"});
    let told = world.post(&NOOR, "/v1/sharing-checks", &wrong).await;
    assert_eq!(told.expect(400)["invalidParams"][0]["name"], "/legalBasis");
}

#[tokio::test]
async fn the_check_in_a_case_is_for_who_sees_the_case_and_changes_nothing() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/sharing-checks");
    let asked = json!({"receiver": SVB, "purpose": "own_law"});
    let before = world.get(&NOOR, &story.path("")).await.expect(200)["version"].clone();
    let told = world.post(&NOOR, &path, &asked).await.expect(200);
    assert_eq!(
        (&told["permitted"], &told["paused"]),
        (&json!(true), &json!(false))
    );
    let after = world.get(&NOOR, &story.path("")).await.expect(200)["version"].clone();
    assert_eq!(before, after);
    world.post(&SEM, &path, &asked).await.expect(404);
}

#[tokio::test]
async fn a_disclosure_is_recorded_with_its_answers_and_opens_what_it_names() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/disclosures");
    let told = world
        .post(&NOOR, &path, &disclosure(SVB, &["finance"]))
        .await;
    let told = told.expect(201);
    let list = world
        .get(&NOOR, &story.path("/legal-bases"))
        .await
        .expect(200);
    let seen = list["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(seen["disclosure"], told["disclosure"]);
    assert_eq!(seen["categories"], json!(["finance"]));
    assert_eq!(seen["purpose"], "own_law");
    assert_eq!(
        seen["necessity"],
        "Zonder het inkomen kan de SVB niet rekenen."
    );
}

#[tokio::test]
async fn a_missing_answer_blocks_the_share_and_so_does_a_basis_that_does_not_do() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/disclosures");
    for answer in ANSWERS {
        for blank in [Value::Null, json!("   ")] {
            let mut body = disclosure(SVB, &["finance"]);
            body[answer] = blank;
            let told = world.post(&NOOR, &path, &body).await.expect(400);
            assert_eq!(told["invalidParams"][0]["name"], "/necessity", "{answer}");
            let reason = told["invalidParams"][0]["reason"].as_str().unwrap();
            assert!(reason.contains(answer), "{reason}");
        }
    }
    for (basis, reason) in [
        ("made_up", "these would fit: municipality_own_task"),
        ("wams", "is a bill"),
        ("svb_own_task", "does not do"),
        ("explicit_consent", "consent_not_given"),
    ] {
        let mut body = disclosure(SVB, &["finance"]);
        body["legalBasis"] = json!(basis);
        if basis == "explicit_consent" {
            body["purpose"] = json!("help");
        }
        let told = world.post(&NOOR, &path, &body).await.expect(400);
        assert_eq!(told["invalidParams"][0]["name"], "/legalBasis");
        let said = told["invalidParams"][0]["reason"].as_str().unwrap();
        assert!(said.contains(reason), "{said}");
    }
    let list = world
        .get(&NOOR, &story.path("/legal-bases"))
        .await
        .expect(200);
    assert_eq!(list["items"], json!([]));
}

#[tokio::test]
async fn a_receiver_sees_a_category_only_when_a_ground_of_its_source_covers_it() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    // The offer goes on a ground for care only; what the household lives of stays closed.
    let mut asked = offer(crate::story::HANDOFFS[0], SVB);
    asked["legalBasis"] = json!("youth_act_cooperation");
    let handoffs = story.path("/handoffs");
    world.post(&NOOR, &handoffs, &asked).await.expect(201);
    let answer = format!("/v1/handoffs/{}/answer", crate::story::HANDOFFS[0]);
    world
        .post(&SEM, &answer, &json!({"answer": "accepted"}))
        .await
        .expect(200);
    let facts = story.path("/facts");
    for (category, basis) in [("finance", "wmo_5_2_1"), ("care", "wmo_5_2_1")] {
        let fact = json!({"category": category, "law": "child_benefit_act",
            "summary": "Bella heeft schulden.", "since": "2026-02-01", "legalBasis": basis});
        world.post(&NOOR, &facts, &fact).await.expect(201);
    }
    let shown = |list: Value| codes(&list["items"], "shown");
    let seen = world.get(&SEM, &facts).await.expect(200);
    assert_eq!(shown(seen), ["none", "full"]);
    // Then the income is shared, and said why.
    let path = story.path("/disclosures");
    let told = world
        .post(&NOOR, &path, &disclosure(SVB, &["finance"]))
        .await;
    told.expect(201);
    let seen = world.get(&SEM, &facts).await.expect(200);
    assert_eq!(shown(seen), ["full", "full"]);
}

#[tokio::test]
async fn whoever_asks_nothing_is_shared_on_a_bill_or_disclosed_on_what_nobody_knows() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let before = world.get(&NOOR, &story.path("")).await.expect(200)["version"].clone();
    for person in ALL {
        for basis in ["made_up", "wams"] {
            let mut told = disclosure(SPIRIT, &["family"]);
            told["legalBasis"] = json!(basis);
            let fact = json!({"category": "family", "law": "law", "summary": "Een feit.",
                "since": "2026-01-01", "legalBasis": basis});
            let ground = json!({"receiver": TAX_OFFICE, "legalBasis": basis});
            let mut asked = offer("019cadfd-8900-7000-8000-0000000000aa", SVB);
            asked["legalBasis"] = json!(basis);
            let strict = ("/disclosures", &told);
            let lenient = [
                ("/facts", &fact),
                ("/legal-bases", &ground),
                ("/handoffs", &asked),
            ];
            let lenient = lenient.into_iter().filter(|_| basis == "wams");
            for (rest, body) in lenient.chain([strict]) {
                let reply = world.post(&person, &story.path(rest), body).await;
                let status = reply.status.as_u16();
                assert!(
                    [400, 403, 404].contains(&status),
                    "{} {rest}: {status}",
                    person.name
                );
            }
        }
    }
    let after = world.get(&NOOR, &story.path("")).await.expect(200)["version"].clone();
    assert_eq!(before, after);
}

#[tokio::test]
async fn only_the_discloser_records_a_disclosure() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let path = story.path("/disclosures");
    for person in [PETRA, SEM, TARA, KOEN] {
        let body = disclosure(TAX_OFFICE, &["finance"]);
        world.post(&person, &path, &body).await.expect(403);
    }
}

#[tokio::test]
async fn former_answers_are_used_again_unless_they_point_at_a_person() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let path = story.path("/disclosures");
    let told = world
        .post(&NOOR, &path, &disclosure(SVB, &["finance"]))
        .await;
    let template = told.expect(201)["disclosure"].clone();
    let mut personal = disclosure(SVB, &["finance"]);
    personal["necessity"] = json!("Haar BSN is 123456782.");
    let told = world.post(&NOOR, &path, &personal).await.expect(201);
    let (named, own) = (told["disclosure"].clone(), "/v1/sharing-templates");
    let list = world.get(&NOOR, own).await.expect(200);
    assert_eq!(
        codes(&list["items"], "template"),
        [template.as_str().unwrap()]
    );
    assert_eq!(
        list["items"][0]["subsidiarity"],
        "Een band van het inkomen is te grof."
    );
    // Another organisation has its own, and who cannot share reads none.
    for person in [SEM, PETRA] {
        let list = world.get(&person, own).await.expect(200);
        assert_eq!(list["items"], json!([]), "{}", person.name);
    }
    let again = |template: &Value| {
        json!({"receiver": TAX_OFFICE, "categories": ["finance"], "purpose": "own_law",
            "legalBasis": "wmo_5_2_1", "template": template})
    };
    world
        .post(&NOOR, &path, &again(&template))
        .await
        .expect(201);
    let list = world
        .get(&NOOR, &story.path("/legal-bases"))
        .await
        .expect(200);
    let seen = list["items"].as_array().unwrap().last().unwrap();
    assert_eq!(seen["template"], template);
    assert_eq!(seen["subsidiarity"], "Een band van het inkomen is te grof.");
    for other in [named, json!("nothing")] {
        let told = world.post(&NOOR, &path, &again(&other)).await.expect(400);
        assert_eq!(told["invalidParams"][0]["name"], "/template");
    }
}

/// The borders know no catalogue: whoever names a ground that it does not list is heard as before, and the
/// ground is recorded so.
#[tokio::test]
async fn a_ground_that_the_catalogue_does_not_list_is_recorded_so_and_opens_no_more_than_before() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let mut asked = offer(crate::story::HANDOFFS[0], SVB);
    asked["legalBasis"] = json!("our_covenant");
    let handoffs = story.path("/handoffs");
    world.post(&NOOR, &handoffs, &asked).await.expect(201);
    let answer = format!("/v1/handoffs/{}/answer", crate::story::HANDOFFS[0]);
    let accepted = json!({"answer": "accepted"});
    world.post(&SEM, &answer, &accepted).await.expect(200);
    let facts = story.path("/facts");
    for (category, law) in [
        ("finance", "child_benefit_act"),
        ("finance", "participation_act"),
        ("care", "youth_act"),
        ("tax", "law"),
        ("health", "law"),
    ] {
        let fact = json!({"category": category, "law": law, "summary": "Een feit.",
            "since": "2026-02-01", "legalBasis": "our_covenant"});
        world.post(&NOOR, &facts, &fact).await.expect(201);
    }
    let list = world
        .get(&NOOR, &story.path("/legal-bases"))
        .await
        .expect(200);
    let seen = list["items"].as_array().unwrap().last().unwrap();
    assert_eq!(seen["unlisted"], true);
    assert_eq!(
        seen["categories"],
        json!([
            "identity",
            "finance",
            "third_party",
            "family",
            "care",
            "process",
            "decision",
            "lesson"
        ])
    );
    let list = world.get(&SEM, &facts).await.expect(200);
    let shown = codes(&list["items"], "shown");
    assert_eq!(shown, ["full", "none", "full", "none", "none"]);
    assert_eq!(list["items"][0]["unlisted"], true);
}
