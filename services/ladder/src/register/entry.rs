use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ContactId, PersonRef, RungId, Sealed, Tier};

/// What an organisation says about one of its people, or about one of the parts they have: the
/// same person may stand in the register with several functions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactEntry {
    /// The person, by the organisation's own opaque reference.
    pub person: PersonRef,
    /// The function, in the organisation's own words; never empty.
    pub function: String,
    /// The tier at which this person works.
    pub tier: Tier,
    /// The rung; absent when it is any rung.
    #[serde(default)]
    pub rung: Option<RungId>,
    /// Laws this person carries out. Without laws and themes the entry is the organisation's
    /// general contact.
    #[serde(default)]
    pub laws: BTreeSet<String>,
    /// Themes this person knows.
    #[serde(default)]
    pub themes: BTreeSet<String>,
    /// Regions; empty when it is every region.
    #[serde(default)]
    pub regions: BTreeSet<String>,
    /// Words for the parts this person can have, such as `process_director` or `quality_owner`
    /// (domain, M15).
    #[serde(default)]
    pub roles: BTreeSet<String>,
    /// What this person is trained or experienced in.
    #[serde(default)]
    pub competences: BTreeSet<String>,
    /// What this person may decide. Ids are unique within the register.
    #[serde(default)]
    pub mandates: Vec<MandateEntry>,
    /// Who takes over on absence: another entry of the same register.
    #[serde(default)]
    pub deputy: Option<ContactId>,
    /// Name.
    #[serde(default)]
    pub name: Option<Sealed>,
    /// Mail address.
    #[serde(default)]
    pub mail: Option<Sealed>,
    /// Telephone number.
    #[serde(default)]
    pub phone: Option<Sealed>,
}

/// What somebody may decide, how far and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MandateEntry {
    /// The organisation's own key.
    pub id: String,
    /// Words for what may be decided.
    #[serde(default)]
    pub scope: BTreeSet<String>,
    /// Up to this many euro cents, never below zero; absent when no amount limits it.
    #[serde(default)]
    pub amount_cents: Option<i64>,
    /// The last day it holds; absent when it has no end.
    #[serde(default)]
    pub until: Option<Date>,
}

/// Days on which somebody is away, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The first.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// The entry that takes over on those days; the usual deputy when absent.
    pub cover: Option<ContactId>,
}

impl Absence {
    /// Whether `day` is one of them.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}
