//! What is kept of the people a case is about, and what is erased.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{CitizenRef, ErasureGround, ErasureId, HoldId, LinkId, Organisation};

/// What an erasure takes away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum ErasureScope {
    /// Everything that says who the case is about, and every text.
    Case,
    /// One person: the person's own fields, and every text that may name the person, except as far
    /// as a redacted version was recorded.
    Person {
        /// The person, by the platform's own key.
        person: String,
    },
    /// The facts of one category of data that were known under one law.
    Category {
        /// The category.
        category: String,
        /// The law.
        law: String,
    },
}

impl ErasureScope {
    /// The word for it in letters and lists.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Person { .. } => "person",
            Self::Category { .. } => "category",
        }
    }
}

/// An erasure that was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// What.
    pub scope: ErasureScope,
    /// Why.
    pub ground: ErasureGround,
    /// Whether its keys are deleted.
    pub completed: bool,
}

/// Somebody who looks at the own case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitizenLink {
    /// Whom of the case it is about.
    pub person: String,
    /// Who looks.
    pub citizen: CitizenRef,
}

/// What is kept of the people a case is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The people, by the platform's own keys.
    pub persons: BTreeSet<String>,
    /// Those of them outside the household: it is not their case.
    pub outside: BTreeSet<String>,
    /// Who looks at the own case.
    pub citizens: BTreeMap<LinkId, CitizenLink>,
    /// Pairs (category, law) of which there are facts.
    pub categories: BTreeSet<(String, String)>,
    /// Holds, and until when each stands.
    pub holds: BTreeMap<HoldId, Timestamp>,
    /// Organisations that handled the case, on whatever rung.
    pub handlers: BTreeSet<Organisation>,
    /// Every erasure that was ordered.
    pub erasures: BTreeMap<ErasureId, Erasure>,
}

impl Kept {
    /// Whether the case is about this person, and nobody ordered that to be erased.
    pub fn has(&self, person: &str) -> bool {
        let scope = ErasureScope::Person {
            person: person.to_owned(),
        };
        self.persons.contains(person) && !self.is_ordered(&scope)
    }

    /// Who looks at the own case, and whom of it that is about.
    pub fn looking(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut looking: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for link in self.citizens.values() {
            let persons = looking.entry(link.citizen.to_string()).or_default();
            persons.insert(link.person.clone());
        }
        looking
    }

    /// Until when nothing may be erased; nothing when no hold stands at that moment.
    pub fn held_until(&self, at: Timestamp) -> Option<Timestamp> {
        self.holds
            .values()
            .copied()
            .filter(|until| *until > at)
            .max()
    }

    /// Whether this was ordered before, by itself or with the whole case.
    pub fn is_ordered(&self, scope: &ErasureScope) -> bool {
        self.erasures
            .values()
            .any(|erasure| erasure.scope == *scope || erasure.scope == ErasureScope::Case)
    }
}
