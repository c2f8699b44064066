//! Who sees what of a case.

use axum::http::Method;
use serde_json::{Value, json};

use crate::people::{FATMA, INE, LENA, NOOR, PETRA, SEM, SVB, TABLE, TARA, TAX_OFFICE, UTRECHT};
use crate::story::{Chapter, HANDOFFS, IDENTITY, Story};
use crate::world::World;

const READS: [&str; 11] = [
    "",
    "/timeline",
    "/facts",
    "/blocks",
    "/escalations",
    "/handoffs",
    "/commitments",
    "/decisions",
    "/feedback",
    "/deescalations",
    "/closure",
];

fn shown(shown: &str, policies: &[&str]) -> Value {
    json!({"shown": shown, "policies": policies})
}

/// The card of the handoff to the SVB.
fn card(pseudonym: &Value) -> Value {
    json!({
        "handoff": HANDOFFS[0], "pseudonym": pseudonym, "status": "offered", "from": UTRECHT,
        "to": SVB, "contact": "case_director", "kind": "advice", "theme": "income",
        "rules": ["child_benefit_parent"], "requestedOutcome": "restore_child_benefit",
        "ageBand": "18-20", "urgent": false, "answerBy": "2026-03-09T09:00:00Z"
    })
}

#[tokio::test]
async fn before_acceptance_a_liaison_sees_the_card_and_no_more() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Offered).await;
    let inbox = world
        .get(&SEM, "/v1/handoffs?state=offered")
        .await
        .expect(200);
    let pseudonym = inbox["items"][0]["pseudonym"].clone();
    assert_eq!(inbox, json!({"items": [card(&pseudonym)]}));
    let case = nameless(world.get(&SEM, &story.path("")).await.expect(200));
    let none = shown("none", &[]);
    assert_eq!(
        case,
        json!({
            "pseudonym": pseudonym, "rung": "own_work", "tier": "local", "state": "active",
            "theme": "income",
            "persons": [
                {"role": "data_subject", "ageBand": "18-20"},
                {"role": "data_subject", "ageBand": "12-17"}
            ],
            "why": {
                "family": none, "third_party": none,
                "identity": shown("pseudonym", &["receiver-card-identity"]),
                "process": shown("masked", &["receiver-card-process"])
            }
        })
    );
    let handoffs = world.get(&SEM, &story.path("/handoffs")).await.expect(200);
    assert_eq!(handoffs["items"], json!([card(&pseudonym)]));
    let timeline = world.get(&SEM, &story.path("/timeline")).await.expect(200);
    assert_eq!(
        timeline["items"][0],
        json!({"position": 1, "kind": "case.reported", "rung": "own_work", "date": "2026-03-02"})
    );
    for read in READS {
        let reply = world.get(&SEM, &story.path(read)).await;
        for word in IDENTITY {
            assert!(
                !reply.text.contains(word),
                "{read} names {word}: {}",
                reply.text
            );
        }
    }
}

/// The case without the keys of its persons, which are all the platform's own: whoever is not shown
/// who somebody is reads no word of the raiser's for that person.
fn nameless(mut case: Value) -> Value {
    for person in case["persons"].as_array_mut().unwrap() {
        let key = person.as_object_mut().unwrap().remove("personKey");
        let key = key.as_ref().and_then(Value::as_str).unwrap();
        assert!(key.starts_with("person_"), "{key}");
    }
    case
}

#[tokio::test]
async fn after_acceptance_a_liaison_sees_who_it_is_about_and_the_own_part() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let case = world.get(&SEM, &story.path("")).await.expect(200);
    let pseudonym = case["pseudonym"].clone();
    let at = "2026-03-02T09:00:00Z";
    assert_eq!(
        case,
        json!({
            "id": story.case, "pseudonym": pseudonym, "version": 13, "rung": "own_work",
            "tier": "local", "state": "active", "theme": "income", "region": "midden-nederland",
            "owner": UTRECHT, "raiser": UTRECHT, "handler": UTRECHT, "reportedAt": at,
            "changedAt": at, "lifeDomains": ["income", "care"], "partiesInvolved": [SVB],
            "nextDeadline": {"due": "review", "at": "2026-03-30T08:00:00Z", "waitsFor": UTRECHT},
            "ownershipMode": "professional_keeps", "urgency": "ordinary", "openTasks": [],
            "persons": [
                {"personKey": "p1", "role": "data_subject", "ageBand": "18-20", "name": "Bella",
                 "birthDate": "2007-05-04", "address": "Voorbeeldstraat 1, Utrecht"},
                {"personKey": "p2", "role": "data_subject", "ageBand": "12-17", "name": "Sam"}
            ],
            "mayDo": ["ConfirmUrgency", "RecordConsent", "RaiseObjection"],
            "why": {
                "family": shown("none", &[]), "third_party": shown("none", &[]),
                "identity": shown("full", &["liaison-accepted-identity"]),
                "process": shown("full", &["liaison-accepted-process"])
            }
        })
    );
    let handoffs = world.get(&SEM, &story.path("/handoffs")).await.expect(200);
    let mut own = card(&pseudonym);
    own["case"] = story.case.clone().into();
    own["status"] = "accepted".into();
    own["acceptedAt"] = "2026-03-02T09:00:00Z".into();
    own["summary"] = "Bella heeft het geld nodig.".into();
    assert_eq!(handoffs["items"][0], own);
    let summaries: Vec<_> = handoffs["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["summary"].is_string())
        .collect();
    assert_eq!(summaries, [true, false, false]);
}

#[tokio::test]
async fn a_liaison_reads_the_own_fact_and_of_others_that_there_is_one() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let facts = world.get(&TARA, &story.path("/facts")).await.expect(200);
    assert_eq!(
        facts,
        json!({
            "items": [
                {"position": 11, "shown": "none"},
                {"position": 12, "shown": "full", "category": "tax", "source": TAX_OFFICE,
                 "law": "law", "legalBasis": "awr_67_3", "since": "2026-01-01",
                 "summary": "Geen kindgebonden budget voor Bella."},
                {"position": 13, "shown": "none"}
            ],
            "why": {
                "care": shown("none", &[]), "finance": shown("none", &[]),
                "tax": shown("full", &["liaison-accepted-own-tax"])
            }
        })
    );
}

#[tokio::test]
async fn what_the_sender_disclosed_on_a_recorded_ground_its_receivers_read() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let fact = json!({"category": "finance", "law": "child_benefit_act",
        "summary": "Bella heeft schulden.", "since": "2026-02-01", "legalBasis": "wmo_5_2_1"});
    world
        .post(&NOOR, &story.path("/facts"), &fact)
        .await
        .expect(201);
    let facts = world.get(&SEM, &story.path("/facts")).await.expect(200);
    let seen: Vec<_> = facts["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["summary"].clone())
        .collect();
    let (benefit, debt) = (
        "Geen kinderbijslag voor Bella sinds januari.",
        "Bella heeft schulden.",
    );
    assert_eq!(Value::from(seen), json!([benefit, null, null, debt]));
    assert_eq!(facts["items"][3]["source"], UTRECHT);
}

#[tokio::test]
async fn a_ground_for_sharing_opens_no_income_under_a_law_that_the_receiver_does_not_carry_out() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let fact = json!({"category": "finance", "law": "participation_act",
        "summary": "Bella heeft bijstand.", "since": "2026-02-01", "legalBasis": "wmo_5_2_1"});
    world
        .post(&NOOR, &story.path("/facts"), &fact)
        .await
        .expect(201);
    let facts = world.get(&SEM, &story.path("/facts")).await.expect(200);
    assert_eq!(facts["items"][3]["shown"], "none");
}

#[tokio::test]
async fn the_owner_reads_the_whole_story_but_not_tax_data() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["ownReference"], "ZAAK-2026-0001");
    assert_eq!(
        case["citizensWords"],
        "Ik, Bella, wil dat hij bij mij blijft."
    );
    assert_eq!(case["triedProvisions"], json!(["Bijzondere bijstand"]));
    let third = json!({"role": "third_party", "ageBand": "27-66"});
    assert_eq!(case["persons"][0]["personKey"], "p1");
    let others = nameless(json!({"persons": [case["persons"][2]]}));
    assert_eq!(others["persons"], json!([third]));
    let facts = world.get(&NOOR, &story.path("/facts")).await.expect(200);
    let seen: Vec<_> = facts["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["shown"])
        .collect();
    assert_eq!(seen, ["full", "none", "full"]);
}

#[tokio::test]
async fn the_national_table_sees_the_course_and_the_weighing_and_nobodys_identity() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Decided).await;
    for read in READS {
        let reply = world.get(&LENA, &story.path(read)).await;
        for word in IDENTITY {
            assert!(
                !reply.text.contains(word),
                "{read} names {word}: {}",
                reply.text
            );
        }
        reply.expect(200);
    }
    let case = nameless(world.get(&LENA, &story.path("")).await.expect(200));
    assert_eq!(
        case["persons"],
        json!([
            {"role": "data_subject", "ageBand": "18-20"},
            {"role": "data_subject", "ageBand": "12-17"}
        ])
    );
    for hidden in [
        "story",
        "desiredOutcome",
        "citizensWords",
        "triedProvisions",
        "ownReference",
    ] {
        assert_eq!(case.get(hidden), None);
    }
    let facts = world.get(&LENA, &story.path("/facts")).await.expect(200);
    assert_eq!(
        facts["items"],
        json!([
            {"position": 11, "shown": "masked", "category": "finance", "source": SVB, "law": "law",
             "legalBasis": "svb_own_task"},
            {"position": 12, "shown": "none"},
            {"position": 13, "shown": "none"}
        ])
    );
    let decisions = world
        .get(&LENA, &story.path("/decisions"))
        .await
        .expect(200);
    assert_eq!(
        decisions["items"][0]["text"],
        "Vier organisaties doen hun deel."
    );
    assert_eq!(decisions["items"][0]["systemObstacle"], "De keten breekt.");
    let feedback = world.get(&LENA, &story.path("/feedback")).await.expect(200);
    assert_eq!(feedback["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_read_for_a_purpose_that_gives_nothing_shows_nothing() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let purpose = [("Purpose", "commit")];
    for read in READS {
        let reply = world
            .ask(&NOOR, Method::GET, &story.path(read), &purpose, None)
            .await;
        for word in IDENTITY {
            assert!(!reply.text.contains(word), "{read}");
        }
        reply.expect(200);
    }
    let case = world
        .ask(&NOOR, Method::GET, &story.path(""), &purpose, None)
        .await
        .expect(200);
    let none = shown("none", &[]);
    assert_eq!(
        case,
        json!({"pseudonym": case["pseudonym"], "persons": [], "mayDo": case["mayDo"],
            "why": {"family": none, "identity": none, "process": none, "third_party": none}})
    );
}

#[tokio::test]
async fn a_process_director_sees_masked_persons_and_the_decision_without_its_text() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let told = world
        .get(&PETRA, &story.path("/decisions"))
        .await
        .expect(200);
    assert_eq!(
        told["items"],
        json!([{"position": told["items"][0]["position"], "shown": "masked",
            "at": "2026-03-02T09:00:00Z", "organisation": TABLE,
            "room": "deviation_from_policy_rule", "grounds": ["justice", "statute_intent"],
            "mandateBasis": "stated", "statedMandate": {"organisation": TABLE,
                "role": "table_member", "scope": []},
            "assessments": [], "comparedCount": 0}])
    );
    let closure = world.get(&PETRA, &story.path("/closure")).await.expect(200);
    assert_eq!(
        closure["items"][0]["text"],
        "De keten breekt bij broers en zussen."
    );
    assert_eq!(closure["items"][0]["lesson"], "change_rule");
    assert_eq!(closure["items"][1]["outcome"], "solved_by_deviation");
    assert_eq!(closure["items"][1].get("evaluation"), None);
}

#[tokio::test]
async fn a_commitment_is_read_by_whoever_made_it_while_the_table_has_the_case() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Committed).await;
    let seen = world
        .get(&INE, &story.path("/commitments"))
        .await
        .expect(200);
    assert_eq!(
        seen["items"][0],
        json!({"request": story.requests[0], "of": SVB, "status": "made", "shown": "full",
            "asked": "Wilt u dit doen?", "text": "Wij doen dit.", "mandate": "Artikel 1",
            "mandateBasis": "stated", "statedMandate": {"organisation": SVB,
                "role": "administrator", "person": "ine", "scope": []},
            "due": "2026-04-20"})
    );
}

#[tokio::test]
async fn a_privacy_officer_sees_what_happened_and_no_story() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::LocalTable).await;
    let case = world.get(&FATMA, &story.path("")).await;
    for word in IDENTITY {
        assert!(!case.text.contains(word));
    }
    assert_eq!(case.expect(200)["rung"], "local_table");
    let timeline = world
        .get(&FATMA, &story.path("/timeline"))
        .await
        .expect(200);
    assert_eq!(timeline["items"][0]["role"], "raiser");
}
