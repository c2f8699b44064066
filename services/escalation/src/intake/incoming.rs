//! A message as it came in, and how it is kept while it waits or stands in quarantine.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bus::Message;
use bytes::Bytes;
use journal::Wrong;
use proto::{DecodeError, Envelope, EnvelopeError, FromParty, InvalidParam, Oin, parse_subject};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything of a message, for keeping it sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    subject: String,
    headers: Vec<(String, String)>,
    payload: String,
}

impl Kept {
    pub(super) fn of(message: &Message) -> String {
        let kept = Self {
            subject: message.subject.clone(),
            headers: message.headers.clone(),
            payload: STANDARD.encode(&message.payload),
        };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    pub(super) fn restore(text: &str) -> Option<Message> {
        let kept: Self = serde_json::from_str(text).ok()?;
        Some(Message {
            subject: kept.subject,
            headers: kept.headers,
            payload: Bytes::from(STANDARD.decode(kept.payload).ok()?),
        })
    }
}

/// Why a message cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unfit {
    /// The stable code.
    pub(super) code: &'static str,
    /// The reason in words, without any value of the message.
    pub(super) detail: String,
    /// What exactly is wrong, where its data does not fit the schema.
    pub(super) wrong: Vec<Wrong>,
}

impl Unfit {
    /// Without a field to blame.
    pub(super) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            wrong: Vec::new(),
        }
    }
}

/// A message that holds an event of the contract.
pub(super) struct Incoming {
    pub(super) envelope: Envelope,
    pub(super) event: FromParty,
}

/// What can be known of a message even when it is unfit.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Traits {
    /// Source and id, when both can be read.
    pub(super) message_id: Option<String>,
    /// The sender's count, when it can be read.
    pub(super) sequence: Option<u64>,
}

/// Reads a message and holds it against the profile, its authenticated sender and its subject.
pub(super) fn envelope(message: &Message, sender: &Oin) -> Result<Envelope, Unfit> {
    let envelope =
        Envelope::decode(&message.headers, &message.payload).map_err(|error: EnvelopeError| {
            let wrong = match &error {
                EnvelopeError::Invalid(params) => wrong(params),
                _ => Vec::new(),
            };
            Unfit {
                code: error.code(),
                detail: error.to_string(),
                wrong,
            }
        })?;
    if envelope.source.oin != *sender {
        return Err(Unfit::new(
            "source_mismatch",
            "the source names another organisation than the sender",
        ));
    }
    let subject = parse_subject(&message.subject)
        .map_err(|error| Unfit::new("invalid_subject", error.to_string()))?;
    if subject.event != envelope.type_.event {
        return Err(Unfit::new(
            "subject_mismatch",
            "subject and type name different events",
        ));
    }
    Ok(envelope)
}

/// The event inside an envelope.
pub(super) fn event(envelope: Envelope) -> Result<Incoming, (Box<Envelope>, Unfit)> {
    let type_ = &envelope.type_;
    match FromParty::decode(&type_.event, type_.version, &envelope.data) {
        Ok(event) => Ok(Incoming { envelope, event }),
        Err(error) => {
            let unfit = Unfit {
                code: error.code(),
                detail: in_full(&error),
                wrong: match &error {
                    DecodeError::Invalid(params) => wrong(params),
                    DecodeError::UnknownType | DecodeError::UnsupportedVersion { .. } => Vec::new(),
                },
            };
            Err((Box::new(envelope), unfit))
        }
    }
}

/// The same in the words of the inbox.
fn wrong(params: &[InvalidParam]) -> Vec<Wrong> {
    let params = params.iter();
    params
        .map(|param| Wrong {
            name: param.name.clone(),
            reason: param.reason.clone(),
        })
        .collect()
}

/// Everything that is wrong at once, so that correcting it takes one round.
fn in_full(error: &DecodeError) -> String {
    match error {
        DecodeError::Invalid(wrong) => {
            let parts: Vec<_> = wrong
                .iter()
                .map(|param| format!("{} {}", param.name, param.reason))
                .collect();
            parts.join("; ")
        }
        DecodeError::UnknownType | DecodeError::UnsupportedVersion { .. } => error.to_string(),
    }
}

/// Reads what can be read of a message that is not a valid event, so that its sender can be
/// answered and nothing waits behind it.
pub(super) fn traits(message: &Message) -> Traits {
    let body: Value = serde_json::from_slice(&message.payload).unwrap_or_default();
    let attribute = |name: &str| {
        let header = message.header(&format!("ce-{name}")).map(str::to_owned);
        header.or_else(|| body[name].as_str().map(str::to_owned))
    };
    let fits = |text: &String| text.len() <= 256 && text.bytes().all(|b| b.is_ascii_graphic());
    let message_id = match (
        attribute("source").filter(fits),
        attribute("id").filter(fits),
    ) {
        (Some(source), Some(id)) => Some(format!("{source} {id}")),
        _ => None,
    };
    let sequence = attribute("sequence")
        .and_then(|text| text.parse().ok())
        .or_else(|| body["sequence"].as_u64())
        .filter(|sequence| *sequence > 0);
    Traits {
        message_id,
        sequence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(payload: &'static str) -> Message {
        Message {
            subject: "doorbraak.00000099000000002000.out.fact.reported".to_owned(),
            headers: vec![("Content-Type".to_owned(), proto::CONTENT_TYPE.to_owned())],
            payload: Bytes::from_static(payload.as_bytes()),
        }
    }

    #[test]
    fn a_kept_message_comes_back_byte_for_byte() {
        let message = message("{\"broken\": \u{7f}");
        assert_eq!(Kept::restore(&Kept::of(&message)), Some(message));
    }

    #[test]
    fn broken_json_has_no_traits_and_says_where_it_breaks() {
        let message = message("{\"id\": ");
        let sender = Oin::parse("00000099000000002000").unwrap();
        let unfit = envelope(&message, &sender).unwrap_err();
        assert_eq!(unfit.code, "broken_json");
        assert_eq!(traits(&message), Traits::default());
    }

    #[test]
    fn an_incomplete_envelope_still_tells_which_message_it_was() {
        let message = message(r#"{"id": "e1", "source": "urn:x", "sequence": "7"}"#);
        let expected = Traits {
            message_id: Some("urn:x e1".to_owned()),
            sequence: Some(7),
        };
        assert_eq!(traits(&message), expected);
    }
}
