//! A letter that measures more than may travel is told shorter: one that could not leave would hold
//! up everybody's.

use proto::{Envelope, MAX_BYTES};
use serde_json::Value;
use tracing::warn;

/// What stands behind a text that was cut.
pub(super) const CUT: &str = " […] (ingekort; de hele tekst staat op het platform)";

/// Below this many bytes a text is not cut again.
const SHORT: usize = 400;

/// The same letter when it fits. Otherwise the longest texts are halved until it does; lists lose
/// their last entries when no text is long any more. Codes, ids and sealed persons are never that
/// long, so they stay whole.
pub(super) fn fitting(mut envelope: Envelope) -> Envelope {
    // Ids, attributes and whatever the escapes of JSON add.
    let mut size = written(&envelope);
    if size <= MAX_BYTES {
        return envelope;
    }
    warn!(event = envelope.type_.event, bytes = size, "told shorter");
    while size > MAX_BYTES {
        if cut_longest_text(&mut envelope.data) {
            size = written(&envelope);
        } else if let Some(dropped) = drop_from_longest_list(&mut envelope.data) {
            size = size.saturating_sub(dropped);
        } else {
            break;
        }
    }
    envelope
}

/// How many bytes the letter measures; what cannot be written for another reason fits.
fn written(envelope: &Envelope) -> usize {
    match envelope.encode() {
        Err(proto::EnvelopeError::TooLarge { bytes }) => bytes,
        _ => 0,
    }
}

fn cut_longest_text(data: &mut Value) -> bool {
    let mut longest: Option<&mut String> = None;
    let mut rest = vec![data];
    while let Some(value) = rest.pop() {
        match value {
            Value::String(text) => {
                if longest
                    .as_ref()
                    .is_none_or(|other| other.len() < text.len())
                {
                    longest = Some(text);
                }
            }
            Value::Array(items) => rest.extend(items),
            Value::Object(fields) => rest.extend(fields.values_mut()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let Some(text) = longest.filter(|text| text.len() > SHORT) else {
        return false;
    };
    let kept = text.strip_suffix(CUT).unwrap_or(text);
    let half = kept.floor_char_boundary(kept.len() / 2);
    *text = format!("{}{CUT}", &kept[..half]);
    true
}

/// How many bytes went: to write a long letter anew for every entry would keep everybody waiting.
fn drop_from_longest_list(data: &mut Value) -> Option<usize> {
    let mut longest: Option<&mut Vec<Value>> = None;
    let mut rest = vec![data];
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) if items.iter().any(Value::is_object) => {
                if longest
                    .as_ref()
                    .is_none_or(|other| other.len() < items.len())
                {
                    longest = Some(items);
                }
            }
            Value::Array(_) => {}
            Value::Object(fields) => rest.extend(fields.values_mut()),
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let items = longest?;
    let comma = usize::from(items.len() > 1);
    let entry = items.pop()?;
    Some(entry.to_string().len() + comma)
}

#[cfg(test)]
mod tests {
    use proto::{EventType, Source};
    use serde_json::json;

    use super::*;

    fn letter(data: Value) -> Envelope {
        Envelope {
            id: "l-1".to_owned(),
            source: Source::parse("urn:nld:oin:00000099000000009000:systeem:escalation").unwrap(),
            type_: EventType::new("handoff.opened", 1),
            subject: None,
            time: "2026-03-02T09:00:00Z".parse().unwrap(),
            dataschema: None,
            traceparent: None,
            sequence: None,
            data,
        }
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        let whole = letter(json!({ "summary": "é".repeat(32_000 / 2) }));
        assert_eq!(fitting(whole.clone()), whole);
    }

    #[test]
    fn the_longest_text_is_cut_and_says_so() {
        let told = fitting(letter(json!({
            "summary": "kort",
            "story": "é".repeat(30_000),
            "desiredOutcome": "a".repeat(10_000),
        })));
        assert_eq!(told.data["summary"], "kort");
        assert_eq!(told.data["desiredOutcome"], "a".repeat(10_000));
        assert_eq!(told.data["story"], format!("{}{CUT}", "é".repeat(15_000)));
        assert!(told.encode().is_ok());
    }

    #[test]
    fn a_long_list_loses_its_last_entries() {
        let facts: Vec<_> = (0..2_000)
            .map(|n| json!({ "by": n, "summary": "a".repeat(300) }))
            .collect();
        let told = fitting(letter(json!({ "facts": facts })));
        let left = told.data["facts"].as_array().unwrap();
        assert!(told.encode().is_ok());
        assert_eq!(left[..], facts[..left.len()]);
        let one_more = letter(json!({ "facts": facts[..=left.len()] }));
        assert!(
            one_more.encode().is_err(),
            "no more than needed was left out"
        );
    }

    #[test]
    fn a_text_with_many_escapes_is_cut_too() {
        let told = fitting(letter(json!({ "story": "\u{1}".repeat(60_000) })));
        assert!(told.encode().is_ok());
    }
}
