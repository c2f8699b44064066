//! The whole document, OpenAPI 3.0.3: the only line of versions that is approved in the Dutch
//! public sector (Forum Standaardisatie).

use axum::http::StatusCode;
use chassis::problem::Problem;
use chassis::server::API_VERSION;
use gate::Purpose;
use proto::BATCH_CONTENT_TYPE;
use serde_json::{Map, Value, json};

use super::super::page::{LARGEST_SIZE, USUAL_SIZE};
use super::super::routes::{PREFIX, Route};
use super::Operation;

/// What can go wrong with any request that names a person.
const ALWAYS: [u16; 5] = [400, 401, 403, 500, 503];
/// What more can go wrong with a command.
const WITH_BODY: [u16; 3] = [409, 413, 415];

/// The description of these routes.
pub(in crate::api) fn document(routes: &[Route]) -> Value {
    let mut paths = Map::new();
    for route in routes {
        let mut methods = Map::new();
        for (method, operation) in &route.operations {
            methods.insert((*method).to_owned(), described(route.path, operation));
        }
        paths.insert(route.path.to_owned(), Value::Object(methods));
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Doorbraak: escalation service",
            "description": "Brings stuck cases up the ladder, between organisations that each see \
                only what they may see. The words are explained at /v1/glossary.",
            "version": API_VERSION,
            "contact": {
                "name": "Doorbraak",
                "url": "https://doorbraak.example",
                "email": "api@doorbraak.example"
            },
            "license": {
                "name": "EUPL-1.2",
                "url": "https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12"
            }
        },
        "servers": [{ "url": PREFIX }],
        "security": [{ "accessToken": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "accessToken": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" }
            },
            "schemas": { "Problem": problem_schema() },
            "responses": problem_responses(),
            "headers": {
                "ApiVersion": {
                    "description": "The version of this API.",
                    "schema": { "type": "string" }
                },
                "ETag": {
                    "description": "The version of the case, for If-Match.",
                    "schema": { "type": "string" }
                }
            }
        }
    })
}

fn described(path: &str, operation: &Operation) -> Value {
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [path.split('/').nth(1).unwrap_or_default()],
        "parameters": parameters(path, operation),
        "responses": responses(path, operation),
    });
    if !operation.bodies.is_empty() {
        let schema = match operation.bodies.as_slice() {
            [one] => one.clone(),
            several => json!({ "oneOf": several }),
        };
        described["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    if !operation.forms.is_empty() {
        let forms = operation
            .forms
            .iter()
            .map(|form| ((*form).to_owned(), events(form)));
        let content: Map<_, _> = forms.collect();
        described["requestBody"] = json!({ "required": true, "content": content });
    }
    if operation.open {
        described["security"] = json!([]);
    }
    described
}

/// What stands in a body of events: the AsyncAPI document describes each of them.
fn events(form: &str) -> Value {
    let event =
        json!({ "type": "object", "description": "An event of the contract (CloudEvents 1.0)." });
    match form {
        BATCH_CONTENT_TYPE => json!({ "schema": { "type": "array", "items": event } }),
        _ => json!({ "schema": event }),
    }
}

fn parameters(path: &str, operation: &Operation) -> Vec<Value> {
    let text = json!({ "type": "string" });
    let mut parameters = Vec::new();
    for name in path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    {
        let what = match (name, path.starts_with("/cases")) {
            ("id", true) => "The case: its id, or your organisation's pseudonym for it.",
            _ => "Its id.",
        };
        parameters.push(json!({
            "name": name, "in": "path", "required": true, "description": what, "schema": text
        }));
    }
    if operation.paged {
        parameters.push(json!({
            "name": "pageSize", "in": "query", "description": "How many items at most.",
            "schema": {
                "type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": USUAL_SIZE
            }
        }));
        parameters.push(json!({
            "name": "cursor", "in": "query",
            "description": "The nextCursor of the page before.", "schema": text
        }));
    }
    if let Some((name, words)) = operation.query {
        parameters.push(json!({
            "name": name, "in": "query", "description": "Which ones.",
            "schema": { "type": "string", "enum": words, "default": words.first() }
        }));
    }
    for (name, about) in &operation.needed {
        parameters.push(json!({
            "name": name, "in": "query", "required": true, "description": about, "schema": text
        }));
    }
    for (name, about) in &operation.texts {
        parameters.push(json!({
            "name": name, "in": "query", "description": about, "schema": text
        }));
    }
    if operation.writes() {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header",
            "description": "Your own key for this command; sent again, it gets the same answer.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 128 }
        }));
        parameters.push(json!({
            "name": "If-Match", "in": "header",
            "description": "The ETag that you saw: 409 when the case changed since.",
            "schema": text
        }));
    } else if !operation.open {
        let purposes: Vec<_> = Purpose::ALL
            .iter()
            .map(|purpose| purpose.as_str())
            .collect();
        parameters.push(json!({
            "name": "Purpose", "in": "header",
            "description": "What you read for; without it the usual purpose of your role.",
            "schema": { "type": "string", "enum": purposes }
        }));
    }
    parameters
}

fn responses(path: &str, operation: &Operation) -> Value {
    let writes = operation.writes();
    let mut headers = json!({ "API-Version": { "$ref": "#/components/headers/ApiVersion" } });
    if writes || path == "/cases/{id}" || path == "/drafts/{id}" {
        headers["ETag"] = json!({ "$ref": "#/components/headers/ETag" });
    }
    if operation.status == 201 {
        let place = "Where it is found.";
        headers["Location"] = json!({ "description": place, "schema": { "type": "string" } });
    }
    let mut answer = json!({ "description": operation.summary, "headers": headers });
    if let Some(schema) = &operation.answer {
        answer["content"] = json!({ "application/json": { "schema": schema } });
    }
    if let Some(form) = operation.gives {
        answer["content"] = json!({ form: events(form) });
    }
    let mut responses = Map::from_iter([(operation.status.to_string(), answer)]);
    let asks = !operation.texts.is_empty() || !operation.needed.is_empty();
    let always: &[u16] = match (operation.open, asks) {
        (false, _) => &ALWAYS,
        (true, true) => &[400, 500, 503],
        (true, false) => &[500],
    };
    let with_body: &[u16] = if writes { &WITH_BODY } else { &[] };
    let not_found: &[u16] = if path.contains('{') { &[404] } else { &[] };
    for status in always.iter().chain(with_body).chain(not_found) {
        let place = format!("#/components/responses/{status}");
        responses.insert(status.to_string(), json!({ "$ref": place }));
    }
    Value::Object(responses)
}

fn problem_responses() -> Value {
    let statuses = ALWAYS.iter().chain(&WITH_BODY).chain(&[404]);
    let response = |status: &u16| {
        let known = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let title = match *status {
            409 => Problem::conflict("").title().to_owned(),
            _ => Problem::from_status(known).title().to_owned(),
        };
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let version = json!({ "API-Version": { "$ref": "#/components/headers/ApiVersion" } });
        let content = json!({ "application/problem+json": { "schema": schema } });
        (
            status.to_string(),
            json!({ "description": title, "headers": version, "content": content }),
        )
    };
    Value::Object(statuses.map(response).collect())
}

fn problem_schema() -> Value {
    let text = |what: &str| json!({ "type": "string", "description": what });
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "status", "title", "detail"],
        "properties": {
            "type": text("A stable URI for this kind of problem."),
            "status": { "type": "integer", "description": "The HTTP status." },
            "title": text("A short sentence, the same for every problem of this type."),
            "detail": text("What is the matter this time."),
            "invalidParams": {
                "type": "array",
                "description": "Every field that is wrong.",
                "items": {
                    "type": "object",
                    "required": ["name", "reason"],
                    "properties": {
                        "name": text("Where: a JSON Pointer, or the name of a header or query key."),
                        "reason": text("What is wrong with it.")
                    }
                }
            }
        }
    })
}
