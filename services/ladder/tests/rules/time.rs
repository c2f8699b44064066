//! Time as Dutch law counts it: which days count, and when a term ends.

mod files;
mod holidays;
mod policy_change;
mod statutory;
mod working_days;

use jiff::Timestamp;
use ladder::{Calendar, Term};

use super::harness::at;

/// The calendar that the platform ships with.
fn shipped() -> Calendar {
    Calendar::from_toml(include_str!("../../../../deploy/calendar.toml")).unwrap()
}

/// The shipped calendar with one text of its file replaced.
fn shipped_but(old: &str, new: &str) -> Calendar {
    let text = include_str!("../../../../deploy/calendar.toml");
    assert!(text.contains(old), "{old}");
    Calendar::from_toml(&text.replace(old, new)).unwrap()
}

/// When a term ends on the shipped calendar.
fn end(start: &str, term: &str) -> Timestamp {
    shipped().after(at(start), Term::parse(term).unwrap())
}
