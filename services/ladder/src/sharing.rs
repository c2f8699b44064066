//! "May I share this?": the check that goes before sharing, over the catalogue of legal bases.
//!
//! The rules behind it, in the domain's words (section e2): a basis is a named task, a duty, a
//! reporting right and so on, for these organisations, these categories, this purpose (r1, r2).
//! Person numbers go only between bodies entitled to them (r3), tax data only on a registered
//! exception (r4), and neither ever on consent. Consent repairs no missing task. A bill permits
//! nothing.

mod consents;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use consents::{Consent, Consents};
pub use words::{Lack, Warning};

use crate::Organisation;
use crate::catalogue::{
    BasisKind, DataCategory, LegalBasis, LegalBasisCatalogue, OrganisationKind, SharingPurpose,
};

/// What an organisation is, as far as sharing asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// What kind of organisation.
    pub kind: OrganisationKind,
    /// The laws that it carries out, by id.
    pub laws: BTreeSet<String>,
    /// Whether a law lets it use citizen service numbers (Wabb 10).
    pub may_use_bsn: bool,
}

/// What a person agreed to, as long as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentScope {
    /// What may be shared.
    pub categories: BTreeSet<DataCategory>,
    /// With whom.
    pub receivers: BTreeSet<Organisation>,
}

impl ConsentScope {
    /// Whether it is about this kind of data and this receiver.
    pub fn covers(&self, category: DataCategory, receiver: &Organisation) -> bool {
        self.categories.contains(&category) && self.receivers.contains(receiver)
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// Who would share.
    pub source: &'a Profile,
    /// With whom.
    pub receiver: (&'a Organisation, &'a Profile),
    /// What; nothing asks what the purpose needs.
    pub categories: BTreeSet<DataCategory>,
    /// What for.
    pub purpose: SharingPurpose,
    /// The basis that the asker has in mind.
    pub chosen: Option<&'a LegalBasis>,
    /// What the persons whom it is about agreed to.
    pub consents: &'a [ConsentScope],
    /// Whether somebody objected to sharing and that stands in the way.
    pub objected: bool,
    /// Whether a text that goes with it holds what has the form of a person number.
    pub number_in_text: bool,
}

/// A basis that would do for at least one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting<'a> {
    /// The basis.
    pub basis: &'a LegalBasis,
    /// For which of the categories asked.
    pub covers: BTreeSet<DataCategory>,
}

/// What the check says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'a> {
    /// Whether it may be shared: on the chosen basis, or on one of the fitting ones.
    pub permitted: bool,
    /// Whether an objection stands in the way.
    pub paused: bool,
    /// The bases that would do: those for everything first, then those for most; consent last.
    pub fitting: Vec<Fitting<'a>>,
    /// Per category that has no basis (none at all, or not the chosen one) what is missing.
    pub missing: BTreeMap<DataCategory, Lack>,
    /// The smallest set of the categories asked that would do for the purpose.
    pub smallest: BTreeSet<DataCategory>,
    /// What to think of before sharing.
    pub warnings: BTreeSet<Warning>,
}

/// Whether something may be shared, on what, and what is missing.
pub fn check<'a>(catalogue: &'a LegalBasisCatalogue, question: &Question<'a>) -> Answer<'a> {
    let needs = catalogue.needs(question.purpose);
    let asked = if question.categories.is_empty() {
        needs.clone()
    } else {
        question.categories.clone()
    };
    let fitting = fitting(catalogue, question, &asked);
    let missing = missing(catalogue, question, &asked);
    let whole = match question.chosen {
        Some(_) => missing.is_empty(),
        None => fitting.iter().any(|fit| fit.covers == asked),
    };
    let warnings = warnings(catalogue, question, &asked, &needs, &fitting);
    Answer {
        permitted: whole && !asked.is_empty() && !question.objected,
        paused: question.objected,
        fitting,
        missing,
        smallest: asked.intersection(&needs).copied().collect(),
        warnings,
    }
}

fn fitting<'a>(
    catalogue: &'a LegalBasisCatalogue,
    question: &Question<'a>,
    asked: &BTreeSet<DataCategory>,
) -> Vec<Fitting<'a>> {
    let mut fitting: Vec<Fitting<'a>> = catalogue
        .bases()
        .iter()
        .map(|basis| Fitting {
            basis,
            covers: asked
                .iter()
                .filter(|category| lack(catalogue, question, basis, **category).is_none())
                .copied()
                .collect(),
        })
        .filter(|fit| !fit.covers.is_empty())
        .collect();
    // Stable: what fits equally well stays in the order of the file.
    fitting.sort_by_key(|fit| {
        let open = asked.len() - fit.covers.len();
        (open > 0, fit.basis.is_consent(), open)
    });
    fitting
}

fn missing(
    catalogue: &LegalBasisCatalogue,
    question: &Question<'_>,
    asked: &BTreeSet<DataCategory>,
) -> BTreeMap<DataCategory, Lack> {
    let of = |category: DataCategory| match question.chosen {
        Some(basis) => lack(catalogue, question, basis, category),
        // What comes nearest says best what to do about it.
        None => {
            let lacks = catalogue
                .bases()
                .iter()
                .map(|basis| lack(catalogue, question, basis, category));
            lacks.min().unwrap_or(Some(Lack::NotCovered))
        }
    };
    asked
        .iter()
        .filter_map(|category| Some((*category, of(*category)?)))
        .collect()
}

/// What a basis lacks to open a category; nothing when it does open it. The order of the
/// questions is that of [`Lack`], from the farthest to the nearest.
fn lack(
    catalogue: &LegalBasisCatalogue,
    question: &Question<'_>,
    basis: &LegalBasis,
    category: DataCategory,
) -> Option<Lack> {
    let (source, (organisation, receiver)) = (question.source, question.receiver);
    if !basis.categories.contains(&category) {
        return Some(Lack::NotCovered);
    }
    if basis.is_consent() && category.closed_to_consent() {
        return Some(Lack::NotByConsent);
    }
    let for_them = basis.from.include(source.kind, &source.laws)
        && basis.to.include(receiver.kind, &receiver.laws);
    if !for_them {
        return Some(Lack::OtherOrganisation);
    }
    if !basis.purposes.contains(&question.purpose) {
        return Some(Lack::OtherPurpose);
    }
    if !basis.in_force() {
        return Some(Lack::Bill);
    }
    let entitled = source.may_use_bsn && receiver.may_use_bsn;
    if category == DataCategory::Bsn && !entitled {
        return Some(Lack::NotEntitled);
    }
    if basis.own_law.contains(&category) && receiver.laws.is_empty() {
        return Some(Lack::NoOwnLaw);
    }
    if basis.is_consent() {
        if !has_task(catalogue, receiver, question.purpose) {
            return Some(Lack::NoTask);
        }
        let given = question
            .consents
            .iter()
            .any(|consent| consent.covers(category, organisation));
        if !given {
            return Some(Lack::ConsentNotGiven);
        }
    }
    None
}

/// Whether a body on which the person depends has no task of its own for any purpose of a basis.
pub(crate) fn lacks_task(
    catalogue: &LegalBasisCatalogue,
    receiver: &Profile,
    basis: &LegalBasis,
) -> bool {
    let mut purposes = basis.purposes.iter();
    is_public(receiver.kind) && !purposes.any(|it| has_task(catalogue, receiver, *it))
}

/// Whether a receiver has a task of its own for a purpose: it carries out a law, or a basis that
/// is a task, a duty or a partnership names its kind. Consent repairs no missing one.
fn has_task(catalogue: &LegalBasisCatalogue, receiver: &Profile, purpose: SharingPurpose) -> bool {
    let named = |basis: &LegalBasis| {
        let gives_task = match basis.kind {
            BasisKind::Task | BasisKind::Duty | BasisKind::Wgs => true,
            BasisKind::Consent
            | BasisKind::ConflictOfDuties
            | BasisKind::ReportingRight
            | BasisKind::VitalInterest => false,
        };
        gives_task
            && basis.in_force()
            && basis.to.kinds.contains(&receiver.kind)
            && basis.purposes.contains(&purpose)
    };
    !receiver.laws.is_empty() || catalogue.bases().iter().any(named)
}

fn warnings(
    catalogue: &LegalBasisCatalogue,
    question: &Question<'_>,
    asked: &BTreeSet<DataCategory>,
    needs: &BTreeSet<DataCategory>,
    fitting: &[Fitting<'_>],
) -> BTreeSet<Warning> {
    let first = fitting.first().map(|fit| fit.basis);
    let mut warnings = BTreeSet::new();
    let mut warn = |when: bool, warning| {
        if when {
            warnings.insert(warning);
        }
    };
    let bill = catalogue.bases().iter().any(|basis| {
        let only_a_bill = |category: &DataCategory| {
            lack(catalogue, question, basis, *category) == Some(Lack::Bill)
        };
        asked.iter().any(only_a_bill)
    });
    warn(bill, Warning::Bill);
    warn(!asked.is_subset(needs), Warning::WiderThanNeeded);
    warn(question.number_in_text, Warning::NumberInText);
    if let Some(basis) = question.chosen.or(first) {
        let public = is_public(question.receiver.1.kind);
        warn(
            basis.is_consent() && public,
            Warning::ConsentTowardGovernment,
        );
        warn(basis.jurist, Warning::ToBeConfirmed);
        warn(!basis.own_law.is_disjoint(asked), Warning::OwnLawOnly);
        warn(
            basis.kind == BasisKind::VitalInterest,
            Warning::EmergencyOnly,
        );
    }
    warnings
}

/// Whether a citizen depends on it, so that consent toward it is weak.
fn is_public(kind: OrganisationKind) -> bool {
    match kind {
        OrganisationKind::Municipality
        | OrganisationKind::BenefitsAgency
        | OrganisationKind::TaxOffice
        | OrganisationKind::Ministry
        | OrganisationKind::RegionalBody
        | OrganisationKind::NationalBody => true,
        OrganisationKind::CareProvider
        | OrganisationKind::Insurer
        | OrganisationKind::HousingAssociation
        | OrganisationKind::Platform => false,
    }
}
