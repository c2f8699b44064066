use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

/// The days on which one organisation is closed, beside those of the calendar (`closure_days` in
/// its party file: dates such as `"2026-05-15"`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Closures(BTreeSet<Date>);

impl Closures {
    /// Whether the organisation is closed on `date`.
    pub fn contains(&self, date: Date) -> bool {
        self.0.contains(&date)
    }
}

impl FromIterator<Date> for Closures {
    fn from_iter<I: IntoIterator<Item = Date>>(days: I) -> Self {
        Self(days.into_iter().collect())
    }
}
