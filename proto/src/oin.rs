//! The number by which an organisation is known.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::identifier::IdentifierError;

/// The registers an OIN's number can come from: the first eight positions (Logius, OIN-stelsel).
/// `00000099` is the prefix for test and demonstration.
const PREFIXES: [&str; 11] = [
    "00000001", "00000002", "00000003", "00000004", "00000005", "00000006", "00000007", "00000008",
    "00000009", "00000010", "00000099",
];

/// An *Organisatie-identificatienummer*: 20 positions, being a prefix of eight, a number of nine
/// digits or capitals, and `000`. It proves identity, never authorisation, and has no check digit.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^(0000000[1-9]|00000010|00000099)[0-9A-Z]{9}000$"))]
pub struct Oin(String);

impl Oin {
    /// Reads an OIN.
    ///
    /// # Errors
    /// [`IdentifierError::OinLength`], [`IdentifierError::OinPrefix`] or
    /// [`IdentifierError::OinNumber`].
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let positions = text.chars().count();
        if positions != 20 {
            return Err(IdentifierError::OinLength(positions));
        }
        let (prefix, number) = text.split_at_checked(8).ok_or(IdentifierError::OinPrefix)?;
        if !PREFIXES.contains(&prefix) {
            return Err(IdentifierError::OinPrefix);
        }
        let allowed = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
        if !number.chars().all(allowed) || !number.ends_with("000") {
            return Err(IdentifierError::OinNumber);
        }
        Ok(Self(text.to_owned()))
    }

    /// The twenty positions.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Oin {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Oin> for String {
    fn from(oin: Oin) -> Self {
        oin.0
    }
}

impl FromStr for Oin {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Oin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_positions_with_a_known_prefix_are_an_oin() {
        for right in [
            "00000001823288444000",
            "00000099000000001000",
            "00000004A1B2C3D4E000",
        ] {
            assert_eq!(
                Oin::parse(right).map(|oin| oin.to_string()),
                Ok(right.to_owned())
            );
        }
    }

    #[test]
    fn what_is_no_oin_is_refused_with_the_reason() {
        for (wrong, reason) in [
            ("01823288444", IdentifierError::OinLength(11)),
            ("", IdentifierError::OinLength(0)),
            ("000000018232884440000", IdentifierError::OinLength(21)),
            ("00000011823288444000", IdentifierError::OinPrefix),
            ("00000000823288444000", IdentifierError::OinPrefix),
            ("00000001823288444001", IdentifierError::OinNumber),
            ("0000000182328844a000", IdentifierError::OinNumber),
            ("0000000182328844 000", IdentifierError::OinNumber),
            ("ééééééééé23288444000", IdentifierError::OinPrefix),
        ] {
            assert_eq!(Oin::parse(wrong), Err(reason), "{wrong}");
        }
    }

    #[test]
    fn an_oin_is_read_from_json_with_the_same_rules() {
        assert!(serde_json::from_str::<Oin>("\"00000099000000001000\"").is_ok());
        assert!(serde_json::from_str::<Oin>("\"01823288444\"").is_err());
    }
}
