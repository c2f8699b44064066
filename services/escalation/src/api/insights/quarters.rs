//! The quarters that statistics are told of: those that are over, so that nobody sees a count grow
//! by the case that was reported today.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::views::quarter;

/// How many quarters are told: two years.
const MANY: i16 = 8;
/// Months in a quarter.
const MONTHS: i32 = 3;

/// The last quarters that are over, in UTC.
pub(super) struct Period {
    /// The first day after them.
    next: Date,
}

impl Period {
    /// Those that are over at a moment.
    pub(super) fn before(now: Timestamp) -> Self {
        let today = now.to_zoned(TimeZone::UTC).date();
        let month = (today.month() - 1) / 3 * 3 + 1;
        Self {
            next: date(today.year(), month, 1),
        }
    }

    /// Their names, the oldest first.
    pub(super) fn quarters(&self) -> Vec<String> {
        let of = |back: i16| quarter(midnight(self.back(back)));
        (1..=MANY).rev().map(of).collect()
    }

    /// The name of the first.
    pub(super) fn first(&self) -> String {
        quarter(self.begins())
    }

    /// The name of the one that is not over.
    pub(super) fn next(&self) -> String {
        quarter(self.ends())
    }

    /// When the first begins.
    pub(super) fn begins(&self) -> Timestamp {
        midnight(self.back(MANY))
    }

    /// When the last has ended.
    pub(super) fn ends(&self) -> Timestamp {
        midnight(self.next)
    }

    fn back(&self, quarters: i16) -> Date {
        self.next
            .saturating_sub((i32::from(quarters) * MONTHS).months())
    }
}

fn midnight(day: Date) -> Timestamp {
    TimeZone::UTC
        .to_ambiguous_timestamp(day.at(0, 0, 0, 0))
        .compatible()
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(now: &str) -> Period {
        Period::before(now.parse().unwrap())
    }

    #[test]
    fn the_quarter_that_goes_on_is_not_told() {
        let period = period("2026-11-22T10:00:00Z");
        let names = period.quarters();
        assert_eq!(names.first().unwrap(), "2024-Q4");
        assert_eq!(names.last().unwrap(), "2026-Q3");
        assert_eq!(names.len(), 8);
        assert_eq!(
            (period.first(), period.next()),
            ("2024-Q4".to_owned(), "2026-Q4".to_owned())
        );
    }

    #[test]
    fn on_the_first_of_january_the_last_of_the_year_is_over() {
        let period = period("2027-01-01T00:00:00Z");
        assert_eq!(period.quarters().last().unwrap(), "2026-Q4");
        assert_eq!(period.ends(), "2027-01-01T00:00:00Z".parse().unwrap());
        assert_eq!(period.begins(), "2025-01-01T00:00:00Z".parse().unwrap());
    }
}
