//! The envelope in which every event travels: CloudEvents 1.0 in the NL GOV profile.
//!
//! Written in structured mode, read in both. What is read from outside is held against the whole
//! profile before anybody acts on it.

mod attributes;
mod binary;
mod structured;

use jiff::Timestamp;
use serde_json::Value;
use thiserror::Error;

use crate::check::InvalidParam;
use crate::event_type::EventType;
use crate::source::Source;

/// The most an event may measure from end to end, in bytes (NL GOV profile: 64 KB).
pub const MAX_BYTES: usize = 64 * 1024;

/// The content type of the structured mode.
pub const CONTENT_TYPE: &str = "application/cloudevents+json";

/// The content type of several events in one body: a JSON array of structured events.
pub const BATCH_CONTENT_TYPE: &str = "application/cloudevents-batch+json";

/// An event in binary mode: its headers, and the data as body.
pub type Binary = (Vec<(String, String)>, Vec<u8>);

/// An event and what goes around it. Its `Debug` shows the context and hides the data.
#[derive(Clone, PartialEq)]
pub struct Envelope {
    /// The sender's persistent id of this event: 1 to 128 visible ASCII characters. The same
    /// event sent again has the same id.
    pub id: String,
    /// Who sends.
    pub source: Source,
    /// What happened.
    pub type_: EventType,
    /// The receiver's or sender's pseudonym of the case; absent when there is none yet.
    pub subject: Option<String>,
    /// When the sender wrote it down.
    pub time: Timestamp,
    /// Where the schema of the data is described.
    pub dataschema: Option<String>,
    /// The trace in which the event began (W3C trace context), not the hop.
    pub traceparent: Option<String>,
    /// The sender's count of its events, from 1 and without gaps.
    pub sequence: Option<u64>,
    /// What there is to tell: a JSON object.
    pub data: Value,
}

/// Why bytes are no event.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EnvelopeError {
    /// More than [`MAX_BYTES`].
    #[error("the event measures {bytes} bytes, at most 65536 are allowed")]
    TooLarge {
        /// What was measured, in bytes.
        bytes: usize,
    },
    /// Broken JSON.
    #[error("the event is no JSON: broken at line {line}, column {column}")]
    NotJson {
        /// Line of the first mistake, from 1.
        line: usize,
        /// Column of the first mistake.
        column: usize,
    },
    /// JSON, and no object.
    #[error("the event is no JSON object")]
    NotAnObject,
    /// A content type that is neither mode's.
    #[error("the content type is neither application/cloudevents+json nor application/json")]
    ContentType,
    /// Attributes that are missing or wrong: all of them.
    #[error("{}", list(.0))]
    Invalid(Vec<InvalidParam>),
}

impl EnvelopeError {
    /// A stable code for the reason, for quarantine and counters.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::NotJson { .. } => "broken_json",
            Self::NotAnObject => "no_object",
            Self::ContentType => "unsupported_content_type",
            Self::Invalid(_) => "invalid_envelope",
        }
    }
}

fn list(wrong: &[InvalidParam]) -> String {
    let parts: Vec<String> = wrong
        .iter()
        .map(|param| format!("{} {}", param.name, param.reason))
        .collect();
    parts.join("; ")
}

impl Envelope {
    /// Reads whichever mode the headers announce: structured when the content type says so,
    /// binary otherwise.
    ///
    /// # Errors
    /// [`EnvelopeError`]; a batch is refused as [`EnvelopeError::ContentType`].
    pub fn decode(headers: &[(String, String)], body: &[u8]) -> Result<Self, EnvelopeError> {
        let content_type = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
            .map(|(_, value)| media_type(value));
        if content_type.as_deref() == Some(CONTENT_TYPE) {
            return Self::decode_structured(body);
        }
        Self::decode_binary(headers, body)
    }

    /// Reads the structured mode: one JSON object with context and data.
    ///
    /// # Errors
    /// [`EnvelopeError`], with everything that is wrong with the attributes at once.
    pub fn decode_structured(body: &[u8]) -> Result<Self, EnvelopeError> {
        structured::decode(body)
    }

    /// Reads the binary mode: attributes in `ce-` headers, percent-encoded (CloudEvents binding
    /// for NATS), and the data as body.
    ///
    /// # Errors
    /// [`EnvelopeError`], with everything that is wrong with the attributes at once.
    pub fn decode_binary(headers: &[(String, String)], body: &[u8]) -> Result<Self, EnvelopeError> {
        binary::decode(headers, body)
    }

    /// Writes the structured mode.
    ///
    /// # Errors
    /// [`EnvelopeError::TooLarge`] over [`MAX_BYTES`]; [`EnvelopeError::Invalid`] when a field
    /// holds what the profile forbids, so that nothing leaves that the other side must refuse.
    pub fn encode(&self) -> Result<Vec<u8>, EnvelopeError> {
        structured::encode(self)
    }

    /// Writes the binary mode: attributes in `ce-` headers, percent-encoded, beside `content-type`;
    /// the body is the data.
    ///
    /// # Errors
    /// As for [`Envelope::encode`].
    pub fn encode_binary(&self) -> Result<Binary, EnvelopeError> {
        binary::encode(self)
    }

    /// What tells this message from every other: source and id, as in the header `Nats-Msg-Id`.
    pub fn message_id(&self) -> String {
        format!("{} {}", self.source, self.id)
    }
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Envelope")
            .field("id", &self.id)
            .field("source", &self.source.to_string())
            .field("type", &self.type_.to_string())
            .field("subject", &self.subject)
            .field("time", &self.time)
            .field("sequence", &self.sequence)
            .finish_non_exhaustive()
    }
}

/// The media type without its parameters, in lower case.
fn media_type(value: &str) -> String {
    let bare = value.split(';').next().unwrap_or_default();
    bare.trim().to_ascii_lowercase()
}

fn within_limit(bytes: usize) -> Result<(), EnvelopeError> {
    if bytes > MAX_BYTES {
        return Err(EnvelopeError::TooLarge { bytes });
    }
    Ok(())
}

fn parse_json(body: &[u8]) -> Result<Value, EnvelopeError> {
    serde_json::from_slice(body).map_err(|error| EnvelopeError::NotJson {
        line: error.line(),
        column: error.column(),
    })
}
