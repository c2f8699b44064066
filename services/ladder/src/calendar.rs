use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use crate::{Term, TermKind, TermUnit};

mod closures;
mod file;
mod holidays;
mod statutory;

pub use closures::Closures;
pub use file::{CalendarError, CalendarFault};
pub use holidays::Holiday;

use statutory::Extension;

/// Which days are worked, which days the law extends over, and in which time zone
/// (`deploy/calendar.toml`).
///
/// Two questions, two sets of days. A term of this platform counts *working days*: no Saturday or
/// Sunday, no holiday that the file says is not worked, no day in `extra_closed`, no closure day
/// of the organisation that has to meet it. A term of law is extended over Saturdays, Sundays and
/// the holidays of the *Algemene termijnenwet*, article 3, with the days in `extra_equated`;
/// whoever is at work.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    zone: TimeZone,
    not_worked: BTreeSet<Holiday>,
    liberation_day: LiberationDay,
    extra_closed: BTreeSet<Date>,
    extra_equated: BTreeSet<Date>,
    extension: Extension,
}

crate::coded::coded! {
    /// In which years Liberation Day, 5 May, is a day off. For terms of law it always counts.
    LiberationDay, "setting for Liberation Day" {
        /// Every year.
        EveryYear = "every_year",
        /// In the years that end in 0 or 5.
        EveryFiveYears = "every_five_years",
        /// It is worked.
        Never = "never",
    }
}

impl Calendar {
    /// When a term that starts at `start` ends, for somebody without closure days of their own.
    ///
    /// - Minutes and hours are elapsed time: a clock change shortens or lengthens no hour.
    /// - Working days, days, weeks, months and years of this platform keep the local time of day.
    ///   When the clock skips that time, the end is as much later as the clock was put forward
    ///   (02:30 becomes 03:30); when it comes twice, the end is the first of the two.
    /// - A term of law in days or longer ends with its last day: 24:00, the start of the next day.
    ///   The day it starts on is not counted. It is extended as the *Algemene termijnenwet* says.
    ///
    /// [`Timestamp::MAX`] when the end is beyond what can be reckoned.
    pub fn after(&self, start: Timestamp, term: Term) -> Timestamp {
        self.after_at(start, term, &Closures::default())
    }

    /// The same, for a term that an organisation with these closure days has to meet: they are not
    /// working days either. They change nothing for a term in other units, nor for a term of law.
    pub fn after_at(&self, start: Timestamp, term: Term, closures: &Closures) -> Timestamp {
        self.end(start, term, closures).unwrap_or(Timestamp::MAX)
    }

    /// Whether `date` is a working day.
    pub fn is_working_day(&self, date: Date) -> bool {
        !is_weekend(date)
            && !self.extra_closed.contains(&date)
            && !Holiday::on(date).any(|holiday| self.is_off(holiday, date.year()))
    }

    /// Whether the *Algemene termijnenwet* extends a term beyond `date`: a Saturday, a Sunday, a
    /// generally recognised holiday (article 3, paragraph 1), or a day equated with one
    /// (paragraphs 2 and 3).
    pub fn is_extended_over(&self, date: Date) -> bool {
        is_weekend(date) || self.extra_equated.contains(&date) || Holiday::on(date).next().is_some()
    }

    /// Where its days begin and end.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The local date at that moment.
    pub fn date_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// The end of a day: 24:00, the start of the next one.
    pub fn end_of(&self, date: Date) -> Timestamp {
        date.tomorrow()
            .ok()
            .and_then(|next| self.at_local(next, Time::midnight()))
            .unwrap_or(Timestamp::MAX)
    }

    /// A moment moved by as long as something lasted, and on to a working day at the same local
    /// time.
    pub fn moved_by(&self, from: Timestamp, lasted: SignedDuration) -> Timestamp {
        self.working_moment(from, lasted).unwrap_or(Timestamp::MAX)
    }

    fn working_moment(&self, from: Timestamp, lasted: SignedDuration) -> Option<Timestamp> {
        let moved = from.checked_add(lasted).ok()?;
        let local = moved.to_zoned(self.zone.clone());
        let mut date = local.date();
        if self.is_working_day(date) {
            return Some(moved);
        }
        while !self.is_working_day(date) {
            date = date.tomorrow().ok()?;
        }
        self.at_local(date, local.time())
    }

    fn is_off(&self, holiday: Holiday, year: i16) -> bool {
        match (holiday, self.liberation_day) {
            (Holiday::LiberationDay, LiberationDay::EveryYear) => true,
            (Holiday::LiberationDay, LiberationDay::EveryFiveYears) => year % 5 == 0,
            (Holiday::LiberationDay, LiberationDay::Never) => false,
            _ => self.not_worked.contains(&holiday),
        }
    }

    fn end(&self, start: Timestamp, term: Term, closures: &Closures) -> Option<Timestamp> {
        let count = i64::from(term.count());
        let span = Span::new();
        let span = match term.unit() {
            TermUnit::Minutes => return start.checked_add(span.try_minutes(count).ok()?).ok(),
            TermUnit::Hours => return start.checked_add(span.try_hours(count).ok()?).ok(),
            TermUnit::WorkingDays => return self.working_days_after(start, count, closures),
            TermUnit::Days => span.try_days(count),
            TermUnit::Weeks => span.try_weeks(count),
            TermUnit::Months => span.try_months(count),
            TermUnit::Years => span.try_years(count),
        };
        let begin = start.to_zoned(self.zone.clone());
        let last = begin.date().checked_add(span.ok()?).ok()?;
        match term.kind() {
            TermKind::Platform => self.at_local(last, begin.time()),
            TermKind::Statutory => {
                let last = self.extended(begin.date(), last, term)?;
                self.at_local(last.tomorrow().ok()?, Time::midnight())
            }
        }
    }

    fn working_days_after(
        &self,
        start: Timestamp,
        count: i64,
        closures: &Closures,
    ) -> Option<Timestamp> {
        let begin = start.to_zoned(self.zone.clone());
        let mut date = begin.date();
        let mut left = count;
        while left > 0 {
            date = date.tomorrow().ok()?;
            if self.is_working_day(date) && !closures.contains(date) {
                left -= 1;
            }
        }
        self.at_local(date, begin.time())
    }

    /// A time that the clock skips becomes as much later as the clock was put forward; of a time
    /// that comes twice it is the first ("compatible", as in RFC 5545).
    fn at_local(&self, date: Date, time: Time) -> Option<Timestamp> {
        let zoned = date.to_datetime(time).to_zoned(self.zone.clone()).ok()?;
        Some(zoned.timestamp())
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The instant halfway between two, rounded down to the second.
pub(crate) fn halfway(from: Timestamp, to: Timestamp) -> Timestamp {
    let middle = from.as_second().midpoint(to.as_second());
    Timestamp::from_second(middle).unwrap_or(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halfway_is_the_middle() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let middle = halfway(at("2026-03-02T10:05:00Z"), at("2026-03-09T10:05:00Z"));
        assert_eq!(middle, at("2026-03-05T22:05:00Z"));
    }
}
