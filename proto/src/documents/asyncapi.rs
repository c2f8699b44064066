//! The AsyncAPI 3.0.0 document: every channel of the bus, seen from the platform.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{EventSchema, envelope_schema, events, sorted};
use crate::envelope::CONTENT_TYPE;
use crate::event_type::EventType;
use crate::subject::Direction;

/// The parts in the order in which people read them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    asyncapi: &'static str,
    info: Value,
    default_content_type: &'static str,
    servers: Value,
    channels: Value,
    operations: Value,
    components: Value,
}

pub(super) fn document() -> String {
    let mut channels = Map::new();
    let mut operations = Map::new();
    let mut messages = Map::new();
    let mut schemas = Map::new();
    schemas.insert("envelope".to_owned(), envelope_schema());
    for event in events() {
        let key = key(&event);
        channels.insert(key.clone(), channel(&event, &key));
        operations.insert(key.clone(), operation(&event, &key));
        messages.insert(key.clone(), message(&event, &key));
        schemas.insert(key, data_schema(&event));
    }
    let document = Document {
        asyncapi: "3.0.0",
        info: sorted(info()),
        default_content_type: CONTENT_TYPE,
        servers: sorted(json!({
            "nats": {
                "host": "nats.doorbraak.example:4222",
                "protocol": "nats",
                "description": "JetStream 2.12. Each organisation has its own user (nkey) and TLS."
            }
        })),
        channels: sorted(Value::Object(channels)),
        operations: sorted(Value::Object(operations)),
        components: sorted(json!({ "messages": messages, "schemas": schemas })),
    };
    serde_norway::to_string(&document).expect("a document has text keys only")
}

/// `out.handoff.offered`: unique, because a direction has one newest version of each event.
fn key(event: &EventSchema) -> String {
    format!("{}.{}", event.direction.as_str(), event.event)
}

fn info() -> Value {
    json!({
        "title": "Doorbraak",
        "version": "1.0.0",
        "description": "Events between Doorbraak and the organisations around it. `out` is from an \
            organisation, `in` is to it. An organisation publishes under its own OIN only and \
            reads only what is addressed to it. Header `Nats-Msg-Id` is `<source> <id>`; the \
            broker drops a message that it has already. Every event from an organisation is \
            answered with `input.stored` or `input.refused`.",
        "license": { "name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/" }
    })
}

fn channel(event: &EventSchema, key: &str) -> Value {
    json!({
        "address": format!("doorbraak.{{oin}}.{}.{}", event.direction.as_str(), event.event),
        "parameters": {
            "oin": {
                "description": "The organisation's OIN: 20 positions.",
                "examples": ["00000099000000001000"]
            }
        },
        "messages": { key: { "$ref": format!("#/components/messages/{key}") } }
    })
}

fn operation(event: &EventSchema, key: &str) -> Value {
    let action = match event.direction {
        Direction::Out => "receive",
        Direction::In => "send",
    };
    json!({
        "action": action,
        "channel": { "$ref": format!("#/channels/{key}") },
        "messages": [{ "$ref": format!("#/channels/{key}/messages/{key}") }]
    })
}

fn message(event: &EventSchema, key: &str) -> Value {
    let event_type = EventType::new(event.event, event.version).to_string();
    json!({
        "name": event_type,
        "title": format!("{} v{}", event.event, event.version),
        "summary": event.schema["description"],
        "contentType": CONTENT_TYPE,
        "headers": {
            "type": "object",
            "required": ["Nats-Msg-Id", "Content-Type"],
            "properties": {
                "Nats-Msg-Id": { "type": "string", "description": "`<source> <id>`" },
                "Content-Type": { "const": CONTENT_TYPE }
            }
        },
        "payload": {
            "allOf": [
                { "$ref": "#/components/schemas/envelope" },
                {
                    "type": "object",
                    "properties": {
                        "type": { "const": event_type },
                        "data": { "$ref": format!("#/components/schemas/{key}") }
                    }
                }
            ]
        }
    })
}

/// Inside the document the dialect is the document's own.
fn data_schema(event: &EventSchema) -> Value {
    let mut schema = event.schema.clone();
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
    }
    schema
}
