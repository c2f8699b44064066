//! Nothing is shared without a ground that the catalogue knows, that is law, and that opens it.

use std::collections::BTreeSet;

use ladder::catalogue::{DataCategory, SharingPurpose};
use ladder::event::{LegalBasisRecorded, SharingAnswers};
use ladder::{
    Command, Decider, Disclose, DisclosureId, Event, Organisation, RecordLegalBasis, Refusal,
    ReportFact, ShareIdentity,
};
use proptest::prelude::*;
use serde_json::json;

use super::harness::{START, at, given, rules};
use super::samples::{
    GROUND, accepted, basis, desk, ground, handoff, offer_of, offered, reported, sealed, spirit,
    svb, tax_office, utrecht,
};

fn disclosure() -> Disclose {
    Disclose {
        disclosure: DisclosureId::parse("d1").unwrap(),
        source: utrecht(),
        receiver: svb(),
        categories: BTreeSet::from([DataCategory::Identity, DataCategory::Finance]),
        purpose: SharingPurpose::Help,
        legal_basis: GROUND.into(),
        necessity: Some(sealed("necessity")),
        proportionality: Some(sealed("proportionality")),
        subsidiarity: Some(sealed("subsidiarity")),
        template: None,
    }
}

fn disclose(change: impl FnOnce(&mut Disclose)) -> Command {
    let mut it = disclosure();
    change(&mut it);
    Command::Disclose(Box::new(it))
}

fn fact(legal_basis: &str, category: &str) -> Command {
    Command::ReportFact(ReportFact {
        source: utrecht(),
        category: category.into(),
        law: "act".into(),
        rule: None,
        summary: sealed("summary"),
        since: "2026-01-01".into(),
        legal_basis: legal_basis.into(),
    })
}

fn record(source: Organisation, legal_basis: &str) -> Command {
    Command::RecordLegalBasis(RecordLegalBasis {
        source,
        receiver: spirit(),
        legal_basis: legal_basis.into(),
    })
}

#[test]
fn a_disclosure_records_what_it_opens_and_the_three_answers() {
    let recorded = Event::LegalBasisRecorded(LegalBasisRecorded {
        source: utrecht(),
        receiver: svb(),
        legal_basis: GROUND.into(),
        categories: disclosure().categories,
        own_law: BTreeSet::from([DataCategory::Finance]),
        purpose: Some(SharingPurpose::Help),
        consent: false,
        unlisted: false,
        disclosure: Some(disclosure().disclosure),
        answers: Some(SharingAnswers {
            necessity: sealed("necessity"),
            proportionality: sealed("proportionality"),
            subsidiarity: sealed("subsidiarity"),
        }),
        template: None,
    });
    given([reported()])
        .when(disclose(|_| {}), START)
        .then([recorded]);
}

#[test]
fn a_missing_answer_blocks_the_disclosure_and_is_named() {
    type Forget = fn(&mut Disclose);
    let cases: [(Forget, &str); 3] = [
        (|it| it.necessity = None, "necessity"),
        (|it| it.proportionality = None, "proportionality"),
        (|it| it.subsidiarity = None, "subsidiarity"),
    ];
    for (without, name) in cases {
        given([reported()])
            .when(disclose(without), START)
            .then_refused(Refusal::AnswersRequired(vec![name]));
    }
    given([reported()])
        .when(disclose(|it| it.categories.clear()), START)
        .then_refused(Refusal::CategoriesRequired);
}

#[test]
fn a_disclosure_that_fails_the_check_says_what_is_missing() {
    let unfit = |missing: &str| Refusal::LegalBasisUnfit {
        id: GROUND.into(),
        missing: vec![missing.into()],
    };
    let health = |it: &mut Disclose| it.categories = BTreeSet::from([DataCategory::Health]);
    given([reported()])
        .when(disclose(health), START)
        .then_refused(unfit("health (not_covered)"));
    given([reported()])
        .when(disclose(|it| it.purpose = SharingPurpose::Care), START)
        .then_refused(Refusal::LegalBasisUnfit {
            id: GROUND.into(),
            missing: vec![
                "identity (other_purpose)".into(),
                "finance (other_purpose)".into(),
            ],
        });
    let to_the_desk = |it: &mut Disclose| it.receiver = desk();
    given([reported()])
        .when(disclose(to_the_desk), START)
        .then_refused(unfit("finance (no_own_law)"));
    let on_consent = |it: &mut Disclose| {
        it.receiver = desk();
        it.legal_basis = "consent".into();
        it.categories = BTreeSet::from([DataCategory::Care]);
    };
    given([reported()])
        .when(disclose(on_consent), START)
        .then_refused(Refusal::ConsentWithoutTask {
            id: "consent".into(),
            receiver: desk(),
        });
    let to_a_stranger = |it: &mut Disclose| it.receiver = Organisation::parse("nobody").unwrap();
    given([reported()])
        .when(disclose(to_a_stranger), START)
        .then_refused(unfit("nobody"));
}

#[test]
fn a_disclosure_on_a_basis_that_the_catalogue_does_not_have_is_refused_with_those_that_fit() {
    let unknown = |fitting: &[&str]| Refusal::LegalBasisUnknown {
        id: "made-up".into(),
        fitting: fitting.iter().map(|id| (*id).to_owned()).collect(),
    };
    let made_up = |it: &mut Disclose| it.legal_basis = "made-up".into();
    given([reported()])
        .when(disclose(made_up), START)
        .then_refused(unknown(&[GROUND, "consent"]));
    // The SVB has one more that is for its kind only.
    let by_the_svb = |it: &mut Disclose| {
        made_up(it);
        it.source = svb();
    };
    given([reported()])
        .when(disclose(by_the_svb), START)
        .then_refused(unknown(&[GROUND, "suwi-62", "consent"]));
    assert_eq!(
        unknown(&[GROUND]).to_string(),
        "'made-up' is no legal basis; these would fit: jeugdwet-7.4.0"
    );
}

/// What a ground opens that the catalogue does not list.
fn unlisted(receiver: Organisation) -> Event {
    use DataCategory::{Care, Decision, Family, Finance, Identity, Lesson, Process, ThirdParty};
    Event::LegalBasisRecorded(LegalBasisRecorded {
        source: utrecht(),
        receiver,
        legal_basis: "made-up".into(),
        categories: BTreeSet::from([
            Identity, Finance, ThirdParty, Family, Care, Process, Decision, Lesson,
        ]),
        own_law: BTreeSet::from([Finance]),
        purpose: None,
        consent: false,
        unlisted: true,
        disclosure: None,
        answers: None,
        template: None,
    })
}

#[test]
fn the_borders_know_no_catalogue_and_what_it_does_not_list_is_recorded_so() {
    given([reported()])
        .when(record(utrecht(), "made-up"), START)
        .then([unlisted(spirit())]);
    let mut offer = offer_of("h1", svb());
    offer.legal_basis = "made-up".into();
    let events = given([reported()])
        .when(Command::OfferHandoff(offer), START)
        .decided();
    assert!(events.contains(&unlisted(svb())), "{events:?}");
    // Told, and marked; what it is shared with is the matter of a ground between two.
    for (basis, category, mark) in [("made-up", "tax", true), (GROUND, "finance", false)] {
        let events = given([reported()])
            .when(fact(basis, category), START)
            .decided();
        let [Event::FactReported(told)] = events.as_slice() else {
            panic!("{events:?}");
        };
        assert_eq!(told.unlisted, mark);
    }
}

#[test]
fn an_unlisted_ground_opens_identity_and_nothing_that_needs_a_law_of_its_own() {
    let case = given([reported(), unlisted(svb()), offered(), accepted()]).case();
    let opens = |category| case.file().unwrap().discloses(&utrecht(), &svb(), category);
    assert!(opens(DataCategory::Identity));
    for closed in [
        DataCategory::Bsn,
        DataCategory::Tax,
        DataCategory::Health,
        DataCategory::Criminal,
    ] {
        assert!(!opens(closed), "{closed:?}");
    }
    let share = Command::ShareIdentity(ShareIdentity {
        handoff: handoff("h1"),
        from: utrecht(),
        to: svb(),
        sealed: "numbers".into(),
    });
    assert!(rules().decide(&case, share, at(START)).is_ok());
}

#[test]
fn a_bill_and_a_basis_of_others_permit_nothing() {
    given([reported()])
        .when(record(utrecht(), "bill"), START)
        .then_refused(Refusal::LegalBasisNotInForce("bill".into()));
    given([reported()])
        .when(record(utrecht(), "suwi-62"), START)
        .then_refused(Refusal::LegalBasisUnfit {
            id: "suwi-62".into(),
            missing: vec![utrecht().to_string()],
        });
}

#[test]
fn a_fact_is_told_only_on_a_basis_that_opens_its_kind() {
    given([reported()])
        .when(fact(GROUND, "tax"), START)
        .then_refused(Refusal::LegalBasisUnfit {
            id: GROUND.into(),
            missing: vec!["tax".into()],
        });
}

#[test]
fn a_second_basis_for_the_same_receiver_is_recorded_and_the_same_one_is_not() {
    given([reported(), ground(utrecht(), spirit())])
        .when(record(utrecht(), GROUND), START)
        .then([]);
    let case = given([reported(), ground(utrecht(), spirit())])
        .after(record(utrecht(), "consent"), START)
        .case();
    let file = case.file().unwrap();
    assert_eq!(file.legal_bases.len(), 2);
    assert!(file.discloses(&utrecht(), &spirit(), DataCategory::Health));
    assert!(!file.discloses(&utrecht(), &svb(), DataCategory::Identity));
}

#[test]
fn identity_goes_only_to_whom_a_recorded_ground_opens_it() {
    let share = Command::ShareIdentity(ShareIdentity {
        handoff: handoff("h1"),
        from: utrecht(),
        to: svb(),
        sealed: "numbers".into(),
    });
    let Event::LegalBasisRecorded(mut narrow) = ground(utrecht(), svb()) else {
        panic!("a ground");
    };
    narrow.categories = BTreeSet::from([DataCategory::Care]);
    given([
        reported(),
        Event::LegalBasisRecorded(narrow),
        offered(),
        accepted(),
    ])
    .when(share, START)
    .then_refused(Refusal::LegalBasisRequired);
}

#[test]
fn a_ground_of_before_there_were_categories_opens_what_it_opened_then() {
    let stored = json!({"source": utrecht(), "receiver": svb(), "legalBasis": "b"});
    let read = Event::from_stored("legal-basis.recorded", 1, stored.clone()).unwrap();
    let Event::LegalBasisRecorded(ground) = &read else {
        panic!("a ground");
    };
    assert_eq!(ground.categories.len(), DataCategory::ALL.len());
    assert_eq!(ground.own_law, BTreeSet::from([DataCategory::Finance]));
    assert_eq!((ground.purpose, ground.consent), (None, false));
    assert_eq!(read.version(), 2);
    // What is written now says it all, and a version that nobody wrote yet is not guessed at.
    let again = Event::from_stored("legal-basis.recorded", 2, read.data()).unwrap();
    assert_eq!(again, read);
    for version in [0, 3] {
        assert!(Event::from_stored("legal-basis.recorded", version, stored.clone()).is_err());
    }
    assert!(Event::from_stored("fact.reported", 2, stored).is_err());
}

fn any_organisation() -> impl Strategy<Value = Organisation> {
    proptest::sample::select(vec![utrecht(), svb(), tax_office(), spirit(), desk()])
}

proptest! {
    /// Whoever asks, and whatever they ask for: on a bill nothing leaves, on nothing named nothing
    /// leaves, nothing is disclosed on what the catalogue does not list, and what it does not list
    /// opens no person numbers, tax, health or criminal data.
    #[test]
    fn no_organisation_shares_anything_without_a_basis(
        source in any_organisation(),
        receiver in any_organisation(),
        id in "[a-z0-9_. -]{0,20}",
        bill in any::<bool>(),
        category in proptest::sample::select(DataCategory::ALL),
    ) {
        let id = if bill { "bill".to_owned() } else { id };
        let known = rules().legal_bases.get(&id).is_some_and(|basis| basis.in_force());
        prop_assume!(!known);
        let mut offer = offer_of("h1", receiver.clone());
        offer.from = source.clone();
        offer.legal_basis.clone_from(&id);
        let mut told = disclosure();
        told.source = source.clone();
        told.receiver = receiver.clone();
        told.categories = BTreeSet::from([category]);
        told.legal_basis.clone_from(&id);
        let fact = ReportFact {
            source: source.clone(),
            category: category.as_str().into(),
            law: "act".into(),
            rule: None,
            summary: sealed("summary"),
            since: "2026-01-01".into(),
            legal_basis: id.clone(),
        };
        let record = RecordLegalBasis { source, receiver, legal_basis: id.clone() };
        let case = given([reported()]).case();
        let none = bill || id.trim().is_empty();
        for command in [
            Command::OfferHandoff(offer),
            Command::ReportFact(fact),
            Command::RecordLegalBasis(record),
        ] {
            let decided = rules().decide(&case, command, at(START));
            prop_assert!(!none || decided.is_err());
            for event in decided.unwrap_or_default() {
                if let Event::LegalBasisRecorded(ground) = event {
                    prop_assert!(ground.unlisted);
                    prop_assert!(ground.categories.iter().all(|it| !it.needs_a_law_of_its_own()));
                }
            }
        }
        let disclosed = rules().decide(&case, Command::Disclose(Box::new(told)), at(START));
        prop_assert!(disclosed.is_err());
        prop_assert!(basis().in_force());
    }
}
