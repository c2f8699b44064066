//! Who may see which marker: what the law says of its field, looked up in the matrix for where
//! everybody stands to the case at that time. How the API comes to its answers is not asked here.

use std::collections::{BTreeMap, BTreeSet};

use chassis::parties::Parties;
use escalation::views;
use gate::{CaseFacts, Category, Purpose, Role};
use journal::Db;
use proofs::Matrix;
use proto::Oin;

use crate::law::Rule;
use crate::matrix::{self, Reader};
use crate::plant::{Case, Marker, Origin};

/// Where everybody stands to every case, at one time.
#[derive(Clone, Default)]
pub(crate) struct Standing {
    facts: BTreeMap<String, CaseFacts>,
    /// What is being written and was shared with nobody.
    drafts: BTreeMap<String, CaseFacts>,
    by_reference: BTreeMap<String, String>,
    bound: BTreeMap<String, String>,
}

impl Standing {
    /// Reads it from the platform's log, with the values that the story bound, which case bears
    /// which reference, and who asked to see what is kept about them.
    pub(crate) async fn read(
        db: &Db,
        bound: &BTreeMap<String, String>,
        (references, citizens): (&BTreeMap<String, String>, &BTreeMap<String, String>),
    ) -> Self {
        let mut standing = Self {
            bound: bound.clone(),
            by_reference: references.clone(),
            ..Self::default()
        };
        for id in bound.values() {
            let draft = views::find_draft(db, id).await;
            if let Some(row) = draft.expect("the log answers") {
                let facts = CaseFacts {
                    id: row.case_id.clone(),
                    owner: row.owner.clone(),
                    raiser: row.owner,
                    state: "draft".to_owned(),
                    ..CaseFacts::default()
                };
                standing.drafts.insert(row.case_id, facts);
            }
        }
        let rows = views::cases(db, None, "", 1_000).await;
        for row in rows.expect("the log answers") {
            let mut facts = views::facts(db, &row).await.expect("the log answers");
            let citizen = citizens.get(&row.case_id).cloned();
            facts
                .citizens
                .extend(citizen.map(|who| (who, BTreeSet::new())));
            standing.facts.insert(row.case_id, facts);
        }
        standing
    }

    /// Adds a case.
    pub(crate) fn add(&mut self, case: String, reference: String, facts: CaseFacts) {
        self.by_reference.insert(reference, case.clone());
        self.facts.insert(case, facts);
    }

    /// The cases, with where everybody stands.
    pub(crate) fn cases(&self) -> impl Iterator<Item = (&String, &CaseFacts)> {
        self.facts.iter()
    }

    /// What is being written, by the id that the case will have.
    pub(crate) fn drafts(&self) -> impl Iterator<Item = &String> {
        self.drafts.keys()
    }

    fn of(&self, case: &Case) -> Option<&CaseFacts> {
        let id = match case {
            Case::Reference(reference) => self.by_reference.get(reference),
            Case::Bound(name) => self.bound.get(name),
            Case::Only => Some(self.facts.keys().next()?).filter(|_| self.facts.len() == 1),
            Case::None => None,
        };
        self.facts.get(id?).or_else(|| self.drafts.get(id?))
    }
}

/// Judges what was found in an answer.
pub(crate) struct Oracle {
    matrix: Matrix,
    parties: Parties,
}

impl Oracle {
    /// With the matrix as it is deployed.
    pub(crate) fn new() -> Self {
        Self {
            matrix: Matrix::embedded().expect("the matrix is valid"),
            parties: Parties::embedded().expect("the party files are valid"),
        }
    }

    /// The OIN of an organisation.
    pub(crate) fn oin(&self, party: &str) -> String {
        let party = self.parties.named(party).expect("it is listed");
        party.oin.to_string()
    }

    /// The short name of an organisation.
    pub(crate) fn name(&self, oin: &str) -> String {
        let party = Oin::parse(oin).ok();
        let party = party.and_then(|oin| self.parties.get(&oin));
        party.expect("it is listed").name.clone()
    }

    /// Somebody of an organisation.
    pub(crate) fn reader(&self, party: &str, subject: &str, roles: Vec<Role>) -> Reader {
        Reader {
            party: party.to_owned(),
            organisation: self.oin(party),
            subject: subject.to_owned(),
            roles,
            purpose: None,
        }
    }

    /// What the roles of a reader may read for, as far as a row of the matrix knows it.
    pub(crate) fn purposes(&self, reader: &Reader) -> Vec<Purpose> {
        let rows = self.matrix.rows.iter();
        let of_role = rows.filter(|row| row.roles.iter().any(|role| reader.roles.contains(role)));
        let mut purposes: Vec<Purpose> = of_role.filter_map(|row| row.purpose).collect();
        purposes.sort_unstable();
        purposes.dedup();
        purposes
    }

    /// Whether the reader may see the marker: for one of the places where it came from the matrix
    /// allows it.
    pub(crate) fn may_see(&self, reader: &Reader, marker: &Marker, standing: &Standing) -> bool {
        marker.origins.iter().any(|origin| match marker.rule {
            Rule::NamesNobody => true,
            Rule::Code => false,
            // What an organisation calls the case, with how it runs.
            Rule::OwnReference => {
                origin.source == reader.party
                    && self.shows(reader, Category::Process, (marker, origin, standing))
            }
            Rule::Draft => standing
                .of(&origin.case)
                .is_some_and(|facts| matrix::shows_draft(&self.matrix, reader, facts)),
            Rule::About(category) => self.shows(reader, category, (marker, origin, standing)),
        })
    }

    /// Whether an organisation's own service may hold the marker: it knew it itself, somebody
    /// addressed it to it, or somebody of it could see it on the platform at one of these times.
    pub(crate) fn may_hold(&self, party: &str, marker: &Marker, then: &[Standing]) -> bool {
        let own = marker.origins.iter().any(|origin| origin.source == party);
        let everybody = self.reader(party, "", Role::ALL.to_vec());
        own || marker.to.contains(&everybody.organisation)
            || then
                .iter()
                .any(|standing| self.may_see(&everybody, marker, standing))
    }

    /// Whether the matrix shows it in full, with where the data came from and to whom the story
    /// addressed it.
    fn shows(
        &self,
        reader: &Reader,
        category: Category,
        (marker, origin, standing): (&Marker, &Origin, &Standing),
    ) -> bool {
        let Some(facts) = standing.of(&origin.case) else {
            return false;
        };
        let facts = CaseFacts {
            source: Some(self.oin(&origin.source)),
            shared_with: marker.to.clone(),
            ..facts.clone()
        };
        matrix::shows(&self.matrix, reader, category, &facts)
    }
}
