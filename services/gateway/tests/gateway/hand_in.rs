use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use svb::Svb;

use super::support::{BELLA, HANDOFF, SVB, UTRECHT, World, card};

fn names(problem: &Value) -> Vec<&str> {
    problem["invalidParams"]
        .as_array()
        .expect("invalid parameters")
        .iter()
        .filter_map(|param| param["name"].as_str())
        .collect()
}

#[tokio::test]
async fn an_unknown_type_is_answered_with_the_known_ones() {
    let world = World::new().await;
    let svb = world.start(SVB, Svb).await;
    for unknown in ["benefit.started", "identity.shared"] {
        let body = json!({ "type": unknown, "data": {} });
        let (status, problem) = svb.post("/v1/events", &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(
            problem["invalidParams"],
            json!([{
                "name": "/type",
                "reason": "is not known here; known are case.reported, fact.reported, \
                           block.recorded, escalation.requested, handoff.offered, \
                           handoff.answered, handoff.withdrawn, handoff.returned, \
                           counter.answered, urgency.confirmed, advice.given, \
                           commitment.made, commitment.refused, commitment.fulfilled, contact.confirmed, \
                           heartbeat.sent, benefit.stopped",
            }])
        );
    }
}

#[tokio::test]
async fn everything_wrong_with_an_event_is_said_at_once() {
    let world = World::new().await;
    let svb = world.start(SVB, Svb).await;
    let body =
        json!({ "type": "block.recorded", "subject": BELLA, "data": { "type": "bad_luck" } });
    let (status, problem) = svb.post("/v1/events", &body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(
        names(&problem),
        [
            "/subject",
            "/data/actedBy",
            "/data/explanation",
            "/data/type"
        ]
    );
    let body = json!({ "type": "benefit.stopped", "data": {
        "bsn": "999990343", "benefit": "child_benefit", "since": "soon",
        "cause": "no_parent_or_guardian",
    }});
    let (_, problem) = svb.post("/v1/events", &body).await;
    assert_eq!(names(&problem), ["/data/bsn", "/data/since"]);
    assert!(!problem.to_string().contains("999990343"));
}

#[tokio::test]
async fn an_event_about_a_case_must_name_it() {
    let world = World::new().await;
    let svb = world.start(SVB, Svb).await;
    let body = json!({ "type": "block.recorded", "data": {
        "actedBy": { "role": "agency_liaison", "personRef": "ine" },
        "type": "rule", "rules": [], "explanation": "De regels botsen.",
    }});
    let (status, problem) = svb.post("/v1/events", &body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(names(&problem), ["/subject"]);
}

#[tokio::test]
async fn an_answer_to_a_handoff_that_nobody_offered_is_404() {
    let world = World::new().await;
    let svb = world.start(SVB, Svb).await;
    let body = json!({ "type": "handoff.answered", "data": {
        "actedBy": { "role": "agency_liaison", "personRef": "ine" },
        "handoff": HANDOFF, "answer": "accepted",
    }});
    let (status, _) = svb.post("/v1/events", &body).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn bad_requests_get_their_own_status_and_store_nothing() {
    let world = World::new().await;
    let svb = world.start(SVB, Svb).await;
    let token = world.token(SVB, &["agency_liaison"]);
    let json_type = ("content-type", "application/json");
    let large = format!("{{\"type\":\"x\",\"data\":\"{}\"}}", "x".repeat(70_000));
    for (headers, body, wanted) in [
        (vec![("content-type", "text/plain")], "{}".to_owned(), 415),
        (vec![json_type], "{ not json".to_owned(), 400),
        (vec![json_type], "[]".to_owned(), 400),
        (vec![json_type], large, 413),
        (
            vec![json_type, ("idempotency-key", "")],
            "{}".to_owned(),
            400,
        ),
    ] {
        let (status, problem) = svb
            .call(
                Method::POST,
                "/v1/events",
                Some(&token),
                &headers,
                body.into(),
            )
            .await;
        assert_eq!(status.as_u16(), wanted);
        assert_eq!(problem["status"], wanted);
    }
    assert_eq!(svb.settled().await, (0, 0, 0));
}

#[tokio::test]
async fn the_door_is_for_the_own_organisation_only() {
    let world = World::new().await;
    let svb = world.start(SVB, Svb).await;
    let headers = [("content-type", "application/json")];
    let body = "{}";
    let citizen = world.token(SVB, &["citizen"]);
    let stranger = world.token(UTRECHT, &["raiser"]);
    for (token, wanted) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("nonsense"), StatusCode::UNAUTHORIZED),
        (Some(stranger.as_str()), StatusCode::FORBIDDEN),
        (Some(citizen.as_str()), StatusCode::FORBIDDEN),
    ] {
        let (status, _) = svb
            .call(Method::POST, "/v1/events", token, &headers, body.into())
            .await;
        assert_eq!(status, wanted);
    }
}

#[tokio::test]
async fn a_requested_commitment_waits_in_the_inbox_until_it_is_made() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let request = "019cad57-a200-7000-8000-0000000000aa";
    let asked = json!({ "request": request, "text": "Herstel de kinderbijslag.", "by": UTRECHT });
    platform
        .tell(&svb.oin, "commitment.requested", Some("ps-s1"), asked)
        .await;
    platform
        .tell(&svb.oin, "handoff.offered", Some("ps-s1"), card(HANDOFF))
        .await;
    svb.has_received(2).await;
    assert_eq!(
        svb.get("/v1/inbox").await["commitments"],
        json!([{
            "request": request, "pseudonym": "ps-s1", "text": "Herstel de kinderbijslag.",
            "by": UTRECHT,
        }])
    );
    svb.hand_in(
        "commitment.made",
        json!({
            "actedBy": { "role": "administrator", "personRef": "ad" },
            "request": request, "text": "Wij herstellen.", "mandate": "art. 1", "due": "2026-04-15",
        }),
    )
    .await;
    let made = platform.takes("commitment.made").await;
    assert_eq!(made.subject.as_deref(), Some("ps-s1"));
    assert_eq!(svb.get("/v1/inbox").await["commitments"], json!([]));
}
