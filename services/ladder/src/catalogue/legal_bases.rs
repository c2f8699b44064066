//! On what ground one organisation may share something about a household with another.

mod read;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use words::{BasisKind, BasisStatus, DataCategory, Ground, SharingPurpose};

use super::OrganisationKind;

/// A title in both languages of the screens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// In Dutch.
    pub nl: String,
    /// In English.
    pub en: String,
}

/// Which organisations a basis is for: one of the kinds, if any is named, that carries out one of
/// the laws, if any is named. With nothing named it is for everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Users {
    /// Kinds of organisation.
    pub kinds: BTreeSet<OrganisationKind>,
    /// Statutes, by their ids in `deploy/rules.toml` and in `laws` of the party files.
    pub laws: BTreeSet<String>,
}

impl Users {
    /// Whether an organisation of this kind, carrying out these laws, is among them.
    pub fn include(&self, kind: OrganisationKind, laws: &BTreeSet<String>) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.laws.is_empty() || !self.laws.is_disjoint(laws))
    }
}

/// A legal basis for sharing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalBasis {
    /// Its id, as in `legalBasis` of facts, handoffs and requests.
    pub id: String,
    /// Its title.
    pub title: Title,
    /// The law on which it rests, by its Dutch name.
    pub law: String,
    /// The article there.
    pub article: String,
    /// The grounds of the AVG that it stands for.
    pub grounds: BTreeSet<Ground>,
    /// What makes it a basis.
    pub kind: BasisKind,
    /// Whether it is law already.
    pub status: BasisStatus,
    /// Who may share on it.
    pub from: Users,
    /// Who may receive on it.
    pub to: Users,
    /// What may be shared on it.
    pub categories: BTreeSet<DataCategory>,
    /// Of these, what only a receiver gets that carries out the law under which it is known
    /// (domain, section e1: "own law").
    pub own_law: BTreeSet<DataCategory>,
    /// For which purposes; the first is the one when nobody names one. Never empty.
    pub purposes: Vec<SharingPurpose>,
    /// Where this was read.
    pub source: String,
    /// Whether a jurist still has to confirm it.
    pub jurist: bool,
}

impl LegalBasis {
    /// The purpose when nobody names one.
    pub fn usual_purpose(&self) -> Option<SharingPurpose> {
        self.purposes.first().copied()
    }

    /// Whether it is law; a bill permits nothing.
    pub fn in_force(&self) -> bool {
        match self.status {
            BasisStatus::InForce => true,
            BasisStatus::Bill => false,
        }
    }

    /// Whether it rests on what a person agreed to, and falls with it.
    pub fn is_consent(&self) -> bool {
        self.kind == BasisKind::Consent
    }
}

/// What a purpose of sharing needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurposeEntry {
    /// The purpose.
    pub id: SharingPurpose,
    /// Its title.
    pub title: Title,
    /// The smallest set of categories that does for it (AVG 5(1)(c)).
    pub needs: BTreeSet<DataCategory>,
}

/// The legal bases for sharing (`deploy/legal-bases.toml`). The default knows none, and so
/// permits nothing.
#[derive(Debug, Clone, Default)]
pub struct LegalBasisCatalogue {
    bases: Vec<LegalBasis>,
    positions: BTreeMap<String, usize>,
    purposes: Vec<PurposeEntry>,
}

impl LegalBasisCatalogue {
    /// All bases, in the order of the file.
    pub fn bases(&self) -> &[LegalBasis] {
        &self.bases
    }

    /// All purposes, in the order of the file.
    pub fn purposes(&self) -> &[PurposeEntry] {
        &self.purposes
    }

    /// The basis of that id.
    pub fn get(&self, id: &str) -> Option<&LegalBasis> {
        let position = self.positions.get(id)?;
        self.bases.get(*position)
    }

    /// The smallest set of categories that does for a purpose; every purpose has an entry.
    pub fn needs(&self, purpose: SharingPurpose) -> BTreeSet<DataCategory> {
        let entry = self.purposes.iter().find(|entry| entry.id == purpose);
        entry.map(|entry| entry.needs.clone()).unwrap_or_default()
    }
}
