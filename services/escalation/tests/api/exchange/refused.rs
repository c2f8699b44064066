//! Who may not come in by the door over HTTP, and what is not taken.

use axum::body::Body;
use axum::http::{Method, Request};
use escalation::intake::quarantine;
use serde_json::{Value, json};

use crate::exchange::{
    EVENTS, INWAY_SECRET, SVB_SYSTEM, SYSTEM, event, letters, report, send, structured, world,
};
use crate::people::{NOOR, Person, SVB, UTRECHT};
use crate::world::World;

async fn reasons(world: &World) -> Vec<String> {
    let rows = quarantine::all(&world.service.ground().db).await.unwrap();
    let mut reasons: Vec<_> = rows.into_iter().map(|row| row.reason).collect();
    reasons.sort();
    reasons
}

#[tokio::test]
async fn a_person_does_not_exchange_and_a_system_does_nothing_else() {
    let world = world().await;
    let both = Person {
        roles: &["system", "raiser"],
        ..SYSTEM
    };
    for person in [&NOOR, &both] {
        world.get(person, EVENTS).await.expect(403);
        let beat = event("e-1", Some(1), "heartbeat.sent", &json!({}));
        let kind = ("content-type", "application/cloudevents+json");
        send(&world, person, &[kind], beat.to_string())
            .await
            .expect(403);
    }
    for person in [&SYSTEM, &both] {
        for path in ["/v1/cases", "/v1/ladder", "/v1/findings", "/v1/access-log"] {
            world.get(person, path).await.expect(403);
        }
        world
            .post(person, "/v1/cases", &report("Z-1"))
            .await
            .expect(403);
    }
    // An organisation whose people work at the platform only, and one that does not take part.
    for organisation in ["00000099000000013000", "00000099000000099000"] {
        let stranger = Person {
            organisation,
            ..SYSTEM
        };
        world.get(&stranger, EVENTS).await.expect(403);
    }
    // Its letters go by the bus.
    world.get(&SVB_SYSTEM, EVENTS).await.expect(403);
    assert_eq!(world.service.ground().db.head().await.unwrap().answers, 0);
}

#[tokio::test]
async fn a_header_names_an_organisation_only_from_the_trusted_proxy() {
    let world = world().await;
    let beat = event("e-1", Some(1), "heartbeat.sent", &json!({})).to_string();
    let kind = ("content-type", "application/cloudevents+json");
    let peer = ("fsc-peer-id", UTRECHT);
    let spoofed: [&[(&str, &str)]; 6] = [
        &[peer],
        &[peer, ("fsc-inway-secret", "")],
        &[peer, ("fsc-inway-secret", "7f1d0c4e2ab94c56")],
        &[("fsc-inway-secret", INWAY_SECRET)],
        &[peer, peer, ("fsc-inway-secret", INWAY_SECRET)],
        &[
            ("fsc-peer-id", "00000099000000099000"),
            ("fsc-inway-secret", INWAY_SECRET),
        ],
    ];
    for headers in spoofed {
        let headers: Vec<_> = [&[kind], headers].concat();
        let mut request = Request::builder().method(Method::POST).uri(EVENTS);
        for (name, value) in &headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(beat.clone())).unwrap();
        world.send(request).await.expect(403);
        // A system's own token does not make the header true.
        send(&world, &SVB_SYSTEM, &headers, beat.clone())
            .await
            .expect(403);
    }
    assert_eq!(reasons(&world).await, Vec::<String>::new());

    let without = World::new().await;
    let headers = [kind, peer, ("fsc-inway-secret", INWAY_SECRET)];
    send(&without, &SYSTEM, &headers, beat).await.expect(403);
}

#[tokio::test]
async fn what_is_no_event_is_refused_at_once_and_stays_visible() {
    let world = world().await;
    let kind = ("content-type", "application/cloudevents+json");
    let mut foreign = event("e-1", None, "heartbeat.sent", &json!({}));
    foreign["source"] = format!("urn:nld:oin:{SVB}:systeem:zaken").into();
    let mut incomplete = event("e-2", None, "heartbeat.sent", &json!({}));
    incomplete["time"] = "yesterday".into();
    incomplete["id"] = Value::Null;
    let unheard = event("e-3", None, "case.eaten", &json!({}));
    let unfit = event("e-4", None, "case.reported", &json!({"story": 4}));
    let cases = [
        ("{", 400, "broken-json", "broken_json"),
        (
            &foreign.to_string(),
            403,
            "source-mismatch",
            "source_mismatch",
        ),
        (
            &incomplete.to_string(),
            400,
            "invalid-envelope",
            "invalid_envelope",
        ),
        (&unheard.to_string(), 400, "unknown-type", "unknown_type"),
        (&unfit.to_string(), 400, "invalid-data", "invalid_data"),
    ];
    let mut seen = Vec::new();
    for (body, status, code, reason) in cases {
        let reply = send(&world, &SYSTEM, &[kind], body.to_owned()).await;
        assert_eq!(
            reply.header("content-type"),
            Some("application/problem+json")
        );
        let problem = reply.expect(status);
        assert_eq!(problem["type"], format!("urn:doorbraak:problem:{code}"));
        seen.push(reason.to_owned());
        seen.sort();
        assert_eq!(reasons(&world).await, seen);
    }
    let problem = structured(&world, &incomplete).await.expect(400);
    let wrong: Vec<_> = problem["invalidParams"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    assert_eq!(
        wrong,
        [
            &json!({"name": "/id", "reason": "is required"}),
            &json!({"name": "/time", "reason": "is no RFC 3339 time"}),
        ]
    );
    for (form, status) in [("text/plain", 415), ("multipart/form-data", 415)] {
        let reply = send(&world, &SYSTEM, &[("content-type", form)], "x").await;
        reply.expect(status);
    }
    // Whoever sent it hears it as on the bus, too.
    let told = letters(&world, 3).await;
    let refused: Vec<_> = told
        .iter()
        .map(|letter| &letter["data"]["reason"])
        .collect();
    assert_eq!(refused, ["source_mismatch", "unknown_type", "invalid_data"]);
}

#[tokio::test]
async fn what_is_too_large_is_not_read_and_a_batch_is_bounded() {
    let world = world().await;
    let kind = ("content-type", "application/cloudevents+json");
    let large = event(
        "e-1",
        None,
        "heartbeat.sent",
        &json!({"x": "y".repeat(64 * 1024)}),
    );
    send(&world, &SYSTEM, &[kind], large.to_string())
        .await
        .expect(413);
    let batch = ("content-type", "application/cloudevents-batch+json");
    let beats = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|nth| event(&format!("b-{nth}"), None, "heartbeat.sent", &json!({})))
            .collect()
    };
    send(&world, &SYSTEM, &[batch], json!(beats(101)).to_string())
        .await
        .expect(413);
    send(&world, &SYSTEM, &[batch], "x".repeat(1024 * 1024 + 1))
        .await
        .expect(413);
    send(&world, &SYSTEM, &[batch], "{}").await.expect(400);
    assert_eq!(world.service.ground().db.head().await.unwrap().answers, 0);

    // One that is wrong does not hold the others back, and is named by its place.
    let mut mixed = beats(3);
    mixed[1] = large;
    let problem = send(&world, &SYSTEM, &[batch], json!(mixed).to_string())
        .await
        .expect(400);
    assert_eq!(
        problem["invalidParams"],
        json!([{"name": "/1", "reason": "too_large"}])
    );
    assert_eq!(reasons(&world).await, ["too_large"]);
    assert_eq!(world.service.ground().db.head().await.unwrap().answers, 3);
    send(&world, &SYSTEM, &[batch], "[]").await.expect(202);
}
