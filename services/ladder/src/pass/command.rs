use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Due, PassKind, Verdict};
use crate::{CaseId, Organisation, PassId, PersonRef, Sealed};

/// What somebody asks of a pass. Who may ask it is the gate's to say; whether it can be now is the
/// rules'.
#[derive(Debug, Clone)]
pub enum Command {
    /// Let somebody look.
    Issue(Box<Issue>),
    /// Let somebody look no longer.
    End(End),
    /// Say whether there was reason for it.
    Review(Review),
    /// A deadline fell due.
    Lapse(Due),
}

/// See [`Command::Issue`].
#[derive(Debug, Clone)]
pub struct Issue {
    /// Its id.
    pub pass: PassId,
    /// Into which case.
    pub case: CaseId,
    /// Why.
    pub kind: PassKind,
    /// The organisation of the person who gets it.
    pub holder: Organisation,
    /// That person.
    pub person: PersonRef,
    /// The person who gives it: the same one in an emergency.
    pub by: PersonRef,
    /// What it opens: categories, each as its word.
    pub categories: BTreeSet<String>,
    /// The reason, in words.
    pub reason: Sealed,
    /// Until when.
    pub until: Timestamp,
}

/// See [`Command::End`].
#[derive(Debug, Clone)]
pub struct End {
    /// Whose organisation ends it.
    pub by: Organisation,
    /// Who there.
    pub person: PersonRef,
}

/// See [`Command::Review`].
#[derive(Debug, Clone)]
pub struct Review {
    /// Who looked at it: somebody else than who took it.
    pub person: PersonRef,
    /// What they found.
    pub verdict: Verdict,
    /// In words.
    pub text: Sealed,
}
