//! The rules of a meeting, through the API.

use axum::http::Method;
use serde_json::{Value, json};

use crate::people::{DIRK, INE, KOEN, LENA, LOTTE, NOOR, PETRA, SPIRIT, SVB, TABLE};
use crate::story::{Chapter, Story, text};
use crate::table::{Meeting, promise};
use crate::world::{Reply, World};

/// The type of a refusal, without what all types have in common.
#[track_caller]
fn refusal(reply: Reply) -> String {
    let problem = reply.expect(409);
    let kind = problem["type"].as_str().unwrap();
    kind.rsplit(['/', ':']).next().unwrap().to_owned()
}

#[tokio::test]
async fn the_agenda_is_proposed_from_the_ladder_to_who_prepares_the_table() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let path = "/v1/meetings/proposed-agenda?rung=national_table";
    let proposed = world.get(&LENA, path).await.expect(200);
    assert_eq!(proposed["items"].as_array().unwrap().len(), 1);
    let item = &proposed["items"][0];
    assert_eq!(item["case"], story.case.as_str());
    assert_eq!(item["theme"], "income");
    assert_eq!(item["since"], "2026-03-02T09:00:00Z");
    // The desk prepares the agenda, and knows the case by its own name only.
    let prepared = world.get(&LOTTE, path).await.expect(200);
    assert_eq!(prepared["items"][0]["case"], Value::Null);
    assert!(prepared["items"][0]["pseudonym"].is_string());
    world.get(&NOOR, path).await.expect(403);
}

#[tokio::test]
async fn only_a_case_that_waits_for_this_table_comes_on_its_agenda() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Desk).await;
    let planned = json!({"rung": "national_table", "at": "2026-04-07T09:00:00Z"});
    let planned = world
        .post(&LENA, "/v1/meetings", &planned)
        .await
        .expect(201);
    let path = format!("/v1/meetings/{}/agenda", text(&planned["id"]));
    world
        .post(&LENA, &path, &json!({"case": story.case}))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_rung_without_a_quorum_has_no_table() {
    let world = World::new().await;
    let planned = json!({"rung": "national_desk", "at": "2026-04-07T09:00:00Z"});
    // The desk has no table of its own to plan for.
    world
        .post(&DIRK, "/v1/meetings", &planned)
        .await
        .expect(400);
    let planned = json!({"rung": "local_table", "at": "2026-02-01T09:00:00Z"});
    let told = world
        .post(&PETRA, "/v1/meetings", &planned)
        .await
        .expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/at");
}

#[tokio::test]
async fn without_its_quorum_the_table_does_not_open() {
    let world = World::new().await;
    let meeting = Meeting::planned(&world).await;
    let two = json!({"present": [TABLE, SVB]});
    assert_eq!(
        refusal(meeting.post(&LENA, "/opening", two).await),
        "no-quorum"
    );
    let three = json!({"present": [TABLE, SVB, SPIRIT]});
    meeting.post(&LENA, "/opening", three).await.expect(200);
}

#[tokio::test]
async fn who_recused_itself_is_not_asked_and_sees_no_more_than_its_own_name_for_the_case() {
    let world = World::new().await;
    let meeting = Meeting::planned(&world).await;
    let pseudonym = text(&meeting.seen(&KOEN).await["agenda"][0]["pseudonym"]);
    let recused = json!({"case": pseudonym});
    meeting.post(&KOEN, "/recusals", recused).await.expect(200);
    let present = json!({"present": [TABLE, SVB, SPIRIT, crate::people::UTRECHT]});
    meeting.post(&LENA, "/opening", present).await.expect(200);
    let asked = json!({"of": SPIRIT, "lawOrTheme": "care", "text": "Helpt u Sam?"});
    assert_eq!(refusal(meeting.record("requests", asked).await), "recused");
    assert_eq!(
        meeting.seen(&KOEN).await["agenda"][0],
        json!({"pseudonym": pseudonym, "urgent": false, "recused": true, "requests": []})
    );
}

#[tokio::test]
async fn a_promise_above_the_mandate_in_the_register_is_refused() {
    let world = World::with_registers().await;
    let meeting = Meeting::open(&world).await;
    let request = meeting.ask_svb().await;
    let answer = |body| meeting.answer(&INE, &request, body);
    assert_eq!(
        refusal(answer(promise(1_000_001)).await),
        "mandate-over-limit"
    );
    let mut unknown = promise(1);
    unknown["mandate"] = "utrecht-m1".into();
    let told = answer(unknown).await.expect(400);
    assert_eq!(told["invalidParams"][0]["name"], "/mandate");
    answer(promise(1_000_000)).await.expect(200);
}

#[tokio::test]
async fn an_organisation_that_is_asked_reads_what_it_is_asked_and_another_does_not() {
    let world = World::with_registers().await;
    let meeting = Meeting::open(&world).await;
    meeting.ask_svb().await;
    let asked = &meeting.seen(&INE).await["agenda"][0]["requests"];
    assert_eq!(asked.as_array().unwrap().len(), 1);
    assert_eq!(asked[0]["asked"], "Betaalt u?");
    let other = meeting.seen(&crate::people::BAS).await;
    assert_eq!(other["agenda"][0]["requests"], json!([]));
    assert_eq!(other["agenda"][0]["case"], Value::Null);
    assert!(!other.to_string().contains(&meeting.case));
}

#[tokio::test]
async fn a_meeting_is_not_there_for_who_is_not_invited() {
    let world = World::new().await;
    let meeting = Meeting::planned(&world).await;
    world
        .get(&crate::people::YARA, &meeting.path(""))
        .await
        .expect(404);
    let listed = world
        .get(&crate::people::YARA, "/v1/meetings")
        .await
        .expect(200);
    assert_eq!(listed["items"], json!([]));
    let listed = world.get(&LOTTE, "/v1/meetings").await.expect(200);
    assert_eq!(listed["items"][0]["meeting"], meeting.id.as_str());
}

#[tokio::test]
async fn a_meeting_is_moved_called_off_and_loses_a_case_before_it_opens() {
    let world = World::new().await;
    let meeting = Meeting::planned(&world).await;
    let moved = json!({"at": "2026-04-14T09:00:00Z"});
    meeting.post(&LENA, "/reschedule", moved).await.expect(200);
    assert_eq!(
        meeting.seen(&LENA).await["plannedAt"],
        "2026-04-14T09:00:00Z"
    );
    let off = |reason: &str| meeting.path(&format!("/agenda/{}?reason={reason}", meeting.case));
    let delete = |path: String| {
        let world = &world;
        async move { world.ask(&LENA, Method::DELETE, &path, &[], None).await }
    };
    delete(off("because")).await.expect(400);
    delete(off("not_ready")).await.expect(200);
    assert_eq!(meeting.seen(&LENA).await["agenda"], json!([]));
    let reason = json!({"reason": "Er is niemand."});
    meeting
        .post(&LENA, "/cancellation", reason)
        .await
        .expect(200);
    assert_eq!(meeting.seen(&LENA).await["state"], "cancelled");
}
