//! What the people of a case said of sharing: told to the organisations that hold what was shared, for
//! their own copies are not the platform's to close.

use std::collections::BTreeSet;

use ladder::catalogue::{DataCategory, LegalBasis};
use ladder::{Event, File, HandoffStatus, ObjectionId, Organisation, event};
use proto::event::{
    ConsentWithdrawn, ObjectionExtended, ObjectionOverdue, ObjectionRaised, ObjectionSettled,
};

use super::hearers::once;
use super::{LetterError, Letters, Scene, Told};

impl Letters<'_> {
    /// Who was named in it and holds anything of the case, and who shared on it.
    pub(super) async fn consent_withdrawn(
        &self,
        scene: &Scene<'_>,
        back: &event::ConsentWithdrawn,
    ) -> Result<Told, LetterError> {
        let file = &scene.file;
        let Some(consent) = file.consents.get(&back.consent) else {
            return Ok(Vec::new());
        };
        let scope = &consent.scope;
        let receivers = holders(file)
            .into_iter()
            .filter(|holder| scope.receivers.contains(*holder));
        let about =
            |categories: &BTreeSet<DataCategory>| !categories.is_disjoint(&scope.categories);
        let grounds = file.legal_bases.iter();
        let sources = grounds
            .filter(|ground| ground.consent && about(&ground.categories))
            .filter(|ground| scope.receivers.contains(&ground.receiver))
            .map(|ground| &ground.source);
        let tellers = scene.history.iter().filter_map(|past| match past {
            Event::FactReported(fact) => {
                let basis = self.ground.rules.legal_bases.get(&fact.legal_basis);
                let on_consent = basis.is_some_and(LegalBasis::is_consent);
                let category = DataCategory::parse(&fact.category).ok()?;
                (on_consent && scope.categories.contains(&category)).then_some(&fact.source)
            }
            _ => None,
        });
        let hearers: BTreeSet<&Organisation> = receivers.chain(sources).chain(tellers).collect();
        let mut letters = Vec::new();
        for hearer in hearers {
            let told = ConsentWithdrawn {
                consent: back.consent.to_string(),
                person_key: self.heard_as(scene, hearer, &consent.person).await?,
                categories: words(&scope.categories),
            };
            letters.push((hearer.clone(), told.into()));
        }
        Ok(letters)
    }
}

pub(super) fn objected(file: &File, raised: &event::ObjectionRaised) -> Told {
    let told = ObjectionRaised {
        objection: raised.objection.to_string(),
        categories: words(&raised.categories),
        settle_by: raised.settle_by,
    };
    once(holders(file), told)
}

/// Whoever does not use what was shared waits for it.
pub(super) fn more_time(file: &File, extended: &event::ObjectionExtended) -> Told {
    let told = ObjectionExtended {
        objection: extended.objection.to_string(),
        settle_by: extended.settle_by,
    };
    once(holders(file), told)
}

/// The owner should have settled it.
pub(super) fn not_settled(file: &File, overdue: &event::ObjectionOverdue) -> Told {
    let told = ObjectionOverdue {
        objection: overdue.objection.to_string(),
    };
    once([&file.owner], told)
}

pub(super) fn settled(file: &File, settled: &event::ObjectionSettled) -> Told {
    let outcome = match settled.upheld {
        true => "upheld",
        false => "overruled",
    };
    outcome_of(file, &settled.objection, outcome)
}

pub(super) fn lifted(file: &File, lifted: &event::ObjectionLifted) -> Told {
    outcome_of(file, &lifted.objection, "lifted")
}

fn outcome_of(file: &File, id: &ObjectionId, outcome: &str) -> Told {
    let Some(objection) = file.objections.get(id) else {
        return Vec::new();
    };
    let told = ObjectionSettled {
        objection: id.to_string(),
        outcome: outcome.to_owned(),
        categories: words(&objection.categories),
    };
    once(holders(file), told)
}

/// The organisations that hold more of a case than its card, those whose access has ended included: what
/// they took over stands in their own files.
fn holders(file: &File) -> BTreeSet<&Organisation> {
    let accepted = file.handoffs.values().filter_map(|handoff| {
        let opened = match handoff.status {
            HandoffStatus::Accepted { .. }
            | HandoffStatus::Returning { .. }
            | HandoffStatus::Returned { .. } => true,
            HandoffStatus::Offered { .. }
            | HandoffStatus::Declined { .. }
            | HandoffStatus::Countered { .. }
            | HandoffStatus::Withdrawn { .. }
            | HandoffStatus::Expired { .. } => false,
        };
        opened.then_some(&handoff.to)
    });
    let card_only = file.card_only();
    accepted
        .chain(file.asked())
        .chain(&file.kept.handlers)
        .chain([&file.owner, &file.raiser, &file.handler])
        .filter(|holder| !card_only.contains(holder))
        .collect()
}

fn words(categories: &BTreeSet<DataCategory>) -> BTreeSet<String> {
    categories.iter().map(|it| it.as_str().to_owned()).collect()
}
