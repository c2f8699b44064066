//! "May I share this?", asked of the catalogue that the platform ships with.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ladder::Organisation;
use ladder::catalogue::{
    DataCategory, DataCategory as D, LegalBasisCatalogue, OrganisationKind, SharingPurpose,
    SharingPurpose as P,
};
use ladder::sharing::{Answer, ConsentScope, Lack, Profile, Question, Warning, check};
use proptest::prelude::*;

use super::samples::{desk, spirit, svb};

static CATALOGUE: LazyLock<LegalBasisCatalogue> = LazyLock::new(|| {
    LegalBasisCatalogue::from_toml(include_str!("../../../../deploy/legal-bases.toml"), "x")
        .unwrap()
});

fn profile(kind: OrganisationKind, laws: &[&str], may_use_bsn: bool) -> Profile {
    Profile {
        kind,
        laws: laws.iter().map(|law| (*law).to_owned()).collect(),
        may_use_bsn,
    }
}

fn municipality() -> Profile {
    let laws = ["social_support_act", "youth_act", "participation_act"];
    profile(OrganisationKind::Municipality, &laws, true)
}

fn agency() -> Profile {
    profile(
        OrganisationKind::BenefitsAgency,
        &["child_benefit_act"],
        true,
    )
}

fn landlord() -> Profile {
    profile(OrganisationKind::HousingAssociation, &[], false)
}

fn care() -> Profile {
    profile(
        OrganisationKind::CareProvider,
        &["medical_treatment_act"],
        true,
    )
}

fn national() -> Profile {
    profile(OrganisationKind::NationalBody, &[], false)
}

/// What is asked, before a test changes the one thing that it is about.
struct Asked {
    source: Profile,
    receiver: (Organisation, Profile),
    categories: Vec<DataCategory>,
    purpose: SharingPurpose,
    chosen: Option<&'static str>,
    consents: Vec<ConsentScope>,
    objected: bool,
    number_in_text: bool,
}

fn asked(categories: &[DataCategory], purpose: SharingPurpose) -> Asked {
    Asked {
        source: municipality(),
        receiver: (svb(), agency()),
        categories: categories.to_vec(),
        purpose,
        chosen: None,
        consents: Vec::new(),
        objected: false,
        number_in_text: false,
    }
}

impl Asked {
    fn answer<T>(&self, read: impl FnOnce(Answer<'_>) -> T) -> T {
        let question = Question {
            source: &self.source,
            receiver: (&self.receiver.0, &self.receiver.1),
            categories: self.categories.iter().copied().collect(),
            purpose: self.purpose,
            chosen: self.chosen.map(|id| CATALOGUE.get(id).unwrap()),
            consents: &self.consents,
            objected: self.objected,
            number_in_text: self.number_in_text,
        };
        read(check(&CATALOGUE, &question))
    }

    fn permitted(&self) -> bool {
        self.answer(|answer| answer.permitted)
    }

    fn lack(&self, category: DataCategory) -> Option<Lack> {
        self.answer(|answer| answer.missing.get(&category).copied())
    }

    fn warned(&self, warning: Warning) -> bool {
        self.answer(|answer| answer.warnings.contains(&warning))
    }
}

fn agreed(categories: &[DataCategory], receiver: Organisation) -> Vec<ConsentScope> {
    vec![ConsentScope {
        categories: categories.iter().copied().collect(),
        receivers: BTreeSet::from([receiver]),
    }]
}

#[test]
fn a_task_opens_what_it_is_for_and_the_answer_names_it() {
    let it = asked(&[D::Identity, D::Family], P::OwnLaw);
    let fitting = it.answer(|answer| {
        let ids = answer.fitting.iter().map(|fit| fit.basis.id.clone());
        ids.collect::<Vec<_>>()
    });
    assert_eq!(
        fitting,
        [
            "municipality_own_task",
            "wmo_5_2_1",
            "youth_act_cooperation",
            "participation_act_64",
            "suwi_62"
        ]
    );
    assert!(it.permitted());
}

#[test]
fn what_a_purpose_does_not_need_is_left_out_of_the_smallest_set_and_warned_of() {
    let it = asked(&[D::Identity, D::Process, D::Family, D::Finance], P::OwnLaw);
    assert_eq!(
        it.answer(|answer| answer.smallest),
        BTreeSet::from([D::Identity, D::Process])
    );
    assert!(it.warned(Warning::WiderThanNeeded));
    assert!(!asked(&[D::Identity], P::OwnLaw).warned(Warning::WiderThanNeeded));
    // Who names nothing asks for what the purpose needs.
    assert_eq!(
        asked(&[], P::OwnLaw).answer(|answer| answer.smallest),
        BTreeSet::from([D::Identity, D::Process])
    );
}

#[test]
fn health_data_stays_closed_for_who_has_no_ground_of_secrecy() {
    let it = asked(&[D::Health], P::Help);
    assert!(!it.permitted());
    assert_eq!(it.lack(D::Health), Some(Lack::ConsentNotGiven));
}

#[test]
fn a_chosen_basis_that_does_not_do_says_what_is_missing() {
    let mut it = asked(&[D::Identity, D::Tax], P::OwnLaw);
    it.chosen = Some("wmo_5_2_1");
    assert!(!it.permitted());
    assert_eq!(it.lack(D::Identity), None);
    assert_eq!(it.lack(D::Tax), Some(Lack::NotCovered));
    it.chosen = Some("svb_own_task");
    assert_eq!(it.lack(D::Identity), Some(Lack::OtherOrganisation));
    it.chosen = Some("wmo_5_2_1");
    it.purpose = P::Protect;
    assert_eq!(it.lack(D::Identity), Some(Lack::OtherPurpose));
}

#[test]
fn person_numbers_go_only_between_bodies_that_may_use_them() {
    let mut it = asked(&[D::Bsn], P::OwnLaw);
    assert!(it.permitted());
    it.receiver.1.may_use_bsn = false;
    assert!(!it.permitted());
    assert_eq!(it.lack(D::Bsn), Some(Lack::NotEntitled));
}

#[test]
fn a_bill_permits_nothing_and_is_warned_of() {
    let mut it = asked(&[D::Health], P::OwnLaw);
    it.chosen = Some("wams");
    assert!(!it.permitted());
    assert_eq!(it.lack(D::Health), Some(Lack::Bill));
    assert!(it.warned(Warning::Bill));
}

#[test]
fn consent_opens_health_data_when_it_was_given_for_them() {
    let mut it = asked(&[D::Health], P::Help);
    it.chosen = Some("explicit_consent");
    assert_eq!(it.lack(D::Health), Some(Lack::ConsentNotGiven));
    it.consents = agreed(&[D::Health], spirit());
    assert_eq!(
        it.lack(D::Health),
        Some(Lack::ConsentNotGiven),
        "another receiver"
    );
    it.consents = agreed(&[D::Care], svb());
    assert_eq!(
        it.lack(D::Health),
        Some(Lack::ConsentNotGiven),
        "other data"
    );
    it.consents = agreed(&[D::Health], svb());
    assert!(it.permitted());
    assert!(it.warned(Warning::ConsentTowardGovernment));
    it.receiver = (spirit(), care());
    it.consents = agreed(&[D::Health], spirit());
    assert!(it.permitted());
    assert!(!it.warned(Warning::ConsentTowardGovernment));
}

#[test]
fn consent_repairs_no_missing_task() {
    let mut it = asked(&[D::Family], P::Help);
    it.receiver = (spirit(), landlord());
    it.consents = agreed(&[D::Family], spirit());
    it.chosen = Some("explicit_consent");
    assert_eq!(it.lack(D::Family), Some(Lack::NoTask));
    it.receiver.1.laws.insert("housing_act".to_owned());
    assert!(it.permitted());
    // A national body has the task of the programme, for unblocking and not for helping.
    it.receiver = (desk(), national());
    it.consents = agreed(&[D::Family], desk());
    assert_eq!(it.lack(D::Family), Some(Lack::NoTask));
    it.purpose = P::Unblock;
    assert!(it.permitted());
}

#[test]
fn income_goes_only_to_who_carries_out_a_law() {
    let mut it = asked(&[D::Finance], P::OwnLaw);
    assert!(it.permitted());
    assert!(it.warned(Warning::OwnLawOnly));
    it.receiver.1 = landlord();
    assert_eq!(it.lack(D::Finance), Some(Lack::NoOwnLaw));
}

#[test]
fn an_objection_stands_in_the_way_whatever_the_basis() {
    let mut it = asked(&[D::Identity], P::OwnLaw);
    it.objected = true;
    assert!(!it.permitted());
    assert!(it.answer(|answer| answer.paused && !answer.fitting.is_empty()));
}

#[test]
fn what_looks_like_a_person_number_in_a_text_is_warned_of() {
    let mut it = asked(&[D::Identity], P::OwnLaw);
    it.number_in_text = true;
    assert!(it.warned(Warning::NumberInText));
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let laws = [
        "social_support_act",
        "youth_act",
        "child_benefit_act",
        "housing_act",
    ];
    (
        proptest::sample::select(OrganisationKind::ALL),
        proptest::sample::subsequence(laws.to_vec(), 0..=4),
        any::<bool>(),
    )
        .prop_map(|(kind, laws, bsn)| profile(kind, &laws, bsn))
}

proptest! {
    /// Consent alone never opens person numbers, tax or criminal data; a bill never permits; and
    /// what is permitted has nothing missing on the basis that it rests on.
    #[test]
    fn whoever_asks_what_consent_and_a_bill_cannot_do_they_never_do(
        source in any_profile(),
        receiver in any_profile(),
        categories in proptest::sample::subsequence(D::ALL.to_vec(), 1..=12),
        purpose in proptest::sample::select(P::ALL),
        chosen in proptest::option::of(0..CATALOGUE.bases().len()),
        objected in any::<bool>(),
    ) {
        // Everybody agreed to everything: consent does what consent can do.
        let consents = agreed(D::ALL, svb());
        let organisation = svb();
        let question = Question {
            source: &source,
            receiver: (&organisation, &receiver),
            categories: categories.iter().copied().collect(),
            purpose,
            chosen: chosen.map(|at| &CATALOGUE.bases()[at]),
            consents: &consents,
            objected,
            number_in_text: false,
        };
        let answer = check(&CATALOGUE, &question);
        for fit in &answer.fitting {
            prop_assert!(fit.basis.in_force());
            prop_assert!(fit.basis.from.include(source.kind, &source.laws));
            prop_assert!(fit.basis.to.include(receiver.kind, &receiver.laws));
            let closed = fit.covers.iter().any(|it| it.closed_to_consent());
            prop_assert!(!(fit.basis.is_consent() && closed));
            if fit.basis.is_consent() {
                prop_assert!(!receiver.laws.is_empty() || receiver.kind == OrganisationKind::NationalBody
                    || receiver.kind == OrganisationKind::RegionalBody
                    || receiver.kind == OrganisationKind::Municipality
                    || receiver.kind == OrganisationKind::BenefitsAgency
                    || receiver.kind == OrganisationKind::TaxOffice);
            }
        }
        if answer.permitted {
            prop_assert!(!objected);
            prop_assert!(answer.missing.is_empty());
            if let Some(basis) = question.chosen {
                prop_assert!(basis.in_force());
            }
        }
    }
}
