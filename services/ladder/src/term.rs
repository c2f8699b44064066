use std::fmt;

use serde::{Deserialize, Serialize};

/// A length of time, and who says so: a term of this platform or a term of law.
///
/// As text: `15min`, `4h`, `5wd` (working days), `30d`, `6w`, `3mo`, `20y` for the platform;
/// `statutory 6w` and so on for a term that an act sets. A term is never both: a platform term is
/// not extended over a weekend, and a statutory term does not count in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Term {
    kind: TermKind,
    unit: TermUnit,
    count: u32,
}

/// Who says how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// An agreement of this platform; ends when it says, at the local time of day it began.
    Platform,
    /// A term of an act or an order in council: counted in whole days of the calendar, extended as
    /// the *Algemene termijnenwet* says.
    Statutory,
}

/// What a term counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermUnit {
    /// `min`: 60 seconds, clock changes or not.
    Minutes,
    /// `h`: 60 minutes, clock changes or not.
    Hours,
    /// `wd`: days that are worked; platform terms only.
    WorkingDays,
    /// `d`: days of the calendar.
    Days,
    /// `w`: seven days.
    Weeks,
    /// `mo`: to the same day of a later month, or its last day when it has no such day.
    Months,
    /// `y`: to the same day of a later year; 29 February becomes 28.
    Years,
}

/// Why a text is no term; each says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// It has another form.
    #[error(
        "'{0}' is no term; write 5wd, 30d, 6w, 3mo, 20y, 4h or 15min, or `statutory 6w` for a \
         term of law"
    )]
    Form(String),
    /// It has no length.
    #[error("'{0}' is no time at all; write 1 or more")]
    Zero(String),
    /// It has a number that no term needs.
    #[error("'{0}' is too long; write a number up to 4294967295")]
    TooLong(String),
    /// It counts working days and is a term of law.
    #[error(
        "'{text}' mixes two ways to count: a term of law counts days of the calendar and is then \
         extended; write `statutory {count}d`, or `{count}wd` for a term of this platform"
    )]
    Mixed {
        /// What was written.
        text: String,
        /// How many.
        count: u32,
    },
}

impl TermUnit {
    const ALL: [Self; 7] = [
        Self::Minutes,
        Self::Hours,
        Self::WorkingDays,
        Self::Days,
        Self::Weeks,
        Self::Months,
        Self::Years,
    ];

    /// The letters behind the number.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "min",
            Self::Hours => "h",
            Self::WorkingDays => "wd",
            Self::Days => "d",
            Self::Weeks => "w",
            Self::Months => "mo",
            Self::Years => "y",
        }
    }
}

impl Term {
    const STATUTORY: &str = "statutory ";

    /// A term of this platform. `count` is at least 1.
    pub(crate) const fn platform(count: u32, unit: TermUnit) -> Self {
        Self {
            kind: TermKind::Platform,
            unit,
            count,
        }
    }

    /// A term that an act sets. `count` is at least 1, and the unit one that acts count in.
    pub(crate) const fn statutory(count: u32, unit: TermUnit) -> Self {
        Self {
            kind: TermKind::Statutory,
            unit,
            count,
        }
    }

    /// Reads a term.
    ///
    /// # Errors
    /// [`TermError`] says what to write instead.
    pub fn parse(text: &str) -> Result<Self, TermError> {
        let shown = || text.chars().take(40).collect::<String>();
        let (kind, amount) = match text.strip_prefix(Self::STATUTORY) {
            Some(amount) => (TermKind::Statutory, amount),
            None => (TermKind::Platform, text),
        };
        let digits = amount.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = amount.split_at(digits);
        let unit = TermUnit::ALL
            .into_iter()
            .find(|known| known.as_str() == unit)
            .filter(|_| digits > 0)
            .ok_or_else(|| TermError::Form(shown()))?;
        let count: u32 = count.parse().map_err(|_| TermError::TooLong(shown()))?;
        match (kind, unit, count) {
            (_, _, 0) => Err(TermError::Zero(shown())),
            (TermKind::Statutory, TermUnit::WorkingDays, count) => Err(TermError::Mixed {
                text: shown(),
                count,
            }),
            (kind, unit, count) => Ok(Self { kind, unit, count }),
        }
    }

    /// Who says how long.
    pub fn kind(self) -> TermKind {
        self.kind
    }

    /// What it counts.
    pub fn unit(self) -> TermUnit {
        self.unit
    }

    /// How many of its unit; at least 1.
    pub fn count(self) -> u32 {
        self.count
    }

    /// Whether it is surely shorter than `other`; false when that depends on the days it falls on.
    pub(crate) fn is_shorter_than(self, other: Self) -> bool {
        self.kind == other.kind && self.unit == other.unit && self.count < other.count
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            TermKind::Platform => "",
            TermKind::Statutory => Self::STATUTORY,
        };
        write!(f, "{kind}{}{}", self.count, self.unit.as_str())
    }
}

impl TryFrom<String> for Term {
    type Error = TermError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_and_is_written_back_the_same() {
        for text in [
            "15min",
            "4h",
            "5wd",
            "30d",
            "6w",
            "3mo",
            "20y",
            "statutory 15min",
            "statutory 48h",
            "statutory 3d",
            "statutory 6w",
            "statutory 3mo",
            "statutory 20y",
            "4294967295wd",
        ] {
            assert_eq!(
                Term::parse(text).map(|term| term.to_string()),
                Ok(text.into())
            );
        }
    }

    #[test]
    fn a_term_says_which_kind_it_is() {
        assert_eq!(Term::parse("6w").unwrap().kind(), TermKind::Platform);
        assert_eq!(
            Term::parse("statutory 6w").unwrap().kind(),
            TermKind::Statutory
        );
    }

    #[test]
    fn a_term_of_law_does_not_count_in_working_days() {
        assert_eq!(
            Term::parse("statutory 5wd").unwrap_err().to_string(),
            "'statutory 5wd' mixes two ways to count: a term of law counts days of the calendar and \
             is then extended; write `statutory 5d`, or `5wd` for a term of this platform"
        );
    }

    #[test]
    fn a_term_of_nothing_is_refused() {
        assert_eq!(
            Term::parse("0wd").unwrap_err().to_string(),
            "'0wd' is no time at all; write 1 or more"
        );
        assert_eq!(
            Term::parse("statutory 0w"),
            Err(TermError::Zero("statutory 0w".into()))
        );
    }

    #[test]
    fn what_is_no_term_is_shown_beside_what_is() {
        for text in [
            "",
            "5",
            "wd",
            "5 days",
            "-5d",
            "5WD",
            " 5d",
            "5d ",
            "statutory",
            "Statutory 5d",
            "statutory  5d",
        ] {
            assert_eq!(
                Term::parse(text),
                Err(TermError::Form(text.into())),
                "{text:?}"
            );
        }
        assert_eq!(
            Term::parse("5 days").unwrap_err().to_string(),
            "'5 days' is no term; write 5wd, 30d, 6w, 3mo, 20y, 4h or 15min, or `statutory 6w` for \
             a term of law"
        );
        assert_eq!(
            Term::parse("4294967296d"),
            Err(TermError::TooLong("4294967296d".into()))
        );
    }
}
