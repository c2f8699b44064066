//! Recording on what ground something is shared (domain, section e3: lawfulness). Nothing leaves
//! without one.

use std::collections::BTreeSet;

use super::given;
use crate::catalogue::{DataCategory, LegalBasis, SharingPurpose, Users};
use crate::event::{LegalBasisRecorded, SharingAnswers};
use crate::sharing::{Question, check};
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
    let basis = usable(rules, source, legal_basis)?;
    let profile = rules.organisations.get(receiver);
    if !includes(&basis.to, profile.map(|it| (it.kind, &it.laws))) {
        return Err(unfit(basis, [receiver.to_string()]));
    }
    let opened = file.opened_on(source, receiver, legal_basis);
    if opened.is_some_and(|opened| basis.categories.is_subset(&opened)) {
        return Ok(None);
    }
    let about = (basis.categories.clone(), basis.usual_purpose());
    let event = recorded(basis, source, receiver, about);
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
    let opened = file.opened_on(receiver, source, legal_basis);
    let known = rules.legal_bases.get(legal_basis);
    Some(Event::LegalBasisRecorded(LegalBasisRecorded {
        source: source.clone(),
        receiver: receiver.clone(),
        legal_basis: legal_basis.to_owned(),
        categories: opened.unwrap_or_default(),
        own_law: known.map(|basis| basis.own_law.clone()).unwrap_or_default(),
        purpose: known.and_then(LegalBasis::usual_purpose),
        consent: known.is_some_and(LegalBasis::is_consent),
        disclosure: None,
        answers: None,
        template: None,
    }))
}

/// Whether a source may tell a fact of this kind on a basis.
pub(super) fn opens(
    rules: &Rules,
    source: &Organisation,
    legal_basis: &str,
    category: &str,
) -> Result<(), Refusal> {
    let basis = usable(rules, source, legal_basis)?;
    let opened = DataCategory::parse(category).is_ok_and(|it| basis.categories.contains(&it));
    if opened {
        Ok(())
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

/// The basis of that id, when it is law and for this source.
fn usable<'a>(
    rules: &'a Rules,
    source: &Organisation,
    id: &str,
) -> Result<&'a LegalBasis, Refusal> {
    if id.trim().is_empty() {
        return Err(Refusal::LegalBasisRequired);
    }
    let profile = rules
        .organisations
        .get(source)
        .map(|it| (it.kind, &it.laws));
    let Some(basis) = rules.legal_bases.get(id) else {
        let fitting = rules.legal_bases.bases().iter();
        let fitting = fitting.filter(|it| it.in_force() && includes(&it.from, profile));
        return Err(Refusal::LegalBasisUnknown {
            id: id.to_owned(),
            fitting: fitting.map(|it| it.id.clone()).collect(),
        });
    };
    if !basis.in_force() {
        return Err(Refusal::LegalBasisNotInForce(basis.id.clone()));
    }
    if !includes(&basis.from, profile) {
        return Err(unfit(basis, [source.to_string()]));
    }
    Ok(basis)
}

/// An organisation that nobody knows is included only where everybody is.
fn includes(
    users: &Users,
    profile: Option<(crate::catalogue::OrganisationKind, &BTreeSet<String>)>,
) -> bool {
    match profile {
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
        disclosure: None,
        answers: None,
        template: None,
    }
}
