//! What is not shared, and why.

use std::collections::BTreeSet;

use ladder::catalogue::{DataCategory, SharingPurpose};
use ladder::event::{ConsentGiven, ObjectionRaised, ObjectionSettled};
use ladder::{
    Command, ConsentHow, ConsentId, Disclose, DisclosureId, Event, GiveConsent, LiftObjection,
    ObjectionId, RaiseObjection, RecordLegalBasis, Refusal, SettleObjection, WithdrawConsent,
};

use super::super::harness::at;
use super::super::samples::{GROUND, desk, reported, sealed, svb, utrecht};
use super::Row;

pub(super) fn rows() -> Vec<Row> {
    let mut rows = of_grounds();
    rows.extend(of_persons());
    rows
}

fn of_grounds() -> Vec<Row> {
    let record = |legal_basis: &str| {
        Command::RecordLegalBasis(RecordLegalBasis {
            source: utrecht(),
            receiver: svb(),
            legal_basis: legal_basis.into(),
        })
    };
    let disclose_on = |id: &str, categories: &[DataCategory], necessity: Option<&str>| {
        Command::Disclose(Box::new(Disclose {
            disclosure: DisclosureId::parse("d1").unwrap(),
            source: utrecht(),
            receiver: svb(),
            categories: BTreeSet::from_iter(categories.iter().copied()),
            purpose: SharingPurpose::Help,
            legal_basis: id.into(),
            necessity: necessity.map(sealed),
            proportionality: Some(sealed("proportionality")),
            subsidiarity: Some(sealed("subsidiarity")),
            template: None,
        }))
    };
    let disclose = |categories: &[DataCategory], necessity: Option<&str>| {
        disclose_on(GROUND, categories, necessity)
    };
    let known = vec![reported()];
    vec![
        (
            known.clone(),
            disclose_on("made-up", &[DataCategory::Care], Some("necessity")),
            Refusal::LegalBasisUnknown {
                id: "made-up".into(),
                fitting: vec![GROUND.into(), "consent".into()],
            },
        ),
        (
            known.clone(),
            record("bill"),
            Refusal::LegalBasisNotInForce("bill".into()),
        ),
        (
            known.clone(),
            record("suwi-62"),
            Refusal::LegalBasisUnfit {
                id: "suwi-62".into(),
                missing: vec![utrecht().to_string()],
            },
        ),
        (
            known.clone(),
            Command::RecordLegalBasis(RecordLegalBasis {
                source: utrecht(),
                receiver: desk(),
                legal_basis: "consent".into(),
            }),
            Refusal::ConsentWithoutTask {
                id: "consent".into(),
                receiver: desk(),
            },
        ),
        (
            known.clone(),
            disclose(&[DataCategory::Care], None),
            Refusal::AnswersRequired(vec!["necessity"]),
        ),
        (
            known,
            disclose(&[], Some("necessity")),
            Refusal::CategoriesRequired,
        ),
    ]
}

fn of_persons() -> Vec<Row> {
    let consent = || ConsentId::parse("c1").unwrap();
    let objection = || ObjectionId::parse("o1").unwrap();
    let give = |categories: &[DataCategory]| {
        Command::GiveConsent(GiveConsent {
            consent: consent(),
            person: "p1".into(),
            categories: BTreeSet::from_iter(categories.iter().copied()),
            receivers: BTreeSet::from([svb()]),
            version: "1".into(),
            how: ConsentHow::Spoken,
        })
    };
    let given = Event::ConsentGiven(ConsentGiven {
        consent: consent(),
        person: "p1".into(),
        categories: BTreeSet::from([DataCategory::Care]),
        receivers: BTreeSet::from([svb()]),
        version: "1".into(),
        how: ConsentHow::Spoken,
    });
    let object_to = |categories: &[DataCategory]| {
        Command::RaiseObjection(RaiseObjection {
            objection: objection(),
            person: "p1".into(),
            categories: BTreeSet::from_iter(categories.iter().copied()),
            text: sealed("no"),
        })
    };
    let object = object_to(&[]);
    let lift = Command::LiftObjection(LiftObjection {
        objection: objection(),
        reason: sealed("reason"),
    });
    let settle = Command::SettleObjection(SettleObjection {
        objection: objection(),
        upheld: false,
        reason: sealed("reason"),
    });
    let raised = Event::ObjectionRaised(ObjectionRaised {
        objection: objection(),
        person: "p1".into(),
        categories: BTreeSet::from([DataCategory::Care]),
        text: sealed("no"),
        settle_by: at("2026-04-02T21:59:59Z"),
    });
    let settled = Event::ObjectionSettled(ObjectionSettled {
        objection: objection(),
        upheld: false,
        reason: sealed("reason"),
    });
    let share = Command::RecordLegalBasis(RecordLegalBasis {
        source: utrecht(),
        receiver: svb(),
        legal_basis: GROUND.into(),
    });
    let withdraw = Command::WithdrawConsent(WithdrawConsent { consent: consent() });
    vec![
        (
            vec![reported(), raised.clone()],
            share,
            Refusal::SharingPaused,
        ),
        (
            vec![reported(), given],
            give(&[DataCategory::Care]),
            Refusal::ConsentExists,
        ),
        (vec![reported()], withdraw, Refusal::UnknownConsent),
        (
            vec![reported()],
            give(&[DataCategory::Care, DataCategory::Bsn]),
            Refusal::ClosedToConsent("bsn"),
        ),
        (
            vec![reported(), raised.clone()],
            object,
            Refusal::ObjectionExists,
        ),
        (vec![reported()], settle.clone(), Refusal::UnknownObjection),
        (
            vec![reported()],
            object_to(&[DataCategory::Care, DataCategory::Process]),
            Refusal::ClosedToObjection("process"),
        ),
        (
            vec![reported(), raised.clone()],
            lift,
            Refusal::ObjectionNotUpheld,
        ),
        (
            vec![reported(), raised, settled],
            settle,
            Refusal::ObjectionSettled,
        ),
    ]
}
