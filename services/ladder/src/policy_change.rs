//! What another ladder or calendar would change, before it is put in place.
//!
//! A deadline stands in the event that set it, so a new policy file moves none of them: replay
//! never sees the policy. [`compare`] says what would have been, for whoever edits a file to read.

use jiff::Timestamp;

use crate::coded::coded;
use crate::{Closures, Rules, RungId, Term, TermKey};

mod ladder;
mod open;

pub use ladder::LadderDifference;
pub use open::open;

/// A deadline that is open, and how it came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDeadline {
    /// What it is a deadline of, for the reader: case and timer.
    pub what: String,
    /// When its term began.
    pub since: Timestamp,
    /// Which term of the ladder file it is.
    pub term_of: TermOf,
    /// The closure days of the organisation that has to meet it.
    pub closures: Closures,
    /// When it falls due; suspension and extension may have moved it.
    pub due: Timestamp,
}

/// Where a term stands in the ladder file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermOf {
    /// In `[terms]`.
    Key(TermKey),
    /// The how-many-th of `aftercare_checks`, from 0.
    AftercareCheck(usize),
    /// At a rung.
    Rung(RungId, RungTerm),
}

coded! {
    /// The name of a term of a rung.
    RungTerm, "term of a rung" {
        /// [`Rung::answer`](crate::Rung::answer).
        Answer = "answer",
        /// [`Rung::answer_urgent`](crate::Rung::answer_urgent); `answer` when a rung has none.
        AnswerUrgent = "answer_urgent",
        /// [`Rung::acknowledge`](crate::Rung::acknowledge).
        Acknowledge = "acknowledge",
        /// [`Rung::review`](crate::Rung::review).
        Review = "review",
        /// [`Rung::warn`](crate::Rung::warn).
        Warn = "warn",
    }
}

/// An open deadline that the new policy would have set at another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WouldBe {
    /// As given.
    pub what: String,
    /// When it falls due, now and after the change.
    pub due: Timestamp,
    /// When it would fall due, had the new policy been there when its term began; none when the
    /// new ladder has no such term.
    pub would_be: Option<Timestamp>,
}

/// What a change of policy means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyChange {
    /// Open deadlines that would have been at another time; in the order given. They stay.
    pub deadlines: Vec<WouldBe>,
    /// What the new ladder file says otherwise, from `[terms]` to the highest rung.
    pub ladder: Vec<LadderDifference>,
}

/// What `new` would change.
///
/// A deadline that suspension or extension moved keeps its distance to what its term gave: moved
/// by four days under the old policy, it would be moved by four days under the new one.
pub fn compare(old: &Rules, new: &Rules, open: &[OpenDeadline]) -> PolicyChange {
    PolicyChange {
        deadlines: open
            .iter()
            .filter_map(|deadline| would_be(old, new, deadline))
            .collect(),
        ladder: ladder::differences(&old.ladder, &new.ladder),
    }
}

fn would_be(old: &Rules, new: &Rules, deadline: &OpenDeadline) -> Option<WouldBe> {
    let end = |rules: &Rules| {
        let term = term(rules, &deadline.term_of)?;
        let calendar = &rules.calendar;
        Some(calendar.after_at(deadline.since, term, &deadline.closures))
    };
    let would_be = match (end(old), end(new)) {
        (Some(before), Some(after)) => {
            let moved = before.duration_until(deadline.due);
            Some(after.checked_add(moved).unwrap_or(Timestamp::MAX))
        }
        // The old ladder has no such term either: an older one set it. What it was moved by is
        // not known, so only the term of the new ladder speaks.
        (None, after) => after,
        (Some(_), None) => None,
    };
    if would_be == Some(deadline.due) {
        return None;
    }
    Some(WouldBe {
        what: deadline.what.clone(),
        due: deadline.due,
        would_be,
    })
}

fn term(rules: &Rules, of: &TermOf) -> Option<Term> {
    let terms = &rules.ladder.terms;
    match of {
        TermOf::Key(key) => Some(terms.get(*key)),
        TermOf::AftercareCheck(index) => terms.aftercare_checks.get(*index).copied(),
        TermOf::Rung(id, kind) => {
            let rung = rules.ladder.rung(id)?;
            match kind {
                RungTerm::AnswerUrgent => rung.answer_within(true),
                _ => kind.of(rung),
            }
        }
    }
}
