//! What identifiers have in common, and the ones without rules of their own.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::bsn::Bsn;

/// Why a text is not the identifier it should be. Never repeats the text: it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IdentifierError {
    /// An OIN has 20 positions.
    #[error("an OIN has 20 positions, this has {0}")]
    OinLength(usize),
    /// The first eight positions of an OIN name the register its number comes from.
    #[error("the first eight positions of this OIN are no known prefix")]
    OinPrefix,
    /// After the prefix come letters A-Z and digits, ending in three zeros.
    #[error("after its prefix an OIN has nine digits or capitals and then 000")]
    OinNumber,
    /// A BSN has nine digits.
    #[error("a BSN has nine digits")]
    BsnDigits,
    /// The weighted sum of a BSN's digits is a multiple of eleven.
    #[error("this number does not pass the eleven-test of a BSN")]
    BsnElevenTest,
    /// A pseudonym has 1 to 64 letters, digits, `-` or `_`.
    #[error("a pseudonym has 1 to 64 letters, digits, - or _")]
    PseudonymCharacters,
    /// A pseudonym hides who somebody is; a person number does not.
    #[error("a pseudonym may not be a person number")]
    PseudonymIsBsn,
    /// A source is `urn:nld:oin:<oin>:systeem:<name>`.
    #[error("a source is urn:nld:oin:<oin>:systeem:<name>")]
    Source,
    /// An event type is `nl.doorbraak.<noun>.<past-verb>.v<N>`.
    #[error("an event type is nl.doorbraak.<noun>.<past-verb>.v<N>, in kebab-case, from v1")]
    EventType,
    /// A bus subject is `doorbraak.<oin>.<out|in>.<noun>.<past-verb>`.
    #[error("a subject is doorbraak.<oin>.<out|in>.<noun>.<past-verb>")]
    Subject,
    /// The role is none of the matrix.
    #[error("this is no role of the matrix")]
    Role,
}

/// What the platform calls a case when it talks to one organisation. Another organisation gets
/// another pseudonym for the same case, and nobody can link the two without the platform's key.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[A-Za-z0-9_-]{1,64}$"))]
pub struct Pseudonym(String);

impl Pseudonym {
    /// Reads a pseudonym.
    ///
    /// # Errors
    /// [`IdentifierError::PseudonymCharacters`], or [`IdentifierError::PseudonymIsBsn`] when
    /// somebody put a person number where a pseudonym belongs.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if text.is_empty() || text.len() > 64 || !text.chars().all(allowed) {
            return Err(IdentifierError::PseudonymCharacters);
        }
        if Bsn::is_valid(text) {
            return Err(IdentifierError::PseudonymIsBsn);
        }
        Ok(Self(text.to_owned()))
    }

    /// The pseudonym as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Pseudonym {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Pseudonym> for String {
    fn from(pseudonym: Pseudonym) -> Self {
        pseudonym.0
    }
}

impl FromStr for Pseudonym {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! uuid_identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

uuid_identifier! {
    /// One handoff: a UUIDv7 that the organisation offering it chooses.
    HandoffId
}

uuid_identifier! {
    /// One request for a commitment, asked of one organisation.
    RequestId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_number_is_no_pseudonym() {
        assert_eq!(
            Pseudonym::parse("999990342"),
            Err(IdentifierError::PseudonymIsBsn)
        );
        assert!(Pseudonym::parse("999990343").is_ok());
    }

    #[test]
    fn a_pseudonym_holds_no_space_or_dot() {
        for wrong in ["", "a b", "a.b", &"x".repeat(65)] {
            assert_eq!(
                Pseudonym::parse(wrong),
                Err(IdentifierError::PseudonymCharacters)
            );
        }
    }
}
