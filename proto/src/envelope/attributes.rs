//! Context attributes, whichever mode they came in: what each must look like.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Envelope, EnvelopeError, media_type};
use crate::bsn::Bsn;
use crate::check::{InvalidParam, first};
use crate::event_type::EventType;
use crate::identifier::IdentifierError;
use crate::source::Source;

/// The attributes as texts, and what is wrong so far.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) given: BTreeMap<String, String>,
    pub(super) wrong: Vec<InvalidParam>,
}

impl Attributes {
    /// Builds the envelope, or tells everything that is wrong.
    pub(super) fn into_envelope(mut self, data: Value) -> Result<Envelope, EnvelopeError> {
        if self.required("specversion").is_some_and(|v| v != "1.0") {
            self.refuse("specversion", "is not 1.0");
        }
        let id = self.required("id");
        if id.as_deref().is_some_and(|id| !is_plain(id, 128)) {
            self.refuse("id", "has not 1 to 128 visible ASCII characters");
        }
        let source = self.parsed("source", Source::parse);
        let type_ = self.parsed("type", EventType::parse);
        let time = self.required("time").and_then(|text| {
            let time = text.parse().ok();
            if time.is_none() {
                self.refuse("time", "is no RFC 3339 time");
            }
            time
        });
        let subject = self.given.remove("subject");
        if subject
            .as_deref()
            .is_some_and(|subject| !is_plain(subject, 128))
        {
            self.refuse("subject", "has not 1 to 128 visible ASCII characters");
        }
        // The profile forbids sensitive data in the context: every broker and log line shows it.
        for (name, value) in [("id", &id), ("subject", &subject)] {
            if value.as_deref().is_some_and(Bsn::is_valid) {
                self.refuse(
                    name,
                    "is a person number, which no context attribute may be",
                );
            }
        }
        if let Some(content_type) = self.given.remove("datacontenttype")
            && media_type(&content_type) != "application/json"
        {
            self.refuse("datacontenttype", "is not application/json");
        }
        if !data.is_object() {
            self.refuse("data", "is no JSON object");
        }
        let sequence = self.sequence();
        let dataschema = self.given.remove("dataschema");
        // A broken trace never stops a case: the trace starts anew (W3C trace context, 4.3).
        let traceparent = self.given.remove("traceparent").filter(|t| is_trace(t));

        match (id, source, type_, time) {
            (Some(id), Some(source), Some(type_), Some(time)) if self.wrong.is_empty() => {
                Ok(Envelope {
                    id,
                    source,
                    type_,
                    subject,
                    time,
                    dataschema,
                    traceparent,
                    sequence,
                    data,
                })
            }
            _ => Err(EnvelopeError::Invalid(first(self.wrong))),
        }
    }

    pub(super) fn refuse(&mut self, name: &str, reason: &str) {
        self.wrong
            .push(InvalidParam::new(format!("/{name}"), reason));
    }

    fn required(&mut self, name: &str) -> Option<String> {
        let value = self.given.remove(name);
        // A value of another type than text has been refused already.
        if value.is_none() && !self.wrong.iter().any(|param| param.name[1..] == *name) {
            self.refuse(name, "is required");
        }
        value
    }

    fn parsed<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, IdentifierError>,
    ) -> Option<T> {
        let text = self.required(name)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(name, &error.to_string());
                None
            }
        }
    }

    /// The sender's count: a text of digits, from 1 (CloudEvents extension "sequence", type
    /// `Integer`).
    fn sequence(&mut self) -> Option<u64> {
        let sequence_type = self.given.remove("sequencetype");
        let text = self.given.remove("sequence")?;
        if sequence_type.is_none_or(|name| name != "Integer") {
            self.refuse("sequencetype", "is not Integer");
        }
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        match text.parse() {
            Ok(count) if digits && count > 0 => Some(count),
            _ => {
                self.refuse("sequence", "is no count from 1");
                None
            }
        }
    }
}

/// Whether an attribute of this name is read. Every other one is ignored, whatever it holds: nobody is
/// told of a mistake in what nobody reads.
pub(super) fn is_read(name: &str) -> bool {
    KNOWN.contains(&name)
}

const KNOWN: [&str; 11] = [
    "specversion",
    "id",
    "source",
    "type",
    "subject",
    "time",
    "datacontenttype",
    "dataschema",
    "traceparent",
    "sequence",
    "sequencetype",
];

/// Visible ASCII only: the value ends up in headers and log lines.
pub(super) fn is_plain(text: &str, most: usize) -> bool {
    !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_graphic())
}

/// `00-<32 hex>-<16 hex>-<2 hex>`, in lower case.
fn is_trace(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let hex = |part: &str, length: usize| {
        part.len() == length
            && part
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    matches!(parts.as_slice(), ["00", trace, span, flags]
        if hex(trace, 32) && hex(span, 16) && hex(flags, 2))
}
