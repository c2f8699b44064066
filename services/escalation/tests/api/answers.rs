//! Answers: to handoffs, requests for admission, commitments and proposals.

use serde_json::{Value, json};

use crate::people::{INE, KOEN, LENA, NOOR, PETRA, SEM, SVB, TARA, YARA, YOUTH_TEAM};
use crate::story::{Chapter, HANDOFFS, Story, evidence, text};
use crate::world::{START, World};

#[tokio::test]
async fn the_first_answer_to_a_handoff_decides_and_the_second_hears_of_it() {
    let world = World::new().await;
    Story::told(&world, Chapter::Offered).await;
    let path = format!("/v1/handoffs/{}/answer", HANDOFFS[0]);
    let declined = json!({"answer": "declined", "reason": "no_power", "text": "Kan niet."});
    let told = world.post(&SEM, &path, &declined).await.expect(200);
    assert_eq!(told["eventIds"].as_array().unwrap().len(), 1);
    // Who declined has no part in the case any more, and still may hear that it was answered.
    let told = world
        .post(&SEM, &path, &json!({"answer": "accepted"}))
        .await
        .expect(409);
    assert_eq!(told["type"], "urn:doorbraak:problem:already-answered");
    assert_eq!(
        told["detail"],
        format!("Already answered by {SVB} at {START}.")
    );
}

#[tokio::test]
async fn declining_without_a_reason_and_countering_without_an_alternative_are_bad_requests() {
    let world = World::new().await;
    Story::told(&world, Chapter::Offered).await;
    let path = format!("/v1/handoffs/{}/answer", HANDOFFS[1]);
    let told = world
        .post(&TARA, &path, &json!({"answer": "declined"}))
        .await
        .expect(400);
    assert_eq!(
        told["invalidParams"],
        json!([{"name": "/reason", "reason": "is required"}])
    );
    let told = world
        .post(&TARA, &path, &json!({"answer": "countered"}))
        .await
        .expect(400);
    let reason = "a counter-offer says what is offered instead";
    assert_eq!(
        told["invalidParams"],
        json!([{"name": "/alternative", "reason": reason}])
    );
}

#[tokio::test]
async fn a_request_for_admission_can_be_returned_and_refused_with_what_that_needs() {
    let world = World::new().await;
    let mut story = Story::told(&world, Chapter::Accepted).await;
    story.tell(Chapter::Workshop).await;
    let asked = json!({"toRung": "local_table",
        "evidence": evidence(&["light_method", "parties_contacted", "legal_basis_per_party"])});
    let triage = |answer: Value| {
        let (world, story, asked) = (&world, &story, &asked);
        async move {
            let made = world
                .post(&NOOR, &story.path("/escalations"), asked)
                .await
                .expect(201);
            let path = format!("/escalations/{}/triage", text(&made["escalation"]));
            let answered = world.post(&PETRA, &story.path(&path), &answer).await;
            (path, answered)
        }
    };
    let (path, told) = triage(json!({"answer": "returned", "reason": "made_up"})).await;
    assert_eq!(told.expect(400)["invalidParams"][0]["name"], "/reason");
    let told = world
        .post(&PETRA, &story.path(&path), &json!({"answer": "returned"}))
        .await;
    let reason = "a request that comes back names what is missing";
    assert_eq!(
        told.expect(400)["invalidParams"],
        json!([{"name": "/missing", "reason": reason}])
    );
    let returned = json!({"answer": "returned", "missing": ["light_method"], "text": "Nog niet."});
    world
        .post(&PETRA, &story.path(&path), &returned)
        .await
        .expect(200);
    let (_, told) = triage(json!({"answer": "refused", "reason": "scarcity"})).await;
    told.expect(200);
    let list = world
        .get(&NOOR, &story.path("/escalations"))
        .await
        .expect(200);
    let items = list["items"].as_array().unwrap();
    let answers: Vec<_> = items
        .iter()
        .map(|item| {
            [
                &item["status"],
                &item["reason"],
                &item["missing"],
                &item["text"],
            ]
        })
        .map(|item| json!(item))
        .collect();
    assert_eq!(
        json!(answers),
        json!([
            ["admitted", null, null, null],
            ["returned", null, ["light_method"], "Nog niet."],
            ["refused", "scarcity", null, null]
        ])
    );
}

#[tokio::test]
async fn a_commitment_is_answered_as_made_refused_or_fulfilled_and_nothing_else() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let asked = json!({"of": SVB, "text": "Wilt u dit doen?"});
    let made = world
        .post(&LENA, &story.path("/commitments"), &asked)
        .await
        .expect(201);
    let path = story.path(&format!("/commitments/{}/answer", text(&made["request"])));
    let wrong = |body: Value| {
        let (world, path) = (&world, &path);
        async move { world.post(&INE, path, &body).await.expect(400)["invalidParams"].clone() }
    };
    assert_eq!(
        wrong(json!({})).await,
        json!([{"name": "/answer", "reason": "is required"}])
    );
    let reason = r#"is none of ["made","refused","fulfilled"]"#;
    let maybe = wrong(json!({"answer": "maybe"})).await;
    assert_eq!(maybe, json!([{"name": "/answer", "reason": reason}]));
    assert_eq!(
        wrong(json!({"answer": "made", "due": "soon"})).await,
        json!([
            {"name": "/due", "reason": "is no valid date"},
            {"name": "/mandate", "reason": "is required"},
            {"name": "/text", "reason": "is required"}
        ])
    );
    let refused = json!({"answer": "refused", "reason": "Dat mag niet."});
    world.post(&KOEN, &path, &refused).await.expect(403);
    world.post(&INE, &path, &refused).await.expect(200);
    let list = world
        .get(&LENA, &story.path("/commitments"))
        .await
        .expect(200);
    assert_eq!(
        list["items"],
        json!([{"request": made["request"], "of": SVB, "status": "refused", "shown": "full",
            "asked": "Wilt u dit doen?", "reason": "Dat mag niet."}])
    );
}

#[tokio::test]
async fn who_is_asked_to_take_a_case_back_may_answer_and_sees_it_from_then_on() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let body = json!({"toRung": "regional_table", "reason": "decided",
        "receiver": {"organisation": YOUTH_TEAM, "role": "regional_handler"}});
    let proposed = world
        .post(&LENA, &story.path("/deescalations"), &body)
        .await
        .expect(201);
    let path = story.path(&format!(
        "/deescalations/{}/answer",
        text(&proposed["proposal"])
    ));
    world.get(&YARA, &story.path("")).await.expect(404);
    world
        .post(&SEM, &path, &json!({"answer": "accepted"}))
        .await
        .expect(403);
    let told = world
        .post(&YARA, &path, &json!({"answer": "declined"}))
        .await
        .expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/reason");
    world
        .post(&YARA, &path, &json!({"answer": "accepted"}))
        .await
        .expect(200);
    let case = world.get(&YARA, &story.path("")).await.expect(200);
    assert_eq!(
        (&case["rung"], &case["handler"]),
        (&"regional_table".into(), &YOUTH_TEAM.into())
    );
    let list = world
        .get(&YARA, &story.path("/deescalations"))
        .await
        .expect(200);
    assert_eq!(list["items"][1]["kind"], "case.deescalated");
    assert_eq!(list["items"][1]["receiver"], YOUTH_TEAM);
    world.get(&LENA, &story.path("")).await.expect(404);
}
