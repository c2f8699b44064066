//! Recording on what ground something is shared (domain, section e3: lawfulness). Nothing leaves
//! without one.

use std::collections::BTreeSet;

use super::given;
use crate::catalogue::{DataCategory, LegalBasis, OrganisationKind, SharingPurpose, Users};
use crate::event::{LegalBasisRecorded, SharingAnswers};
use crate::sharing::{Lack, Question, check, lacks_task};
use crate::{Disclose, Event, File, Organisation, RecordLegalBasis, Refusal, Rules, ShareIdentity};

/// The ground for everything that the catalogue says it opens.
pub(super) fn record_basis(
    rules: &Rules,
    file: &File,
    basis: RecordLegalBasis,
) -> Result<Vec<Event>, Refusal> {
    let ground = given(Some(basis.legal_basis)).ok_or(Refusal::LegalBasisRequired)?;
    let event = legal_basis(rules, file, &basis.source, &basis.receiver, &ground)?;
    Ok(event.into_iter().collect())
}

/// A disclosure after the check, with its three answers: one that is missing blocks it.
pub(super) fn disclose(rules: &Rules, file: &File, it: Disclose) -> Result<Vec<Event>, Refusal> {
    not_paused(file)?;
    if it.categories.is_empty() {
        return Err(Refusal::CategoriesRequired);
    }
    let basis = usable(rules, &it.source, &it.legal_basis)?;
    let answers = answers(&it)?;
    let between = (
        rules.organisations.get(&it.source),
        rules.organisations.get(&it.receiver),
    );
    let (Some(source), Some(receiver)) = between else {
        return Err(unfit(basis, [it.receiver.to_string()]));
    };
    let consents = file.consents.standing();
    let answer = check(
        &rules.legal_bases,
        &Question {
            source,
            receiver: (&it.receiver, receiver),
            categories: it.categories.clone(),
            purpose: it.purpose,
            chosen: Some(basis),
            consents: &consents,
            objected: false,
            number_in_text: false,
        },
    );
    if !answer.permitted {
        if !answer.missing.is_empty() && answer.missing.values().all(|it| *it == Lack::NoTask) {
            return Err(without_task(basis, &it.receiver));
        }
        let missing = answer.missing.iter();
        let missing =
            missing.map(|(category, lack)| format!("{} ({})", category.as_str(), lack.as_str()));
        return Err(unfit(basis, missing));
    }
    let about = (it.categories, Some(it.purpose));
    Ok(vec![Event::LegalBasisRecorded(LegalBasisRecorded {
        disclosure: Some(it.disclosure),
        answers: Some(answers),
        template: it.template,
        ..recorded(basis, &it.source, &it.receiver, about)
    })])
}

fn answers(it: &Disclose) -> Result<SharingAnswers, Refusal> {
    let parts = [
        ("necessity", &it.necessity),
        ("proportionality", &it.proportionality),
        ("subsidiarity", &it.subsidiarity),
    ];
    match (&it.necessity, &it.proportionality, &it.subsidiarity) {
        (Some(necessity), Some(proportionality), Some(subsidiarity)) => Ok(SharingAnswers {
            necessity: necessity.clone(),
            proportionality: proportionality.clone(),
            subsidiarity: subsidiarity.clone(),
        }),
        (_, _, _) => Err(Refusal::AnswersRequired(
            parts
                .into_iter()
                .filter(|(_, answer)| answer.is_none())
                .map(|(name, _)| name)
                .collect(),
        )),
    }
}

/// The ground for sharing by which something goes to a receiver, when it was not recorded yet
/// between these two.
pub(super) fn legal_basis(
    rules: &Rules,
    file: &File,
    source: &Organisation,
    receiver: &Organisation,
    legal_basis: &str,
) -> Result<Option<Event>, Refusal> {
    not_paused(file)?;
    let event = match listed(rules, source, legal_basis)? {
        Some(basis) => {
            fits_receiver(rules, basis, receiver)?;
            let about = (basis.categories.clone(), basis.usual_purpose());
            recorded(basis, source, receiver, about)
        }
        None => unlisted(source, receiver, legal_basis),
    };
    let opened = file.opened_on(source, receiver, legal_basis);
    if opened.is_some_and(|opened| event.categories.is_subset(&opened)) {
        return Ok(None);
    }
    Ok(Some(Event::LegalBasisRecorded(event)))
}

/// The same for what goes back the way it came: whoever gives it back tells nothing that the
/// other did not tell.
pub(super) fn the_way_back(
    rules: &Rules,
    file: &File,
    (source, receiver): (&Organisation, &Organisation),
    legal_basis: &str,
) -> Option<Event> {
    if file.opened_on(source, receiver, legal_basis).is_some() {
        return None;
    }
    let categories = file.opened_on(receiver, source, legal_basis);
    let categories = categories.unwrap_or_default();
    Some(Event::LegalBasisRecorded(
        match rules.legal_bases.get(legal_basis) {
            Some(basis) => {
                let about = (categories, basis.usual_purpose());
                recorded(basis, source, receiver, about)
            }
            None => LegalBasisRecorded {
                categories,
                ..unlisted(source, receiver, legal_basis)
            },
        },
    ))
}

/// Whether a source may tell a fact of this kind on a basis; tells whether the catalogue lists it.
pub(super) fn opens(
    rules: &Rules,
    source: &Organisation,
    legal_basis: &str,
    category: &str,
) -> Result<bool, Refusal> {
    let Some(basis) = listed(rules, source, legal_basis)? else {
        return Ok(false);
    };
    let opened = DataCategory::parse(category).is_ok_and(|it| basis.categories.contains(&it));
    if opened {
        Ok(true)
    } else {
        Err(unfit(basis, [category.to_owned()]))
    }
}

/// An objection stands in the way of everything new (AVG 18(1)(d), 21).
pub(super) fn not_paused(file: &File) -> Result<(), Refusal> {
    if file.is_paused() {
        Err(Refusal::SharingPaused)
    } else {
        Ok(())
    }
}

/// Names, numbers and addresses go only to whom a recorded ground opens them.
pub(super) fn opens_identity(file: &File, share: &ShareIdentity) -> Result<(), Refusal> {
    not_paused(file)?;
    if file.discloses(&share.from, &share.to, DataCategory::Identity) {
        Ok(())
    } else {
        Err(Refusal::LegalBasisRequired)
    }
}

/// The basis of that id, when it is law and for this source; nothing when the catalogue does not
/// list it. The borders know no catalogue, so whoever shares may name a ground of its own there.
fn listed<'a>(
    rules: &'a Rules,
    source: &Organisation,
    id: &str,
) -> Result<Option<&'a LegalBasis>, Refusal> {
    if id.trim().is_empty() {
        return Err(Refusal::LegalBasisRequired);
    }
    let Some(basis) = rules.legal_bases.get(id) else {
        return Ok(None);
    };
    if !basis.in_force() {
        return Err(Refusal::LegalBasisNotInForce(basis.id.clone()));
    }
    if !includes(&basis.from, profile(rules, source)) {
        return Err(unfit(basis, [source.to_string()]));
    }
    Ok(Some(basis))
}

/// The same where the ground has to be one of the catalogue; otherwise those that would fit.
fn usable<'a>(
    rules: &'a Rules,
    source: &Organisation,
    id: &str,
) -> Result<&'a LegalBasis, Refusal> {
    listed(rules, source, id)?.ok_or_else(|| {
        let fitting = rules.legal_bases.bases().iter();
        let who = profile(rules, source);
        let fitting = fitting.filter(|it| it.in_force() && includes(&it.from, who));
        Refusal::LegalBasisUnknown {
            id: id.to_owned(),
            fitting: fitting.map(|it| it.id.clone()).collect(),
        }
    })
}

/// Whether a receiver may get anything on a basis. Consent repairs no missing task of a body on
/// which the person depends (domain, section e2, ground a).
fn fits_receiver(
    rules: &Rules,
    basis: &LegalBasis,
    receiver: &Organisation,
) -> Result<(), Refusal> {
    if !includes(&basis.to, profile(rules, receiver)) {
        return Err(unfit(basis, [receiver.to_string()]));
    }
    let lacks = rules
        .organisations
        .get(receiver)
        .is_some_and(|it| basis.is_consent() && lacks_task(&rules.legal_bases, it, basis));
    if lacks {
        return Err(without_task(basis, receiver));
    }
    Ok(())
}

/// What is recorded of a ground that the catalogue does not list: it opens what a ground opened
/// before there was a catalogue, but nothing that needs a law of its own.
fn unlisted(source: &Organisation, receiver: &Organisation, id: &str) -> LegalBasisRecorded {
    let categories = DataCategory::ALL.iter().copied();
    LegalBasisRecorded {
        source: source.clone(),
        receiver: receiver.clone(),
        legal_basis: id.to_owned(),
        categories: categories
            .filter(|category| !category.needs_a_law_of_its_own())
            .collect(),
        own_law: BTreeSet::from([DataCategory::Finance]),
        purpose: None,
        consent: false,
        unlisted: true,
        disclosure: None,
        answers: None,
        template: None,
    }
}

type Who<'a> = Option<(OrganisationKind, &'a BTreeSet<String>)>;

fn profile<'a>(rules: &'a Rules, organisation: &Organisation) -> Who<'a> {
    let known = rules.organisations.get(organisation);
    known.map(|it| (it.kind, &it.laws))
}

/// An organisation that nobody knows is included only where everybody is.
fn includes(users: &Users, who: Who<'_>) -> bool {
    match who {
        Some((kind, laws)) => users.include(kind, laws),
        None => users.kinds.is_empty() && users.laws.is_empty(),
    }
}

fn unfit(basis: &LegalBasis, missing: impl IntoIterator<Item = String>) -> Refusal {
    Refusal::LegalBasisUnfit {
        id: basis.id.clone(),
        missing: missing.into_iter().collect(),
    }
}

fn without_task(basis: &LegalBasis, receiver: &Organisation) -> Refusal {
    Refusal::ConsentWithoutTask {
        id: basis.id.clone(),
        receiver: receiver.clone(),
    }
}

fn recorded(
    basis: &LegalBasis,
    source: &Organisation,
    receiver: &Organisation,
    (categories, purpose): (BTreeSet<DataCategory>, Option<SharingPurpose>),
) -> LegalBasisRecorded {
    LegalBasisRecorded {
        source: source.clone(),
        receiver: receiver.clone(),
        legal_basis: basis.id.clone(),
        own_law: basis.own_law.intersection(&categories).copied().collect(),
        categories,
        purpose,
        consent: basis.is_consent(),
        unlisted: false,
        disclosure: None,
        answers: None,
        template: None,
    }
}
