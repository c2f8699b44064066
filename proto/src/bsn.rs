//! The person number, which only the organisations may read.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::identifier::IdentifierError;

/// A *burgerservicenummer*: nine digits that pass the eleven-test.
///
/// It has no `Display` and its `Debug` shows the last two digits only, so that it does not reach
/// a log by accident; [`Bsn::expose`] is the one way to read it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[0-9]{9}$", "format" = "bsn"))]
pub struct Bsn(String);

/// The weights of the eleven-test, from the first digit to the last.
const WEIGHTS: [i64; 9] = [9, 8, 7, 6, 5, 4, 3, 2, -1];

impl Bsn {
    /// Reads a person number.
    ///
    /// # Errors
    /// [`IdentifierError::BsnDigits`] or [`IdentifierError::BsnElevenTest`].
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        if text.len() != 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentifierError::BsnDigits);
        }
        let sum: i64 = text
            .bytes()
            .zip(WEIGHTS)
            .map(|(digit, weight)| i64::from(digit - b'0') * weight)
            .sum();
        // Nine zeros would pass the sum, and belong to nobody.
        if sum % 11 != 0 || text == "000000000" {
            return Err(IdentifierError::BsnElevenTest);
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether a text is a person number: used to keep them out of places they may not be.
    pub fn is_valid(text: &str) -> bool {
        Self::parse(text).is_ok()
    }

    /// The nine digits. Whoever calls this answers for where they go.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Bsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "*******{}", &self.0[7..])
    }
}

impl TryFrom<String> for Bsn {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Bsn> for String {
    fn from(bsn: Bsn) -> Self {
        bsn.0
    }
}

impl FromStr for Bsn {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_eleven_test_decides() {
        for right in ["999990342", "999990019"] {
            assert!(Bsn::parse(right).is_ok(), "{right}");
        }
        assert_eq!(Bsn::parse("000000000"), Err(IdentifierError::BsnElevenTest));
        for wrong in ["", "99999034", "9999903422", "99999034x", "٩٩٩٩٩٠٣٤٢"] {
            assert_eq!(
                Bsn::parse(wrong),
                Err(IdentifierError::BsnDigits),
                "{wrong}"
            );
        }
    }

    #[test]
    fn debug_shows_the_last_two_digits_only() {
        let bsn = Bsn::parse("999990342").expect("valid");
        assert_eq!(format!("{bsn:?}"), "*******42");
        assert_eq!(format!("{:?}", Some(bsn)), "Some(*******42)");
    }

    proptest! {
        #[test]
        fn changing_one_digit_makes_a_valid_number_invalid(position in 0usize..9, digit in 0u8..10) {
            let mut digits = *b"999990342";
            prop_assume!(digits[position] != b'0' + digit);
            digits[position] = b'0' + digit;
            let changed = std::str::from_utf8(&digits).expect("ASCII");
            prop_assert_eq!(Bsn::parse(changed), Err(IdentifierError::BsnElevenTest));
        }
    }
}
