//! `deploy/calendar.toml`: its form, and what is refused.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::statutory::Extension;
use super::{Calendar, Holiday, LiberationDay};
use crate::place::{
    Malformed,
    Step::{Key, Nth},
    line_of,
};

/// Why a calendar file is no calendar: the line, what is wrong, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The file is not valid TOML of the expected form.
    #[error("calendar.toml, line {line}: {problem}")]
    Form {
        /// Where, from 1.
        line: usize,
        /// What the reader of the file says.
        problem: String,
    },
    /// What it says cannot be.
    #[error("calendar.toml, line {line}: {fault}")]
    Fault {
        /// Where, from 1.
        line: usize,
        /// What.
        fault: CalendarFault,
    },
}

/// What a calendar cannot say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFault {
    /// The time zone is unknown.
    #[error("the time zone '{0}' is unknown; write one of the IANA database: \"Europe/Amsterdam\"")]
    Zone(String),
    /// A day stands twice in one list.
    #[error("{0} stands twice in this list; remove one of the two")]
    Twice(Date),
    /// A day has no name.
    #[error("{0} has no name; write why: name = \"Bridging day after Ascension\"")]
    NoName(Date),
    /// A number of the law is zero, which would extend everything or nothing.
    #[error("`{0}` is 0; write the number that the act gives, 1 or more")]
    Zero(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    zone: String,
    #[serde(default)]
    not_worked: NotWorked,
    #[serde(default)]
    extra_closed: Vec<NamedDay>,
    #[serde(default)]
    extra_equated: Vec<NamedDay>,
    #[serde(default)]
    statutory: Extension,
}

/// Which holidays are days off; all of them named, so that none is forgotten.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NotWorked {
    new_year: bool,
    good_friday: bool,
    easter_monday: bool,
    kings_day: bool,
    liberation_day: LiberationDay,
    ascension: bool,
    whit_monday: bool,
    christmas_day: bool,
    second_christmas_day: bool,
}

impl Default for NotWorked {
    fn default() -> Self {
        Self {
            new_year: true,
            good_friday: false,
            easter_monday: true,
            kings_day: true,
            liberation_day: LiberationDay::EveryFiveYears,
            ascension: true,
            whit_monday: true,
            christmas_day: true,
            second_christmas_day: true,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedDay {
    date: Date,
    name: String,
}

impl NotWorked {
    fn holidays(&self) -> BTreeSet<Holiday> {
        let off = |holiday: &Holiday| match holiday {
            Holiday::NewYear => self.new_year,
            Holiday::GoodFriday => self.good_friday,
            Holiday::EasterMonday => self.easter_monday,
            Holiday::KingsDay => self.kings_day,
            // Has a setting of its own.
            Holiday::LiberationDay => false,
            Holiday::Ascension => self.ascension,
            Holiday::WhitMonday => self.whit_monday,
            Holiday::ChristmasDay => self.christmas_day,
            Holiday::SecondChristmasDay => self.second_christmas_day,
        };
        Holiday::ALL.iter().copied().filter(off).collect()
    }
}

impl Calendar {
    /// Reads `deploy/calendar.toml`.
    ///
    /// # Errors
    /// [`CalendarError`] when the text is not such a file: with the line and a remedy.
    pub fn from_toml(text: &str) -> Result<Self, CalendarError> {
        let file: CalendarFile = toml::from_str(text).map_err(|error| {
            let Malformed { line, problem } = Malformed::of(text, &error);
            CalendarError::Form { line, problem }
        })?;
        let zone = TimeZone::get(&file.zone).map_err(|_| CalendarError::Fault {
            line: line_of(text, &[Key("zone")]),
            fault: CalendarFault::Zone(file.zone.clone()),
        })?;
        check_numbers(text, &file.statutory)?;
        Ok(Self {
            zone,
            not_worked: file.not_worked.holidays(),
            liberation_day: file.not_worked.liberation_day,
            extra_closed: days(text, "extra_closed", &file.extra_closed)?,
            extra_equated: days(text, "extra_equated", &file.extra_equated)?,
            extension: file.statutory,
        })
    }
}

fn days(
    text: &str,
    list: &'static str,
    days: &[NamedDay],
) -> Result<BTreeSet<Date>, CalendarError> {
    let mut found = BTreeSet::new();
    for (index, day) in days.iter().enumerate() {
        let fault = if day.name.trim().is_empty() {
            CalendarFault::NoName(day.date)
        } else if !found.insert(day.date) {
            CalendarFault::Twice(day.date)
        } else {
            continue;
        };
        let line = line_of(text, &[Key(list), Nth(index)]);
        return Err(CalendarError::Fault { line, fault });
    }
    Ok(found)
}

fn check_numbers(text: &str, law: &Extension) -> Result<(), CalendarError> {
    let numbers = [
        ("short_term_from_days", law.short_term_from_days),
        ("ordinary_days_at_least", law.ordinary_days_at_least),
        ("not_above_days", law.not_above_days),
        ("not_above_weeks", law.not_above_weeks),
        ("not_above_months", law.not_above_months),
        ("not_from_years", law.not_from_years),
    ];
    match numbers.into_iter().find(|(_, number)| *number == 0) {
        None => Ok(()),
        Some((name, _)) => Err(CalendarError::Fault {
            line: line_of(text, &[Key("statutory"), Key(name)]),
            fault: CalendarFault::Zero(name),
        }),
    }
}
