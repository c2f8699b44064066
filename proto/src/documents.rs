//! Documents for other organisations, generated from the types: a JSON Schema per event and one
//! AsyncAPI document. `tests/freshness.rs` rejects a committed copy that is stale.

mod asyncapi;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::from_party::FromParty;
use crate::subject::Direction;
use crate::to_party::ToParty;

/// Where the JSON Schema of an event's data is described: the value of `dataschema`. The host is
/// reserved for documentation; a deployment serves the same path under its own name.
pub fn schema_url(event: &str, version: u32, direction: Direction) -> String {
    let file = file_name(event, version, direction);
    format!("https://doorbraak.example/schemas/{file}")
}

/// Every generated document: its path within the crate, and its text.
pub fn all() -> BTreeMap<String, String> {
    let mut documents = BTreeMap::new();
    for event in events() {
        documents.insert(
            format!("schemas/{}", event.file_name()),
            pretty(event.standalone_schema()),
        );
    }
    let mut envelope = envelope_schema();
    envelope["$schema"] = json!(DIALECT);
    envelope["$id"] = json!("https://doorbraak.example/schemas/envelope.json");
    documents.insert("schemas/envelope.json".to_owned(), pretty(envelope));
    documents.insert("asyncapi.yaml".to_owned(), asyncapi::document());
    documents
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// One event in one direction, as the documents speak of it.
struct EventSchema {
    event: &'static str,
    version: u32,
    direction: Direction,
    /// The schema of its data.
    schema: Value,
}

impl EventSchema {
    fn file_name(&self) -> String {
        file_name(self.event, self.version, self.direction)
    }

    fn standalone_schema(&self) -> Value {
        let mut schema = self.schema.clone();
        schema["$id"] = json!(schema_url(self.event, self.version, self.direction));
        schema
    }
}

fn events() -> Vec<EventSchema> {
    let from_party = FromParty::schemas()
        .into_iter()
        .map(|e| (Direction::Out, e));
    let to_party = ToParty::schemas().into_iter().map(|e| (Direction::In, e));
    from_party
        .chain(to_party)
        .map(|(direction, (event, version, schema))| EventSchema {
            event,
            version,
            direction,
            schema,
        })
        .collect()
}

fn file_name(event: &str, version: u32, direction: Direction) -> String {
    format!("{event}.v{version}.{}.json", direction.as_str())
}

/// The envelope in structured mode: CloudEvents 1.0 with the NL GOV profile's narrower rules.
fn envelope_schema() -> Value {
    json!({
        "title": "Envelope",
        "description": "CloudEvents 1.0 in structured mode, NL GOV profile; at most 65536 bytes.",
        "type": "object",
        "required": ["specversion", "id", "source", "type", "time", "data"],
        "properties": {
            "specversion": { "const": "1.0" },
            "id": { "type": "string", "pattern": "^[!-~]{1,128}$" },
            "source": {
                "type": "string",
                "pattern": "^urn:nld:oin:(0000000[1-9]|00000010|00000099)[0-9A-Z]{9}000:systeem:[A-Za-z0-9_.-]{1,64}$"
            },
            "type": {
                "type": "string",
                "pattern": "^nl\\.doorbraak\\.[a-z][a-z0-9]*(-[a-z0-9]+)*\\.[a-z][a-z0-9]*(-[a-z0-9]+)*\\.v[1-9][0-9]*$"
            },
            "subject": {
                "type": "string",
                "pattern": "^[!-~]{1,128}$",
                "description": "The pseudonym of the case; never a person number."
            },
            "time": { "type": "string", "format": "date-time" },
            "datacontenttype": { "const": "application/json" },
            "dataschema": { "type": "string", "format": "uri" },
            "traceparent": {
                "type": "string",
                "pattern": "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"
            },
            "sequence": {
                "type": "string",
                "pattern": "^[1-9][0-9]*$",
                "description": "The sender's count of its events, from 1 and without gaps."
            },
            "sequencetype": { "const": "Integer" },
            "data": { "type": "object" }
        },
        "dependentRequired": { "sequence": ["sequencetype"] }
    })
}

/// JSON with sorted keys, whatever order the map of this build keeps.
fn pretty(value: Value) -> String {
    format!("{:#}\n", sorted(value))
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let ordered: BTreeMap<String, Value> = object
                .into_iter()
                .map(|(key, value)| (key, sorted(value)))
                .collect();
            Value::Object(Map::from_iter(ordered))
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
