//! Structured mode: one JSON object holds context and data.

use serde::Serialize;
use serde_json::{Map, Value};

use super::attributes::{Attributes, is_read};
use super::{Envelope, EnvelopeError, parse_json, within_limit};

pub(super) fn decode(body: &[u8]) -> Result<Envelope, EnvelopeError> {
    within_limit(body.len())?;
    let Value::Object(mut object) = parse_json(body)? else {
        return Err(EnvelopeError::NotAnObject);
    };
    // An event with nothing to tell may leave its data out.
    let data = object
        .remove("data")
        .unwrap_or_else(|| Value::Object(Map::new()));
    let mut attributes = Attributes::default();
    for (name, value) in object {
        match value {
            Value::String(text) => {
                attributes.given.insert(name, text);
            }
            // CloudEvents: an attribute that is null is absent.
            Value::Null => {}
            Value::Number(number) if name == "sequence" => {
                attributes.given.insert(name, number.to_string());
            }
            _ if is_read(&name) => attributes.refuse(&name, "is no text"),
            _ if name == "data_base64" => attributes.refuse(&name, "is not accepted: use data"),
            _ => {}
        }
    }
    if attributes.given.contains_key("data_base64") {
        attributes.refuse("data_base64", "is not accepted: use data");
    }
    attributes.into_envelope(data)
}

#[derive(Serialize)]
struct Wire<'a> {
    specversion: &'static str,
    id: &'a str,
    source: String,
    #[serde(rename = "type")]
    type_: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    time: String,
    datacontenttype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dataschema: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    traceparent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequencetype: Option<&'static str>,
    data: &'a Value,
}

pub(super) fn encode(envelope: &Envelope) -> Result<Vec<u8>, EnvelopeError> {
    let wire = Wire {
        specversion: "1.0",
        id: &envelope.id,
        source: envelope.source.to_string(),
        type_: envelope.type_.to_string(),
        subject: envelope.subject.as_deref(),
        time: envelope.time.to_string(),
        datacontenttype: "application/json",
        dataschema: envelope.dataschema.as_deref(),
        traceparent: envelope.traceparent.as_deref(),
        sequence: envelope.sequence.map(|count| count.to_string()),
        sequencetype: envelope.sequence.map(|_| "Integer"),
        data: &envelope.data,
    };
    let body = serde_json::to_vec(&wire).map_err(|error| EnvelopeError::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    // The fields are open to whoever builds an envelope, so the profile is asked once more.
    decode(&body)?;
    Ok(body)
}
