//! The source of an event: an organisation and one of its systems.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::identifier::IdentifierError;
use crate::oin::Oin;

/// `urn:nld:oin:<oin>:systeem:<name>` (NL GOV profile for CloudEvents): it names who is
/// responsible, never where data can be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Source {
    /// The organisation that sends.
    pub oin: Oin,
    /// Its system: letters, digits, `-`, `_` and `.`, at most 64.
    pub system: String,
}

impl Source {
    /// Reads a source.
    ///
    /// # Errors
    /// [`IdentifierError::Source`] for another shape, or what is wrong with its OIN.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let (oin, system) = text
            .strip_prefix("urn:nld:oin:")
            .and_then(|rest| rest.split_once(":systeem:"))
            .ok_or(IdentifierError::Source)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if system.is_empty() || system.len() > 64 || !system.chars().all(allowed) {
            return Err(IdentifierError::Source);
        }
        Ok(Self {
            oin: Oin::parse(oin)?,
            system: system.to_owned(),
        })
    }
}

impl TryFrom<String> for Source {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Source> for String {
    fn from(source: Source) -> Self {
        source.to_string()
    }
}

impl FromStr for Source {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "urn:nld:oin:{}:systeem:{}", self.oin, self.system)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_reads_back_as_it_was_written() {
        let text = "urn:nld:oin:00000099000000002000:systeem:svb";
        let source = Source::parse(text).expect("a source");
        assert_eq!(source.oin.as_str(), "00000099000000002000");
        assert_eq!(source.system, "svb");
        assert_eq!(source.to_string(), text);
    }

    #[test]
    fn another_shape_is_no_source() {
        for wrong in [
            "",
            "https://svb.nl/events/1",
            "urn:nld:oin:00000099000000002000",
            "urn:nld:oin:00000099000000002000:systeem:",
            "urn:nld:oin:00000099000000002000:systeem:a b",
            "urn:nld:oin:00000099000000002000:systeem:a:b",
            "URN:nld:oin:00000099000000002000:systeem:svb",
        ] {
            assert_eq!(
                Source::parse(wrong),
                Err(IdentifierError::Source),
                "{wrong}"
            );
        }
        assert_eq!(
            Source::parse("urn:nld:oin:01823288444:systeem:svb"),
            Err(IdentifierError::OinLength(11))
        );
    }
}
