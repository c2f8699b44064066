//! What a caller hears when something is wrong.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};

use crate::people::{NOBODY, NOOR, SEM, SVB, TARA};
use crate::story::{Chapter, HANDOFFS, Story};
use crate::world::{Reply, World};

/// Every address under a case: method and what follows the case's name.
const UNDER_A_CASE: [(&str, &str); 47] = [
    ("GET", ""),
    ("GET", "/timeline"),
    ("GET", "/facts"),
    ("POST", "/facts"),
    ("GET", "/blocks"),
    ("POST", "/blocks"),
    ("GET", "/escalations"),
    ("POST", "/escalations"),
    ("POST", "/escalations/e1/triage"),
    ("GET", "/handoffs"),
    ("POST", "/handoffs"),
    ("GET", "/commitments"),
    ("POST", "/commitments"),
    ("POST", "/commitments/r1/answer"),
    ("GET", "/decisions"),
    ("POST", "/decisions"),
    ("GET", "/feedback"),
    ("POST", "/feedback"),
    ("GET", "/deescalations"),
    ("POST", "/deescalations"),
    ("POST", "/deescalations/p1/answer"),
    ("POST", "/closure"),
    ("GET", "/advice"),
    ("POST", "/advice"),
    ("GET", "/perspectives"),
    ("POST", "/perspectives"),
    ("GET", "/legal-bases"),
    ("POST", "/legal-bases"),
    ("GET", "/consents"),
    ("POST", "/consents"),
    ("GET", "/objections"),
    ("POST", "/objections"),
    ("POST", "/objections/o1/extension"),
    ("POST", "/objections/o1/settlement"),
    ("POST", "/objections/o1/lifting"),
    ("POST", "/sharing-checks"),
    ("POST", "/disclosures"),
    ("POST", "/ownership-mode"),
    ("POST", "/handoffs/h1/counter-answer"),
    ("POST", "/insistences"),
    ("POST", "/escalations/e1/acknowledgement"),
    ("POST", "/escalations/e1/evidence"),
    ("POST", "/urgency"),
    ("GET", "/suspensions"),
    ("POST", "/suspensions"),
    ("POST", "/suspensions/end"),
    ("POST", "/withdrawal"),
];

pub(crate) fn problem(code: &str, status: u16, title: &str, detail: &str) -> Value {
    json!({"type": format!("urn:doorbraak:problem:{code}"), "status": status, "title": title,
        "detail": detail})
}

fn no_such_case() -> Value {
    problem(
        "not-found",
        404,
        "Nothing is found here",
        "There is no such case.",
    )
}

#[track_caller]
pub(crate) fn is_problem(reply: &Reply) {
    assert_eq!(
        reply.header("content-type"),
        Some("application/problem+json"),
        "{}",
        reply.text
    );
    assert_eq!(reply.body["status"], reply.status.as_u16());
}

#[tokio::test]
async fn all_mistakes_of_a_body_are_told_at_once() {
    let world = World::new().await;
    let body = json!({"ownReference": "", "story": 7, "theme": "Geen Code", "region": "r",
        "persons": [{"personKey": "p1", "role": "aunt", "ageBand": "18-20"}]});
    let told = world.post(&NOOR, "/v1/cases", &body).await.expect(400);
    assert_eq!(
        told,
        json!({
            "type": "urn:doorbraak:problem:invalid-input", "status": 400,
            "title": "The request is not valid", "detail": "5 fields are not valid.",
            "invalidParams": [
                {"name": "/desiredOutcome", "reason": "is required"},
                {"name": "/ownReference", "reason": "is shorter than 1 characters"},
                {"name": "/persons/0/role",
                 "reason": "is none of [\"data_subject\",\"representative\",\"third_party\"]"},
                {"name": "/story", "reason": "is not of type string"},
                {"name": "/theme", "reason": "does not match ^[a-z0-9][a-z0-9_.-]{0,63}$"}
            ]
        })
    );
}

#[tokio::test]
async fn all_mistakes_of_the_headers_are_told_at_once() {
    let world = World::new().await;
    let headers = [
        ("Purpose", "curiosity"),
        ("If-Match", "seven"),
        ("Idempotency-Key", ""),
    ];
    let told = world
        .ask(&NOOR, Method::GET, "/v1/cases", &headers, None)
        .await
        .expect(400);
    assert_eq!(
        told["invalidParams"],
        json!([
            {"name": "Purpose", "reason": "is no purpose"},
            {"name": "If-Match", "reason": "is no ETag of a case"},
            {"name": "Idempotency-Key", "reason": "has 1 to 128 visible ASCII characters"}
        ])
    );
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_told_by_its_place_only() {
    let world = World::new().await;
    let told = world
        .post(&NOOR, "/v1/cases", &json!(["Bella"]))
        .await
        .expect(400);
    assert_eq!(
        told["invalidParams"],
        json!([{"name": "", "reason": "is not of type object"}])
    );
    let token = format!("Bearer {}", world.token(&NOOR));
    let request = Request::post("/v1/cases")
        .header("authorization", token)
        .header("content-type", "application/json")
        .body(Body::from("{\"story\": \"Bella"))
        .unwrap();
    let told = world.send(request).await.expect(400);
    assert_eq!(
        told["invalidParams"],
        json!([{"name": "", "reason": "is not JSON (line 1, column 16)"}])
    );
}

#[tokio::test]
async fn without_a_token_nothing_of_the_api_answers() {
    let world = World::new().await;
    for (method, path) in UNDER_A_CASE {
        let request = Request::builder()
            .method(method)
            .uri(format!("/v1/cases/case_1{path}"));
        let reply = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(
            reply.header("www-authenticate"),
            Some("Bearer realm=\"doorbraak\"")
        );
        is_problem(&reply);
        assert_eq!(
            reply.expect(401),
            problem(
                "unauthorized",
                401,
                "A valid access token is needed",
                "Send an access token as Authorization: Bearer."
            )
        );
    }
}

#[tokio::test]
async fn a_case_out_of_scope_and_an_unknown_case_cannot_be_told_apart() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let mine = world.get(&NOOR, &story.path("")).await.expect(200);
    let raisers_name = mine["pseudonym"].as_str().unwrap();
    let names = [
        story.case.as_str(),
        "case_unknown",
        raisers_name,
        "ps_unknown",
        "%20",
    ];
    for name in names {
        for (method, path) in UNDER_A_CASE {
            let method: Method = method.parse().unwrap();
            let body = (method == Method::POST).then(|| json!({"wrong": true}));
            let path = format!("/v1/cases/{name}{path}");
            let headers = [("If-Match", "\"99\"")];
            let reply = world
                .ask(&SEM, method, &path, &headers, body.as_ref())
                .await;
            is_problem(&reply);
            assert_eq!(reply.expect(404), no_such_case(), "{path}");
        }
    }
}

#[tokio::test]
async fn a_handoff_to_others_and_an_unknown_handoff_cannot_be_told_apart() {
    let world = World::new().await;
    Story::told(&world, Chapter::Offered).await;
    let expected = problem(
        "not-found",
        404,
        "Nothing is found here",
        "There is no such handoff.",
    );
    for handoff in [HANDOFFS[0], "019cae00-0000-7000-8000-00000000000f", "x"] {
        let path = format!("/v1/handoffs/{handoff}/answer");
        let told = world
            .post(&TARA, &path, &json!({"answer": "accepted"}))
            .await
            .expect(404);
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn who_may_read_a_case_hears_that_a_command_is_not_allowed() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let told = world
        .post(
            &SEM,
            &story.path("/decisions"),
            &json!({"text": "Zo.", "room": "within_law", "grounds": ["justice"]}),
        )
        .await;
    is_problem(&told);
    assert_eq!(
        told.expect(403),
        problem(
            "forbidden",
            403,
            "This is not allowed",
            "None of your roles may do this here."
        )
    );
    let told = world
        .post(&SEM, "/v1/cases", &crate::story::report())
        .await
        .expect(403);
    assert_eq!(told["type"], "urn:doorbraak:problem:forbidden");
    world
        .post(&NOBODY, "/v1/cases", &crate::story::report())
        .await
        .expect(403);
}

#[tokio::test]
async fn too_large_and_not_json_have_their_own_answers() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    for path in [
        "/v1/cases".to_owned(),
        story.path("/blocks"),
        story.path("/decisions"),
    ] {
        let large = json!({"explanation": "x".repeat(64 * 1024)});
        is_problem(&world.post(&NOOR, &path, &large).await);
        world.post(&NOOR, &path, &large).await.expect(413);
        let token = format!("Bearer {}", world.token(&NOOR));
        let request = Request::post(&path).header("authorization", token);
        let request = request
            .header("content-type", "text/plain")
            .body(Body::from("{}"));
        let reply = world.send(request.unwrap()).await;
        is_problem(&reply);
        reply.expect(415);
    }
}

#[tokio::test]
async fn an_address_with_a_trailing_slash_is_not_there_and_a_wrong_method_is_told() {
    let world = World::new().await;
    for path in ["/v1/cases/", "/v1/ladder/", "/v1/nothing", "/nothing"] {
        let reply = world.get(&NOOR, path).await;
        assert_eq!(reply.header("location"), None);
        is_problem(&reply);
        reply.expect(404);
    }
    let reply = world
        .ask(&NOOR, Method::DELETE, "/v1/cases", &[], None)
        .await;
    assert_eq!(reply.header("allow"), Some("GET,HEAD,POST"));
    is_problem(&reply);
    reply.expect(405);
}

#[tokio::test]
async fn every_answer_has_the_headers_of_the_standard() {
    let world = World::new().await;
    for (person, path) in [
        (NOOR, "/v1/cases"),
        (SEM, "/v1/cases/case_1"),
        (NOOR, "/v1/ladder"),
    ] {
        let reply = world.get(&person, path).await;
        assert_eq!(reply.header("api-version"), Some("1.0.0"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("x-frame-options"), Some("DENY"));
        assert_eq!(reply.header("access-control-allow-origin"), None);
        assert!(
            reply
                .header("content-security-policy")
                .unwrap()
                .contains("frame-ancestors 'none'")
        );
        assert!(reply.header("strict-transport-security").is_some());
    }
}

#[tokio::test]
async fn an_unknown_or_foreign_thing_inside_a_case_is_not_found() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    for (path, body) in [
        ("/escalations/e1/triage", json!({"answer": "admitted"})),
        ("/commitments/r1/answer", json!({"answer": "made"})),
        ("/deescalations/p1/answer", json!({"answer": "accepted"})),
    ] {
        let told = world
            .post(&NOOR, &story.path(path), &body)
            .await
            .expect(404);
        assert_ne!(told, no_such_case());
    }
    let asked = json!({"of": SVB, "text": "Wilt u dit doen?"});
    world
        .post(&NOOR, &story.path("/commitments"), &asked)
        .await
        .expect(403);
}
