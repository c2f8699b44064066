use std::collections::BTreeMap;

use super::ConsentScope;
use crate::catalogue::DataCategory;
use crate::event::{ConsentGiven, ConsentWithdrawn};
use crate::{ConsentId, Organisation};

/// A consent of one person in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Whose, by the key of the person within the case.
    pub person: String,
    /// What may be shared with whom.
    pub scope: ConsentScope,
    /// Whether it stands: it was not withdrawn.
    pub standing: bool,
}

/// What the persons of a case agreed to, and what they took back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consents(BTreeMap<ConsentId, Consent>);

impl Consents {
    /// A person agreed to something.
    pub fn given(&mut self, given: &ConsentGiven) {
        let consent = Consent {
            person: given.person.clone(),
            scope: ConsentScope {
                categories: given.categories.clone(),
                receivers: given.receivers.clone(),
            },
            standing: true,
        };
        self.0.insert(given.consent.clone(), consent);
    }

    /// A person took that back.
    pub fn withdrawn(&mut self, withdrawn: &ConsentWithdrawn) {
        if let Some(consent) = self.0.get_mut(&withdrawn.consent) {
            consent.standing = false;
        }
    }

    /// The consent of that id.
    pub fn get(&self, id: &ConsentId) -> Option<&Consent> {
        self.0.get(id)
    }

    /// What stands, each for itself.
    pub fn standing(&self) -> Vec<ConsentScope> {
        let standing = self.0.values().filter(|consent| consent.standing);
        standing.map(|consent| consent.scope.clone()).collect()
    }

    /// Whether what rests on consent is closed to a receiver: somebody took it back, and did not
    /// agree again. What an organisation was told outside the platform it may share until then.
    pub fn close(&self, category: DataCategory, receiver: &Organisation) -> bool {
        let about = |consent: &&Consent| consent.scope.covers(category, receiver);
        self.0.values().filter(about).any(|consent| {
            let agreed_again = self
                .0
                .values()
                .filter(about)
                .any(|other| other.standing && other.person == consent.person);
            !consent.standing && !agreed_again
        })
    }
}
