//! The type of an event: what happened, and in which version it is told.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::identifier::IdentifierError;

/// `nl.doorbraak.<noun>.<past-verb>.v<N>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventType {
    /// Noun and past verb in kebab-case, such as `handoff.offered`: equal to the subject's end.
    pub event: String,
    /// The version of its data, from 1.
    pub version: u32,
}

impl EventType {
    /// The type of an event in a version. `event` is `<noun>.<past-verb>`.
    pub fn new(event: &str, version: u32) -> Self {
        Self {
            event: event.to_owned(),
            version,
        }
    }

    /// Reads an event type.
    ///
    /// # Errors
    /// [`IdentifierError::EventType`] for another shape.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let (event, version) = text
            .strip_prefix("nl.doorbraak.")
            .and_then(|rest| rest.rsplit_once(".v"))
            .ok_or(IdentifierError::EventType)?;
        let canonical = version.bytes().all(|b| b.is_ascii_digit()) && !version.starts_with('0');
        let version = version.parse().map_err(|_| IdentifierError::EventType)?;
        if !canonical || !is_event_name(event) {
            return Err(IdentifierError::EventType);
        }
        Ok(Self {
            event: event.to_owned(),
            version,
        })
    }
}

/// Whether a text is `<noun>.<past-verb>`, each in kebab-case.
pub(crate) fn is_event_name(text: &str) -> bool {
    let kebab = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && !part.ends_with('-')
            && !part.contains("--")
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    text.len() <= 100
        && text
            .split_once('.')
            .is_some_and(|(noun, verb)| kebab(noun) && kebab(verb))
}

impl TryFrom<String> for EventType {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EventType> for String {
    fn from(event_type: EventType) -> Self {
        event_type.to_string()
    }
}

impl FromStr for EventType {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nl.doorbraak.{}.v{}", self.event, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_reads_back_as_it_was_written() {
        let text = "nl.doorbraak.legal-basis.recorded.v12";
        assert_eq!(
            EventType::parse(text),
            Ok(EventType::new("legal-basis.recorded", 12))
        );
        assert_eq!(EventType::new("legal-basis.recorded", 12).to_string(), text);
    }

    #[test]
    fn another_shape_is_no_type() {
        for wrong in [
            "",
            "nl.doorbraak.handoff.offered",
            "nl.doorbraak.handoff.v1",
            "nl.doorbraak.handoff.offered.v0",
            "nl.doorbraak.handoff.offered.v01",
            "nl.doorbraak.handoff.offered.v+1",
            "nl.doorbraak.handoff.offered.v",
            "nl.doorbraak.handoff.offered.v4294967296",
            "nl.doorbraak.handoff.offered.1",
            "nl.doorbraak.Handoff.offered.v1",
            "nl.doorbraak.handoff_x.offered.v1",
            "nl.doorbraak.hand--off.offered.v1",
            "nl.doorbraak.a.handoff.offered.v1",
            "com.doorbraak.handoff.offered.v1",
        ] {
            assert_eq!(
                EventType::parse(wrong),
                Err(IdentifierError::EventType),
                "{wrong}"
            );
        }
    }
}
