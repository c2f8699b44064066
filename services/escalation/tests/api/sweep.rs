//! Every route asks who calls and what that one may: a stranger gets nothing anywhere.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Map, Value, json};

use crate::people::{NOOR, Person};
use crate::story::{Chapter, HANDOFFS, IDENTITY, Story};
use crate::world::World;

/// Takes part in the platform, in every role that works with cases, and has no part in this case.
const STRANGER: Person = Person {
    name: "mina",
    organisation: "00000099000000013000",
    roles: &[
        "raiser",
        "case_director",
        "process_director",
        "agency_liaison",
        "care_professional",
        "fund_holder",
        "regional_handler",
        "national_adviser",
        "table_member",
        "administrator",
        "analyst",
        "privacy_officer",
        "operator",
        "citizen",
    ],
};

/// The same, without a role.
const ROLELESS: Person = Person {
    roles: &[],
    ..STRANGER
};

/// What everybody with a token reads: catalogues of the platform, of no case; and the check over one.
const FOR_ALL: [&str; 7] = [
    "get /ladder",
    "get /legal-bases",
    "get /methods",
    "get /provisions",
    "get /rules",
    "post /sharing-checks",
    "post /suggestions",
];

/// What a person with a role does for the own organisation, with nobody else's case; what the own
/// organisation tried; and what all cases together tell.
const OWN: [&str; 8] = [
    "post /cases",
    "post /drafts",
    "post /signals",
    "get /access-log",
    "get /processing-log",
    "get /insights",
    "put /register/{contact}",
    "delete /register/{contact}",
];

/// Lists: whoever has no part gets an empty one, or is refused.
const LISTS: [&str; 18] = [
    "get /cases",
    "get /escalations",
    "get /work",
    "get /handoffs",
    "get /findings",
    "get /signals",
    "get /commitments",
    "get /meetings",
    "get /drafts",
    "get /advice",
    "get /passes",
    "get /register",
    "get /sharing-templates",
    "post /searches",
    "get /disclosures",
    "get /access-requests",
    "get /retention",
    "get /erasures",
];

/// The described operations that need a login: `method path`, with the schema of the body.
async fn operations(world: &World) -> Vec<(String, String, Value)> {
    let document = world
        .send(
            Request::get("/v1/openapi.json")
                .body(Body::empty())
                .unwrap(),
        )
        .await
        .expect(200);
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation["security"] != json!([]) {
                let schema =
                    operation["requestBody"]["content"]["application/json"]["schema"].clone();
                operations.push((method.clone(), path.clone(), schema));
            }
        }
    }
    operations
}

/// The path with the ids of the story where it has such, so that only a permission can refuse it.
fn address(path: &str, story: &Story<'_>) -> String {
    let id = match path.split('/').nth(1).unwrap() {
        "cases" => story.case.as_str(),
        "handoffs" => HANDOFFS[0],
        _ => "019cae00-0000-7000-8000-0000000000ff",
    };
    let filled = path
        .replace("{id}", id)
        .replace("{escalation}", &story.escalation)
        .replace("{request}", &story.requests[0])
        .replace("{handoff}", HANDOFFS[0])
        .replace("{case}", &story.case);
    let mut parts: Vec<&str> = filled.split('/').collect();
    for part in &mut parts {
        if part.starts_with('{') {
            *part = "019cae00-0000-7000-8000-0000000000ff";
        }
    }
    let query = match path {
        "/meetings/proposed-agenda" => "?rung=national_table",
        _ => "",
    };
    format!("/v1{}{query}", parts.join("/"))
}

/// The smallest body that a schema lets through, as far as a sample can be.
fn sample(schema: &Value) -> Value {
    if let Some(first) = ["oneOf", "anyOf"]
        .iter()
        .find_map(|key| schema[*key].get(0))
    {
        return sample(first);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let merged = parts.iter().map(sample).filter_map(|part| match part {
            Value::Object(fields) => Some(fields),
            _ => None,
        });
        return Value::Object(merged.flatten().collect());
    }
    if let Some(word) = schema["enum"].get(0) {
        return word.clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let empty = Vec::new();
            let required = schema["required"].as_array().unwrap_or(&empty);
            let fields = required.iter().map(|name| {
                let name = name.as_str().unwrap();
                (name.to_owned(), sample(&schema["properties"][name]))
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Some("array") => json!([sample(&schema["items"])]),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        _ => match schema["format"].as_str() {
            Some("date") => json!("2026-03-20"),
            Some("date-time") => json!("2026-03-20T09:00:00Z"),
            Some("uuid") => json!("019cae00-0000-7000-8000-0000000000fe"),
            _ => json!("x"),
        },
    }
}

#[tokio::test]
async fn without_a_token_every_route_refuses() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Committed).await;
    let operations = operations(&world).await;
    assert!(operations.len() > 100);
    for (method, path, schema) in operations {
        let request = Request::builder()
            .method(method.to_uppercase().as_str())
            .uri(address(&path, &story))
            .header("content-type", "application/json")
            .body(Body::from(sample(&schema).to_string()))
            .unwrap();
        let reply = world.send(request).await;
        assert_eq!(reply.status.as_u16(), 401, "{method} {path}");
        assert_no_data(&reply.text, &story, &format!("{method} {path}"));
    }
}

/// What a stranger is answered, per operation, with the case left as it was.
async fn sweep(stranger: &Person, expected: impl Fn(&str) -> Vec<u16>) {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Committed).await;
    let before = world.get(&NOOR, &story.path("")).await.expect(200);
    let mut wrong = BTreeSet::new();
    for (method, path, schema) in operations(&world).await {
        let name = format!("{method} {path}");
        let verb: Method = method.to_uppercase().parse().unwrap();
        let body = match name.as_str() {
            "post /meetings" => json!({"rung": "national_table", "at": "2026-03-20T09:00:00Z"}),
            "post /sharing-checks" => {
                json!({"receiver": "00000099000000002000", "purpose": "help"})
            }
            _ => sample(&schema),
        };
        let body = schema.is_object().then_some(&body);
        let reply = world
            .ask(stranger, verb, &address(&path, &story), &[], body)
            .await;
        assert_no_data(&reply.text, &story, &name);
        let status = reply.status.as_u16();
        if !expected(&name).contains(&status) {
            wrong.insert(format!("{name}: {status} {}", reply.text));
        }
        if status == 200 && LISTS.contains(&name.as_str()) {
            // What the stranger raised in this sweep is the stranger's own.
            let listed = reply.body["items"].as_array().unwrap().iter();
            let of_others = listed.filter(|item| item["raiser"] != stranger.organisation);
            assert_eq!(of_others.collect::<Vec<_>>(), [&Value::Null; 0], "{name}");
        }
    }
    assert_eq!(wrong, BTreeSet::new());
    let after = world.get(&NOOR, &story.path("")).await.expect(200);
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_stranger_in_every_role_finds_nothing_and_changes_nothing() {
    sweep(&STRANGER, |name| {
        if FOR_ALL.contains(&name) || LISTS.contains(&name) {
            vec![200]
        } else if OWN.contains(&name) {
            vec![200, 201, 400]
        } else {
            vec![403, 404]
        }
    })
    .await;
}

#[tokio::test]
async fn a_stranger_without_a_role_finds_nothing_and_changes_nothing() {
    sweep(&ROLELESS, |name| {
        if FOR_ALL.contains(&name) {
            vec![200]
        } else if LISTS.contains(&name) {
            vec![200, 403]
        } else {
            vec![403, 404]
        }
    })
    .await;
}

fn assert_no_data(text: &str, story: &Story<'_>, place: &str) {
    for word in IDENTITY
        .iter()
        .copied()
        .chain(["ZAAK-2026-0001", story.case.as_str()])
    {
        // A name, and not the beginning of a longer word.
        let told = text
            .match_indices(word)
            .map(|(at, _)| text[at + word.len()..].chars().next())
            .any(|next| !next.is_some_and(char::is_alphabetic));
        assert!(!told, "{place} tells {word}: {text}");
    }
}
