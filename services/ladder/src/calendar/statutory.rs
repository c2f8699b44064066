//! How the *Algemene termijnenwet* (Atw) extends a term of law.

use jiff::civil::Date;
use serde::Deserialize;

use super::Calendar;
use crate::{Term, TermUnit};

/// The numbers of the Atw, articles 2 and 4: section `[statutory]` of `deploy/calendar.toml`, for a
/// jurist to confirm.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Extension {
    /// Article 2 is about a term of at least so many days.
    pub(super) short_term_from_days: u32,
    /// Article 2: so many of its days must be no Saturday, Sunday or holiday.
    pub(super) ordinary_days_at_least: u32,
    /// Article 4: not extended when longer than so many days.
    pub(super) not_above_days: u32,
    /// Article 4: not extended when longer than so many weeks.
    pub(super) not_above_weeks: u32,
    /// Article 4: not extended when longer than so many months.
    pub(super) not_above_months: u32,
    /// Article 4: not extended from so many years.
    pub(super) not_from_years: u32,
}

impl Default for Extension {
    fn default() -> Self {
        Self {
            short_term_from_days: 3,
            ordinary_days_at_least: 2,
            not_above_days: 90,
            not_above_weeks: 12,
            not_above_months: 3,
            not_from_years: 1,
        }
    }
}

impl Extension {
    /// Atw article 4, under a. What it counts in decides: 91 days are too long, 12 weeks (84 days)
    /// are not, and 13 weeks are, whatever the months.
    fn applies_to(&self, term: Term) -> bool {
        let count = term.count();
        match term.unit() {
            TermUnit::Minutes | TermUnit::Hours | TermUnit::WorkingDays => false,
            TermUnit::Days => count <= self.not_above_days,
            TermUnit::Weeks => count <= self.not_above_weeks,
            TermUnit::Months => count <= self.not_above_months,
            TermUnit::Years => count < self.not_from_years,
        }
    }

    /// Atw article 2: a term in days needs enough of them, a longer unit always has them.
    fn is_long_enough_for_ordinary_days(&self, term: Term) -> bool {
        term.unit() != TermUnit::Days || term.count() >= self.short_term_from_days
    }
}

impl Calendar {
    /// The last day of a term of law that began on `first` and would end with `last`.
    pub(super) fn extended(&self, first: Date, last: Date, term: Term) -> Option<Date> {
        let mut last = last;
        if !self.extension.applies_to(term) {
            return Some(last);
        }
        if self.extension.is_long_enough_for_ordinary_days(term) {
            let needed = self.extension.ordinary_days_at_least;
            let mut ordinary = self.ordinary_days(first, last, needed);
            while ordinary < needed {
                last = last.tomorrow().ok()?;
                ordinary += u32::from(!self.is_extended_over(last));
            }
        }
        while self.is_extended_over(last) {
            last = last.tomorrow().ok()?;
        }
        Some(last)
    }

    /// How many days after `first`, up to and with `last`, are no Saturday, Sunday or holiday;
    /// counted no further than `enough`.
    fn ordinary_days(&self, first: Date, last: Date, enough: u32) -> u32 {
        let mut date = first;
        let mut found = 0;
        while date < last && found < enough {
            let Ok(next) = date.tomorrow() else { break };
            date = next;
            found += u32::from(!self.is_extended_over(date));
        }
        found
    }
}
