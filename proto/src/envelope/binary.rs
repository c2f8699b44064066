//! Binary mode: attributes in headers, the body is the data (CloudEvents binding for NATS).

use serde_json::{Map, Value};

use super::attributes::{Attributes, is_read};
use super::{Binary, Envelope, EnvelopeError, media_type, parse_json, within_limit};

pub(super) fn decode(headers: &[(String, String)], body: &[u8]) -> Result<Envelope, EnvelopeError> {
    let mut bytes = body.len();
    let mut attributes = Attributes::default();
    for (name, value) in headers {
        let name = name.to_ascii_lowercase();
        if name == "content-type" {
            if media_type(value) != "application/json" {
                return Err(EnvelopeError::ContentType);
            }
            continue;
        }
        let Some(attribute) = name.strip_prefix("ce-") else {
            continue;
        };
        bytes += name.len() + value.len();
        if !is_read(attribute) {
            continue;
        }
        let Some(text) = percent_decoded(value) else {
            attributes.refuse(attribute, "is not percent-encoded UTF-8");
            continue;
        };
        if attributes
            .given
            .insert(attribute.to_owned(), text)
            .is_some()
        {
            attributes.refuse(attribute, "is given more than once");
        }
    }
    within_limit(bytes)?;
    let data = if body.is_empty() {
        Value::Object(Map::new())
    } else {
        parse_json(body)?
    };
    attributes.into_envelope(data)
}

/// The attributes are those of the structured mode, so that both modes say the same.
pub(super) fn encode(envelope: &Envelope) -> Result<Binary, EnvelopeError> {
    let structured = super::structured::encode(envelope)?;
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    let mut data = Value::Object(Map::new());
    if let Value::Object(fields) = parse_json(&structured)? {
        for (name, value) in fields {
            match value {
                Value::String(text) if name != "datacontenttype" => {
                    headers.push((format!("ce-{name}"), percent_encoded(&text)));
                }
                value if name == "data" => data = value,
                _ => {}
            }
        }
    }
    Ok((headers, data.to_string().into_bytes()))
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'"' | b'%' | 0..=b' ' | 0x7f.. => encoded.push_str(&format!("%{byte:02X}")),
            plain => encoded.push(char::from(plain)),
        }
    }
    encoded
}

/// Space, `"`, `%` and everything outside ASCII travel as `%XX` per UTF-8 byte.
fn percent_decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
