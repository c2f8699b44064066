//! Who may see which marker: the law of the field, asked of the gate with where everybody stands
//! to the case at that time. How the API comes to its answers is not asked here.

use std::collections::BTreeMap;

use chassis::parties::Parties;
use escalation::views;
use gate::{Action, Actor, CaseFacts, Gate, Strength};
use journal::Db;
use sqlx::Row;

use crate::law::Rule;
use crate::plant::{Case, Marker, Origin};

/// Somebody who reads.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// As the gate knows them.
    pub(crate) actor: Actor,
    /// The short name of their organisation.
    pub(crate) party: String,
}

/// Where everybody stands to every case.
#[derive(Default)]
pub(crate) struct Standing {
    facts: BTreeMap<String, CaseFacts>,
    by_reference: BTreeMap<String, String>,
    bound: BTreeMap<String, String>,
}

impl Standing {
    /// Reads it from the platform's log, with the values that the story bound.
    pub(crate) async fn read(db: &Db, bound: &BTreeMap<String, String>) -> Self {
        let mut standing = Self {
            bound: bound.clone(),
            ..Self::default()
        };
        let rows = sqlx::query("SELECT case_id, own_reference FROM case_view")
            .fetch_all(db.reader())
            .await
            .expect("the table is there");
        for row in rows {
            let case: String = row.get("case_id");
            let reference: String = row.get("own_reference");
            let row = views::find_case(db, &case).await.expect("the log answers");
            let row = row.expect("it was just listed");
            let facts = views::facts(db, &row).await.expect("the log answers");
            standing.add(case, reference, facts);
        }
        standing
    }

    /// Adds a case.
    pub(crate) fn add(&mut self, case: String, reference: String, facts: CaseFacts) {
        self.by_reference.insert(reference, case.clone());
        self.facts.insert(case, facts);
    }

    /// The ids of the cases.
    pub(crate) fn cases(&self) -> impl Iterator<Item = &String> {
        self.facts.keys()
    }

    fn of(&self, case: &Case) -> Option<&CaseFacts> {
        let id = match case {
            Case::Reference(reference) => self.by_reference.get(reference),
            Case::Bound(name) => self.bound.get(name),
            Case::Only => Some(self.facts.keys().next()?).filter(|_| self.facts.len() == 1),
            Case::None => None,
        };
        self.facts.get(id?)
    }
}

/// Judges what was found in an answer.
pub(crate) struct Oracle {
    gate: Gate,
    parties: Parties,
}

impl Oracle {
    /// With the policies as they are deployed.
    pub(crate) fn new() -> Self {
        Self {
            gate: Gate::embedded().expect("the policies are valid"),
            parties: Parties::embedded().expect("the party files are valid"),
        }
    }

    /// The OIN of an organisation.
    pub(crate) fn oin(&self, party: &str) -> String {
        let party = self.parties.named(party).expect("it is listed");
        party.oin.to_string()
    }

    /// Whether the reader may see the marker: for one of the places where it came from the law
    /// allows it.
    pub(crate) fn may_see(&self, reader: &Reader, marker: &Marker, standing: &Standing) -> bool {
        marker.origins.iter().any(|origin| match marker.rule {
            Rule::NamesNobody => true,
            Rule::Code => false,
            Rule::OwnReference => origin.source == reader.party,
            Rule::Draft => standing.of(&origin.case).is_some_and(|facts| {
                self.gate
                    .may(&reader.actor, Action::KeepDraft, facts)
                    .is_ok()
            }),
            Rule::About(category) => self.facts(marker, origin, standing).is_some_and(|facts| {
                let roles = reader.actor.roles();
                let purposes = roles
                    .iter()
                    .flat_map(|role| self.gate.usual_purposes(*role));
                purposes.copied().any(|purpose| {
                    let reading = self.gate.reading(&reader.actor, purpose, category, &facts);
                    reading.strength == Strength::Full
                })
            }),
        })
    }

    /// Where the data came from, and to whom the story addressed it.
    fn facts(&self, marker: &Marker, origin: &Origin, standing: &Standing) -> Option<CaseFacts> {
        let facts = standing.of(&origin.case)?.clone();
        Some(CaseFacts {
            source: Some(self.oin(&origin.source)),
            shared_with: marker.to.clone(),
            ..facts
        })
    }
}
