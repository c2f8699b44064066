use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use serde::Deserialize;

use crate::Term;

/// Which days are worked, in which time zone (`deploy/calendar.toml`).
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    holidays: BTreeSet<Date>,
}

/// Why a calendar file is no calendar, or a date lies beyond it.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The file is not valid TOML of the expected form.
    #[error("the calendar file: {0}")]
    File(#[from] toml::de::Error),
    /// The time zone is unknown.
    #[error("the calendar's time zone '{0}' is unknown")]
    Zone(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    zone: String,
    holidays: Vec<Date>,
}

impl Calendar {
    /// Reads `deploy/calendar.toml`.
    ///
    /// # Errors
    /// [`CalendarError`] when the text is not such a file.
    pub fn from_toml(text: &str) -> Result<Self, CalendarError> {
        let file: CalendarFile = toml::from_str(text)?;
        let zone = TimeZone::get(&file.zone).map_err(|_| CalendarError::Zone(file.zone.clone()))?;
        Ok(Self {
            zone,
            holidays: file.holidays.into_iter().collect(),
        })
    }

    /// Where its days begin and end.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// When a term that starts at `start` ends: the same local time, so many days on.
    pub fn after(&self, start: Timestamp, term: Term) -> Timestamp {
        match term {
            Term::WorkingDays(days) => self.working_days_after(start, days),
            Term::Days(days) => self.days_after(start, i64::from(days)),
            Term::Hours(hours) => start
                .checked_add(Span::new().hours(i64::from(hours)))
                .unwrap_or(Timestamp::MAX),
        }
    }

    /// Whether `date` is a working day.
    pub fn is_working_day(&self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
            && !self.holidays.contains(&date)
    }

    /// The local date at that moment.
    pub fn date_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// The end of a day: the first moment of the next one.
    pub fn end_of(&self, date: Date) -> Timestamp {
        date.tomorrow().map_or(Timestamp::MAX, |next| {
            self.at_local(next, jiff::civil::Time::midnight())
        })
    }

    /// A moment moved by as long as something lasted, and on to a working day at the same hour.
    pub fn moved_by(&self, from: Timestamp, lasted: SignedDuration) -> Timestamp {
        let Ok(moved) = from.checked_add(lasted) else {
            return Timestamp::MAX;
        };
        let local = moved.to_zoned(self.zone.clone());
        let mut date = local.date();
        if self.is_working_day(date) {
            return moved;
        }
        while !self.is_working_day(date) {
            let Ok(next) = date.tomorrow() else {
                return Timestamp::MAX;
            };
            date = next;
        }
        self.at_local(date, local.time())
    }

    fn working_days_after(&self, start: Timestamp, days: u32) -> Timestamp {
        let begin = start.to_zoned(self.zone.clone());
        let mut date = begin.date();
        let mut left = days;
        while left > 0 {
            let Ok(next) = date.tomorrow() else {
                return Timestamp::MAX;
            };
            date = next;
            if self.is_working_day(date) {
                left -= 1;
            }
        }
        self.at_local(date, begin.time())
    }

    fn days_after(&self, start: Timestamp, days: i64) -> Timestamp {
        let begin = start.to_zoned(self.zone.clone());
        match begin.date().checked_add(Span::new().days(days)) {
            Ok(date) => self.at_local(date, begin.time()),
            Err(_) => Timestamp::MAX,
        }
    }

    fn at_local(&self, date: Date, time: jiff::civil::Time) -> Timestamp {
        date.to_datetime(time)
            .to_zoned(self.zone.clone())
            .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }
}

/// The instant halfway between two, rounded down to the second.
pub(crate) fn halfway(from: Timestamp, to: Timestamp) -> Timestamp {
    let middle = from.as_second().midpoint(to.as_second());
    Timestamp::from_second(middle).unwrap_or(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        Calendar::from_toml("zone = \"Europe/Amsterdam\"\nholidays = [\"2026-04-06\"]").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn five_working_days_skip_the_weekend() {
        let end = calendar().after(at("2026-03-02T10:05:00Z"), Term::WorkingDays(5));
        assert_eq!(end, at("2026-03-09T10:05:00Z"));
    }

    #[test]
    fn a_holiday_is_not_a_working_day() {
        let end = calendar().after(at("2026-04-03T09:00:00Z"), Term::WorkingDays(1));
        assert_eq!(end, at("2026-04-07T09:00:00Z"));
    }

    #[test]
    fn the_local_hour_stays_when_the_clock_is_put_forward() {
        let end = calendar().after(at("2026-03-27T09:00:00Z"), Term::WorkingDays(1));
        assert_eq!(
            end,
            at("2026-03-30T08:00:00Z"),
            "10:00 in Utrecht on both days"
        );
    }

    #[test]
    fn a_term_in_hours_runs_through_the_night() {
        let end = calendar().after(at("2026-03-06T20:00:00Z"), Term::Hours(12));
        assert_eq!(end, at("2026-03-07T08:00:00Z"));
    }

    #[test]
    fn an_unknown_zone_is_named() {
        let error = Calendar::from_toml("zone = \"Mars/Olympus\"\nholidays = []").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the calendar's time zone 'Mars/Olympus' is unknown"
        );
    }

    #[test]
    fn halfway_is_the_middle() {
        let middle = halfway(at("2026-03-02T10:05:00Z"), at("2026-03-09T10:05:00Z"));
        assert_eq!(middle, at("2026-03-05T22:05:00Z"));
    }
}
