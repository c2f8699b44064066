//! When the terms of the ladder file end.

use jiff::Timestamp;

use crate::{Rules, RungId};

/// When somebody looks whether a case on this rung makes progress.
pub(super) fn review(rules: &Rules, rung: &RungId, at: Timestamp) -> Timestamp {
    let ladder = &rules.ladder;
    let term = ladder.rung(rung).and_then(|rung| rung.review);
    rules
        .calendar
        .after(at, term.unwrap_or(ladder.terms.progress_review))
}

/// When silence makes the process climb, or is said again.
pub(super) fn climb(rules: &Rules, at: Timestamp) -> Timestamp {
    rules.calendar.after(at, rules.ladder.terms.climb_after)
}
