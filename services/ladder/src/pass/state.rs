use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{PassKind, StateName};
use crate::{CaseId, Organisation, PassId, PersonRef};

/// Everything the past of one pass amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Pass {
    /// There is no such pass.
    #[default]
    Absent,
    /// It was issued.
    Issued(Box<Held>),
}

/// A pass that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: PassId,
    /// Into which case.
    pub case: CaseId,
    /// Why.
    pub kind: PassKind,
    /// The organisation of the person who has it.
    pub holder: Organisation,
    /// That person.
    pub person: PersonRef,
    /// What it opens.
    pub categories: BTreeSet<String>,
    /// Until when; ended when absent.
    pub until: Option<Timestamp>,
    /// Whether somebody still has to look at it.
    pub reviewing: Reviewing,
}

/// How far the review of a pass is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reviewing {
    /// Nobody has to.
    NotNeeded,
    /// Somebody has to.
    Awaited {
        /// Until when.
        by: Timestamp,
    },
    /// Somebody did.
    Done,
}

impl Pass {
    /// What was issued; none when there is no such pass.
    pub fn held(&self) -> Option<&Held> {
        match self {
            Self::Absent => None,
            Self::Issued(held) => Some(held),
        }
    }
}

impl Held {
    /// Its state, as views and pages name it.
    pub fn state_name(&self) -> StateName {
        match (self.until, &self.reviewing) {
            (Some(_), _) => StateName::Open,
            (None, Reviewing::Awaited { .. }) => StateName::UnderReview,
            (None, Reviewing::NotNeeded | Reviewing::Done) => StateName::Closed,
        }
    }
}
