//! When the terms of the ladder file end.

use jiff::Timestamp;

use crate::{Organisation, Rules, Rung, RungId};

/// When somebody looks whether a case on this rung makes progress.
pub(super) fn review(rules: &Rules, rung: &RungId, at: Timestamp) -> Timestamp {
    let ladder = &rules.ladder;
    let term = ladder.rung(rung).and_then(|rung| rung.review);
    rules
        .calendar
        .after(at, term.unwrap_or(ladder.terms.progress_review))
}

/// Until when a first word on a request for admission is due, by its ladder's term.
pub(super) fn first_word(
    rules: &Rules,
    rung: &Rung,
    urgent: bool,
    since: Timestamp,
    admitting: &Organisation,
) -> Option<Timestamp> {
    let term = rung.acknowledge_within(urgent)?;
    Some(rules.until(since, term, admitting))
}

/// When silence makes the process climb, or is said again.
pub(super) fn climb(rules: &Rules, at: Timestamp) -> Timestamp {
    rules.calendar.after(at, rules.ladder.terms.climb_after)
}
