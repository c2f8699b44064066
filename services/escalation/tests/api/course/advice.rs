//! Asking for advice without personal data.

use serde_json::{Value, json};

use crate::people::{INE, KOEN, NOBODY, NOOR, SEM, SVB, UTRECHT};
use crate::story::{Chapter, Story, text};
use crate::world::World;

const QUESTION: &str = "Kan kinderbijslag naar een zus die feitelijk zorgt?";
const ANSWER: &str = "Ja, als zij de verzorger is.";

async fn asked(world: &World, story: &Story<'_>) -> String {
    let body = json!({"of": SVB, "question": QUESTION});
    let told = world.post(&NOOR, &story.path("/advice"), &body).await;
    text(&told.expect(201)["consultation"])
}

fn answer(consultation: &str) -> String {
    format!("/v1/advice/{consultation}/answer")
}

#[tokio::test]
async fn who_is_asked_sees_the_question_the_theme_and_who_asks_and_nothing_else() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let consultation = asked(&world, &story).await;
    let inbox = world.get(&SEM, "/v1/advice").await.expect(200);
    assert_eq!(
        inbox,
        json!({"items": [{"consultation": consultation, "status": "open", "from": UTRECHT,
            "theme": "income", "answerBy": "2026-03-04T09:00:00Z", "question": QUESTION}]})
    );
    world.get(&SEM, &story.path("")).await.expect(404);
    world.get(&SEM, &story.path("/advice")).await.expect(404);
    for stranger in [KOEN, INE, NOBODY] {
        let inbox = world.get(&stranger, "/v1/advice").await.expect(200);
        assert_eq!(inbox, json!({"items": []}), "{stranger:?}");
    }
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(case["state"], "consulting");
}

#[tokio::test]
async fn the_answer_comes_to_the_asker_and_names_no_case_to_the_adviser() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let consultation = asked(&world, &story).await;
    let path = answer(&consultation);
    let body = json!({"answer": ANSWER});
    let told = world.post(&SEM, &path, &body).await.expect(200);
    let keys: Vec<_> = told.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["consultation", "eventIds", "position"]);
    let list = world.get(&NOOR, &story.path("/advice")).await.expect(200);
    assert_eq!(
        list["items"],
        json!([{"consultation": consultation, "status": "answered", "from": UTRECHT, "of": SVB,
            "theme": "income", "answerBy": "2026-03-04T09:00:00Z", "question": QUESTION,
            "answer": ANSWER}])
    );
    let case = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(
        (&case["state"], &case["owner"]),
        (&json!("active"), &json!(UTRECHT))
    );
    let again = world.post(&SEM, &path, &body).await.expect(409);
    assert_eq!(again["type"], "urn:doorbraak:problem:consultation-over");
}

#[tokio::test]
async fn open_questions_come_before_answered_ones() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let first = asked(&world, &story).await;
    let second = asked(&world, &story).await;
    let body = json!({"answer": ANSWER});
    world.post(&SEM, &answer(&first), &body).await.expect(200);
    let inbox = world.get(&SEM, "/v1/advice").await.expect(200);
    let order = |list: &Value| {
        let items = list["items"].as_array().unwrap().iter();
        items
            .map(|item| text(&item["consultation"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(order(&inbox), [second.clone(), first.clone()]);
    let page = world.get(&SEM, "/v1/advice?pageSize=1").await.expect(200);
    assert_eq!(order(&page), [second]);
    let rest = format!("/v1/advice?cursor={}", text(&page["nextCursor"]));
    let rest = world.get(&SEM, &rest).await.expect(200);
    assert_eq!(order(&rest), [first]);
}

#[tokio::test]
async fn a_question_or_an_answer_that_points_at_a_person_is_refused_and_not_repeated() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let question = "Over 999990342, bella@example.nl.";
    let body = json!({"of": SVB, "question": question});
    let told = world.post(&NOOR, &story.path("/advice"), &body).await;
    assert!(!told.text.contains("999990342") && !told.text.contains("bella"));
    assert_eq!(
        told.expect(400)["invalidParams"],
        json!([
            {"name": "/question", "reason":
                "personal_data: a number that may be a person number at character 6"},
            {"name": "/question", "reason": "personal_data: an e-mail address at character 17"}
        ])
    );
    let consultation = asked(&world, &story).await;
    let body = json!({"answer": "Bel 06-12345678."});
    let told = world.post(&SEM, &answer(&consultation), &body).await;
    assert_eq!(
        told.expect(400)["invalidParams"],
        json!([{"name": "/answer", "reason": "personal_data: a phone number at character 5"}])
    );
}

#[tokio::test]
async fn a_question_to_others_and_an_unknown_question_cannot_be_told_apart() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let consultation = asked(&world, &story).await;
    let body = json!({"answer": ANSWER});
    let others = world.post(&KOEN, &answer(&consultation), &body).await;
    let unknown = world.post(&KOEN, &answer("q-unknown"), &body).await;
    assert_eq!(others.expect(404), unknown.expect(404));
}

#[tokio::test]
async fn a_question_that_nobody_answers_expires() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let consultation = asked(&world, &story).await;
    world.advance("2026-03-04T09:00:00Z").await;
    let inbox = world.get(&SEM, "/v1/advice").await.expect(200);
    assert_eq!(inbox["items"][0]["status"], "expired");
    let body = json!({"answer": ANSWER});
    let late = world.post(&SEM, &answer(&consultation), &body).await;
    assert_eq!(
        late.expect(409)["type"],
        "urn:doorbraak:problem:consultation-over"
    );
}
