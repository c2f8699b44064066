//! The open documents: the description of the API, the glossary; and the ladder.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::people::{NOOR, SEM};
use crate::world::World;

async fn open(world: &World, path: &str) -> Value {
    let reply = world
        .send(Request::get(path).body(Body::empty()).unwrap())
        .await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(reply.header("content-type"), Some("application/json"));
    reply.expect(200)
}

#[tokio::test]
async fn every_described_operation_answers_and_no_other_does() {
    let world = World::new().await;
    let document = open(&world, "/v1/openapi.json").await;
    for (path, methods) in document["paths"].as_object().unwrap() {
        let address = format!("/v1{path}").replace('{', "").replace('}', "");
        let described: BTreeSet<_> = methods
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        for method in ["get", "post", "put", "patch", "delete"] {
            let request = Request::builder()
                .method(method.to_uppercase().as_str())
                .uri(&address);
            let reply = world.send(request.body(Body::empty()).unwrap()).await;
            let expected = match described.contains(method) {
                true if methods[method]["security"] == json!([]) => {
                    let parameters = methods[method]["parameters"].as_array().unwrap();
                    let needs_more = parameters.iter().any(|p| p["required"] == true);
                    if needs_more { 400 } else { 200 }
                }
                true => 401,
                false => 405,
            };
            assert_eq!(reply.status.as_u16(), expected, "{method} {address}");
        }
    }
    let operations = document["paths"].as_object().unwrap().values();
    assert_eq!(
        operations
            .map(|methods| methods.as_object().unwrap().len())
            .sum::<usize>(),
        170
    );
}

#[tokio::test]
async fn the_description_keeps_to_openapi_3_0() {
    let world = World::new().await;
    let document = open(&world, "/v1/openapi.json").await;
    assert_eq!(document["openapi"], "3.0.3");
    assert_eq!(document["servers"], json!([{"url": "/v1"}]));
    for field in ["name", "url", "email"] {
        assert!(document["info"]["contact"][field].is_string());
    }
    let mut newer = Vec::new();
    walk(&document, "", &mut |place, value| {
        let Some(object) = value.as_object() else {
            return;
        };
        let is_schema = !place.ends_with("/properties");
        for word in [
            "const",
            "$schema",
            "$defs",
            "if",
            "then",
            "else",
            "prefixItems",
            "examples",
        ] {
            if is_schema && object.contains_key(word) {
                newer.push(format!("{place}/{word}"));
            }
        }
        if is_schema && object.get("type").is_some_and(Value::is_array) {
            newer.push(format!("{place}/type"));
        }
    });
    assert_eq!(newer, Vec::<String>::new());
}

fn walk(value: &Value, place: &str, see: &mut impl FnMut(&str, &Value)) {
    see(place, value);
    match value {
        Value::Object(object) => {
            object
                .iter()
                .for_each(|(key, value)| walk(value, &format!("{place}/{key}"), see));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, place, see)),
        _ => {}
    }
}

#[tokio::test]
async fn every_operation_is_described_in_full() {
    let world = World::new().await;
    let document = open(&world, "/v1/openapi.json").await;
    let mut ids = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(
                ids.insert(operation["operationId"].as_str().unwrap()),
                "{path}"
            );
            let responses = operation["responses"].as_object().unwrap();
            let writes = method != "get";
            let says_it_all = method == "delete"
                || [
                    "/cases/{id}/urgency",
                    "/cases/{id}/suspensions/end",
                    "/meetings/{id}/minutes",
                    "/passes/{id}/end",
                    "/platform/quarantine/{entry}/replay",
                    "/register/{contact}/confirmation",
                ]
                .contains(&path.as_str());
            let takes = operation["requestBody"].is_object();
            assert_eq!(takes, writes && !says_it_all, "{path}");
            assert_eq!(responses.contains_key("409"), writes, "{path}");
            assert_eq!(responses.contains_key("404"), path.contains('{'), "{path}");
            for parameter in operation["parameters"].as_array().unwrap() {
                assert!(parameter["schema"].is_object() && parameter["description"].is_string());
            }
        }
    }
}

#[tokio::test]
async fn no_body_asks_who_acted_for_the_token_says_that() {
    let world = World::new().await;
    let document = open(&world, "/v1/openapi.json").await;
    assert!(!document.to_string().contains("actedBy"));
    let answer = &document["paths"]["/handoffs/{id}/answer"]["post"]["requestBody"];
    let schema = &answer["content"]["application/json"]["schema"];
    assert_eq!(schema["required"], json!(["answer"]));
    assert_eq!(schema["properties"]["handoff"], Value::Null);
}

#[tokio::test]
async fn the_glossary_explains_the_words_of_the_screens() {
    let world = World::new().await;
    let glossary = open(&world, "/v1/glossary").await;
    assert_eq!(glossary["version"], "1.0.0");
    assert_eq!(
        glossary["items"][43],
        json!({"identifier": "Handoff", "dutch": "overdracht",
            "definitionNl": "Werk of een hele casus aanbieden aan een andere organisatie.",
            "definitionEn": "An offer of work or ownership to another organisation."})
    );
}

#[tokio::test]
async fn the_ladder_is_told_from_low_to_high_to_whoever_has_a_token() {
    let world = World::new().await;
    let ladder = world.get(&SEM, "/v1/ladder").await.expect(200);
    let rungs: Vec<_> = ladder["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rung| rung["rung"].as_str().unwrap())
        .collect();
    let expected = [
        "own_work",
        "workshop",
        "local_table",
        "regional_table",
        "national_desk",
        "national_table",
    ];
    assert_eq!(rungs, expected);
    assert_eq!(
        ladder["items"][5],
        json!({"rung": "national_table", "name": "Landelijke tafel", "tier": "national",
            "admittingRole": "national_adviser",
            "evidence": ["requested_commitments", "mandate_gap", "system_obstacle"],
            "terms": {"answer": "5wd", "answerUrgent": "1wd", "acknowledge": "2wd",
                "review": "20wd"}, "quorum": 3})
    );
    assert_eq!(
        ladder["raising"],
        json!(["tried_provisions", "citizens_wish", "perspective"])
    );
    assert_eq!(ladder["items"][0]["terms"], Value::Null);
    let reply = world
        .send(Request::get("/v1/ladder").body(Body::empty()).unwrap())
        .await;
    reply.expect(401);
}

#[tokio::test]
async fn health_and_numbers_need_no_login_and_name_nobody() {
    let world = World::new().await;
    world
        .post(&NOOR, "/v1/cases", &crate::story::report())
        .await
        .expect(201);
    let get = |path: &str| world.send(Request::get(path).body(Body::empty()).unwrap());
    assert_eq!(get("/healthz").await.expect(200), json!({"status": "ok"}));
    assert_eq!(get("/readyz").await.expect(200), json!({"status": "ready"}));
    let metrics = get("/metrics").await;
    assert!(metrics.text.contains(
        "doorbraak_request_seconds_count{method=\"POST\",route=\"/v1/cases\",status=\"2xx\"} 1\n"
    ));
    assert!(metrics.text.contains("doorbraak_log_position 1\n"));
    assert!(metrics.text.contains("doorbraak_quarantine 0\n"));
}

/// An alarm on a number that does not exist would never go off.
#[tokio::test]
async fn every_alarm_is_about_a_number_that_the_service_gives() {
    let world = World::new().await;
    world
        .post(&NOOR, "/v1/cases", &crate::story::report())
        .await
        .expect(201);
    let reply = world
        .send(Request::get("/metrics").body(Body::empty()).unwrap())
        .await;
    let given: BTreeSet<_> = reply
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
        .collect();
    let alarms = include_str!("../../../../deploy/monitoring/alerts.yml");
    let named: BTreeSet<_> = alarms
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("doorbraak_") && !word.starts_with("doorbraak_party_"))
        .map(|word| word.trim_end_matches("_count").trim_end_matches("_bucket"))
        .collect();
    assert!(named.len() > 5, "{named:?}");
    assert_eq!(named.difference(&given).collect::<Vec<_>>(), [&""; 0]);
}
